"""The desk that answers look-ups of dossiers, on a thread of its own; none is journaled or logged.

A repeated id is answered again from memory for a minute. Only counts and outcomes without a code are logged.
"""

import queue
import threading
from collections import OrderedDict
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
_MOST_REMEMBERED = 2000
_IDLE_S = 5.0

Answered = Callable[[bytes], None]

log = structlog.get_logger("dossiers")


class LookupDesk:
    """Implements the MQTT service's DossierDesk. `office` gives the state whose configuration holds."""

    def __init__(self, lookup: Lookup, office: Callable[[], Office], clock: Clock) -> None:
        self._lookup, self._office, self._clock = lookup, office, clock
        self._waiting: queue.Queue[tuple[str, DossierLookup, Answered] | None] = queue.Queue(MOST_WAITING)
        self._remembered: OrderedDict[tuple[str, str], tuple[datetime, bytes]] = OrderedDict()
        self._thread = threading.Thread(target=self._loop, name="dossier-desk", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Leaves what still waits unanswered; kiosks ask again."""
        while self._thread.is_alive():
            try:
                self._waiting.put(None, timeout=0.1)
                break
            except queue.Full:
                continue
        if self._thread.is_alive():
            self._thread.join(2)
        self._remembered.clear()

    def ask(self, client: str, request: DossierLookup, answered: Answered) -> None:
        """Returns at once; `answered` is called on the desk's thread."""
        try:
            self._waiting.put_nowait((client, request, answered))
        except queue.Full:
            answered(self._refusal(request.id, Code.TOO_OFTEN, "Too many look-ups wait.", {"wait_s": "5"}))

    def _loop(self) -> None:
        while True:
            try:
                item = self._waiting.get(timeout=_IDLE_S)
            except queue.Empty:
                self._forget(self._clock.now())
                continue
            if item is None:
                return
            client, request, answered = item
            try:
                answered(self._reply(client, request))
            except Exception as failed:  # what it says may hold a code: only its kind is logged
                log.error("lookup_failed", why=type(failed).__name__)
                self._answer_failed(request.id, answered)

    def _answer_failed(self, id_: str, answered: Answered) -> None:
        try:
            answered(self._refusal(id_, Code.STORAGE_FAILED, "The look-up failed; ask again."))
        except Exception as failed:
            log.error("reply_failed", why=type(failed).__name__)

    def _reply(self, client: str, request: DossierLookup) -> bytes:
        now = self._clock.now()
        self._forget(now)
        known = self._remembered.get((client, request.id))
        if known is not None:
            return known[1]
        made, keep = self._look(client, request, now)
        if keep:
            self._remembered[client, request.id] = now, made
        return made

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
