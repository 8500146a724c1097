"""What can be asked of the office. Each carries its id and who asks; nothing here reads a clock."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

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
from queue_server.domain.ticket import Channel, ParkedBy, Target, Told
from queue_server.domain.words import Words


class Role(StrEnum):
    SYSTEM = "system"
    DEVICE = "device"
    CITIZEN = "citizen"
    """The holder of a ticket's page token."""
    OFFICER = "officer"
    GREETER = "greeter"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


STAFF = frozenset({Role.OFFICER, Role.GREETER, Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR})
SENIOR = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: role, opaque id (account, device or ticket) and where from (address or program)."""

    role: Role
    id: str
    where: str = ""


SYSTEM = Actor(Role.SYSTEM, "server")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    id: CommandId
    by: Actor
    expires_at: datetime | None = None
    """Refused when it is first decided after this; a repeat still gets its first answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigureOffice(Command):
    """The checked office file at start or reload; refused when it would strand open tickets."""

    config: OfficeConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class StartEngine(Command):
    """The engine's first command after a start: records the boot, and whether the clock is believed."""

    boot_id: str
    clock_synchronised: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmClock(Command):
    """A person says that the machine's clock is right, so tickets may be issued again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteClockStep(Command):
    """The wall clock moved by `seconds` against the monotonic clock: data quality."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Command):
    """The engine's own heartbeat: turns the day when local midnight has passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTicket(Command):
    """A ticket for `services[0]`; the others are planned legs in order. `ticket` is a fresh opaque id.

    `issued_at`, `number` and `granted_on` (its local date) are given only when a kiosk issued offline from
    its grant; `estimated_time` when it had to guess the instant.
    """

    ticket: TicketId
    services: tuple[ServiceId, ...]
    channel: Channel = Channel.KIOSK
    kiosk: KioskId | None = None
    priority_group: PriorityGroupId | None = None
    language: str = "vi"
    people: int = 1
    dossiers: int = 1
    appointment_at: datetime | None = None
    told: Told | None = None
    issued_at: datetime | None = None
    number: str | None = None
    granted_on: date | None = None
    estimated_time: bool = False
    wants_slip: bool = True
    dossier: str = field(default="", repr=False)
    """The code of the dossier that the visit is about: kept beside the journal, in no event and no state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfTicket(Command):
    ticket: TicketId


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTicket(OfTicket):
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComeBack(OfTicket):
    """A citizen who missed the call is here; the office file's rule says where they stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkTicket(OfTicket):
    """`hold` is the called citizen's "keep my place for five minutes": once a leg, and it ends by itself."""

    parked_by: ParkedBy
    reason: str = ""
    hold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnparkTicket(OfTicket):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferTicket(OfTicket):
    """To a service's queue, to one counter, or to one officer; the accrued wait is kept."""

    to: Target
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddService(OfTicket):
    """One more service on the same ticket: planned, it enters its queue when the leg before it ends."""

    service: ServiceId


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReady(OfTicket):
    """The result of a "giải quyết ngay" is there; the citizen queues to collect it, at `to`'s queue."""

    to: Target | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePriority(OfTicket):
    priority_group: PriorityGroupId | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSlip(OfTicket):
    """The outcome of a print job: `printed`, `unconfirmed` or `failed` with a reason."""

    job: JobId
    outcome: str
    reason: str = ""
    reprint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPrint(OfTicket):
    """A slip on a printer of the server's choosing (reception desk, reprint from a console)."""

    job: JobId
    printer: str
    reprint: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveAlias(OfTicket):
    """The number on a paper that a kiosk gave because the reply for this ticket was lost."""

    number: str
    kiosk: KioskId
    issued_at: datetime | None = None
    estimated_time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkServedInOutage(OfTicket):
    """The citizen was called aloud and served at `counter` while the server could not be told."""

    counter: CounterId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfCounter(Command):
    counter: CounterId
    expected: TicketId | None = None
    """The ticket the officer saw at the counter; another one there is refused (a late click)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOn(OfCounter):
    officer: OfficerId


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff(OfCounter):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCounter(OfCounter):
    """Opens a closed counter, or reopens a paused one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseCounter(OfCounter):
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCounter(OfCounter):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCounterServices(OfCounter):
    services: tuple[ServiceId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNext(OfCounter):
    """The next ticket by the policy. With `end_current` the ticket in service is ended first, in one act."""

    end_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTicket(OfCounter):
    """This one, out of turn; recorded as such."""

    ticket: TicketId


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(OfCounter):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class StartService(OfCounter):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class EndService(OfCounter):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class NoShow(OfCounter):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitResult(OfCounter):
    """ "Giải quyết ngay": the citizen waits for the result outside the queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(OfCounter):
    """Takes back the counter's last act within the office's ten seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDay(Command):
    """Close of day: nobody who still waits will be called today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseService(Command):
    """No new tickets for a service, with the reason shown to citizens and the hour it reopens."""

    service: ServiceId
    reason: Words
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenService(Command):
    service: ServiceId


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNotice(Command):
    """One line in the footer of displays and kiosks; empty words take it away."""

    words: Words = field(default_factory=lambda: Words("", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForHelp(Command):
    """ "Tôi cần giúp" at a kiosk: calls the greeter."""

    kiosk: KioskId


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerHelp(Command):
    kiosk: KioskId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFault(Command):
    """A device or kiosk reports a fault of its own (never with personal data)."""

    device: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantNumbers(Command):
    """Reserve today's top block of every series for a kiosk (contract: grants)."""

    kiosk: KioskId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAct(Command):
    """An act on accounts or settings that belongs in the audit trail; `what` names no person."""

    what: str
    subject: str
