"""What a batch of events adds to the tables of past days: visits, legs, flags, days, heads, page tokens."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from queue_server.domain import events as e
from queue_server.domain.ids import TicketId
from queue_server.domain.office import Office
from queue_server.domain.ticket import Leg, ParkedBy, Ticket
from queue_server.domain.ticket_table import TicketState
from queue_server.engine.ports import Recorded
from queue_server.storage.codec import instant_text
from queue_server.storage.keys import Keys, digest

Rows = list[tuple[Any, ...]]


@dataclass(slots=True)
class Projected:
    """Rows in the order of their tables' columns; `gone` is (state, instant, ticket) of tickets that left."""

    visits: Rows = field(default_factory=list)
    legs: Rows = field(default_factory=list)
    fewer_legs: Rows = field(default_factory=list)
    gone: Rows = field(default_factory=list)
    flags: Rows = field(default_factory=list)
    tokens: Rows = field(default_factory=list)
    days: Rows = field(default_factory=list)
    heads: Rows = field(default_factory=list)


def _flag(name: str) -> Callable[[Any], str | None]:
    return lambda _event: name


_FLAGS: dict[type[e.Event], Callable[[Any], str | None]] = {
    e.TicketIssued: lambda event: "estimated_time" if event.estimated_time else None,
    e.TicketCalled: lambda event: "out_of_turn" if event.out_of_turn else None,
    e.TicketEnded: lambda event: "ended_by_turn" if event.by_turn else None,
    e.TicketNoShow: lambda event: "ended_by_turn" if event.by_turn else None,
    e.TicketParked: lambda event: "citizen_park" if event.parked_by is ParkedBy.CITIZEN else None,
    e.TicketCancelled: lambda event: "staff_cancel" if event.by_staff else None,
    e.TicketCarriedOver: _flag("carried_over"),
    e.AliasGiven: lambda event: "estimated_time" if event.estimated_time else None,
    e.TicketServedInOutage: lambda event: "served_in_outage" if event.known else "outcome_unknown",
    e.ActUndone: _flag("undone"),
}
"""Event type → the flag its visit gets for ever, if any."""

_LEAVES: dict[type[e.Event], TicketState] = {
    e.TicketEnded: TicketState.SERVED,
    e.TicketNoShow: TicketState.NO_SHOW,
    e.TicketCancelled: TicketState.CANCELLED,
    e.TicketAbandoned: TicketState.ABANDONED,
}
"""How a ticket stands that left the state within the batch that ended it (the turn of the day)."""


def project(recorded: Iterable[Recorded], office: Office, keys: Keys | None) -> Projected:
    """The rows for a batch, `office` being the state after it; events carry their hashes."""
    rows = Projected()
    touched: dict[TicketId, int] = {}
    shrunk: set[TicketId] = set()
    for one in recorded:
        event = one.event
        ticket: TicketId | None = getattr(event, "ticket", None)
        if ticket is not None:
            touched[ticket] = one.seq
            flag = _FLAGS.get(type(event))
            name = flag(event) if flag else None
            if name:
                rows.flags.append((ticket, name))
        match event:
            case e.TicketIssued() if keys is not None:
                rows.tokens.append(
                    (digest(keys.page_token(event.ticket)), ticket, _day(office, one.at).isoformat())
                )
            case e.ActUndone():
                shrunk.update((event.ticket, *event.also))
                touched.update(dict.fromkeys(event.also, one.seq))
            case e.TicketEnded() | e.TicketNoShow() | e.TicketCancelled() | e.TicketAbandoned():
                if event.ticket not in office.tickets:
                    rows.gone.append((_LEAVES[type(event)].value, one.seq, ticket))
            case e.DayOpened():
                rows.days.append((event.day.isoformat(), one.seq))
            case e.DayClosed() if keys is not None:
                day = event.day.isoformat()
                signature = keys.sign_day(day, one.seq, one.hash)
                rows.heads.append((one.seq, day, one.hash, signature, keys.public))
            case _:
                pass
    for ticket_id, seq in touched.items():
        now = office.tickets.get(ticket_id)
        if now is not None:
            day_text = _day(office, now.issued_at).isoformat()
            rows.visits.append(_visit(now, day_text, seq))
            rows.legs.extend(_leg(now.id, leg, day_text) for leg in now.legs)
            if ticket_id in shrunk:
                rows.fewer_legs.append((ticket_id, now.legs[-1].number))
    return rows


def _day(office: Office, at: datetime) -> date:
    return office.config.hours.day_of(at) if office.config else at.date()


def _text(at: datetime | None) -> str | None:
    return None if at is None else instant_text(at)


def _visit(t: Ticket, day: str, seq: int) -> tuple[Any, ...]:
    told = t.told
    first = t.legs[0].target.service
    return (
        t.id,
        day,
        t.number,
        t.state.value,
        first,
        t.service_class.value,
        t.priority_group,
        t.channel.value,
        t.kiosk,
        t.language,
        t.people,
        t.dossiers,
        instant_text(t.issued_at),
        _text(t.appointment_at),
        told and told.low,
        told and told.median,
        told and told.high,
        told and told.promise,
        t.no_shows,
        t.slip,
        seq,
    )


def _leg(ticket: TicketId, leg: Leg, day: str) -> tuple[Any, ...]:
    return (
        ticket,
        leg.number,
        day,
        leg.target.service,
        leg.target.counter,
        leg.target.officer,
        _text(leg.queued_at),
        _text(leg.since),
        _text(leg.first_called_at),
        _text(leg.called_at),
        _text(leg.started_at),
        _text(leg.ended_at),
        leg.calls,
        leg.counter,
        leg.officer,
        leg.citizen_parked.total_seconds(),
    )
