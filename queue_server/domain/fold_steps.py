"""The steps that folds share: a leg begun or left, a queue entered, a counter released, an undo kept."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypedDict

from queue_server.domain import events as e
from queue_server.domain.counter import UndoPoint
from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import CommandId, CounterId, TicketId
from queue_server.domain.office import Office
from queue_server.domain.queues import Queues, Tickets, enter, leave
from queue_server.domain.ticket import Leg, Target, Ticket
from queue_server.domain.ticket_table import TicketState
from queue_server.domain.visit_wait import pause_of

RECENT_CALLS = 50
"""How many of the last calls a display may show."""
Call = tuple[TicketId, str, CounterId, datetime]


@dataclass(frozen=True, slots=True)
class At:
    """The envelope of an event while it is folded: its time, journal position and command."""

    at: datetime
    seq: int
    command: CommandId


class Changed(TypedDict):
    """Fields of the office that a ticket's new value changes."""

    tickets: Tickets
    queues: Queues


def put(office: Office, ticket: Ticket) -> Office:
    """The office with this value of a ticket: version counted, queue left and entered as its state says."""
    return office.having(**put_changes(office, ticket))


def put_changes(office: Office, ticket: Ticket) -> Changed:
    """What `put` changes of the office, for a fold that changes more of it at once."""
    old = office.tickets.get(ticket.id)
    queues = office.queues
    if old is not None:
        if old.state is TicketState.WAITING:
            queues = leave(queues, old)
        ticket = replace(ticket, version=old.version + 1)
    tickets = office.tickets.set(ticket.id, ticket)
    if ticket.state is TicketState.WAITING:
        queues = enter(queues, tickets, ticket)
    return {"tickets": tickets, "queues": queues}


def with_leg(ticket: Ticket, **changes: Any) -> tuple[Leg, ...]:
    """The legs with the current one changed."""
    return (*ticket.legs[:-1], replace(ticket.legs[-1], **changes))


def left_legs(ticket: Ticket, at: datetime) -> tuple[Leg, ...]:
    """The legs with the current one ended, if it had not ended before."""
    return with_leg(ticket, ended_at=ticket.leg.ended_at or at)


def new_leg(ticket: Ticket, target: Target, queued_at: datetime, since: datetime) -> tuple[Leg, ...]:
    """The legs with one more, queued for `target`; `since` is what its place in the queue counts from."""
    return (*ticket.legs, Leg(len(ticket.legs) + 1, target, queued_at, since))


def with_undo(office: Office, before: Office, event: e.OfTicket, counter: CounterId, at: At) -> Office:
    """Remember how to take this act back, together with what its command did here before."""
    running, was = office.counters[counter], before.counters[counter]
    earlier = was.undo if was.undo is not None and was.undo.command == at.command else None
    point = UndoPoint(
        command=at.command,
        act=event.TYPE,
        at=at.at,
        ticket_before=before.tickets[event.ticket],
        counter_state_before=earlier.counter_state_before if earlier else was.state,
        ticket_version_after=office.tickets[event.ticket].version,
        ordinary_before=was.ordinary_since_priority,
        also=(*earlier.also, (earlier.ticket_before, earlier.ticket_version_after)) if earlier else (),
    )
    return replace(office, counters=office.counters.set(counter, replace(running, undo=point)))


def counter_changed(office: Office, id_: CounterId, at: At, **changes: Any) -> Office:
    """The office with fields of a counter changed; every act on a counter ends its undo."""
    running = replace(office.counters[id_], changed_at=at.at, undo=None, **changes)
    return replace(office, counters=office.counters.set(id_, running))


def released(office: Office, id_: CounterId | None, event: e.OfTicket, at: At) -> Office:
    """The counter is idle again, if it was this ticket's."""
    if id_ is None or id_ not in office.counters or office.counters[id_].ticket != event.ticket:
        return office
    return counter_changed(office, id_, at, state=CounterState.IDLE, ticket=None)


def left_counter(office: Office, before: Office, id_: CounterId | None, event: e.OfTicket, at: At) -> Office:
    """Release the counter, and let the act be undone."""
    if id_ is None or id_ not in before.counters or before.counters[id_].ticket != event.ticket:
        return office
    return with_undo(released(office, id_, event, at), before, event, id_, at)


def parked_by_citizen(ticket: Ticket, at: datetime) -> timedelta:
    """The parks asked for by the citizen that come off the leg's wait, one that lasts until `at` included."""
    before = ticket.leg.citizen_parked
    return before if ticket.leg.first_called_at else before + pause_of(ticket, at)


def unmarked(ticket: Ticket) -> Ticket:
    """The ticket with nothing left of a park or of awaiting a result."""
    return replace(ticket, parked_at=None, parked_by=None, parked_reason="", awaiting_since=None)
