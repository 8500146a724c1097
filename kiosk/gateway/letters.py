"""What the server is to hear in any case: kept on the disk, sent one after another until it was answered."""

import logging
import queue
import threading

from kiosk.gateway.asking import Asking
from kiosk.gateway.outbox import Outbox
from kiosk.offline.desk import OfflineDesk
from queue_server.contract import requests as r

_log = logging.getLogger(__name__)


class Letters:
    """Letters of a paper that the server does not know yet wait until it is home."""

    def __init__(self, asking: Asking, outbox: Outbox, desk: OfflineDesk | None) -> None:
        self._asking, self._outbox, self._desk = asking, outbox, desk
        self._lock = threading.Lock()
        self._letters: queue.SimpleQueue[tuple[str, r.Request] | None] = queue.SimpleQueue()
        self._held: list[tuple[str, r.Request]] = []
        """Letters of tickets that the server does not know yet."""

    def start(self) -> None:
        threading.Thread(target=self._send, name="kiosk-letters", daemon=True).start()

    def stop(self) -> None:
        self._letters.put(None)

    def put(self, verb: str, request: r.Request) -> None:
        """Send this one, which is on the disk already."""
        self._letters.put((verb, request))

    def write(self, verb: str, request: r.Request) -> None:
        """Keep it, then send it."""
        self._outbox.keep(verb, request)
        self._letters.put((verb, request))

    def paper_home(self) -> None:
        """A paper came home: the letters of those at home may go."""
        with self._lock:
            held, self._held = self._held, []
        for letter in held:
            self._letters.put(letter)

    def _send(self) -> None:
        while (letter := self._letters.get()) is not None:
            verb, request = letter
            addressed = self._addressed(verb, request)
            if addressed is None:
                continue
            reply = self._asking.until_answered(verb, addressed)
            if reply is None:
                return
            self._outbox.answered(request)
            if reply.refusal is not None:
                _log.error("%s %s was refused: %s", verb, request.id, reply.refusal.code)

    def _addressed(self, verb: str, request: r.Request) -> r.Request | None:
        """The letter with the server's own name of its ticket; one of a paper not home yet waits for that."""
        if self._desk is None or not isinstance(request, r.OfTicket):
            return request
        with self._lock:
            ticket = self._desk.ticket_of(request.ticket)
            if ticket is None:
                self._held.append((verb, request))
                return None
        if not ticket:
            self._outbox.answered(request)
            return None
        return request.model_copy(update={"ticket": ticket})
