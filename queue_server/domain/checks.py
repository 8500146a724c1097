"""Questions that several rules ask; each returns what was asked for, or the refusal."""

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain.counter import RunningCounter
from queue_server.domain.counter_table import CounterAct
from queue_server.domain.counter_table import after as counter_after
from queue_server.domain.ids import CounterId, ServiceId, TicketId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import Service, ServiceClass
from queue_server.domain.refusals import Code, Refusal
from queue_server.domain.ticket import Ticket
from queue_server.domain.ticket_table import TicketAct, after

TRUSTED = frozenset({c.Role.SYSTEM, c.Role.DEVICE}) | c.SENIOR
"""Who may act at a counter without sitting there; a device's rights were checked at the edge."""


def configured(office: Office) -> OfficeConfig:
    assert office.config is not None, "decide asks no rule of an office without configuration"
    return office.config


def known_ticket(office: Office, id_: TicketId) -> Ticket | Refusal:
    ticket = office.tickets.get(id_)
    if ticket is None:
        return Refusal(Code.TICKET_UNKNOWN, "No ticket of today has this id.")
    return ticket


def ticket_for(office: Office, id_: TicketId, act: TicketAct) -> Ticket | Refusal:
    """The ticket, if its table lets `act` happen now."""
    ticket = known_ticket(office, id_)
    if isinstance(ticket, Refusal):
        return ticket
    if after(ticket.state, act) is None:
        return Refusal(
            Code.TICKET_STATE,
            f"Ticket {ticket.number} is {ticket.state.value}: {act.value} is not possible.",
            {"number": ticket.number, "state": ticket.state.value, "act": act.value},
        )
    return ticket


def at_own_counter(office: Office, command: c.Command, ticket: Ticket) -> Refusal | None:
    """An officer may not act on a ticket that another counter has called, nor a citizen on another's."""
    if ticket.counter is None or command.by.role in TRUSTED or command.by.role is c.Role.GREETER:
        return None
    if command.by.role is c.Role.CITIZEN and command.by.id == ticket.id:
        return None
    if office.counters[ticket.counter].officer == command.by.id:
        return None
    return Refusal(
        Code.NOT_YOUR_TICKET,
        f"Ticket {ticket.number} is at another counter.",
        {"number": ticket.number, "counter": ticket.counter},
    )


def known_counter(office: Office, id_: CounterId) -> RunningCounter | Refusal:
    counter = office.counters.get(id_)
    if counter is None:
        return Refusal(Code.COUNTER_UNKNOWN, "The office file has no such counter.", {"counter": id_})
    return counter


def counter_for(office: Office, command: c.OfCounter, act: CounterAct) -> RunningCounter | Refusal:
    """The counter, if the actor may act there, sees what is there, and its table lets `act` happen."""
    counter = known_counter(office, command.counter)
    if isinstance(counter, Refusal):
        return counter
    if command.by.role not in TRUSTED and counter.officer != command.by.id:
        return Refusal(
            Code.NOT_YOUR_COUNTER, "You are not signed on at this counter.", {"counter": counter.id}
        )
    if command.expected is not None and counter.ticket != command.expected:
        return Refusal(
            Code.NOT_YOUR_TICKET,
            "The ticket you saw is no longer at this counter.",
            {"counter": counter.id},
        )
    if counter_after(counter.state, act) is None:
        return Refusal(
            Code.COUNTER_STATE,
            f"The counter is {counter.state.value}: {act.value} is not possible.",
            {"counter": counter.id, "state": counter.state.value, "act": act.value},
        )
    return counter


def known_service(office: Office, id_: ServiceId) -> Service | Refusal:
    service = configured(office).service(id_)
    if service is None:
        return Refusal(Code.SERVICE_UNKNOWN, "The office file has no such service.", {"service": id_})
    return service


def class_of(
    config: OfficeConfig, priority_group: str | None, appointment_at: datetime | None
) -> ServiceClass | Refusal:
    """The class a policy sees: a priority group before an appointment before ordinary."""
    if priority_group is not None:
        if not any(g.id == priority_group for g in config.priority_groups):
            return Refusal(Code.PRIORITY_UNKNOWN, "The office file has no such priority group.")
        return ServiceClass.PRIORITY
    return ServiceClass.APPOINTMENT if appointment_at is not None else ServiceClass.ORDINARY
