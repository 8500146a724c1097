"""One request and its reply: asked once within a time, or until there is an answer."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from pydantic import ValidationError

from kiosk.gateway.messages import id_of
from kiosk.offline.homing import LATER
from queue_server.contract import requests as r
from queue_server.contract.replies import Reply
from queue_server.contract.topics import Topics
from queue_server.link.ports import Link, LinkState
from queue_server.link.requests import NoReply, Requester

_log = logging.getLogger(__name__)

ASK_FOR = timedelta(seconds=2)
"""One round of asking; there is another one until the answer is there."""
PAUSE = timedelta(seconds=1)
"""Before an office whose disk is full, or that is just stopping, is asked once more."""
WAIT_ONLINE = timedelta(seconds=0.25)


def alongside(name: str, work: Callable[[], None]) -> None:
    """Do this in a thread of its own: whoever touched the glass is not held up."""
    threading.Thread(target=work, name=f"kiosk-{name}", daemon=True).start()


class Asking:
    """`client` is the kiosk's account; `monotonic` is in seconds. For any thread."""

    def __init__(self, link: Link, topics: Topics, client: str, monotonic: Callable[[], float]) -> None:
        self._link, self._topics, self._client, self._monotonic = link, topics, client, monotonic
        self._requester = Requester(link, topics.reply(client), id_of)
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Nobody waits for an answer any more."""
        self._stopping.set()

    def until_answered(self, verb: str, request: r.Request) -> Reply | None:
        """The reply, however long it takes; None only when the kiosk stops.

        An office that cannot keep anything at the moment has not answered.
        """
        while not self._stopping.is_set():
            reply = self.ask(verb, request, ASK_FOR)
            if reply is None:
                continue
            if reply.refusal is None or reply.refusal.code not in LATER:
                return reply
            self._stopping.wait(PAUSE.total_seconds())
        return None

    def ask(self, verb: str, request: r.Request, within: timedelta, qos: int = 1) -> Reply | None:
        """The reply within this time, None without one. Nothing is sent while the link is down."""
        until = self._monotonic() + within.total_seconds()
        while self._link.state is not LinkState.ONLINE:
            left = until - self._monotonic()
            if left <= 0 or self._stopping.wait(min(left, WAIT_ONLINE.total_seconds())):
                return None
        left = until - self._monotonic()
        topic = self._topics.request(self._client, verb)
        payload = request.model_dump_json().encode()
        try:
            wait = timedelta(seconds=max(left, 0.05))
            answer = self._requester.ask(topic, payload, request.id, wait, qos=qos)
            return Reply.model_validate_json(answer)
        except NoReply:
            return None
        except ValidationError as wrong:
            _log.error("reply to %s %s makes no sense: %d mistakes", verb, request.id, wrong.error_count())
            self._stopping.wait(WAIT_ONLINE.total_seconds())
            return None
