"""What can be said of the queues at an instant: people ahead, counters for a service, lines and boards."""

from bisect import bisect_left, bisect_right
from datetime import datetime

from queue_server.domain.calling import Head, index
from queue_server.domain.counter_table import SIGNED_ON
from queue_server.domain.ids import ServiceId, TicketId
from queue_server.domain.numbering import next_ordinal
from queue_server.domain.office import Office
from queue_server.domain.office_calling import Overnight
from queue_server.domain.queues import key_of, order
from queue_server.domain.ticket import Ticket
from queue_server.domain.ticket_table import TicketState


def waiting_by_service(office: Office) -> dict[ServiceId, int]:
    """How many tickets wait for each service, 0 where nobody does."""
    counts = {s.id: 0 for s in office.config.services} if office.config else {}
    for key, waiting in office.queues.items():
        counts[key.target.service] = counts.get(key.target.service, 0) + len(waiting)
    return counts


def counters_for(office: Office, service: ServiceId) -> list[int]:
    """Numbers of the counters a citizen of this service may be called to: signed on, else as furnished."""
    if office.config is None:
        return []
    furnished = [c for c in office.config.counters if service in office.counters[c.id].services]
    staffed = [c for c in furnished if office.counters[c.id].state in SIGNED_ON]
    return [c.number for c in (staffed or furnished)]


def counters_of(office: Office, ticket: Ticket) -> list[int]:
    """Numbers of the counters that may call this ticket, in order."""
    target = ticket.leg.target
    bound = target.counter or (office.officers.get(target.officer) if target.officer else None)
    if bound is not None and office.config is not None:
        counter = office.config.counter(bound)
        return [counter.number] if counter else []
    return counters_for(office, target.service)


def _head(office: Office, ticket: Ticket, now: datetime) -> Head:
    service = office.config.service(ticket.service) if office.config else None
    expected = service.expected_service.total_seconds() if service else 600.0
    since = ticket.leg.since or ticket.issued_at
    return Head(ticket.id, ticket.service_class, (now - since).total_seconds(), expected, ticket.number)


def _negative(index_: tuple[float, float]) -> tuple[float, float]:
    """A queue runs from the strongest index to the weakest; bisect wants it rising."""
    return (-index_[0], -index_[1])


def people_ahead(office: Office, ticket: Ticket, now: datetime) -> int:
    """Waiting tickets of the same service that the policy would call before this one as things stand."""
    if office.config is None or ticket.state is not TicketState.WAITING:
        return 0
    calling, own_key = office.config.calling, key_of(ticket)
    mine = index(calling, _head(office, ticket, now))
    ahead = 0
    for key, waiting in office.queues.items():
        if key.target.service != ticket.service:
            continue
        if waiting[-1] == ticket.id:
            ahead += len(waiting) - 1
        elif key == own_key:
            ahead += bisect_left(waiting, order(ticket), key=lambda id_: order(office.tickets[id_]))
        else:
            ahead += bisect_right(
                waiting,
                (-mine[0], -mine[1]),
                key=lambda id_: _negative(index(calling, _head(office, office.tickets[id_], now))),
            )
    return ahead


def newcomer_ahead(office: Office, service: ServiceId) -> int:
    """Tickets that an ordinary newcomer to a service would find before them: all who wait for it."""
    return sum(len(waiting) for key, waiting in office.queues.items() if key.target.service == service)


def next_number(office: Office, service: ServiceId) -> str:
    """The number a newcomer would get, empty when there is none."""
    found = office.config.service(service) if office.config else None
    if found is None:
        return ""
    ordinal = next_ordinal(office, found.shape)
    return "" if ordinal is None else found.shape.show(ordinal)


def waiting_tickets(office: Office) -> list[Ticket]:
    """Everyone in a queue, longest wait first."""
    tickets = [office.tickets[id_] for waiting in office.queues.values() for id_ in waiting]
    return sorted(tickets, key=lambda t: (t.leg.since or t.issued_at, t.number))


def in_hall(office: Office) -> list[TicketId]:
    """Everyone who waits or has been called and not yet come; not who is parked."""
    return [t.id for t in office.tickets.values() if t.state in (TicketState.WAITING, TicketState.CALLED)]


def kept_overnight(office: Office, now: datetime) -> tuple[TicketId, ...]:
    """Tickets of earlier days that the office still holds, where its rule is to keep them."""
    config = office.config
    if config is None or config.rules.overnight is not Overnight.KEEP:
        return ()
    midnight = config.hours.midnight(config.hours.day_of(now))
    return tuple(t.id for t in office.tickets.values() if t.issued_at < midnight)
