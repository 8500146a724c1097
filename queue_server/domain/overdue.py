"""What time brings by itself, nobody pressing: the day's turn, and parked citizens back in the queue."""

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide_ticket import unpark
from queue_server.domain.office import Office
from queue_server.domain.office_calling import Rules
from queue_server.domain.refusals import Refusal
from queue_server.domain.ticket import ParkedBy, Ticket
from queue_server.domain.ticket_table import TicketState


def due(office: Office, now: datetime) -> bool:
    """Whether a tick would do anything now; asked every second, so it is quick."""
    if office.config is None:
        return False
    return office.config.hours.day_of(now) != office.day or any(
        _parked_too_long(office, ticket, now) for ticket in office.tickets.values()
    )


def tick(office: Office, command: c.Tick, now: datetime) -> list[e.Event]:
    """Citizens who asked to come back later, longer ago than the office allows, stand in the queue again."""
    events: list[e.Event] = []
    for ticket in sorted(office.tickets.values(), key=lambda t: (t.issued_at, t.number)):
        if _parked_too_long(office, ticket, now):
            back = unpark(office, c.UnparkTicket(id=command.id, by=command.by, ticket=ticket.id), now)
            events += [] if isinstance(back, Refusal) else back
    return events


def _parked_too_long(office: Office, ticket: Ticket, now: datetime) -> bool:
    return (
        ticket.state is TicketState.PARKED
        and ticket.parked_by is ParkedBy.CITIZEN
        and ticket.parked_at is not None
        and office.config is not None
        and now > park_ends(office.config.rules, ticket, ticket.parked_at)
    )


def park_ends(rules: Rules, ticket: Ticket, parked_at: datetime) -> datetime:
    """When a park at the citizen's wish, or the hold of one who was called, ends by itself."""
    if ticket.on_hold and ticket.held_until is not None:
        return ticket.held_until
    return parked_at + rules.citizen_park_longest
