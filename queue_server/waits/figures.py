"""What is said of waits: the records of visits, and the figures over them, in seconds."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from queue_server.domain.ids import CounterId, KioskId, OfficerId, PriorityGroupId, ServiceId, TicketId
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket import Channel


class Outcome(StrEnum):
    """How a visit stands. Only `served` visits are in the mean."""

    SERVED = "served"
    NO_SHOW = "no_show"
    ABANDONED = "abandoned"
    CANCELLED = "cancelled"
    OPEN = "open"
    UNMEASURED = "unmeasured"
    """Served in an outage, or nobody knows: its wait is in no mean and in no share."""


@dataclass(frozen=True, slots=True)
class LegRecord:
    """One stay in one queue.

    `wait_s` = first call − max(entry, appointment) − parks asked for by the citizen; None while uncalled.
    """

    number: int
    service: ServiceId
    counter: CounterId | None
    officer: OfficerId | None
    queued_at: datetime
    first_called_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    wait_s: float | None
    open_wait_s: float | None
    walk_s: float | None
    service_s: float | None


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """One visit of one local day, as waiting-time.md defines it. Times UTC, durations in seconds."""

    ticket: TicketId
    number: str
    day: date
    issued_at: datetime
    outcome: Outcome
    service: ServiceId
    """The first leg's service."""
    service_class: ServiceClass
    priority_group: PriorityGroupId | None
    channel: Channel
    kiosk: KioskId | None
    legs: tuple[LegRecord, ...]
    wait_s: float | None
    """Sum over legs, None while no leg has been called."""
    open_wait_s: float | None
    until_first_call_s: float | None
    told: tuple[int, int, int, int] | None = None
    """(low, median, high, promise) minutes told at issue."""
    flags: frozenset[str] = frozenset()
    """Integrity: `fast_no_show`, `called_then_parked`, `citizen_park`, `staff_cancel`, `reissued`,
    `ended_by_turn`, `clock_step`, `estimated_time`, `out_of_turn`, `served_in_outage`,
    `outcome_unknown`."""
    waited_s: float | None = None
    """What a visit that is over waited in all: an uncalled last leg counts until the citizen left or the
    office closed. None while open."""
    told_by: str = ""
    """The estimator that told it."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures over a set of visits; None everywhere there is no data. Never an average of averages."""

    n: int
    """Visits in the mean (served)."""
    mean_s: float | None
    p50_s: float | None
    p90_s: float | None
    p95_s: float | None
    share_within: dict[float, float] = field(default_factory=dict)
    """Target minutes → share of (served + abandoned) that were called within; abandoned are misses."""
    share_over_60: float | None = None
    abandoned: int = 0
    no_show: int = 0
    cancelled: int = 0
    mean_open_s: float | None = None
    ci_low_s: float | None = None
    ci_high_s: float | None = None
    worst_case_mean_s: float | None = None
    """Counts the waits of abandoned and no-show visits as well."""
    walk_mean_s: float | None = None
    service_mean_s: float | None = None
    flags: dict[str, int] = field(default_factory=dict)
