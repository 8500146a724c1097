"""A running engine for tests, over any journal, with the real rules unless told otherwise."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime
from queue import SimpleQueue
from typing import Any

from fakes.fake_clock import FakeClock
from fakes.small_office import configure, fresh

from queue_server.domain.commands import Command
from queue_server.domain.decide import decide
from queue_server.domain.evolve import evolve
from queue_server.domain.office import Office
from queue_server.engine.batch import Behaviour, Decide
from queue_server.engine.ports import Answer, Append, Journal, Recorded
from queue_server.engine.writer import SingleWriter
from queue_server.storage.memory import MemoryJournal, MemoryStore

DEADLINE_S = 30.0
Written = Future[tuple[Recorded, ...]]


def words(_office: Office, command: Command, decided: object, at: datetime) -> str:
    """A reply that differs each time it is made."""
    return f"{command.id} {at.isoformat()} {fresh()}"


def engine_over(
    journal: Journal, clock: FakeClock | None = None, decide_with: Decide = decide, **options: Any
) -> SingleWriter:
    return SingleWriter(
        journal,
        clock or FakeClock(),
        Behaviour(decide_with, evolve, words),
        new_id=fresh,
        boot_id=options.pop("boot_id", "boot-1"),
        **options,
    )


@contextmanager
def running(journal: Journal, clock: FakeClock | None = None, **options: Any) -> Iterator[SingleWriter]:
    """A started, configured engine, drained at the end."""
    engine = engine_over(journal, clock, **options)
    engine.start()
    ask(engine, configure())
    try:
        yield engine
    finally:
        assert engine.drain(DEADLINE_S)


def ask(engine: SingleWriter, command: Command) -> Answer:
    return engine.submit(command).result(DEADLINE_S)


class GatedJournal(MemoryJournal):
    """Appends wait until the gate is opened, so that a test decides what gathers in a batch."""

    def __init__(self, store: MemoryStore | None = None) -> None:
        super().__init__(store)
        self.gate = threading.Event()
        self.gate.set()
        self.at_gate = threading.Event()
        self.sizes: list[int] = []

    def append(self, batch: Sequence[Append], state: Office) -> tuple[Recorded, ...]:
        self.at_gate.set()
        assert self.gate.wait(DEADLINE_S)
        self.sizes.append(len(batch))
        return super().append(batch, state)

    def shut(self) -> None:
        self.at_gate.clear()
        self.gate.clear()


class SlowDisk(MemoryJournal):
    """Once it is slow it is at each batch until the test says `finish`."""

    def __init__(self, store: MemoryStore | None = None) -> None:
        super().__init__(store)
        self.slow = False
        self.sizes: list[int] = []
        self._begun: SimpleQueue[tuple[Written, Sequence[Append], Office]] = SimpleQueue()
        self._next: tuple[Written, Sequence[Append], Office] | None = None

    def begin(self, batch: Sequence[Append], state: Office) -> "Written":
        if not self.slow:
            return super().begin(batch, state)
        self.sizes.append(len(batch))
        writing: Written = Future()
        self._begun.put((writing, batch, state))
        return writing

    def wait_begun(self) -> None:
        """Until the disk has a batch that is not finished."""
        if self._next is None:
            self._next = self._begun.get(timeout=DEADLINE_S)

    def finish(self) -> None:
        """The batch it is at is written, or fails as the store says."""
        self.wait_begun()
        assert self._next is not None
        (writing, batch, state), self._next = self._next, None
        try:
            written = self.append(batch, state)
        except Exception as failed:
            writing.set_exception(failed)
        else:
            writing.set_result(written)


class Heard:
    """A listener that remembers, and lets a test wait until something was heard."""

    def __init__(self) -> None:
        self.news: list[tuple[Office, tuple[Recorded, ...]]] = []
        self._changed = threading.Condition()

    def __call__(self, office: Office, recorded: Sequence[Recorded]) -> None:
        with self._changed:
            self.news.append((office, tuple(recorded)))
            self._changed.notify_all()

    def until(self, wanted: Callable[[list[Recorded]], bool]) -> list[Recorded]:
        """Everything heard, once it is what is wanted; fails at the deadline."""
        with self._changed:
            assert self._changed.wait_for(lambda: wanted(self.recorded), DEADLINE_S), self.recorded
            return self.recorded

    @property
    def recorded(self) -> list[Recorded]:
        return [one for _, recorded in self.news for one in recorded]
