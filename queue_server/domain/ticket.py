"""A ticket is one visit: its legs in order, at most one open, the rest ended or planned."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from queue_server.domain.ids import CounterId, KioskId, OfficerId, PriorityGroupId, ServiceId, TicketId
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket_table import TicketState


class Channel(StrEnum):
    """Where a ticket was taken."""

    KIOSK = "kiosk"
    GREETER = "greeter"
    COUNTER = "counter"
    APPOINTMENT = "appointment"
    OFFLINE = "offline"
    """By a kiosk from its granted numbers while the server was away."""


class ParkedBy(StrEnum):
    CITIZEN = "citizen"
    """Asked for by the citizen: pauses the wait."""
    OFFICE = "office"
    """By the office: the wait goes on."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the citizen was told about the wait when the ticket was issued, in whole minutes.

    `low`–`high` is the P10–P90 range, `promise` the P80.
    """

    low: int
    median: int
    high: int
    promise: int
    made_by: str = "unknown"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a leg waits: a service's queue, or bound to one counter or one officer."""

    service: ServiceId
    counter: CounterId | None = None
    officer: OfficerId | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """One stay in one queue. Instants are UTC; None is "not yet".

    `queued_at` is the entry into the queue, `since` the instant the policy counts from (a transfer keeps
    the accrued wait, so `since` may be earlier), `citizen_parked` the time out of the queue at the
    citizen's wish.
    """

    number: int
    target: Target
    queued_at: datetime | None = None
    since: datetime | None = None
    first_called_at: datetime | None = None
    called_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    calls: int = 0
    counter: CounterId | None = None
    officer: OfficerId | None = None
    citizen_parked: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Ticket:
    """A citizen's visit today. `version` grows with every event that touches the ticket."""

    id: TicketId
    number: str
    state: TicketState
    issued_at: datetime
    service_class: ServiceClass
    legs: tuple[Leg, ...]
    planned: tuple[ServiceId, ...] = ()
    priority_group: PriorityGroupId | None = None
    channel: Channel = Channel.KIOSK
    kiosk: KioskId | None = None
    language: str = "vi"
    people: int = 1
    dossiers: int = 1
    appointment_at: datetime | None = None
    told: Told | None = None
    alias: str | None = None
    parked_at: datetime | None = None
    parked_by: ParkedBy | None = None
    parked_reason: str = ""
    held_until: datetime | None = None
    """When the last hold of a called citizen ended or ends; kept, because there is one hold a visit."""
    awaiting_since: datetime | None = None
    no_shows: int = 0
    no_show_at: datetime | None = None
    slips_done: tuple[str, ...] = ()
    """Ids of the print jobs that have their outcome."""
    slip: str = "pending"
    """`pending`, `printed`, `unconfirmed`, `failed` or `none` (no paper wanted)."""
    version: int = 1

    @property
    def leg(self) -> Leg:
        """The current leg: the open one, or the last that was."""
        return self.legs[-1]

    @property
    def on_hold(self) -> bool:
        """Whether the park that lasts is a called citizen's hold."""
        if self.held_until is None or self.parked_at is None:
            return False
        return self.held_until > self.parked_at

    @property
    def service(self) -> ServiceId:
        return self.leg.target.service

    @property
    def counter(self) -> CounterId | None:
        """The counter that has called or is serving the ticket."""
        return self.leg.counter if self.state in (TicketState.CALLED, TicketState.SERVING) else None
