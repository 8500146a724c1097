"""Folding how a ticket enters a queue and moves between queues: issued, parked, transferred, back again."""

from dataclasses import replace

from queue_server.domain import events as e
from queue_server.domain.fold_steps import (
    At,
    left_counter,
    left_legs,
    new_leg,
    parked_by_citizen,
    put,
    put_changes,
    released,
    unmarked,
    with_leg,
)
from queue_server.domain.office import Office
from queue_server.domain.ticket import Channel, Leg, Target, Ticket
from queue_server.domain.ticket_table import TicketState


def ticket_issued(office: Office, event: e.TicketIssued, at: At) -> Office:
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
        return replace(office, **put_changes(office, ticket))
    following = max(office.next_ordinal.get(event.series, 0), event.ordinal + 1)
    granted = any(
        series == event.series and first <= event.ordinal <= last
        for grant in office.grants.values()
        for series, first, last in grant.blocks
    )
    return office.having(
        **put_changes(office, ticket),
        numbers=office.numbers.set(event.number, event.ticket),
        next_ordinal=office.next_ordinal if granted else office.next_ordinal.set(event.series, following),
        issued_today=office.issued_today.set(event.service, office.issued_today.get(event.service, 0) + 1),
        outage_until=at.at if event.channel is Channel.OFFLINE else office.outage_until,
    )


def ticket_came_back(office: Office, event: e.TicketCameBack, at: At) -> Office:
    ticket = office.tickets[event.ticket]
    legs = with_leg(ticket, since=event.since, ended_at=None)
    return put(office, replace(ticket, state=TicketState.WAITING, legs=legs))


def ticket_parked(office: Office, event: e.TicketParked, at: At) -> Office:
    before, ticket = office, office.tickets[event.ticket]
    legs = with_leg(ticket, ended_at=at.at) if ticket.leg.started_at else ticket.legs
    parked = replace(
        ticket,
        state=TicketState.PARKED,
        legs=legs,
        parked_at=at.at,
        parked_by=event.parked_by,
        parked_reason=event.reason,
        held_until=event.until or ticket.held_until,
    )
    return left_counter(put(office, parked), before, event.counter, event, at)


def ticket_unparked(office: Office, event: e.TicketUnparked, at: At) -> Office:
    ticket = office.tickets[event.ticket]
    if event.new_leg:
        legs = new_leg(ticket, ticket.leg.target, event.queued_at, event.since)
    else:
        legs = with_leg(ticket, since=event.since, citizen_parked=parked_by_citizen(ticket, at.at))
    return put(office, unmarked(replace(ticket, state=TicketState.WAITING, legs=legs)))


def ticket_transferred(office: Office, event: e.TicketTransferred, at: At) -> Office:
    before, ticket = office, office.tickets[event.ticket]
    if event.new_leg:
        ended = replace(ticket, legs=left_legs(ticket, at.at))
        legs = new_leg(ended, event.to, event.queued_at or at.at, event.since)
    else:
        parked = parked_by_citizen(ticket, at.at)
        legs = with_leg(ticket, target=event.to, since=event.since, citizen_parked=parked)
    moved = unmarked(replace(ticket, state=TicketState.WAITING, legs=legs))
    return left_counter(put(office, moved), before, event.counter, event, at)


def service_added(office: Office, event: e.ServiceAdded, _: At) -> Office:
    ticket = office.tickets[event.ticket]
    return put(office, replace(ticket, planned=(*ticket.planned, event.service)))


def result_awaited(office: Office, event: e.ResultAwaited, at: At) -> Office:
    before, ticket = office, office.tickets[event.ticket]
    waits = replace(
        ticket,
        state=TicketState.AWAITING_RESULT,
        legs=with_leg(ticket, ended_at=at.at),
        awaiting_since=at.at,
    )
    return left_counter(put(office, waits), before, event.counter, event, at)


def result_became_ready(office: Office, event: e.ResultBecameReady, at: At) -> Office:
    ticket = office.tickets[event.ticket]
    legs = new_leg(ticket, event.to, at.at, event.since)
    return put(office, unmarked(replace(ticket, state=TicketState.WAITING, legs=legs)))


def priority_changed(office: Office, event: e.PriorityChanged, _: At) -> Office:
    ticket = office.tickets[event.ticket]
    return put(
        office, replace(ticket, service_class=event.service_class, priority_group=event.priority_group)
    )


def ticket_cancelled(office: Office, event: e.TicketCancelled, at: At) -> Office:
    ticket = office.tickets[event.ticket]
    office = put(office, replace(ticket, state=TicketState.CANCELLED, legs=left_legs(ticket, at.at)))
    return released(office, event.counter, event, at)


def ticket_abandoned(office: Office, event: e.TicketAbandoned, at: At) -> Office:
    ticket = office.tickets[event.ticket]
    return put(office, replace(ticket, state=TicketState.ABANDONED, legs=left_legs(ticket, at.at)))
