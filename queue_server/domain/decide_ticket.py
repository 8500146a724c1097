"""The rules of tickets: issue, cancel, come back, park, transfer, add, results, priority, slips."""

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.availability import why_not
from queue_server.domain.checks import (
    at_own_counter,
    class_of,
    configured,
    known_service,
    known_ticket,
    ticket_for,
)
from queue_server.domain.merge import take_in
from queue_server.domain.numbering import next_ordinal
from queue_server.domain.office import Office
from queue_server.domain.office_calling import ComeBackPlace
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import Service, ServiceClass
from queue_server.domain.refusals import Code, Refusal
from queue_server.domain.ticket import ParkedBy, Target, Ticket
from queue_server.domain.ticket_table import TicketAct, TicketState
from queue_server.domain.visit_wait import pause_of, visit_wait

Decision = list[e.Event] | Refusal


def issue(office: Office, command: c.IssueTicket, now: datetime) -> Decision:
    """A number for the first service; the others are planned. Quotas and hours bind all but supervisors."""
    if office.clock_doubt:
        return Refusal(
            Code.CLOCK_UNCONFIRMED,
            "The clock is in doubt; a person must confirm it before numbers are given.",
        )
    config = configured(office)
    if not command.services or command.people < 1 or command.dossiers < 1:
        return Refusal(Code.BAD_REQUEST, "A ticket needs a service and at least one person and dossier.")
    if command.number is not None:
        return take_in(office, command, now)
    refused = _not_at_this_kiosk(config, command)
    if refused is not None:
        return refused
    if command.ticket in office.tickets:
        return Refusal(Code.ALREADY_DONE, "A ticket with this id exists already.")
    for id_ in command.services:
        service = known_service(office, id_)
        if isinstance(service, Refusal):
            return service
    first = known_service(office, command.services[0])
    assert not isinstance(first, Refusal)
    service_class = class_of(config, command.priority_group, command.appointment_at)
    if isinstance(service_class, Refusal):
        return service_class
    ordinal = _ordinal(office, command, first, now)
    if isinstance(ordinal, Refusal):
        return ordinal
    slot = command.appointment_at
    return [
        e.TicketIssued(
            ticket=command.ticket,
            number=first.shape.show(ordinal),
            series=first.shape.prefix,
            ordinal=ordinal,
            service=first.id,
            service_class=service_class,
            issued_at=now,
            since=max(now, slot) if slot is not None else now,
            channel=command.channel,
            planned=command.services[1:],
            priority_group=command.priority_group,
            kiosk=command.kiosk,
            language=command.language,
            people=command.people,
            dossiers=command.dossiers,
            appointment_at=slot,
            told=command.told,
            wants_slip=command.wants_slip,
        )
    ]


def _not_at_this_kiosk(config: OfficeConfig, command: c.IssueTicket) -> Refusal | None:
    """Why the kiosk of the command may not give this ticket: it is not in the office file, or does not
    offer one of the services."""
    if command.kiosk is None:
        return None
    kiosk = config.kiosk(command.kiosk)
    if kiosk is None:
        return Refusal(Code.KIOSK_UNKNOWN, "The office file has no such kiosk.", {"kiosk": command.kiosk})
    for service in command.services:
        if kiosk.services and service not in kiosk.services:
            detail = {"kiosk": kiosk.id, "service": service}
            return Refusal(Code.SERVICE_UNKNOWN, "This kiosk does not offer that service.", detail)
    return None


_SENIOR_MAY = frozenset({Code.OUT_OF_HOURS, Code.QUOTA_REACHED, Code.SERVICE_CLOSED})
"""What a supervisor may issue in spite of."""


def _ordinal(office: Office, command: c.IssueTicket, service: Service, now: datetime) -> int | Refusal:
    """The next number of the series."""
    closed = why_not(office, service, now)
    if closed is not None and not (command.by.role in c.SENIOR and closed.code in _SENIOR_MAY):
        return closed
    ordinal = next_ordinal(office, service.shape)
    if ordinal is None:
        return Refusal(Code.NUMBERS_EXHAUSTED, "The number series has no number left today.")
    return ordinal


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


def record_slip(office: Office, command: c.RecordSlip, now: datetime) -> Decision:
    """The one outcome of a print job. A ticket whose slip failed still waits: the kiosk shows its number.

    A slip gets its outcome even when its ticket has left the state with its day.
    """
    ticket = known_ticket(office, command.ticket)
    due = command.job in office.jobs or command.ticket in office.slips_due
    if isinstance(ticket, Refusal) and not due:
        return ticket
    if not isinstance(ticket, Refusal) and command.job in ticket.slips_done:
        return Refusal(Code.ALREADY_DONE, "This print job has its one outcome already.", {"job": command.job})
    if command.outcome not in ("printed", "unconfirmed", "failed"):
        return Refusal(Code.BAD_REQUEST, "An outcome is printed, unconfirmed or failed.")
    return [
        e.SlipOutcome(
            ticket=command.ticket,
            job=command.job,
            outcome=command.outcome,
            reason=command.reason,
            reprint=command.reprint,
        )
    ]


def request_print(office: Office, command: c.RequestPrint, now: datetime) -> Decision:
    ticket = known_ticket(office, command.ticket)
    if isinstance(ticket, Refusal):
        return ticket
    if not any(p.id == command.printer for p in configured(office).printers):
        return Refusal(Code.BAD_REQUEST, "The office file has no such printer.", {"printer": command.printer})
    if command.job in office.jobs:
        return Refusal(Code.ALREADY_DONE, "This print job is under way already.")
    return [
        e.SlipRequested(ticket=ticket.id, job=command.job, printer=command.printer, reprint=command.reprint)
    ]
