"""Folding what is known of a ticket's paper: the number it bears, and whether the slip came out."""

from dataclasses import replace
from datetime import datetime

from queue_server.domain import events as e
from queue_server.domain.fold_steps import At, put
from queue_server.domain.office import Office
from queue_server.domain.ticket import Leg, Ticket


def alias_given(office: Office, event: e.AliasGiven, _: At) -> Office:
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


def slip_outcome(office: Office, event: e.SlipOutcome, _: At) -> Office:
    ticket = office.tickets.get(event.ticket)
    if ticket is not None:
        done = replace(ticket, slip=event.outcome, slips_done=(*ticket.slips_done, event.job))
        office = replace(office, tickets=office.tickets.set(ticket.id, done))
    if event.job in office.jobs:
        office = replace(office, jobs=office.jobs.delete(event.job))
    if event.ticket in office.slips_due:
        office = replace(office, slips_due=office.slips_due.delete(event.ticket))
    return office
