"""The rules of a ticket that has its number: cancel, come back, park, transfer, add, results, priority."""

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.checks import at_own_counter, class_of, configured, known_service, ticket_for
from queue_server.domain.decision import Decision
from queue_server.domain.office import Office
from queue_server.domain.office_calling import ComeBackPlace
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.refusals import Code, Refusal
from queue_server.domain.ticket import ParkedBy, Target, Ticket
from queue_server.domain.ticket_table import TicketAct, TicketState
from queue_server.domain.visit_wait import pause_of, visit_wait


def cancel(office: Office, command: c.CancelTicket, now: datetime) -> Decision:
    ticket = ticket_for(office, command.ticket, TicketAct.CANCEL)
    if isinstance(ticket, Refusal):
        return ticket
    refusal = at_own_counter(office, command, ticket)
    if refusal is not None:
        return refusal
    by_staff = command.by.role in c.STAFF
    return [
        e.TicketCancelled(ticket=ticket.id, by_staff=by_staff, reason=command.reason, counter=ticket.counter)
    ]


def come_back(office: Office, command: c.ComeBack, now: datetime) -> Decision:
    """After a no-show, within the office's time and as often as it allows; the file says to which place."""
    ticket = ticket_for(office, command.ticket, TicketAct.COME_BACK)
    if isinstance(ticket, Refusal):
        return ticket
    service = known_service(office, ticket.service)
    if isinstance(service, Refusal):
        return service
    rules = configured(office).rules
    if ticket.no_shows > rules.come_back_times:
        return Refusal(Code.TOO_OFTEN, "Missed too often: a new number is needed.", {"number": ticket.number})
    if ticket.no_show_at is not None and now - ticket.no_show_at > rules.come_back_within:
        return Refusal(
            Code.TOO_LATE, "Too late to come back: a new number is needed.", {"number": ticket.number}
        )
    keep = rules.come_back is ComeBackPlace.KEEP and ticket.leg.since is not None
    return [e.TicketCameBack(ticket=ticket.id, since=(ticket.leg.since or now) if keep else now)]


def park(office: Office, command: c.ParkTicket, now: datetime) -> Decision:
    """Out of the queue: at the citizen's wish (pauses the wait) or by the office (does not)."""
    ticket = ticket_for(office, command.ticket, TicketAct.PARK)
    if isinstance(ticket, Refusal):
        return ticket
    refusal = at_own_counter(office, command, ticket)
    if refusal is not None:
        return refusal
    if command.parked_by is ParkedBy.OFFICE and not command.reason.strip():
        return Refusal(Code.REASON_NEEDED, "Parking by the office needs a reason.")
    if command.parked_by is ParkedBy.OFFICE and command.by.role is c.Role.CITIZEN:
        return Refusal(Code.FORBIDDEN, "Only the staff parks for the office.")
    if command.hold and (ticket.state is not TicketState.CALLED or ticket.held_until is not None):
        code = Code.TICKET_STATE if ticket.state is not TicketState.CALLED else Code.TOO_OFTEN
        return Refusal(code, "A place is held for one who has been called, once a visit.")
    until = now + configured(office).rules.citizen_hold if command.hold else None
    return [
        e.TicketParked(
            ticket=ticket.id,
            parked_by=command.parked_by,
            reason=command.reason,
            counter=ticket.counter,
            until=until,
        )
    ]


def unpark(office: Office, command: c.UnparkTicket, now: datetime) -> Decision:
    ticket = ticket_for(office, command.ticket, TicketAct.UNPARK)
    if isinstance(ticket, Refusal):
        return ticket
    since = ticket.leg.since or ticket.issued_at
    if ticket.leg.started_at is not None:
        entry = _parked_by_office_in_service(ticket) or now
        return [
            e.TicketUnparked(
                ticket=ticket.id, since=entry - visit_wait(ticket, entry), queued_at=entry, new_leg=True
            )
        ]
    if not ticket.on_hold:
        since += pause_of(ticket, now)
    return [e.TicketUnparked(ticket=ticket.id, since=since, queued_at=now, new_leg=False)]


def transfer(office: Office, command: c.TransferTicket, now: datetime) -> Decision:
    """To a service's queue, a counter or an officer; keeps its accrued wait."""
    ticket = ticket_for(office, command.ticket, TicketAct.TRANSFER)
    if isinstance(ticket, Refusal):
        return ticket
    refusal = at_own_counter(office, command, ticket) or check_target(office, command.to)
    if refusal is not None:
        return refusal
    if ticket.state in (TicketState.WAITING, TicketState.PARKED) and ticket.leg.first_called_at is None:
        since = (ticket.leg.since or ticket.issued_at) + pause_of(ticket, now)
        new_leg = False
        entry = None
    else:
        entry, new_leg = _parked_by_office_in_service(ticket), True
        since = (entry or now) - visit_wait(ticket, now)
    return [
        e.TicketTransferred(
            ticket=ticket.id,
            to=command.to,
            since=since,
            new_leg=new_leg,
            queued_at=entry,
            reason=command.reason,
            counter=ticket.counter,
        )
    ]


def _parked_by_office_in_service(ticket: Ticket) -> datetime | None:
    """When the office parked a ticket whose service had begun: from then on its next leg waits."""
    if ticket.parked_by is ParkedBy.OFFICE and ticket.leg.started_at is not None:
        return ticket.parked_at
    return None


def check_target(office: Office, to: Target) -> Refusal | None:
    """Whether a queue can be reached: a known service, and one binding at the most."""
    service = known_service(office, to.service)
    if isinstance(service, Refusal):
        return service
    if to.counter is not None and to.counter not in office.counters:
        return Refusal(Code.COUNTER_UNKNOWN, "The office file has no such counter.", {"counter": to.counter})
    if to.counter is not None and to.officer is not None:
        return Refusal(Code.BAD_REQUEST, "A transfer goes to a counter or to an officer, not to both.")
    if to.officer is not None and to.officer not in office.officers:
        return Refusal(Code.OFFICER_ELSEWHERE, "This officer is not signed on at a counter.")
    return None


def add_service(office: Office, command: c.AddService, now: datetime) -> Decision:
    ticket = ticket_for(office, command.ticket, TicketAct.ADD_SERVICE)
    if isinstance(ticket, Refusal):
        return ticket
    service = known_service(office, command.service)
    if isinstance(service, Refusal):
        return service
    if command.service in ticket.planned:
        return Refusal(Code.ALREADY_DONE, "This service is planned on the ticket already.")
    return [e.ServiceAdded(ticket=ticket.id, service=command.service)]


def result_ready(office: Office, command: c.ResultReady, now: datetime) -> Decision:
    ticket = ticket_for(office, command.ticket, TicketAct.RESULT_READY)
    if isinstance(ticket, Refusal):
        return ticket
    to = command.to or Target(ticket.service)
    refusal = check_target(office, to)
    if refusal is not None:
        return refusal
    return [e.ResultBecameReady(ticket=ticket.id, to=to, since=now - visit_wait(ticket, now))]


def change_priority(office: Office, command: c.ChangePriority, now: datetime) -> Decision:
    ticket = ticket_for(office, command.ticket, TicketAct.CHANGE_PRIORITY)
    if isinstance(ticket, Refusal):
        return ticket
    if not command.reason.strip():
        return Refusal(Code.REASON_NEEDED, "A change of priority needs a reason.")
    service_class = class_of(configured(office), command.priority_group, ticket.appointment_at)
    if isinstance(service_class, Refusal):
        return service_class
    if service_class is ticket.service_class and command.priority_group == ticket.priority_group:
        return Refusal(Code.ALREADY_DONE, "The ticket has this priority already.")
    return [
        e.PriorityChanged(
            ticket=ticket.id,
            service_class=ServiceClass(service_class),
            priority_group=command.priority_group,
            reason=command.reason,
        )
    ]
