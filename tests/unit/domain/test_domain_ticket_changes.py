"""The rules of tickets that change: results, priority, cancelling, slips."""

from datetime import timedelta

from domain_hall import Hall, citizen, hall, officer, q, target

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.ids import JobId, PriorityGroupId, TicketId
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.queue_view import waiting_tickets
from queue_server.domain.refusals import Code
from queue_server.domain.ticket_table import TicketState
from queue_server.domain.visit_wait import visit_wait

ELDERLY = PriorityGroupId("elderly")


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def waited(office: Hall, ticket: TicketId) -> timedelta:
    return visit_wait(office.ticket(ticket), office.now)


class TestResult:
    def test_a_citizen_waits_for_the_result_outside_the_queue_and_collects_it(self) -> None:
        office = hall().staff(1, 2)
        ticket = office.serving()
        office.later(minutes=5).do(c.AwaitResult, counter=q(1))
        assert office.counter(1).ticket is None and waiting_tickets(office.office) == []
        assert waited(office.later(minutes=40), ticket) == minutes(0)
        office.do(c.ResultReady, ticket=ticket, to=target("b", counter_=2))
        assert waited(office.later(minutes=3), ticket) == minutes(3)
        assert office.next_at(2) == ticket

    def test_without_a_place_it_is_collected_at_its_own_service(self) -> None:
        office = hall().staff(1)
        ticket = office.serving()
        office.do(c.AwaitResult, counter=q(1))
        assert office.refused(c.ResultReady, ticket=ticket, to=target("x")) is Code.SERVICE_UNKNOWN
        office.do(c.ResultReady, ticket=ticket)
        assert office.ticket(ticket).service == "a"


class TestPriority:
    def test_a_change_needs_a_reason_and_changes_the_queue(self) -> None:
        office = hall().staff(1)
        first, second = office.issue(), office.issue()
        given = {"ticket": second, "priority_group": ELDERLY}
        assert office.refused(c.ChangePriority, **given, reason="") is Code.REASON_NEEDED
        office.do(c.ChangePriority, **given, reason="có giấy tờ")
        assert office.refused(c.ChangePriority, **given, reason="x") is Code.ALREADY_DONE
        office.later(minutes=5)
        assert office.next_at(1) == second
        assert first in [t.id for t in waiting_tickets(office.office)]

    def test_an_unknown_group_is_refused(self) -> None:
        office = hall()
        given = {"ticket": office.issue(), "priority_group": PriorityGroupId("vip"), "reason": "x"}
        assert office.refused(c.ChangePriority, **given) is Code.PRIORITY_UNKNOWN

    def test_priority_taken_away_is_ordinary_again(self) -> None:
        office = hall()
        ticket = office.issue("a", priority_group=ELDERLY)
        office.do(c.ChangePriority, ticket=ticket, priority_group=None, reason="không có giấy tờ")
        assert office.ticket(ticket).service_class is ServiceClass.ORDINARY


class TestCancel:
    def test_a_cancelled_ticket_leaves_queue_and_counter(self) -> None:
        office = hall().staff(1)
        ticket = office.called()
        (event,) = office.do(c.CancelTicket, ticket=ticket, by=officer("o1"), reason="x")
        assert isinstance(event, e.TicketCancelled) and event.by_staff
        assert office.counter(1).ticket is None and len(office.office.queues) == 0

    def test_the_wait_of_one_who_left_ends_when_they_left(self) -> None:
        office = hall()
        ticket = office.issue()
        office.later(minutes=9).do(c.CancelTicket, ticket=ticket, by=citizen(ticket))
        assert waited(office.later(hours=2), ticket) == minutes(9)

    def test_an_unknown_ticket_is_refused(self) -> None:
        assert hall().refused(c.CancelTicket, ticket=TicketId("x")) is Code.TICKET_UNKNOWN


class TestSlips:
    def test_the_outcome_of_a_job_stands_on_the_ticket(self) -> None:
        office = hall()
        ticket = office.issue()
        office.do(c.RequestPrint, ticket=ticket, job=JobId("j"), printer="p1")
        given = {"ticket": ticket, "job": JobId("j")}
        assert office.refused(c.RequestPrint, **given, printer="p1") is Code.ALREADY_DONE
        assert office.refused(c.RecordSlip, **given, outcome="lost") is Code.BAD_REQUEST
        office.do(c.RecordSlip, **given, outcome="failed", reason="paper")
        assert office.ticket(ticket).slip == "failed" and JobId("j") not in office.office.jobs

    def test_an_unknown_printer_or_ticket_is_refused(self) -> None:
        office = hall()
        ticket = office.issue()
        assert office.refused(c.RequestPrint, ticket=ticket, job=JobId("j"), printer="p9") is Code.BAD_REQUEST
        gone = {"ticket": TicketId("x"), "job": JobId("j")}
        assert office.refused(c.RequestPrint, **gone, printer="p1") is Code.TICKET_UNKNOWN
        assert office.refused(c.RecordSlip, **gone, outcome="printed") is Code.TICKET_UNKNOWN

    def test_a_slip_does_not_move_the_ticket_on(self) -> None:
        office = hall().staff(1)
        ticket = office.called()
        office.do(c.RecordSlip, ticket=ticket, job=JobId("j"), outcome="printed")
        office.do(c.Undo, counter=q(1))
        assert office.ticket(ticket).state is TicketState.WAITING
        assert office.ticket(ticket).slip == "printed"

    def test_a_slip_of_a_day_that_is_over_still_gets_its_one_outcome(self) -> None:
        office = hall()
        ticket = office.issue(wants_slip=True)
        office.later(days=1).do(c.Tick)
        office.later(days=1).do(c.Tick)
        assert ticket not in office.office.tickets
        told = {"ticket": ticket, "job": JobId(f"{ticket}-slip"), "outcome": "printed"}
        assert [type(event) for event in office.do(c.RecordSlip, **told)] == [e.SlipOutcome]
        assert office.refused(c.RecordSlip, **told) is Code.TICKET_UNKNOWN
        assert office.replayed() == office.office

    def test_a_day_that_is_over_wants_nothing_of_slips_that_had_their_outcome(self) -> None:
        office = hall()
        ticket = office.issue(wants_slip=True)
        told = {"ticket": ticket, "job": JobId(f"{ticket}-slip"), "outcome": "printed"}
        office.do(c.RecordSlip, **told)
        office.later(days=1).do(c.Tick)
        assert office.refused(c.RecordSlip, **told) is Code.TICKET_UNKNOWN

    def test_a_slip_nobody_ever_told_of_is_forgotten_after_a_week(self) -> None:
        office = hall()
        ticket = office.issue(wants_slip=True)
        for _ in range(9):
            office.later(days=1).do(c.Tick)
        assert not office.office.slips_due
        told = {"ticket": ticket, "job": JobId(f"{ticket}-slip"), "outcome": "printed"}
        assert office.refused(c.RecordSlip, **told) is Code.TICKET_UNKNOWN
