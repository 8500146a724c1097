"""Undo: within its ten seconds everything is as before, and never over what came after."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from domain_hall import Hall, hall, q

from queue_server.domain import commands as c
from queue_server.domain.ids import JobId, PriorityGroupId, TicketId
from queue_server.domain.office_calling import Calling, PolicyName
from queue_server.domain.refusals import Code
from queue_server.domain.ticket import ParkedBy
from queue_server.domain.ticket_table import TicketState


def _end(h: Hall) -> None:
    h.do(c.EndService, counter=q(1))


UNDONE: dict[str, tuple[Callable[[Hall], TicketId], Callable[[Hall], object]]] = {
    "call next": (lambda h: h.issue(), lambda h: h.do(c.CallNext, counter=q(1))),
    "call this one": (
        lambda h: h.issue(),
        lambda h: h.do(c.CallTicket, counter=q(1), ticket=next(iter(h.office.tickets))),
    ),
    "start": (lambda h: h.called(), lambda h: h.do(c.StartService, counter=q(1))),
    "end": (lambda h: h.serving(), _end),
    "end of a leg": (lambda h: h.serving(1, "a", "b"), _end),
    "no-show": (lambda h: h.called(), lambda h: h.do(c.NoShow, counter=q(1))),
    "park while called": (lambda h: h.called(), lambda h: h.park(_at_q1(h))),
    "park while serving": (lambda h: h.serving(), lambda h: h.park(_at_q1(h), ParkedBy.CITIZEN)),
    "transfer while called": (lambda h: h.called(), lambda h: h.transfer(_at_q1(h), "b")),
    "transfer while serving": (lambda h: h.serving(), lambda h: h.transfer(_at_q1(h), "c", 3)),
    "await result": (lambda h: h.serving(), lambda h: h.do(c.AwaitResult, counter=q(1))),
}


def _at_q1(office: Hall) -> TicketId:
    ticket = office.counter(1).ticket
    assert ticket is not None
    return ticket


def same_but_for_versions(before: Hall, after: Hall) -> None:
    """The office is as it was, but for versions, the journal's position and the counter's change time."""
    for id_, ticket in before.office.tickets.items():
        assert replace(after.office.tickets[id_], version=ticket.version) == ticket
    assert after.office.queues == before.office.queues
    assert after.office.recent_calls == before.office.recent_calls
    for place, counter_ in before.office.counters.items():
        now = after.office.counters[place]
        assert replace(now, changed_at=counter_.changed_at, undo=counter_.undo) == counter_


class TestUndo:
    @pytest.mark.parametrize("name", UNDONE)
    def test_everything_the_act_changed_is_as_before(self, name: str) -> None:
        prepare, act = UNDONE[name]
        office = hall().staff(1, 2)
        prepare(office)
        before = Hall(office.office)
        office.later(seconds=3)
        act(office)
        assert office.office.tickets != before.office.tickets
        office.later(seconds=10).do(c.Undo, counter=q(1))
        same_but_for_versions(before, office)
        assert office.refused(c.Undo, counter=q(1)) is Code.NOTHING_TO_UNDO

    @pytest.mark.parametrize("name", UNDONE)
    def test_after_ten_seconds_it_is_too_late(self, name: str) -> None:
        prepare, act = UNDONE[name]
        office = hall().staff(1, 2)
        prepare(office)
        act(office)
        office.later(seconds=10.5)
        assert office.refused(c.Undo, counter=q(1)) is Code.TOO_LATE

    def test_ending_and_calling_the_next_is_taken_back_as_one_act(self) -> None:
        office = hall().staff(1)
        first, second = office.serving(), office.issue()
        before = Hall(office.office)
        office.do(c.CallNext, counter=q(1), end_current=True)
        office.do(c.Undo, counter=q(1))
        same_but_for_versions(before, office)
        assert office.counter(1).ticket == first
        assert office.ticket(second).state is TicketState.WAITING

    def test_ending_and_calling_is_not_taken_back_when_the_first_has_moved_on(self) -> None:
        office = hall().staff(1, 2)
        first = office.serving(1, "a", "b")
        office.issue("a")
        office.do(c.CallNext, counter=q(1), end_current=True)
        assert office.next_at(2) == first
        assert office.refused(c.Undo, counter=q(1)) is Code.NOTHING_TO_UNDO

    def test_an_earlier_call_of_the_ticket_stays_among_the_recent_calls(self) -> None:
        office = hall().staff(1, 2)
        ticket = office.called(1)
        office.transfer(ticket, "b")
        office.next_at(2)
        office.do(c.Undo, counter=q(2))
        assert [(call[0], call[2]) for call in office.office.recent_calls] == [(ticket, "q1")]

    def test_a_ticket_that_moved_on_is_left_alone(self) -> None:
        office = hall().staff(1, 2)
        ticket = office.called(1)
        office.transfer(ticket, "b")
        office.next_at(2)
        assert office.refused(c.Undo, counter=q(1)) is Code.NOTHING_TO_UNDO

    def test_a_counter_that_did_something_else_has_nothing_to_undo(self) -> None:
        office = hall().staff(1)
        assert office.refused(c.Undo, counter=q(1)) is Code.NOTHING_TO_UNDO
        office.called()
        office.do(c.NoShow, counter=q(1))
        office.do(c.PauseCounter, counter=q(1), reason="x")
        assert office.refused(c.Undo, counter=q(1)) is Code.NOTHING_TO_UNDO

    def test_undoing_a_call_gives_the_interleaved_policy_its_memory_back(self) -> None:
        calling = Calling(policy=PolicyName.INTERLEAVED, one_priority_per=1)
        office = hall(calling=calling).staff(1)
        ordinary = office.issue()
        elderly = office.issue("a", priority_group=PriorityGroupId("elderly"))
        assert office.next_at(1) == ordinary
        office.do(c.Undo, counter=q(1))
        assert office.next_at(1) == ordinary
        office.do(c.NoShow, counter=q(1))
        assert office.next_at(1) == elderly


def test_an_undo_does_not_forget_that_a_slip_had_its_outcome() -> None:
    office = hall().staff(1)
    ticket = office.issue()
    office.do(c.CallNext, counter=q(1))
    office.do(c.RecordSlip, ticket=ticket, job=JobId("a-job"), outcome="printed")
    done = office.office.tickets[ticket].slips_done
    office.do(c.Undo, counter=q(1))
    assert office.office.tickets[ticket].slips_done == done != ()
