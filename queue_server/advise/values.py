"""What is advised, as values: seconds are after the local day's midnight, waits in minutes."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from queue_server.simulate.interval import Interval

TARGET_MINUTES = 20.0
KEEP = 0.9
"""The target is kept with at least this probability."""


@dataclass(frozen=True, slots=True)
class ExpectedBlock:
    """Arrivals of one service in one half hour: mean, P10 and P90."""

    start_s: float
    service: str
    mean: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class StaffBlock:
    """Counters of one pool in one half hour: those that usually stand there, the least that keep the target.

    A pool is named after the group of its counters' first service. `kept` is the simulated probability that
    the mean wait of those who come in this half hour keeps the target with `least` counters; `enough` is
    False where no number that was tried reaches it.
    """

    start_s: float
    pool: str
    furnished: int
    least: int
    kept: float
    enough: bool


class Kind(StrEnum):
    LEARN = "learn"
    """A counter takes one more service."""
    OPEN = "open"
    """A counter that nobody sits at is opened, or one more is put up."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One act and what it would change, on the same simulated people; mean in minutes, `within` a share of 1.

    `counter` is the counter's id, "" for one that does not exist yet, whose `services` are given.
    """

    kind: Kind
    counter: str
    number: int
    services: tuple[str, ...]
    from_s: float
    to_s: float
    mean: Interval
    """The change of the day's mean wait."""
    within: Interval
    """The change of the share called within the target."""
    mean_after: Interval
    """The day's mean wait with the act."""


@dataclass(frozen=True, slots=True)
class QuietSpell:
    """When to come: the expected wait of those who arrive then."""

    start_s: float
    end_s: float
    wait_minutes: float


@dataclass(frozen=True, slots=True)
class DayAdvice:
    """`mean` is the simulated mean wait of the day with its P10 and P90 over days like it."""

    day: date
    made_at: datetime
    target_minutes: float
    visits: float
    mean: Interval | None
    kept: float
    """Probability that the day's mean keeps the target as the office usually stands."""
    expected: tuple[ExpectedBlock, ...]
    staffing: tuple[StaffBlock, ...]
    proposals: tuple[Proposal, ...]
    """The most helpful first; only those whose interval leaves no doubt that they help."""
    quiet: tuple[QuietSpell, ...]
    runs: int


@dataclass(frozen=True, slots=True)
class Alert:
    """Today's mean will miss the target unless something is done; `acts` the most helpful first."""

    made_at: datetime
    day: date
    target_minutes: float
    mean: Interval
    """Without any act: the mean expected at the day's end, with P10 and P90."""
    missed: float
    """Probability that the target is missed."""
    acts: tuple[Proposal, ...]
    services: tuple[str, ...] = ()
    """Of the visits that begin with these; none is every visit of the office."""

    @property
    def best(self) -> Proposal | None:
        return self.acts[0] if self.acts else None
