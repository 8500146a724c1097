"""The desk that answers look-ups of dossiers, on threads of its own; none is journaled or logged.

Several threads, so that a source which takes its time delays nobody but who asked for it. A repeated id is
answered again from memory for a minute, and one that is being answered gets that same answer. Only counts and
outcomes without a code are logged.
"""

import queue
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from queue_server.contract.dossiers import Looked
from queue_server.contract.replies import RefusalView, Reply
from queue_server.contract.requests import DossierLookup
from queue_server.contract.values import expired
from queue_server.domain.office import Office
from queue_server.domain.refusals import Code
from queue_server.dossiers.lookup import Ask, Lookup, Slower
from queue_server.engine.ports import Clock
from queue_server.mqtt.dossier_view import looked

REMEMBERED = timedelta(seconds=60)
MOST_WAITING = 200
WORKERS = 8
"""More than a slow source may hold at a time, so that the others always find a thread."""
_MOST_REMEMBERED = 2000
_IDLE_S = 5.0

Answered = Callable[[bytes], None]
_Asked = tuple[str, str]
"""Client and request id."""
_Item = tuple[str, DossierLookup]
_Inbox = queue.SimpleQueue[_Item | None]
_MOST_REPEATS = 10

log = structlog.get_logger("dossiers")


class LookupDesk:
    """Implements the MQTT service's DossierDesk. `office` gives the state whose configuration holds."""

    def __init__(self, lookup: Lookup, office: Callable[[], Office], clock: Clock) -> None:
        self._lookup, self._office, self._clock = lookup, office, clock
        self._stopping = False
        self._lock = threading.Lock()
        """Held while the answers remembered and under way, who waits and who is idle are read and written."""
        self._remembered: OrderedDict[_Asked, tuple[datetime, bytes]] = OrderedDict()
        self._under_way: dict[_Asked, list[Answered]] = {}
        self._waiting: deque[_Item] = deque()
        self._idle: list[_Inbox] = []
        """The inboxes of threads without work; the last one is woken first, whose caches are warm."""
        self._inboxes: list[_Inbox] = [queue.SimpleQueue() for _ in range(WORKERS)]
        self._threads = [
            threading.Thread(target=self._loop, args=(inbox,), name=f"dossier-desk-{n}", daemon=True)
            for n, inbox in enumerate(self._inboxes)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Leaves what still waits unanswered; kiosks ask again."""
        self._stopping = True
        for inbox in self._inboxes:
            inbox.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(2)
        with self._lock:
            self._remembered.clear()
            self._under_way.clear()
            self._waiting.clear()

    def ask(self, client: str, request: DossierLookup, answered: Answered) -> None:
        """Returns at once; `answered` is called on a thread of the desk, or now when the answer is known."""
        now, asked, full = self._clock.now(), (client, request.id), False
        with self._lock:
            self._forget(now)
            known = self._remembered.get(asked)
            others = self._under_way.get(asked)
            if known is None and others is None:
                self._under_way[asked] = [answered]
                full = not self._hand_out((client, request))
            elif known is None and others is not None and len(others) < _MOST_REPEATS:
                others.append(answered)
        if known is not None:
            answered(known[1])
        elif full:
            busy = self._refusal(request.id, Code.TOO_OFTEN, "Too many look-ups wait.", {"wait_s": "5"})
            self._answer(asked, busy, None)

    def _hand_out(self, item: _Item) -> bool:
        """To a thread without work, else into the line; False when that is full."""
        if self._idle:
            self._idle.pop().put(item)
        elif len(self._waiting) < MOST_WAITING:
            self._waiting.append(item)
        else:
            return False
        return True

    def _loop(self, inbox: _Inbox) -> None:
        while not self._stopping:
            with self._lock:
                item = self._waiting.popleft() if self._waiting else None
                if item is None:
                    self._idle.append(inbox)
            item = item or self._wait(inbox)
            if item is None:
                return
            client, request = item
            now = self._clock.now()
            try:
                made, keep = self._look(client, request, now)
            except Exception as failed:  # what it says may hold a code: only its kind is logged
                log.error("lookup_failed", why=type(failed).__name__)
                made = self._refusal(request.id, Code.STORAGE_FAILED, "The look-up failed; ask again.")
                keep = False
            self._answer((client, request.id), made, now if keep else None)

    def _wait(self, inbox: _Inbox) -> _Item | None:
        """What is handed to this thread; answers that had their time are forgotten meanwhile."""
        while True:
            try:
                return inbox.get(timeout=_IDLE_S)
            except queue.Empty:
                with self._lock:
                    self._forget(self._clock.now())

    def _answer(self, asked: _Asked, made: bytes, remember: datetime | None) -> None:
        with self._lock:
            if remember is not None:
                self._remembered[asked] = remember, made
            waiting = self._under_way.pop(asked, [])
        for answered in waiting:
            try:
                answered(made)
            except Exception as failed:
                log.error("reply_failed", why=type(failed).__name__)

    def _look(self, client: str, request: DossierLookup, now: datetime) -> tuple[bytes, bool]:
        """The reply, and whether it is the one answer to its id: after a "slower" asking again may help."""
        config = self._office().config
        if config is None or not config.dossiers.sources:
            return self._refusal(request.id, Code.NOT_CONFIGURED, "No dossiers are looked up here."), True
        if expired(request.expires_at, now):
            return self._refusal(request.id, Code.TOO_LATE, "The look-up came too late."), True
        ask = Ask(client, request.code, request.second_factor)
        answer = self._lookup.look(ask, config.dossiers, now)
        if isinstance(answer, Slower):
            wait = {"wait_s": str(max(1, round(answer.wait.total_seconds())))}
            sentence = "Too many look-ups: wait, or ask the help desk."
            return self._refusal(request.id, Code.TOO_OFTEN, sentence, wait), False
        log.info("looked_up", client=client, outcome=answer.outcome, factor=answer.factor)
        return self._found(request.id, looked(answer, config, now), now), True

    def _found(self, id_: str, result: Looked, now: datetime) -> bytes:
        return Reply(id=id_, ok=True, at=now, looked=result).model_dump_json().encode()

    def _refusal(self, id_: str, code: Code, sentence: str, detail: dict[str, str] | None = None) -> bytes:
        view = RefusalView(code=code.value, sentence=sentence, detail=detail or {})
        return Reply(id=id_, ok=False, at=self._clock.now(), refusal=view).model_dump_json().encode()

    def _forget(self, now: datetime) -> None:
        while self._remembered:
            oldest = next(iter(self._remembered))
            fresh = now - self._remembered[oldest][0] < REMEMBERED
            if fresh and len(self._remembered) <= _MOST_REMEMBERED:
                return
            del self._remembered[oldest]
