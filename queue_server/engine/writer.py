"""The single writer: one thread that decides, journals, folds and answers, a batch at a time."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue

import structlog

from queue_server.domain.commands import SYSTEM, Command, StartEngine
from queue_server.domain.ids import CommandId
from queue_server.domain.office import Office
from queue_server.domain.refusals import Code, Refusal
from queue_server.engine.batch import Behaviour, decide_batch
from queue_server.engine.clockwork import EngineClock, TickDue, believed, day_turn_due, due
from queue_server.engine.ports import (
    Answer,
    Displaced,
    Journal,
    Listener,
    Recorded,
    StorageFailed,
    done,
)
from queue_server.engine.recent import Recent
from queue_server.engine.snapshooter import Snapshooter
from queue_server.engine.teller import Teller
from queue_server.engine.turn import Asked, Turn, refuse

_log = structlog.get_logger("engine")

_BEAT_S = 1.0
_WRITTEN = "written"
"""Put among the commands, so that the writer waits in one place; None is the last of all."""
_UNWRITTEN = Refusal(Code.STORAGE_FAILED, "the office's books could not be written")


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
        tick_due: TickDue = day_turn_due,
        max_batch: int = 512,
        remember: int = 250,
        snapshot_every: int = 5_000,
    ) -> None:
        self._journal, self._clock, self._behaviour = journal, clock, behaviour
        self._new_id, self._boot_id = new_id, boot_id
        self._on_failed, self._tick_due = on_failed, tick_due
        self._max_batch = max_batch
        self._office = Office()
        self._asked: SimpleQueue[Asked | str | None] = SimpleQueue()
        self._closing = threading.Lock()
        self._closed: Refusal | None = None
        self._recent = Recent(remember)
        self._teller = Teller()
        self._snapshooter = Snapshooter(journal, snapshot_every)
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._next_beat, self._ending = 0.0, False
        self._unanswered: tuple[Turn, Sequence[Recorded]] | None = None

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
        is_believed = believed(self._clock, office.at)
        self._office = office
        self._snapshooter.start(kept, office)
        self._clock.wall_step()
        self._next_beat = self._clock.monotonic() + _BEAT_S
        self._teller.start()
        self._thread.start()
        first = StartEngine(
            id=CommandId(self._new_id()), by=SYSTEM, boot_id=self._boot_id, clock_synchronised=is_believed
        )
        return self.submit(first).result(timeout)

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
        turn = Turn(self._office)
        try:
            while turn.asked or not self._ending:
                turn = self._take_turn(turn)
            self._snapshooter.stop(self._office)
        except (Displaced, StorageFailed) as failed:
            self._fail(failed)
        except Exception as defect:
            _log.exception("writer_failed")
            self._fail(defect)
        finally:
            self._journal.close()

    def _take_turn(self, turn: Turn) -> Turn:
        """Decide what is asked by now too, write it all and answer; returns what was decided meanwhile."""
        wait = 0.0 if turn.asked else max(0.0, self._next_beat - self._clock.monotonic())
        asked = self._gather(wait, self._max_batch - len(turn.asked))
        if self._clock.monotonic() >= self._next_beat:
            if not asked and not turn.asked:
                self._snapshooter.offer(self._office, quiet=True)
            asked += self._beat()
        if asked:
            self._decide(turn, asked)
        return self._write(turn) if turn.asked else turn

    def _gather(self, wait: float | None, most: int) -> list[Asked]:
        """What is asked by now, at most so many; waits so many seconds for the first of it, or (None) until
        what is being written is written."""
        asked: list[Asked] = []
        with suppress(Empty):
            while len(asked) < most:
                one = self._asked.get(timeout=wait)
                if one is None:
                    self._ending = True
                    break
                if isinstance(one, str):
                    break
                asked.append(one)
                wait = 0.0
        return asked

    def _decide(self, turn: Turn, asked: Sequence[Asked]) -> None:
        """On the state after everything decided before, written or not yet."""
        commands, clock = [command for command, _ in asked], self._clock
        try:
            known = self._recent.find(commands, self._journal)
        except (Displaced, StorageFailed):
            self._refuse([*turn.take_all(), *asked], _UNWRITTEN)
            raise
        except Exception as defect:
            self._apart(asked, defect, lambda one: self._decide(turn, [one]))
            return
        turn.add(asked, known)
        decide_batch(
            turn.batch,
            commands,
            turn.known,
            self._behaviour,
            clock.now,
            clock.monotonic,
            self._new_id,
            self._boot_id,
        )

    def _write(self, turn: Turn) -> Turn:
        """Journal a turn, answer it, tell of it; returns what was decided while a slow disk was at it."""
        batch = turn.batch
        try:
            writing = self._journal.begin(batch.appends, batch.office) if batch.appends else done(())
        except (Displaced, StorageFailed):
            self._refuse(turn.take_all(), _UNWRITTEN)
            raise
        except Exception as defect:
            self._apart(turn.take_all(), defect, self._write_alone)
            return Turn(self._office)
        finally:
            self._answer()
        following = Turn(batch.office, turn)
        try:
            if not writing.done():
                self._decide_beside(following, writing)
        finally:
            self._written(turn, writing, following)
        return following

    def _decide_beside(self, following: Turn, writing: "Future[tuple[Recorded, ...]]") -> None:
        """The disk works, the processor would rest."""
        writing.add_done_callback(lambda _: self._asked.put(_WRITTEN))
        while not writing.done() and len(following.asked) < self._max_batch and not self._ending:
            if asked := self._gather(None, self._max_batch - len(following.asked)):
                self._decide(following, asked)

    def _written(self, turn: Turn, writing: "Future[tuple[Recorded, ...]]", following: Turn) -> None:
        """Waits for it. When it failed, what was decided on top of it falls with it; when others were decided
        meanwhile, the disk goes on with those before this turn is answered."""
        try:
            recorded = writing.result()
        except (Displaced, StorageFailed):
            self._refuse([*turn.take_all(), *following.take_all()], _UNWRITTEN)
            raise
        self._office = turn.batch.office
        self._recent.add(append.answer for append in turn.batch.appends)
        self._unanswered = (turn, recorded)
        if not following.asked:
            self._answer()

    def _answer(self) -> None:
        """Whose turn is durable and not answered yet."""
        if self._unanswered is None:
            return
        (turn, recorded), self._unanswered = self._unanswered, None
        turn.answer()
        if recorded:
            self._teller.tell(turn.batch.office, recorded)
            self._snapshooter.offer(turn.batch.office, quiet=False)

    def _write_alone(self, one: Asked) -> None:
        turn = Turn(self._office)
        self._decide(turn, [one])
        while turn.asked:
            turn = self._write(turn)

    def _apart(self, asked: Sequence[Asked], defect: Exception, act: Callable[[Asked], None]) -> None:
        """One of these commands cannot be handled at all: only that one fails."""
        if len(asked) == 1:
            command, future = asked[0]
            _log.error("command_unwritable", command=type(command).__name__, id=command.id, exc_info=defect)
            future.set_exception(defect)
            return
        for place, one in enumerate(asked, 1):
            try:
                act(one)
            except (Displaced, StorageFailed):
                self._refuse(asked[place:], _UNWRITTEN)
                raise

    def _beat(self) -> list[Asked]:
        """What the clock brings, once a second."""
        self._next_beat = self._clock.monotonic() + _BEAT_S
        commands = due(self._clock, self._office, self._tick_due, self._new_id)
        return [(command, Future()) for command in commands]

    def _fail(self, failed: Exception) -> None:
        refusal = Refusal(
            Code.STORAGE_FAILED, "the office's books cannot be written; the server starts again"
        )
        with self._closing:
            self._closed = refusal
        self._answer()
        _log.error("engine_stopped", why=type(failed).__name__, detail=str(failed))
        left: list[Asked] = []
        while not self._asked.empty():
            one = self._asked.get()
            if isinstance(one, tuple):
                left.append(one)
        self._refuse(left, refusal)
        self._on_failed(failed)

    def _refuse(self, asked: Sequence[Asked], refusal: Refusal) -> None:
        refuse(asked, refusal, self._clock.now(), self._office.seq)
