"""The single writer: one thread that decides, journals, folds and answers, a batch at a time."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from typing import Protocol

import structlog

from queue_server.domain.commands import SYSTEM, Command, NoteClockStep, StartEngine, Tick
from queue_server.domain.ids import CommandId
from queue_server.domain.office import Office
from queue_server.domain.refusals import Code, Refusal
from queue_server.engine.batch import Batch, Behaviour, decide_batch
from queue_server.engine.ports import Answer, Clock, Displaced, Journal, Listener, StorageFailed
from queue_server.engine.recent import Recent
from queue_server.engine.snapshooter import Snapshooter
from queue_server.engine.teller import Teller

_log = structlog.get_logger("engine")

_BEAT_S = 1.0
_STEP_S = 1.0
"""A wall clock step smaller than this is not worth an event."""
_SLOW_S = 0.003
"""A commit longer than this makes it worth to wait for a fuller batch, for two thirds of it at most."""
_DOUBT_AFTER = timedelta(days=1)
_SET_RIGHT = timedelta(seconds=5)
"""So far back a time service may have set the clock since the last event without anybody doubting it."""
_UNWRITTEN = Refusal(Code.STORAGE_FAILED, "the office's books could not be written")

_Asked = tuple[Command, "Future[Answer]"]


class EngineClock(Clock, Protocol):
    def synchronised(self) -> bool:
        """Whether the machine's clock is known to be right; True when nothing is known."""
        ...


def day_turn_due(office: Office, now: datetime) -> bool:
    """Whether the office's local date has moved on from the day in its books."""
    return office.config is not None and office.config.hours.day_of(now) != office.day


class SingleWriter:
    """Implements `Engine`. `start` it once; `drain` it, or be told by `on_failed` that it has stopped.

    `on_failed` is called once, on the writer's thread, with Displaced or StorageFailed: the process must then
    exit non-zero and be started again, which replays the journal. Commands whose decision raises get that
    exception in their future; nothing of them is recorded.
    """

    def __init__(
        self,
        journal: Journal,
        clock: EngineClock,
        behaviour: Behaviour,
        *,
        new_id: Callable[[], str],
        boot_id: str,
        on_failed: Callable[[Exception], None] = lambda _failed: None,
        tick_due: Callable[[Office, datetime], bool] = day_turn_due,
        max_batch: int = 512,
        remember: int = 250,
        snapshot_every: int = 5_000,
        linger_most_s: float = 0.012,
    ) -> None:
        self._journal, self._clock, self._behaviour = journal, clock, behaviour
        self._new_id, self._boot_id = new_id, boot_id
        self._on_failed, self._tick_due = on_failed, tick_due
        self._max_batch = max_batch
        self._office = Office()
        self._asked: SimpleQueue[_Asked | None] = SimpleQueue()
        self._closing = threading.Lock()
        self._closed: Refusal | None = None
        self._recent = Recent(remember)
        self._teller = Teller()
        self._snapshooter = Snapshooter(journal, snapshot_every)
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._next_beat = 0.0
        self._last_size, self._linger_s, self._linger_most_s = 0, 0.0, linger_most_s

    @property
    def office(self) -> Office:
        """The last committed state."""
        return self._office

    @property
    def alive(self) -> bool:
        """Whether commands are being taken (for /healthz)."""
        return self._closed is None and self._thread.is_alive()

    @property
    def waiting(self) -> int:
        """Commands that wait for their batch (for metrics)."""
        return self._asked.qsize()

    def start(self, timeout: float = 30.0) -> Answer:
        """Take the office, replay, record the boot; returns the answer to StartEngine.

        Raises OfficeTaken, StorageFailed, or what the journal's events raise when they cannot be read.
        """
        self._journal.open(self._boot_id)
        try:
            office, later = self._journal.load()
            kept = office.seq
            for one in later:
                office = self._behaviour.evolve(
                    office, one.event, at=one.at, seq=one.seq, command_id=one.command_id
                )
        except BaseException:
            self._journal.close()
            raise
        believed = self._clock_is_believed(office.at)
        self._office = office
        self._snapshooter.start(kept, office)
        self._clock.wall_step()
        self._next_beat = self._clock.monotonic() + _BEAT_S
        self._teller.start()
        self._thread.start()
        first = StartEngine(
            id=CommandId(self._new_id()), by=SYSTEM, boot_id=self._boot_id, clock_synchronised=believed
        )
        return self.submit(first).result(timeout)

    def _clock_is_believed(self, last: datetime | None) -> bool:
        now = self._clock.now()
        if last is None:
            return True
        return now >= last - _SET_RIGHT and (now - last <= _DOUBT_AFTER or self._clock.synchronised())

    def submit(self, command: Command) -> "Future[Answer]":
        """Decide, journal, fold; the future is done after the commit. It cannot be cancelled."""
        future: Future[Answer] = Future()
        future.set_running_or_notify_cancel()
        with self._closing:
            if self._closed is None:
                self._asked.put((command, future))
                return future
            refusal = self._closed
        future.set_result(Answer(command.id, self._clock.now(), refusal=refusal, seq=self._office.seq))
        return future

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every commit from now on; returns how to stop."""
        return self._teller.subscribe(listener)

    def drain(self, timeout: float = 5.0) -> bool:
        """Refuse new commands with `draining`, finish those that wait, keep the state, give the office back.

        Returns whether the writer was done within `timeout` seconds.
        """
        with self._closing:
            if self._closed is None:
                self._closed = Refusal(Code.DRAINING, "the server is stopping; ask again in a moment")
                self._asked.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout)
        self._teller.stop(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            while self._take_turn():
                pass
            self._snapshooter.stop(self._office)
        except (Displaced, StorageFailed) as failed:
            self._fail(failed)
        except Exception as defect:
            _log.exception("writer_failed")
            self._fail(defect)
        finally:
            self._journal.close()

    def _take_turn(self) -> bool:
        """Wait for commands and handle what has gathered; False after the last of them."""
        asked, go_on = self._gather()
        if asked:
            self._handle(asked)
        else:
            self._snapshooter.offer(self._office, quiet=True)
        if self._clock.monotonic() >= self._next_beat:
            self._beat()
        return go_on

    def _gather(self) -> tuple[list[_Asked], bool]:
        """What is asked by now; on a slow disk also what those ask who have just been answered."""
        asked: list[_Asked] = []
        clock, everyone = self._clock.monotonic, self._last_size + self._asked.qsize()
        until = max(clock(), self._next_beat)
        try:
            while (one := self._asked.get(timeout=max(0.0, until - clock()))) is not None:
                asked.append(one)
                if len(asked) >= self._max_batch:
                    return asked, True
                if len(asked) == 1 and self._linger_s:
                    until = clock() + self._linger_s
                elif len(asked) == 1 or len(asked) >= everyone:
                    until = 0.0
        except Empty:
            return asked, True
        return asked, False

    def _handle(self, asked: Sequence[_Asked]) -> None:
        commands = [command for command, _ in asked]
        try:
            known = self._recent.find(commands, self._journal)
            batch = decide_batch(
                self._office,
                commands,
                known,
                self._behaviour,
                self._clock.now,
                self._clock.monotonic,
                self._new_id,
                self._boot_id,
            )
            began = self._clock.monotonic()
            recorded = self._journal.append(batch.appends, batch.office) if batch.appends else ()
            self._note_commit(len(asked), self._clock.monotonic() - began)
        except (Displaced, StorageFailed):
            self._refuse(asked, _UNWRITTEN)
            raise
        except Exception as defect:
            self._handle_apart(asked, defect)
            return
        self._office = batch.office
        self._recent.add(append.answer for append in batch.appends)
        _answer(asked, batch, known)
        if recorded:
            self._teller.tell(batch.office, recorded)
            self._snapshooter.offer(batch.office, quiet=False)

    def _note_commit(self, size: int, took_s: float) -> None:
        """Half the clients would else miss each batch: they come back while the first is being committed."""
        self._last_size = size
        self._linger_s = min(took_s * 2 / 3, self._linger_most_s) if size > 1 and took_s > _SLOW_S else 0.0

    def _handle_apart(self, asked: Sequence[_Asked], defect: Exception) -> None:
        """One command of a batch cannot be written at all: only that one fails."""
        if len(asked) > 1:
            for place, one in enumerate(asked, 1):
                try:
                    self._handle([one])
                except (Displaced, StorageFailed):
                    self._refuse(asked[place:], _UNWRITTEN)
                    raise
            return
        command, future = asked[0]
        _log.error("command_unwritable", command=type(command).__name__, id=command.id, exc_info=defect)
        future.set_exception(defect)

    def _beat(self) -> None:
        """Once a second: note a clock step, turn the day when it is due."""
        self._next_beat = self._clock.monotonic() + _BEAT_S
        step = self._clock.wall_step()
        due: list[Command] = []
        if abs(step) > _STEP_S:
            due.append(NoteClockStep(id=CommandId(self._new_id()), by=SYSTEM, seconds=step))
        if self._tick_due(self._office, self._clock.now()):
            due.append(Tick(id=CommandId(self._new_id()), by=SYSTEM))
        if due:
            self._handle([(command, Future()) for command in due])

    def _fail(self, failed: Exception) -> None:
        refusal = Refusal(
            Code.STORAGE_FAILED, "the office's books cannot be written; the server starts again"
        )
        with self._closing:
            self._closed = refusal
        _log.error("engine_stopped", why=type(failed).__name__, detail=str(failed))
        left: list[_Asked] = []
        while not self._asked.empty():
            one = self._asked.get()
            if one is not None:
                left.append(one)
        self._refuse(left, refusal)
        self._on_failed(failed)

    def _refuse(self, asked: Sequence[_Asked], refusal: Refusal) -> None:
        at, seq = self._clock.now(), self._office.seq
        for command, future in asked:
            future.set_result(Answer(command.id, at, refusal=refusal, seq=seq))


def _answer(asked: Sequence[_Asked], batch: Batch, known: "dict[CommandId, Answer]") -> None:
    """Complete every future: the first of an id with its answer, later ones with the same as a repeat."""
    first_told: set[CommandId] = set()
    for command, future in asked:
        id_ = command.id
        error = batch.errors.get(id_)
        if id_ in known:
            future.set_result(replace(known[id_], repeated=True))
        elif error is not None:
            future.set_exception(error)
        elif id_ in first_told:
            future.set_result(replace(batch.answers[id_], repeated=True))
        else:
            first_told.add(id_)
            future.set_result(batch.answers[id_])
