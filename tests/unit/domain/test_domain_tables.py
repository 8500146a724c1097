"""The tables are the rules: every pair in them works through decide and evolve, every other is refused."""

from collections.abc import Callable
from itertools import product
from types import ModuleType

import pytest
from domain_hall import Hall, config, counter, hall, q, target

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.commands import Command
from queue_server.domain.counter_table import COUNTER_TABLE, CounterAct, CounterState
from queue_server.domain.decide import RULES
from queue_server.domain.events import EVENT_TYPES, Event
from queue_server.domain.evolve import FOLDS
from queue_server.domain.ids import OfficerId, PriorityGroupId, ServiceId, TicketId
from queue_server.domain.refusals import Code, Refusal
from queue_server.domain.ticket import ParkedBy
from queue_server.domain.ticket_table import AT_COUNTER, ENDED, OPEN, TICKET_TABLE, TicketAct, TicketState

T, A, K, B = TicketState, TicketAct, CounterState, CounterAct
SAYS_NO = {Code.TICKET_STATE, Code.COUNTER_STATE}


def _classes(module: ModuleType, base: type) -> set[type]:
    return {kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, base)}


def test_every_command_has_a_rule() -> None:
    abstract = {Command, c.OfTicket, c.OfCounter}
    assert set(RULES) == _classes(c, Command) - abstract


def test_every_event_has_a_fold_and_a_name_of_its_own() -> None:
    named = {kind for kind in _classes(e, Event) if kind.__dict__.get("TYPE")}
    assert set(FOLDS) == named == set(EVENT_TYPES.values())
    assert all(EVENT_TYPES[name] is kind and name == kind.TYPE for name, kind in EVENT_TYPES.items())


def test_a_ticket_is_open_ended_or_missed() -> None:
    assert OPEN | ENDED | {T.NO_SHOW} == set(T)
    assert not OPEN & ENDED and AT_COUNTER <= OPEN
    assert not any(state in ENDED for state, _ in TICKET_TABLE)


def ticket_in(state: TicketState, office: Hall, planned: bool = False) -> TicketId:
    """A ticket brought to a state by the commands that lead there; q1 has it if it is at a counter."""
    services = ("a", "b") if planned else ("a",)
    if state is T.WAITING:
        return office.issue(*services)
    if state is T.CANCELLED:
        ticket = office.issue(*services)
        office.do(c.CancelTicket, ticket=ticket)
        return ticket
    if state is T.ABANDONED:
        ticket = office.issue(*services)
        office.do(c.CloseDay)
        return ticket
    ticket = office.called(1, *services)
    match state:
        case T.SERVING:
            office.do(c.StartService, counter=q(1))
        case T.PARKED:
            office.park(ticket)
        case T.NO_SHOW:
            office.do(c.NoShow, counter=q(1))
        case T.SERVED:
            office.do(c.StartService, counter=q(1))
            office.do(c.EndService, counter=q(1))
        case T.AWAITING_RESULT:
            office.do(c.StartService, counter=q(1))
            office.do(c.AwaitResult, counter=q(1))
    return ticket


Attempt = Callable[[Hall, TicketId], list[Event] | Refusal]

ATTEMPTS: dict[TicketAct, Attempt] = {
    A.CALL: lambda h, t: h.try_(c.CallTicket, counter=q(4), ticket=t),
    A.RECALL: lambda h, t: h.try_(c.Recall, counter=q(1)),
    A.START: lambda h, t: h.try_(c.StartService, counter=q(1)),
    A.END: lambda h, t: h.try_(c.EndService, counter=q(1)),
    A.END_LEG: lambda h, t: h.try_(c.EndService, counter=q(1)),
    A.NO_SHOW: lambda h, t: h.try_(c.NoShow, counter=q(1)),
    A.COME_BACK: lambda h, t: h.try_(c.ComeBack, ticket=t),
    A.PARK: lambda h, t: h.try_(c.ParkTicket, ticket=t, parked_by=ParkedBy.OFFICE, reason="x"),
    A.UNPARK: lambda h, t: h.try_(c.UnparkTicket, ticket=t),
    A.TRANSFER: lambda h, t: h.try_(c.TransferTicket, ticket=t, to=target("b")),
    A.ADD_SERVICE: lambda h, t: h.try_(c.AddService, ticket=t, service=ServiceId("c")),
    A.AWAIT_RESULT: lambda h, t: h.try_(c.AwaitResult, counter=q(1)),
    A.RESULT_READY: lambda h, t: h.try_(c.ResultReady, ticket=t),
    A.CHANGE_PRIORITY: lambda h, t: h.try_(
        c.ChangePriority, ticket=t, priority_group=PriorityGroupId("elderly"), reason="x"
    ),
    A.CANCEL: lambda h, t: h.try_(c.CancelTicket, ticket=t),
    A.SERVE_IN_OUTAGE: lambda h, t: h.try_(c.MarkServedInOutage, ticket=t),
}
BY_THE_DAY = {A.ABANDON, A.CARRY_OVER}
"""Acts of the close of day, not of a command; tested in test_domain_day.py."""


def four_counters() -> Hall:
    office = hall(counters=(*config().counters, counter(4, "a", "b", "c")))
    return office.staff(1, 2, 3, 4)


def test_every_act_is_tried() -> None:
    assert set(ATTEMPTS) | BY_THE_DAY == set(A)


@pytest.mark.parametrize(("state", "act"), list(product(T, ATTEMPTS)), ids=lambda value: value.value)
def test_a_ticket_does_what_the_table_says_and_nothing_else(state: TicketState, act: TicketAct) -> None:
    office = four_counters()
    ticket = ticket_in(state, office, planned=(state, act) == (T.SERVING, A.END_LEG))
    assert office.ticket(ticket).state is state
    before = office.office
    decision = ATTEMPTS[act](office, ticket)
    expected = TICKET_TABLE.get((state, act))
    if expected is None:
        assert isinstance(decision, Refusal) and decision.code in SAYS_NO
        assert decision.sentence.endswith(".")
        assert office.office is before
    else:
        assert not isinstance(decision, Refusal)
        assert office.ticket(ticket).state is expected
        assert office.ticket(ticket).version > before.tickets[ticket].version


def counter_in(state: CounterState) -> Hall:
    office = hall()
    office.issue("a")
    office.issue("a")
    if state is not K.UNSTAFFED:
        office.staff(1, open_=state is not K.CLOSED)
    match state:
        case K.PAUSED:
            office.do(c.PauseCounter, counter=q(1), reason="x")
        case K.CALLING:
            office.do(c.CallNext, counter=q(1))
        case K.SERVING:
            office.do(c.CallNext, counter=q(1))
            office.do(c.StartService, counter=q(1))
    return office


COUNTER_ATTEMPTS: dict[CounterAct, Callable[[Hall], list[Event] | Refusal]] = {
    B.SIGN_ON: lambda h: h.try_(c.SignOn, counter=q(1), officer=OfficerId("another")),
    B.SIGN_OFF: lambda h: h.try_(c.SignOff, counter=q(1)),
    B.OPEN: lambda h: h.try_(c.OpenCounter, counter=q(1)),
    B.PAUSE: lambda h: h.try_(c.PauseCounter, counter=q(1), reason="x"),
    B.CLOSE: lambda h: h.try_(c.CloseCounter, counter=q(1)),
    B.CALL: lambda h: h.try_(c.CallNext, counter=q(1)),
    B.RECALL: lambda h: h.try_(c.Recall, counter=q(1)),
    B.START: lambda h: h.try_(c.StartService, counter=q(1)),
    B.RELEASE: lambda h: h.try_(c.NoShow if h.counter(1).state is K.CALLING else c.EndService, counter=q(1)),
}


@pytest.mark.parametrize(("state", "act"), list(product(K, B)), ids=lambda value: value.value)
def test_a_counter_does_what_the_table_says_and_nothing_else(state: CounterState, act: CounterAct) -> None:
    office = counter_in(state)
    assert office.counter(1).state is state
    before = office.office
    decision = COUNTER_ATTEMPTS[act](office)
    expected = COUNTER_TABLE.get((state, act))
    if expected is None:
        assert isinstance(decision, Refusal) and decision.code in {*SAYS_NO, Code.COUNTER_TAKEN}
        assert office.office is before
    else:
        assert not isinstance(decision, Refusal)
        assert office.counter(1).state is expected
