"""What comes to a simulated hall from outside, and what came of it: plain values, seconds after midnight."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from queue_server.domain.office_services import ServiceClass

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stay:
    """One leg: `taken_s` from start to end. A transfer `keeps` the wait accrued so far."""

    service: int
    taken_s: float
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Citizen:
    """One visit with everything that is theirs alone, so that the same person can meet several plans."""

    at_s: float
    stays: tuple[Stay, ...]
    service_class: ServiceClass = ServiceClass.ORDINARY
    walk_s: float = 0.0
    turn_s: float = 0.0
    """The officer's pause after them, before the next call."""
    patience_s: float = float("inf")
    """Gone without a word after so long without a first call: nobody comes when they are called."""
    comes: bool = True
    """False: gone before the first call."""
    comes_back_s: float | None = None
    """Back at the desk so long after a missed call."""
    slot_s: float | None = None
    """An appointment."""
    hold_s: float = 75.0
    """How long a counter calls them in vain."""
    spent_s: float = 0.0
    """Waits of earlier legs of this visit."""
    luck: float = 0.5
    """Uniform in [0, 1): whether they book or follow advice, when so many of a hundred do."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A counter staffed from `on_s` to `off_s`; at the day's `last` who waits is served before leaving."""

    counter: int
    on_s: float
    off_s: float
    pauses: tuple[tuple[float, float], ...] = ()
    """(at, length) each, begun when the counter is free."""
    last: bool = False
    busy_until_s: float = 0.0
    """Somebody is at the counter already until then."""
    ordinary_since: int = 0
    """Ordinary calls since the last priority call, for the interleaved policy."""


@dataclass(frozen=True, slots=True)
class Skill:
    """A counter takes one more service (or, `gives_up`, one less) for a while."""

    counter: int
    service: int
    from_s: float = 0.0
    to_s: float = float("inf")
    gives_up: bool = False


@dataclass(frozen=True, slots=True)
class HallDay:
    """`citizens` in order of arrival; `added` are counters beyond the setting's, by their services."""

    citizens: tuple[Citizen, ...]
    shifts: tuple[Shift, ...]
    skills: tuple[Skill, ...] = ()
    added: tuple[tuple[int, ...], ...] = ()


class Came(IntEnum):
    """What came of a visit."""

    SERVED = 0
    NO_SHOW = 1
    ABANDONED = 2


@dataclass(frozen=True, slots=True)
class Call:
    """One call: `citizen` and `counter` are places in the day's tuples."""

    at_s: float
    counter: int
    citizen: int


@dataclass(frozen=True, slots=True)
class DayResult:
    """One row a citizen: `wait_s` is the visit's wait (nan when never called) as waits/ defines it."""

    wait_s: Floats
    came: Ints
    waited_s: Floats
    """As `wait_s`, with an uncalled leg counted until the office gave up on it."""
    busy_s: tuple[float, ...]
    """Of each counter."""
    calls: tuple[Call, ...]
