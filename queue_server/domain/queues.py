"""Queues as ordered tuples: one per target and class, in order of (since, issue)."""

from bisect import bisect_left
from datetime import datetime

from immutables import Map

from queue_server.domain.ids import TicketId
from queue_server.domain.office import QueueKey
from queue_server.domain.ticket import Ticket

Queues = Map[QueueKey, tuple[TicketId, ...]]
Tickets = Map[TicketId, Ticket]


def key_of(ticket: Ticket) -> QueueKey:
    """The queue a waiting ticket stands in."""
    return QueueKey(ticket.leg.target, ticket.service_class)


def order(ticket: Ticket) -> tuple[datetime, datetime, str]:
    """The place of a ticket within its queue."""
    return (ticket.leg.since or ticket.issued_at, ticket.issued_at, ticket.number)


def enter(queues: Queues, tickets: Tickets, ticket: Ticket) -> Queues:
    """The queues with `ticket` in its place; the usual newcomer goes to the end at no cost."""
    key = key_of(ticket)
    waiting = queues.get(key, ())
    if waiting and order(tickets[waiting[-1]]) > order(ticket):
        place = bisect_left(waiting, order(ticket), key=lambda id_: order(tickets[id_]))
        return queues.set(key, (*waiting[:place], ticket.id, *waiting[place:]))
    return queues.set(key, waiting + (ticket.id,))  # noqa: RUF005 - copied once, not twice


def leave(queues: Queues, ticket: Ticket) -> Queues:
    """The queues without `ticket`; an emptied queue disappears."""
    key = key_of(ticket)
    waiting = queues.get(key, ())
    rest = tuple(id_ for id_ in waiting if id_ != ticket.id) if waiting[:1] != (ticket.id,) else waiting[1:]
    if rest:
        return queues.set(key, rest)
    return queues.delete(key) if key in queues else queues
