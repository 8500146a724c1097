"""Folding what is done with a ticket at a counter: called, started, ended, not there, undone."""

from dataclasses import replace

from queue_server.domain import events as e
from queue_server.domain.counter_table import CounterState
from queue_server.domain.fold_steps import (
    RECENT_CALLS,
    At,
    Call,
    counter_changed,
    left_counter,
    new_leg,
    put,
    with_leg,
    with_undo,
)
from queue_server.domain.ids import TicketId
from queue_server.domain.office import Office
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket import Target
from queue_server.domain.ticket_table import AT_COUNTER, TicketState


def ticket_called(office: Office, event: e.TicketCalled, at: At) -> Office:
    before, ticket = office, office.tickets[event.ticket]
    legs = with_leg(
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
    office = counter_changed(
        office,
        event.counter,
        at,
        state=CounterState.CALLING,
        ticket=event.ticket,
        ordinary_since_priority=0 if priority else counter.ordinary_since_priority + 1,
    )
    call = (event.ticket, ticket.number, event.counter, at.at)
    office = replace(office, recent_calls=(call, *office.recent_calls)[:RECENT_CALLS])
    return with_undo(office, before, event, event.counter, at)


def ticket_recalled(office: Office, event: e.TicketRecalled, at: At) -> Office:
    ticket = office.tickets[event.ticket]
    office = put(office, replace(ticket, legs=with_leg(ticket, called_at=at.at, calls=ticket.leg.calls + 1)))
    call = (event.ticket, ticket.number, event.counter, at.at)
    others = tuple(c for c in office.recent_calls if c[0] != event.ticket)
    office = replace(office, recent_calls=(call, *others)[:RECENT_CALLS])
    return counter_changed(office, event.counter, at)


def ticket_started(office: Office, event: e.TicketStarted, at: At) -> Office:
    before, ticket = office, office.tickets[event.ticket]
    office = put(office, replace(ticket, state=TicketState.SERVING, legs=with_leg(ticket, started_at=at.at)))
    office = counter_changed(office, event.counter, at, state=CounterState.SERVING)
    return with_undo(office, before, event, event.counter, at)


def ticket_ended(office: Office, event: e.TicketEnded, at: At) -> Office:
    before, ticket = office, office.tickets[event.ticket]
    ended = replace(ticket, legs=with_leg(ticket, ended_at=at.at))
    if event.next_service is None:
        ended = replace(ended, state=TicketState.SERVED)
    else:
        ended = replace(
            ended,
            state=TicketState.WAITING,
            legs=new_leg(ended, Target(event.next_service), at.at, at.at),
            planned=ended.planned[1:],
        )
    return left_counter(put(office, ended), before, event.counter, event, at)


def ticket_no_show(office: Office, event: e.TicketNoShow, at: At) -> Office:
    before, ticket = office, office.tickets[event.ticket]
    gone = replace(
        ticket,
        state=TicketState.NO_SHOW,
        legs=with_leg(ticket, ended_at=at.at),
        no_shows=ticket.no_shows + 1,
        no_show_at=at.at,
    )
    return left_counter(put(office, gone), before, event.counter, event, at)


def ticket_served_in_outage(office: Office, event: e.TicketServedInOutage, at: At) -> Office:
    ticket = office.tickets[event.ticket]
    gone = replace(ticket, state=TicketState.SERVED, legs=with_leg(ticket, ended_at=at.at))
    if event.next_service is not None:
        gone = replace(
            gone,
            state=TicketState.WAITING,
            legs=new_leg(gone, Target(event.next_service), at.at, at.at),
            planned=gone.planned[1:],
        )
    return put(office, gone)


def act_undone(office: Office, event: e.ActUndone, at: At) -> Office:
    counter = office.counters[event.counter]
    point = counter.undo
    assert point is not None, "decide lets nothing be undone without an undo point"
    at_counter = None
    for ticket in (point.ticket_before, *(before for before, _ in point.also)):
        now = office.tickets[ticket.id]
        office = put(office, replace(ticket, slip=now.slip, slips_done=now.slips_done))
        if ticket.state in AT_COUNTER:
            at_counter = ticket.id
    if point.act == e.TicketCalled.TYPE:
        office = replace(office, recent_calls=_without_last_call(office, event.ticket))
    return counter_changed(
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
