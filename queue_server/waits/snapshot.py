"""What the estimator knows of the hall at an instant: plain values that travel between processes."""

from dataclasses import dataclass, field
from datetime import datetime

from queue_server.domain.ids import ServiceId, TicketId
from queue_server.domain.office_calling import Calling
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket import Told
from queue_server.waits.conformal import Rolling


@dataclass(frozen=True, slots=True)
class ServiceTimes:
    """How long a counter is taken by one ticket of a service, call to end, in seconds.

    `samples` were measured here, `group_samples` in the services of its group, scaled to this one's prior.
    """

    service: ServiceId
    expected_s: float
    samples: tuple[float, ...] = ()
    group_samples: tuple[float, ...] = ()
    no_show: float = 0.05
    """Share of calls nobody comes to."""
    no_show_hold_s: float = 90.0
    """How long such a call takes the counter."""


@dataclass(frozen=True, slots=True)
class QueueNow:
    """A queue, waiting or empty: `newcomer` is where an ordinary newcomer of its service would stand."""

    service: ServiceId
    service_class: ServiceClass
    newcomer: bool = False
    arrivals_per_hour: float = 0.0


@dataclass(frozen=True, slots=True)
class TicketNow:
    """A waiting ticket, in the order of its queue. `waited_s` is the policy's; < 0 before a slot."""

    id: TicketId
    number: str
    queue: int
    waited_s: float
    visit_wait_s: float
    """The wait of its visit so far."""


@dataclass(frozen=True, slots=True)
class CounterNow:
    """A counter that calls. `may_call` says for each queue whether the production rule lets it."""

    may_call: tuple[bool, ...]
    serving: ServiceId | None = None
    elapsed_s: float = 0.0
    """Since the call of the ticket it has."""
    back_in_s: float = 0.0
    """A paused counter that has said when it goes on."""
    ordinary_since_priority: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    at: datetime
    calling: Calling
    services: tuple[ServiceTimes, ...]
    queues: tuple[QueueNow, ...]
    tickets: tuple[TicketNow, ...]
    counters: tuple[CounterNow, ...]
    called_waits_s: tuple[float, ...] = ()
    """Visit waits of those called and not yet come: they are in the hall too."""
    breaks: tuple[tuple[float, float], ...] = ()
    """Closed stretches between sessions still to come today, in seconds from now."""
    factors: Rolling = field(default_factory=Rolling)
    """On ranges and promises, in minutes, from those that were told before."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Minutes from `at` until the call; whoever cannot be estimated is missing."""

    at: datetime
    newcomers: dict[ServiceId, Told]
    tickets: dict[TicketId, Told]
    hall_mean: Told | None
    newcomers_s: dict[ServiceId, float] = field(default_factory=dict)
    """The newcomers' medians in seconds, unrounded."""
