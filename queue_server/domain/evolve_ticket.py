"""Folding the events of tickets: the ticket, its queue and its counter move together."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from queue_server.domain import events as e
from queue_server.domain.counter import UndoPoint
from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import CommandId, CounterId, TicketId
from queue_server.domain.office import Office
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.queues import enter, leave
from queue_server.domain.ticket import Channel, Leg, Target, Ticket
from queue_server.domain.ticket_table import AT_COUNTER, TicketState
from queue_server.domain.visit_wait import pause_of

RECENT_CALLS = 50
Call = tuple[TicketId, str, CounterId, datetime]


class At(Protocol):
    """The envelope of the event."""

    @property
    def at(self) -> datetime: ...
    @property
    def seq(self) -> int: ...
    @property
    def command(self) -> CommandId: ...


def put(office: Office, ticket: Ticket) -> Office:
    """The office with this value of a ticket: version counted, queue left and entered as its state says."""
    return replace(office, **_put(office, ticket))


def _put(office: Office, ticket: Ticket) -> dict[str, Any]:
    """What `put` changes of the office."""
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


def _leg(ticket: Ticket, **changes: Any) -> tuple[Leg, ...]:
    return (*ticket.legs[:-1], replace(ticket.legs[-1], **changes))


def _left(ticket: Ticket, at: datetime) -> tuple[Leg, ...]:
    """The legs with the current one ended, if it had not ended before."""
    return _leg(ticket, ended_at=ticket.leg.ended_at or at)


def _new_leg(ticket: Ticket, target: Target, queued_at: datetime, since: datetime) -> tuple[Leg, ...]:
    return (*ticket.legs, Leg(len(ticket.legs) + 1, target, queued_at, since))


def _with_undo(office: Office, before: Office, event: e.OfTicket, counter: CounterId, at: At) -> Office:
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


def _counter(office: Office, id_: CounterId, at: At, **changes: Any) -> Office:
    running = replace(office.counters[id_], changed_at=at.at, undo=None, **changes)
    return replace(office, counters=office.counters.set(id_, running))


def _release(office: Office, id_: CounterId | None, event: e.OfTicket, at: At) -> Office:
    """The counter is idle again, if it was this ticket's."""
    if id_ is None or id_ not in office.counters or office.counters[id_].ticket != event.ticket:
        return office
    return _counter(office, id_, at, state=CounterState.IDLE, ticket=None)


def _left_counter(office: Office, before: Office, id_: CounterId | None, event: e.OfTicket, at: At) -> Office:
    """Release the counter, and let the act be undone."""
    if id_ is None or id_ not in before.counters or before.counters[id_].ticket != event.ticket:
        return office
    return _with_undo(_release(office, id_, event, at), before, event, id_, at)


def _issued(office: Office, event: e.TicketIssued, at: At) -> Office:
    ticket = Ticket(
        id=event.ticket,
        number=event.number,
        state=TicketState.WAITING,
        issued_at=event.issued_at,
        service_class=event.service_class,
        legs=(Leg(1, Target(event.service), event.issued_at, event.since),),
        planned=event.planned,
        priority_group=event.priority_group,
        channel=event.channel,
        kiosk=event.kiosk,
        language=event.language,
        people=event.people,
        dossiers=event.dossiers,
        appointment_at=event.appointment_at,
        told=event.told,
        slip="pending" if event.wants_slip else "none",
    )
    if event.late:
        return replace(office, **_put(office, ticket))
    following = max(office.next_ordinal.get(event.series, 0), event.ordinal + 1)
    granted = any(
        series == event.series and first <= event.ordinal <= last
        for grant in office.grants.values()
        for series, first, last in grant.blocks
    )
    return replace(
        office,
        **_put(office, ticket),
        numbers=office.numbers.set(event.number, event.ticket),
        next_ordinal=office.next_ordinal if granted else office.next_ordinal.set(event.series, following),
        issued_today=office.issued_today.set(event.service, office.issued_today.get(event.service, 0) + 1),
        outage_until=at.at if event.channel is Channel.OFFLINE else office.outage_until,
    )


def _called(office: Office, event: e.TicketCalled, at: At) -> Office:
    before, ticket = office, office.tickets[event.ticket]
    legs = _leg(
        ticket,
        first_called_at=ticket.leg.first_called_at or at.at,
        called_at=at.at,
        calls=ticket.leg.calls + 1,
        counter=event.counter,
        officer=event.officer,
    )
    office = put(office, replace(ticket, state=TicketState.CALLED, legs=legs))
    counter = office.counters[event.counter]
    priority = ticket.service_class is ServiceClass.PRIORITY
    office = _counter(
        office,
        event.counter,
        at,
        state=CounterState.CALLING,
        ticket=event.ticket,
        ordinary_since_priority=0 if priority else counter.ordinary_since_priority + 1,
    )
    call = (event.ticket, ticket.number, event.counter, at.at)
    office = replace(office, recent_calls=(call, *office.recent_calls)[:RECENT_CALLS])
    return _with_undo(office, before, event, event.counter, at)


def _recalled(office: Office, event: e.TicketRecalled, at: At) -> Office:
    ticket = office.tickets[event.ticket]
    office = put(office, replace(ticket, legs=_leg(ticket, called_at=at.at, calls=ticket.leg.calls + 1)))
    call = (event.ticket, ticket.number, event.counter, at.at)
    others = tuple(c for c in office.recent_calls if c[0] != event.ticket)
    office = replace(office, recent_calls=(call, *others)[:RECENT_CALLS])
    return _counter(office, event.counter, at)


def _started(office: Office, event: e.TicketStarted, at: At) -> Office:
    before, ticket = office, office.tickets[event.ticket]
    office = put(office, replace(ticket, state=TicketState.SERVING, legs=_leg(ticket, started_at=at.at)))
    office = _counter(office, event.counter, at, state=CounterState.SERVING)
    return _with_undo(office, before, event, event.counter, at)


def _ended(office: Office, event: e.TicketEnded, at: At) -> Office:
    before, ticket = office, office.tickets[event.ticket]
    ended = replace(ticket, legs=_leg(ticket, ended_at=at.at))
    if event.next_service is None:
        ended = replace(ended, state=TicketState.SERVED)
    else:
        ended = replace(
            ended,
            state=TicketState.WAITING,
            legs=_new_leg(ended, Target(event.next_service), at.at, at.at),
            planned=ended.planned[1:],
        )
    return _left_counter(put(office, ended), before, event.counter, event, at)


def _no_show(office: Office, event: e.TicketNoShow, at: At) -> Office:
    before, ticket = office, office.tickets[event.ticket]
    gone = replace(
        ticket,
        state=TicketState.NO_SHOW,
        legs=_leg(ticket, ended_at=at.at),
        no_shows=ticket.no_shows + 1,
        no_show_at=at.at,
    )
    return _left_counter(put(office, gone), before, event.counter, event, at)


def _came_back(office: Office, event: e.TicketCameBack, at: At) -> Office:
    ticket = office.tickets[event.ticket]
    legs = _leg(ticket, since=event.since, ended_at=None)
    return put(office, replace(ticket, state=TicketState.WAITING, legs=legs))


def _parked(office: Office, event: e.TicketParked, at: At) -> Office:
    before, ticket = office, office.tickets[event.ticket]
    legs = _leg(ticket, ended_at=at.at) if ticket.leg.started_at else ticket.legs
    parked = replace(
        ticket,
        state=TicketState.PARKED,
        legs=legs,
        parked_at=at.at,
        parked_by=event.parked_by,
        parked_reason=event.reason,
        held_until=event.until or ticket.held_until,
    )
    return _left_counter(put(office, parked), before, event.counter, event, at)


def _unparked(office: Office, event: e.TicketUnparked, at: At) -> Office:
    ticket = office.tickets[event.ticket]
    if event.new_leg:
        legs = _new_leg(ticket, ticket.leg.target, event.queued_at, event.since)
    else:
        legs = _leg(ticket, since=event.since, citizen_parked=_citizen_parked(ticket, at.at))
    return put(office, _unmarked(replace(ticket, state=TicketState.WAITING, legs=legs)))


def _citizen_parked(ticket: Ticket, at: datetime) -> timedelta:
    """The parks asked for by the citizen that come off the leg's wait, one that lasts until `at` included."""
    before = ticket.leg.citizen_parked
    return before if ticket.leg.first_called_at else before + pause_of(ticket, at)


def _unmarked(ticket: Ticket) -> Ticket:
    return replace(ticket, parked_at=None, parked_by=None, parked_reason="", awaiting_since=None)


def _transferred(office: Office, event: e.TicketTransferred, at: At) -> Office:
    before, ticket = office, office.tickets[event.ticket]
    if event.new_leg:
        ended = replace(ticket, legs=_left(ticket, at.at))
        legs = _new_leg(ended, event.to, event.queued_at or at.at, event.since)
    else:
        parked = _citizen_parked(ticket, at.at)
        legs = _leg(ticket, target=event.to, since=event.since, citizen_parked=parked)
    moved = _unmarked(replace(ticket, state=TicketState.WAITING, legs=legs))
    return _left_counter(put(office, moved), before, event.counter, event, at)


def _service_added(office: Office, event: e.ServiceAdded, _: At) -> Office:
    ticket = office.tickets[event.ticket]
    return put(office, replace(ticket, planned=(*ticket.planned, event.service)))


def _result_awaited(office: Office, event: e.ResultAwaited, at: At) -> Office:
    before, ticket = office, office.tickets[event.ticket]
    waits = replace(
        ticket,
        state=TicketState.AWAITING_RESULT,
        legs=_leg(ticket, ended_at=at.at),
        awaiting_since=at.at,
    )
    return _left_counter(put(office, waits), before, event.counter, event, at)


def _result_ready(office: Office, event: e.ResultBecameReady, at: At) -> Office:
    ticket = office.tickets[event.ticket]
    legs = _new_leg(ticket, event.to, at.at, event.since)
    return put(office, _unmarked(replace(ticket, state=TicketState.WAITING, legs=legs)))


def _priority_changed(office: Office, event: e.PriorityChanged, _: At) -> Office:
    ticket = office.tickets[event.ticket]
    return put(
        office, replace(ticket, service_class=event.service_class, priority_group=event.priority_group)
    )


def _cancelled(office: Office, event: e.TicketCancelled, at: At) -> Office:
    ticket = office.tickets[event.ticket]
    office = put(office, replace(ticket, state=TicketState.CANCELLED, legs=_left(ticket, at.at)))
    return _release(office, event.counter, event, at)


def _abandoned(office: Office, event: e.TicketAbandoned, at: At) -> Office:
    ticket = office.tickets[event.ticket]
    return put(office, replace(ticket, state=TicketState.ABANDONED, legs=_left(ticket, at.at)))


def _touched(office: Office, event: e.OfTicket, _: At) -> Office:
    return put(office, office.tickets[event.ticket])


def _alias(office: Office, event: e.AliasGiven, _: At) -> Office:
    """The paper's number is what the citizen knows: it is the ticket's from now on, wherever it is shown."""
    ticket = office.tickets[event.ticket]
    shown = replace(ticket, number=event.alias, alias=ticket.number)
    if event.issued_at is not None:
        shown = replace(shown, issued_at=event.issued_at, legs=_queued_earlier(ticket, event.issued_at))
    office = put(office, shown)
    calls = tuple(
        (id_, event.alias if id_ == event.ticket else number, counter, called_at)
        for id_, number, counter, called_at in office.recent_calls
    )
    return replace(office, numbers=office.numbers.set(event.alias, event.ticket), recent_calls=calls)


def _queued_earlier(ticket: Ticket, at: datetime) -> tuple[Leg, ...]:
    """The legs with the first one entered at `at`; a slot that was booked stays."""
    first, *others = ticket.legs
    since = first.since
    if since is not None and ticket.appointment_at is None:
        since = min(since, at)
    return (replace(first, queued_at=at, since=since), *others)


def _served_in_outage(office: Office, event: e.TicketServedInOutage, at: At) -> Office:
    ticket = office.tickets[event.ticket]
    gone = replace(ticket, state=TicketState.SERVED, legs=_leg(ticket, ended_at=at.at))
    if event.next_service is not None:
        gone = replace(
            gone,
            state=TicketState.WAITING,
            legs=_new_leg(gone, Target(event.next_service), at.at, at.at),
            planned=gone.planned[1:],
        )
    return put(office, gone)


def _slip_outcome(office: Office, event: e.SlipOutcome, _: At) -> Office:
    ticket = office.tickets.get(event.ticket)
    if ticket is not None:
        done = replace(ticket, slip=event.outcome, slips_done=(*ticket.slips_done, event.job))
        office = replace(office, tickets=office.tickets.set(ticket.id, done))
    if event.job in office.jobs:
        office = replace(office, jobs=office.jobs.delete(event.job))
    if event.ticket in office.slips_due:
        office = replace(office, slips_due=office.slips_due.delete(event.ticket))
    return office


def _undone(office: Office, event: e.ActUndone, at: At) -> Office:
    counter = office.counters[event.counter]
    point = counter.undo
    assert point is not None, "decide lets nothing be undone without an undo point"
    at_counter = None
    for ticket in (point.ticket_before, *(before for before, _ in point.also)):
        office = put(office, replace(ticket, slip=office.tickets[ticket.id].slip))
        if ticket.state in AT_COUNTER:
            at_counter = ticket.id
    if point.act == e.TicketCalled.TYPE:
        office = replace(office, recent_calls=_without_last_call(office, event.ticket))
    return _counter(
        office,
        event.counter,
        at,
        state=point.counter_state_before,
        ticket=at_counter,
        ordinary_since_priority=point.ordinary_before,
    )


def _without_last_call(office: Office, ticket: TicketId) -> tuple[Call, ...]:
    place = next((n for n, call in enumerate(office.recent_calls) if call[0] == ticket), None)
    if place is None:
        return office.recent_calls
    return (*office.recent_calls[:place], *office.recent_calls[place + 1 :])


TICKET_FOLDS: dict[type[e.Event], Callable[[Office, Any, Any], Office]] = {
    e.TicketIssued: _issued,
    e.TicketCalled: _called,
    e.TicketRecalled: _recalled,
    e.TicketStarted: _started,
    e.TicketEnded: _ended,
    e.TicketNoShow: _no_show,
    e.TicketCameBack: _came_back,
    e.TicketParked: _parked,
    e.TicketUnparked: _unparked,
    e.TicketTransferred: _transferred,
    e.ServiceAdded: _service_added,
    e.ResultAwaited: _result_awaited,
    e.ResultBecameReady: _result_ready,
    e.PriorityChanged: _priority_changed,
    e.TicketCancelled: _cancelled,
    e.TicketAbandoned: _abandoned,
    e.TicketCarriedOver: _touched,
    e.AliasGiven: _alias,
    e.TicketServedInOutage: _served_in_outage,
    e.SlipOutcome: _slip_outcome,
    e.ActUndone: _undone,
}
