"""After an outage: papers that a kiosk gave by itself come into the books once; and who was called aloud.

A paper is dated by its kiosk, within its own local day and never after now. One that comes when its day is
over (`late`) touches nothing of today: nobody knows what became of its citizen, so its visit is unmeasured.
"""

from datetime import UTC, date, datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.checks import class_of, configured, known_service, known_ticket, ticket_for
from queue_server.domain.decision import Decision
from queue_server.domain.ids import KioskId, ServiceId
from queue_server.domain.issued import issued
from queue_server.domain.office import Block, Office
from queue_server.domain.office_services import NumberShape, Service, ServiceClass
from queue_server.domain.refusals import Code, Refusal
from queue_server.domain.ticket import Ticket
from queue_server.domain.ticket_table import TicketAct

GRANTS_KEPT = timedelta(days=31)
"""How long a kiosk may sleep and still be believed what it was granted."""


def take_in(office: Office, command: c.IssueTicket, now: datetime) -> Decision:
    """The ticket of a paper: neither hours nor quotas bind it, for it is in a citizen's hand already.

    The same paper again changes nothing. Services and groups that the office file has lost are left out.
    """
    assert office.day is not None, "decide opens the day before it asks a rule"
    day = command.granted_on or office.day
    known = office.tickets.get(command.ticket)
    if known is not None and known.kiosk == command.kiosk and known.number == command.number:
        return []
    if known is not None:
        return Refusal(Code.ALREADY_DONE, "A ticket with this id exists already.")
    service = known_service(office, command.services[0])
    if isinstance(service, Refusal):
        return service
    late = day < office.day
    ordinal = _ordinal(office, command, service.shape, day)
    if isinstance(ordinal, Refusal):
        return ordinal
    issued_at, moved = _within(office, command.issued_at or now, day, now)
    ticket = _issued(office, command, service, ordinal, issued_at, late=late, estimated=moved)
    if late or office.day_closed:
        return [ticket, e.TicketServedInOutage(ticket=command.ticket, known=False)]
    return [ticket]


def _issued(
    office: Office,
    command: c.IssueTicket,
    service: Service,
    ordinal: int,
    issued_at: datetime,
    *,
    late: bool,
    estimated: bool,
) -> e.TicketIssued:
    group = command.priority_group
    service_class = class_of(configured(office), group, command.appointment_at)
    if isinstance(service_class, Refusal):
        group, service_class = None, ServiceClass.ORDINARY
    return issued(
        command,
        service,
        ordinal,
        issued_at,
        service_class=service_class,
        priority_group=group,
        planned=tuple(id_ for id_ in command.services[1:] if _known(office, id_)),
        late=late,
        estimated_time=command.estimated_time or estimated,
    )


def _known(office: Office, service: ServiceId) -> bool:
    return configured(office).service(service) is not None


def _ordinal(office: Office, command: c.IssueTicket, shape: NumberShape, day: date) -> int | Refusal:
    """The ordinal that the paper bears, if it lies in the kiosk's own grant of its day and is new."""
    number = command.number or ""
    if office.day is not None and day < office.day:
        taken = any(t.number == number for t in _of_kiosk(office, command.kiosk, day))
    else:
        taken = number in office.numbers
    ordinal = None if taken else granted_ordinal(office, command.kiosk, day, shape, number)
    if ordinal is None:
        return Refusal(
            Code.BAD_REQUEST, "This number was not granted to the kiosk, or is taken.", {"number": number}
        )
    return ordinal


def _of_kiosk(office: Office, kiosk: KioskId | None, day: date) -> list[Ticket]:
    """A scan over all tickets that are held: for late papers only."""
    hours = configured(office).hours
    return [t for t in office.tickets.values() if t.kiosk == kiosk and hours.day_of(t.issued_at) == day]


def granted_ordinal(
    office: Office, kiosk: KioskId | None, day: date, shape: NumberShape, number: str
) -> int | None:
    """The ordinal behind `number` where it was granted to `kiosk` for `day`, else None."""
    for series, first, last in blocks_of(office, kiosk, day):
        if series == shape.prefix:
            for ordinal in range(first, last + 1):
                if shape.show(ordinal) == number:
                    return ordinal
    return None


def blocks_of(office: Office, kiosk: KioskId | None, day: date) -> tuple[Block, ...]:
    """What was granted to a kiosk for a local day, this one or one within `GRANTS_KEPT`."""
    if kiosk is None:
        return ()
    if day == office.day:
        grant = office.grants.get(kiosk)
        return grant.blocks if grant is not None else ()
    return next((past.blocks for past in office.past_grants if (past.day, past.kiosk) == (day, kiosk)), ())


def _within(office: Office, said: datetime, day: date, now: datetime) -> tuple[datetime, bool]:
    """The paper's instant within its own local day and not after now, and whether it had to be moved.

    A second is forgiven: two clocks never agree to the last bit.
    """
    hours = configured(office).hours
    first = hours.midnight(day).astimezone(UTC)
    last = min(now, hours.midnight(day + timedelta(days=1)).astimezone(UTC) - timedelta(microseconds=1))
    at = max(min(said, last), min(first, last))
    return at, abs(at - said) > timedelta(seconds=1)


def give_alias(office: Office, command: c.GiveAlias, now: datetime) -> Decision:
    """A paper's number for a ticket that the server had issued, its reply being lost: both find it.

    The wait counts from the earlier of the two, for the request may have come late.
    """
    assert office.day is not None, "decide opens the day before it asks a rule"
    ticket = known_ticket(office, command.ticket)
    if isinstance(ticket, Refusal):
        return ticket
    if command.number in (ticket.number, ticket.alias):
        return []
    if ticket.kiosk != command.kiosk or ticket.alias is not None:
        return Refusal(Code.ALREADY_DONE, "The ticket is of another kiosk, or has its second number.")
    shapes = {service.shape.prefix: service.shape for service in configured(office).services}
    granted = any(
        granted_ordinal(office, command.kiosk, office.day, shape, command.number) is not None
        for shape in shapes.values()
    )
    if not granted or command.number in office.numbers:
        return Refusal(
            Code.BAD_REQUEST,
            "This number was not granted to the kiosk, or is taken.",
            {"number": command.number},
        )
    issued_at, moved = _within(office, command.issued_at or ticket.issued_at, office.day, now)
    if issued_at >= ticket.issued_at:
        return [e.AliasGiven(ticket=ticket.id, alias=command.number)]
    estimated = command.estimated_time or moved
    return [
        e.AliasGiven(ticket=ticket.id, alias=command.number, issued_at=issued_at, estimated_time=estimated)
    ]


def served_in_outage(office: Office, command: c.MarkServedInOutage, now: datetime) -> Decision:
    """An officer called the number aloud while nothing could be noted: the wait is unknown, and stays so.

    Only for who stood in the queue before the last outage ended; a supervisor may where none is known.
    """
    ticket = ticket_for(office, command.ticket, TicketAct.SERVE_IN_OUTAGE)
    if isinstance(ticket, Refusal):
        return ticket
    if command.by.role not in c.STAFF | {c.Role.SYSTEM}:
        return Refusal(Code.FORBIDDEN, "Only the staff says who was served.")
    if command.by.role not in c.SENIOR | {c.Role.SYSTEM} and not in_outage(office, ticket):
        return Refusal(
            Code.NO_OUTAGE,
            "There was no outage while this ticket waited: end or cancel it instead.",
            {"number": ticket.number},
        )
    following = ticket.planned[0] if ticket.planned else None
    return [e.TicketServedInOutage(ticket=ticket.id, counter=command.counter or None, next_service=following)]


def in_outage(office: Office, ticket: Ticket) -> bool:
    """Whether the ticket stood in its queue when an outage of today ended."""
    entered = ticket.leg.queued_at or ticket.issued_at
    return office.outage_until is not None and entered <= office.outage_until
