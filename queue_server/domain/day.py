"""The turn and the close of a day: nobody is forgotten between two dates."""

from datetime import date, datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.counter_table import CounterState
from queue_server.domain.office import Office
from queue_server.domain.office_calling import Overnight
from queue_server.domain.refusals import Code, Refusal
from queue_server.domain.ticket import Ticket
from queue_server.domain.ticket_table import TicketAct, TicketState, after


def turn_of_day(office: Office, now: datetime) -> list[e.Event]:
    """What the office's local midnight brings; nothing while the date is still the same."""
    assert office.config is not None
    today = office.config.hours.day_of(now)
    if office.day is None:
        return [e.DayOpened(day=today)]
    if today <= office.day:
        return []
    events: list[e.Event] = []
    for ticket in _by_issue(office):
        if ticket.state is TicketState.CALLED and ticket.leg.counter:
            events.append(e.TicketNoShow(ticket=ticket.id, counter=ticket.leg.counter, by_turn=True))
        elif ticket.state is TicketState.SERVING and ticket.leg.counter:
            events.append(e.TicketEnded(ticket=ticket.id, counter=ticket.leg.counter, by_turn=True))
    events += _leave_or_keep(office, today)
    for counter in office.counters.values():
        if counter.state is not CounterState.UNSTAFFED and counter.officer is not None:
            if counter.state is not CounterState.CLOSED:
                events.append(e.CounterClosed(counter=counter.id))
            events.append(e.CounterSignedOff(counter=counter.id, officer=counter.officer))
    if not office.day_closed:
        events.append(e.DayClosed(day=office.day, by_turn=True))
    events.append(e.DayOpened(day=today))
    return events


def close_day(office: Office, command: c.CloseDay, now: datetime) -> list[e.Event] | Refusal:
    """Close of day by a person: whoever still waits is abandoned, or kept overnight by the office's rule."""
    if command.by.role not in c.SENIOR and command.by.role is not c.Role.SYSTEM:
        return Refusal(Code.FORBIDDEN, "Only a supervisor closes the day.")
    if office.day is None or office.day_closed:
        return Refusal(Code.ALREADY_DONE, "The day is closed already.")
    return [*_leave_or_keep(office, office.day), e.DayClosed(day=office.day)]


def _leave_or_keep(office: Office, day: date) -> list[e.Event]:
    assert office.config is not None
    events: list[e.Event] = []
    for ticket in _by_issue(office):
        if (
            office.config.rules.overnight is Overnight.KEEP
            and after(ticket.state, TicketAct.CARRY_OVER) is not None
        ):
            events.append(e.TicketCarriedOver(ticket=ticket.id, day=day))
        elif after(ticket.state, TicketAct.ABANDON) is not None:
            events.append(e.TicketAbandoned(ticket=ticket.id))
    return events


def _by_issue(office: Office) -> list[Ticket]:
    return sorted(office.tickets.values(), key=lambda t: (t.issued_at, t.number))
