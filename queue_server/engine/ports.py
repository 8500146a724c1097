"""What the engine needs from outside, and what it gives: journal, clock, listeners."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from queue_server.domain.commands import Actor, Command
from queue_server.domain.events import Event
from queue_server.domain.ids import CommandId
from queue_server.domain.office import Office
from queue_server.domain.refusals import Refusal


class Clock(Protocol):
    """Wall time at process start + monotonic, never before the last reading."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float:
        """Seconds of the monotonic clock."""
        ...

    def wall_step(self) -> float:
        """Seconds the machine's wall clock has moved against the monotonic clock since last asked."""
        ...


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event in the journal: position from 1, unique id, instant (UTC), who asked, by which command."""

    seq: int
    id: str
    at: datetime
    event: Event
    command_id: CommandId
    by: Actor
    boot_id: str
    monotonic: float
    hash: str
    """Hex SHA-256 over the hash of the row before and this row's own fields."""
    data: str = ""
    """The event as JSON, as it stands in the journal; empty before it is there."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The first and only answer to a command id: the events it made, or the refusal.

    `seq` is the journal position after it. A repeated id gets an equal answer with `repeated` set.
    """

    command_id: CommandId
    at: datetime
    events: tuple[Event, ...] = ()
    refusal: Refusal | None = None
    seq: int = 0
    repeated: bool = False
    outcome: str = ""
    """Words of the edge (JSON), stored with the answer so that a repeat is literally the same reply."""


@dataclass(frozen=True, slots=True)
class Append:
    """What one command of a batch adds: its recorded events (none for a refusal) and its answer."""

    command: Command
    recorded: tuple[Recorded, ...]
    answer: Answer


class Displaced(Exception):
    """Another engine has taken over this office (epoch or position moved on); this one must exit."""


class StorageFailed(Exception):
    """The batch could not be committed; nothing of it is there."""


def done(recorded: tuple[Recorded, ...]) -> "Future[tuple[Recorded, ...]]":
    """What is durable already."""
    future: Future[tuple[Recorded, ...]] = Future()
    future.set_result(recorded)
    return future


class Journal(Protocol):
    """The append-only journal with its projections; one transaction a batch."""

    def open(self, boot_id: str) -> int:
        """Take the office (lock and epoch) and return the epoch; raises OfficeTaken."""
        ...

    def load(self) -> tuple[Office, Iterator[Recorded]]:
        """The last snapshot (or the empty office) and the events after it, in order."""
        ...

    def answer_to(self, command_id: CommandId) -> Answer | None:
        """The answer already given to this command id, from whichever day."""
        ...

    def answers_to(self, command_ids: Collection[CommandId]) -> Mapping[CommandId, Answer]:
        """The answers already given to any of these, in one question; while a batch is being written, those
        given before it."""
        ...

    def begin(self, batch: Sequence[Append], state: Office) -> "Future[tuple[Recorded, ...]]":
        """As `append`, but a slow disk may still be at it on return: done when the batch is durable, or has
        failed. Until then nothing may be asked on this thread but `answer_to` and `answers_to`.
        """
        ...

    def append(self, batch: Sequence[Append], state: Office) -> tuple[Recorded, ...]:
        """Durably append a batch; `state` is the office after it (for projections and snapshots).

        Returns the batch's events in order with their hashes, which the caller leaves empty.
        Raises Displaced or StorageFailed, in both cases having written nothing.
        """
        ...

    def last(self) -> tuple[int, str]:
        """(seq, hash) of the last event, (0, "") when empty."""
        ...

    def save_snapshot(self, state: Office) -> None:
        """Keep a committed state for the next start; may be called beside `append` from another thread."""
        ...

    def close(self) -> None: ...


class OfficeTaken(Exception):
    """Another process runs this office's engine."""


Listener = Callable[[Office, Sequence[Recorded]], None]
"""Called after each commit, in order, on the teller's thread (never the writer's)."""


class Engine(Protocol):
    """What the edges (mqtt, web, command line) see."""

    @property
    def office(self) -> Office:
        """The last committed state."""
        ...

    def submit(self, command: Command) -> "Future[Answer]":
        """Decide, journal, fold; the future is done after the commit."""
        ...

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every commit from now on; returns how to stop."""
        ...
