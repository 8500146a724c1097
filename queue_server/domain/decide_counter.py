"""The rules of counters: who sits where, and calling, serving, missing and undoing."""

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.calling import choose
from queue_server.domain.checks import (
    TRUSTED,
    configured,
    counter_for,
    known_counter,
    known_service,
    ticket_for,
)
from queue_server.domain.counter import RunningCounter
from queue_server.domain.counter_table import SIGNED_ON, CounterAct, CounterState
from queue_server.domain.decision import Decision
from queue_server.domain.eligibility import Takes, covered_services, heads, takes
from queue_server.domain.ids import OfficerId, TicketId
from queue_server.domain.office import Office
from queue_server.domain.queues import key_of
from queue_server.domain.refusals import Code, Refusal
from queue_server.domain.ticket_table import TicketAct, after


def sign_on(office: Office, command: c.SignOn, now: datetime) -> Decision:
    """One officer a counter, one counter an officer."""
    counter = known_counter(office, command.counter)
    if isinstance(counter, Refusal):
        return counter
    if command.by.role not in TRUSTED and command.by.id != command.officer:
        return Refusal(Code.FORBIDDEN, "Officers sign on for themselves.")
    if counter.officer == command.officer:
        return Refusal(Code.ALREADY_DONE, "You are signed on here already.", {"counter": counter.id})
    if counter.state is not CounterState.UNSTAFFED:
        return Refusal(
            Code.COUNTER_TAKEN, "Another officer is signed on at this counter.", {"counter": counter.id}
        )
    elsewhere = office.officers.get(command.officer)
    if elsewhere is not None:
        return Refusal(
            Code.OFFICER_ELSEWHERE, "You are signed on at another counter.", {"counter": elsewhere}
        )
    return [e.CounterSignedOn(counter=counter.id, officer=command.officer)]


def sign_off(office: Office, command: c.SignOff, now: datetime) -> Decision:
    counter = counter_for(office, command, CounterAct.SIGN_OFF)
    if isinstance(counter, Refusal):
        return counter
    assert counter.officer is not None
    closing: list[e.Event] = (
        [] if counter.state is CounterState.CLOSED else [e.CounterClosed(counter=counter.id)]
    )
    return [*closing, e.CounterSignedOff(counter=counter.id, officer=counter.officer)]


def open_counter(office: Office, command: c.OpenCounter, now: datetime) -> Decision:
    counter = counter_for(office, command, CounterAct.OPEN)
    return counter if isinstance(counter, Refusal) else [e.CounterOpened(counter=counter.id)]


def pause(office: Office, command: c.PauseCounter, now: datetime) -> Decision:
    counter = counter_for(office, command, CounterAct.PAUSE)
    if isinstance(counter, Refusal):
        return counter
    if not command.reason.strip():
        return Refusal(Code.REASON_NEEDED, "A pause needs a reason.")
    return [e.CounterPaused(counter=counter.id, reason=command.reason, until=command.until)]


def close(office: Office, command: c.CloseCounter, now: datetime) -> Decision:
    counter = counter_for(office, command, CounterAct.CLOSE)
    return counter if isinstance(counter, Refusal) else [e.CounterClosed(counter=counter.id)]


def change_services(office: Office, command: c.ChangeCounterServices, now: datetime) -> Decision:
    """While running, by whoever sits there or a supervisor; at least one service, all of them known."""
    counter = known_counter(office, command.counter)
    if isinstance(counter, Refusal):
        return counter
    if command.by.role not in TRUSTED and counter.officer != command.by.id:
        return Refusal(Code.NOT_YOUR_COUNTER, "You are not signed on at this counter.")
    if not command.services:
        return Refusal(Code.BAD_REQUEST, "A counter takes at least one service.")
    for id_ in command.services:
        service = known_service(office, id_)
        if isinstance(service, Refusal):
            return service
    ordered = tuple(s.id for s in configured(office).services if s.id in command.services)
    if ordered == counter.services:
        return Refusal(Code.ALREADY_DONE, "The counter takes these services already.")
    return [e.CounterServicesChanged(counter=counter.id, services=ordered)]


def call_next(office: Office, command: c.CallNext, now: datetime) -> Decision:
    """The next by the policy. With `end_current`, the ticket in service ends in the same act."""
    ended: list[e.Event] = []
    known = known_counter(office, command.counter)
    if command.end_current and not isinstance(known, Refusal) and known.state is CounterState.SERVING:
        finish = end(
            office,
            c.EndService(id=command.id, by=command.by, counter=command.counter, expected=command.expected),
            now,
        )
        if isinstance(finish, Refusal):
            return finish
        ended, counter = finish, known
    else:
        checked = counter_for(office, command, CounterAct.CALL)
        if isinstance(checked, Refusal):
            return checked
        counter = checked
    candidates = list(heads(office, counter, now))
    head = choose(
        configured(office).calling, [head for head, _ in candidates], counter.ordinary_since_priority
    )
    if head is None:
        if ended:
            return ended
        return Refusal(Code.NOBODY_WAITING, "Nobody waits for this counter.", {"counter": counter.id})
    how = next(how for candidate, how in candidates if candidate.ticket == head.ticket)
    return [*ended, _call(counter, TicketId(head.ticket), command.by, by_fallback=how is Takes.FALLBACK)]


def call_ticket(office: Office, command: c.CallTicket, now: datetime) -> Decision:
    """This one, out of turn, if the counter may take it at all."""
    counter = counter_for(office, command, CounterAct.CALL)
    if isinstance(counter, Refusal):
        return counter
    ticket = ticket_for(office, command.ticket, TicketAct.CALL)
    if isinstance(ticket, Refusal):
        return ticket
    how = takes(office, counter, key_of(ticket), covered_services(office))
    if how is Takes.NO:
        return Refusal(
            Code.COUNTER_CANNOT_SERVE,
            f"This counter does not take the service of {ticket.number}.",
            {"number": ticket.number},
        )
    out_of_turn = not _is_next(office, counter, ticket.id, now)
    return [_call(counter, ticket.id, command.by, how is Takes.FALLBACK, out_of_turn)]


def _is_next(office: Office, counter: RunningCounter, ticket: TicketId, now: datetime) -> bool:
    candidates = [head for head, _ in heads(office, counter, now)]
    head = choose(configured(office).calling, candidates, counter.ordinary_since_priority)
    return head is not None and head.ticket == ticket


def _call(
    counter: RunningCounter,
    ticket: TicketId,
    by: c.Actor,
    by_fallback: bool,
    out_of_turn: bool = False,
) -> e.Event:
    return e.TicketCalled(
        ticket=ticket,
        counter=counter.id,
        officer=counter.officer or OfficerId(by.id),
        by_fallback=by_fallback,
        out_of_turn=out_of_turn,
    )


def _at_counter(
    office: Office, command: c.OfCounter, counter_act: CounterAct, ticket_act: TicketAct
) -> tuple[RunningCounter, TicketId] | Refusal:
    """The counter and the ticket it has, if both tables let the act happen."""
    counter = counter_for(office, command, counter_act)
    if isinstance(counter, Refusal):
        return counter
    if counter.ticket is None:
        return Refusal(Code.COUNTER_STATE, "There is no ticket at this counter.", {"counter": counter.id})
    ticket = ticket_for(office, counter.ticket, ticket_act)
    if isinstance(ticket, Refusal):
        return ticket
    return counter, ticket.id


def recall(office: Office, command: c.Recall, now: datetime) -> Decision:
    found = _at_counter(office, command, CounterAct.RECALL, TicketAct.RECALL)
    if isinstance(found, Refusal):
        return found
    return [e.TicketRecalled(ticket=found[1], counter=found[0].id)]


def start(office: Office, command: c.StartService, now: datetime) -> Decision:
    found = _at_counter(office, command, CounterAct.START, TicketAct.START)
    if isinstance(found, Refusal):
        return found
    return [e.TicketStarted(ticket=found[1], counter=found[0].id)]


def end(office: Office, command: c.EndService, now: datetime) -> Decision:
    """Ends the leg; a planned service enters its queue now, so that waits never overlap."""
    found = _at_counter(office, command, CounterAct.RELEASE, TicketAct.END)
    if isinstance(found, Refusal):
        return found
    planned = office.tickets[found[1]].planned
    return [e.TicketEnded(ticket=found[1], counter=found[0].id, next_service=planned[0] if planned else None)]


def no_show(office: Office, command: c.NoShow, now: datetime) -> Decision:
    found = _at_counter(office, command, CounterAct.RELEASE, TicketAct.NO_SHOW)
    if isinstance(found, Refusal):
        return found
    return [e.TicketNoShow(ticket=found[1], counter=found[0].id)]


def await_result(office: Office, command: c.AwaitResult, now: datetime) -> Decision:
    found = _at_counter(office, command, CounterAct.RELEASE, TicketAct.AWAIT_RESULT)
    if isinstance(found, Refusal):
        return found
    return [e.ResultAwaited(ticket=found[1], counter=found[0].id)]


def undo(office: Office, command: c.Undo, now: datetime) -> Decision:
    """The counter's last act, within the office's ten seconds, if the ticket has not moved on since."""
    counter = known_counter(office, command.counter)
    if isinstance(counter, Refusal):
        return counter
    if command.by.role not in TRUSTED and counter.officer != command.by.id:
        return Refusal(Code.NOT_YOUR_COUNTER, "You are not signed on at this counter.")
    point = counter.undo
    if point is None or counter.state not in SIGNED_ON:
        return Refusal(Code.NOTHING_TO_UNDO, "There is nothing to undo at this counter.")
    if now - point.at > configured(office).rules.undo_within:
        return Refusal(Code.TOO_LATE, "Too late to undo.")
    for before, version in ((point.ticket_before, point.ticket_version_after), *point.also):
        ticket = office.tickets.get(before.id)
        if ticket is None or ticket.version != version:
            return Refusal(Code.NOTHING_TO_UNDO, "The ticket has moved on since; it cannot be undone.")
    return [
        e.ActUndone(
            ticket=point.ticket_before.id,
            counter=counter.id,
            undone=point.command,
            act=point.act,
            also=tuple(before.id for before, _ in point.also),
        )
    ]


def possible_acts(office: Office, counter: RunningCounter) -> frozenset[TicketAct]:
    """What the ticket table lets an officer do with the ticket at the counter; empty when there is none."""
    if counter.ticket is None:
        return frozenset()
    state = office.tickets[counter.ticket].state
    return frozenset(act for act in TicketAct if after(state, act) is not None)
