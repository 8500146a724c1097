"""The calls of a zone, newest first: each call and recall once, with an id that names it alone."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from queue_server.domain.ids import CounterId, TicketId, ZoneId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import Counter, ServiceClass
from queue_server.domain.ticket import Leg, Ticket
from queue_server.domain.ticket_table import TicketState

MOST_CALLS = 12


@dataclass(frozen=True, slots=True)
class Call:
    """A ticket called to a counter. `again` is 0 for the first call, 1 for the first recall …

    `still` while the citizen has not come; `id` differs for every call and recall and tells nothing else.
    """

    id: str
    number: str
    counter: Counter
    at: datetime
    again: int
    still: bool
    language: str
    priority: bool


def calls_of(office: Office, config: OfficeConfig, zone: ZoneId | None) -> tuple[Call, ...]:
    """At most 12 calls of a zone (None is every zone), newest first, one entry a ticket and counter.

    A call that was undone, and one whose ticket has left the day, is not there.
    """
    counters = {c.id: c for c in config.counters if zone is None or c.zone == zone}
    found: dict[tuple[TicketId, CounterId], Call] = {}
    for ticket_id, number, counter_id, at in office.recent_calls:
        ticket, counter = office.tickets.get(ticket_id), counters.get(counter_id)
        if ticket is None or counter is None or (ticket_id, counter_id) in found:
            continue
        call = _call(ticket, number, counter, at)
        if call is not None:
            found[(ticket_id, counter_id)] = call
    newest = sorted(found.values(), key=lambda call: call.at, reverse=True)
    return tuple(newest[:MOST_CALLS])


def _call(ticket: Ticket, number: str, counter: Counter, at: datetime) -> Call | None:
    if not any(leg.first_called_at for leg in ticket.legs):
        return None
    still = ticket.state is TicketState.CALLED and ticket.counter == counter.id
    leg = _leg_called_to(ticket, counter.id)
    called_at = max(at, leg.called_at) if leg is not None and leg.called_at is not None else at
    return Call(
        id=sha256(f"{ticket.id} {counter.id} {called_at.isoformat()}".encode()).hexdigest()[:16],
        number=number,
        counter=counter,
        at=called_at,
        again=max(leg.calls - 1, 0) if leg is not None else 0,
        still=still,
        language=ticket.language,
        priority=ticket.service_class is ServiceClass.PRIORITY,
    )


def _leg_called_to(ticket: Ticket, counter: CounterId) -> Leg | None:
    return next((leg for leg in reversed(ticket.legs) if leg.counter == counter), None)
