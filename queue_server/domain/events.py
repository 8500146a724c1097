"""What happened, as values: the journal's vocabulary. A field once written is never given another meaning.

Every class has a wire name (`ticket.issued`) and a `VERSION`; older versions are upcast on reading
(`upcast.py`). The instant of an event is its envelope's `at`; who asked stands there too.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from queue_server.domain.ids import (
    CommandId,
    CounterId,
    JobId,
    KioskId,
    OfficerId,
    PriorityGroupId,
    ServiceId,
    TicketId,
)
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket import Channel, ParkedBy, Target, Told
from queue_server.domain.words import Words

EVENT_TYPES: dict[str, type["Event"]] = {}
"""Wire name → class, filled by the definitions below."""


class Event:
    """Base of all events; subclasses are frozen dataclasses that name their wire type."""

    __slots__ = ()
    TYPE: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1

    def __init_subclass__(cls, type: str = "", version: int = 1, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if type:
            cls.TYPE, cls.VERSION = type, version
            EVENT_TYPES[type] = cls


@dataclass(frozen=True, kw_only=True)
class OfficeConfigured(Event, type="office.configured"):
    config: OfficeConfig


@dataclass(frozen=True, kw_only=True)
class EngineStarted(Event, type="engine.started"):
    boot_id: str
    clock_doubt: str = ""
    """Why the clock is not believed; empty when it is."""


@dataclass(frozen=True, kw_only=True)
class ClockConfirmed(Event, type="clock.confirmed"):
    pass


@dataclass(frozen=True, kw_only=True)
class ClockStepped(Event, type="clock.stepped"):
    seconds: float


@dataclass(frozen=True, kw_only=True)
class DayOpened(Event, type="day.opened"):
    """A new local date: numbers start again, ended tickets leave the state."""

    day: date


@dataclass(frozen=True, kw_only=True)
class DayClosed(Event, type="day.closed"):
    """The books of a local date are closed; `by_turn` when midnight did it, not a person."""

    day: date
    by_turn: bool = False


@dataclass(frozen=True, kw_only=True)
class TicketIssued(Event, type="ticket.issued"):
    ticket: TicketId
    number: str
    series: str
    ordinal: int
    service: ServiceId
    service_class: ServiceClass
    issued_at: datetime
    """Server's instant; for an offline ticket the paper's."""
    since: datetime
    channel: Channel
    planned: tuple[ServiceId, ...] = ()
    priority_group: PriorityGroupId | None = None
    kiosk: KioskId | None = None
    language: str = "vi"
    people: int = 1
    dossiers: int = 1
    appointment_at: datetime | None = None
    told: Told | None = None
    wants_slip: bool = True
    estimated_time: bool = False
    late: bool = False
    """Its day was over when it came to the books: nothing of today is touched by it."""


@dataclass(frozen=True, kw_only=True)
class OfTicket(Event):
    ticket: TicketId


@dataclass(frozen=True, kw_only=True)
class TicketCalled(OfTicket, type="ticket.called"):
    counter: CounterId
    officer: OfficerId
    out_of_turn: bool = False
    by_fallback: bool = False
    """Called by a counter that does not take the service, because no signed-on counter did."""


@dataclass(frozen=True, kw_only=True)
class TicketRecalled(OfTicket, type="ticket.recalled"):
    counter: CounterId


@dataclass(frozen=True, kw_only=True)
class TicketStarted(OfTicket, type="ticket.started"):
    counter: CounterId


@dataclass(frozen=True, kw_only=True)
class TicketEnded(OfTicket, type="ticket.ended"):
    """The leg ended; with `next_service` the next planned leg enters its queue, else the visit is served."""

    counter: CounterId
    next_service: ServiceId | None = None
    by_turn: bool = False
    """Ended by close of day because nobody pressed End: data quality."""


@dataclass(frozen=True, kw_only=True)
class TicketNoShow(OfTicket, type="ticket.no_show"):
    counter: CounterId
    by_turn: bool = False


@dataclass(frozen=True, kw_only=True)
class TicketCameBack(OfTicket, type="ticket.came_back"):
    since: datetime


@dataclass(frozen=True, kw_only=True)
class TicketParked(OfTicket, type="ticket.parked"):
    """`until` is when a called citizen's hold ends by itself."""

    parked_by: ParkedBy
    reason: str
    counter: CounterId | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TicketUnparked(OfTicket, type="ticket.unparked"):
    """Back into the queue. With `new_leg` (service had begun before) a new leg begins at `queued_at`:
    the park itself when the office asked for it (its time counts), now when the citizen did.
    """

    since: datetime
    queued_at: datetime
    new_leg: bool


@dataclass(frozen=True, kw_only=True)
class TicketTransferred(OfTicket, type="ticket.transferred"):
    """To another queue; `since` counts the accrued wait in.

    With `new_leg` (the citizen had been called) a new leg of the same visit begins; a ticket that was still
    waiting only changes its queue, and its leg goes on. `queued_at` is given when the new leg began before
    the transfer (a park by the office after service had begun: its time counts).
    """

    to: Target
    since: datetime
    new_leg: bool
    queued_at: datetime | None = None
    reason: str = ""
    counter: CounterId | None = None


@dataclass(frozen=True, kw_only=True)
class ServiceAdded(OfTicket, type="ticket.service_added"):
    service: ServiceId


@dataclass(frozen=True, kw_only=True)
class ResultAwaited(OfTicket, type="ticket.result_awaited"):
    counter: CounterId


@dataclass(frozen=True, kw_only=True)
class ResultBecameReady(OfTicket, type="ticket.result_ready"):
    """A new leg: the citizen queues to collect."""

    to: Target
    since: datetime


@dataclass(frozen=True, kw_only=True)
class PriorityChanged(OfTicket, type="ticket.priority_changed"):
    service_class: ServiceClass
    priority_group: PriorityGroupId | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class TicketCancelled(OfTicket, type="ticket.cancelled"):
    by_staff: bool
    reason: str = ""
    counter: CounterId | None = None


@dataclass(frozen=True, kw_only=True)
class TicketAbandoned(OfTicket, type="ticket.abandoned"):
    """Still uncalled when the day was closed, or left."""


@dataclass(frozen=True, kw_only=True)
class TicketCarriedOver(OfTicket, type="ticket.carried_over"):
    """Kept overnight by the office's rule."""

    day: date


@dataclass(frozen=True, kw_only=True)
class AliasGiven(OfTicket, type="ticket.alias_given"):
    """The number on the citizen's paper (a lost reply during an outage): it is shown and called from now on,
    and the one the server had given still finds the ticket."""

    alias: str
    issued_at: datetime | None = None
    """The paper's instant, where the server heard the request later than the citizen got the paper."""
    estimated_time: bool = False


@dataclass(frozen=True, kw_only=True)
class TicketServedInOutage(OfTicket, type="ticket.served_in_outage"):
    """Called aloud and served while nothing could be noted: its wait is unknown for ever.

    Not `known`: a paper came to the books after its day, and nobody can say what became of its citizen.
    """

    counter: CounterId | None = None
    next_service: ServiceId | None = None
    known: bool = True


@dataclass(frozen=True, kw_only=True)
class SlipRequested(OfTicket, type="slip.requested"):
    job: JobId
    printer: str
    reprint: bool


@dataclass(frozen=True, kw_only=True)
class SlipOutcome(OfTicket, type="slip.outcome"):
    """Exactly one a job: `printed`, `unconfirmed` or `failed`."""

    job: JobId
    outcome: str
    reason: str = ""
    reprint: bool = False


@dataclass(frozen=True, kw_only=True)
class ActUndone(OfTicket, type="act.undone"):
    """The last act of a counter is taken back: everything command `undone` changed is as before."""

    counter: CounterId
    undone: CommandId
    act: str
    also: tuple[TicketId, ...] = ()
    """The other tickets that command had touched: to end one and call the next is one act."""


@dataclass(frozen=True, kw_only=True)
class OfCounter(Event):
    counter: CounterId


@dataclass(frozen=True, kw_only=True)
class CounterSignedOn(OfCounter, type="counter.signed_on"):
    officer: OfficerId


@dataclass(frozen=True, kw_only=True)
class CounterSignedOff(OfCounter, type="counter.signed_off"):
    officer: OfficerId


@dataclass(frozen=True, kw_only=True)
class CounterOpened(OfCounter, type="counter.opened"):
    pass


@dataclass(frozen=True, kw_only=True)
class CounterPaused(OfCounter, type="counter.paused"):
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CounterClosed(OfCounter, type="counter.closed"):
    pass


@dataclass(frozen=True, kw_only=True)
class CounterServicesChanged(OfCounter, type="counter.services_changed"):
    services: tuple[ServiceId, ...]


@dataclass(frozen=True, kw_only=True)
class ServiceClosed(Event, type="service.closed"):
    service: ServiceId
    reason: Words
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ServiceReopened(Event, type="service.reopened"):
    service: ServiceId


@dataclass(frozen=True, kw_only=True)
class NoticePosted(Event, type="notice.posted"):
    words: Words


@dataclass(frozen=True, kw_only=True)
class HelpAsked(Event, type="help.asked"):
    kiosk: KioskId


@dataclass(frozen=True, kw_only=True)
class HelpAnswered(Event, type="help.answered"):
    kiosk: KioskId


@dataclass(frozen=True, kw_only=True)
class FaultReported(Event, type="fault.reported"):
    device: str
    fault: str


@dataclass(frozen=True, kw_only=True)
class NumbersGranted(Event, type="numbers.granted"):
    """Per series the ordinals `first`–`last` belong to this kiosk for the local date `day`."""

    kiosk: KioskId
    day: date
    blocks: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, kw_only=True)
class ActRecorded(Event, type="act.recorded"):
    what: str
    subject: str
