"""The turn and the close of a day: local midnight, what is carried over, numbers that start again."""

from datetime import UTC, datetime, timedelta

from domain_hall import FRIDAY, SUPERVISOR, Hall, at, hall, officer, q, rules, target

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.counter_table import CounterState
from queue_server.domain.evolve import evolve
from queue_server.domain.ids import CommandId, JobId, KioskId, ServiceId, TicketId
from queue_server.domain.office_calling import Overnight
from queue_server.domain.queue_view import waiting_tickets
from queue_server.domain.refusals import Code
from queue_server.domain.ticket import ParkedBy
from queue_server.domain.ticket_table import TicketState
from queue_server.domain.words import Words

SATURDAY = FRIDAY + timedelta(days=1)
KEEP = {"rules": rules(overnight=Overnight.KEEP)}


def midnight(office: Hall) -> list[e.Event]:
    office.now = at(0, day=SATURDAY)
    return office.do(c.Tick)


class TestTurn:
    def test_the_day_turns_at_local_midnight_not_before(self) -> None:
        office = hall()
        assert office.office.day == FRIDAY
        office.now = datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC)
        assert office.do(c.Tick) == []
        office.now = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
        assert [type(event) for event in office.do(c.Tick)] == [e.DayClosed, e.DayOpened]
        assert office.office.day == SATURDAY

    def test_any_command_turns_the_day_first(self) -> None:
        office = hall()
        office.issue()
        office.now = at(7, 30, day=FRIDAY + timedelta(days=3))
        ticket = office.issue()
        assert office.ticket(ticket).number == "A001" and office.office.day == FRIDAY + timedelta(days=3)

    def test_a_refused_command_leaves_the_turn_to_the_next(self) -> None:
        office = hall()
        office.now = at(0, 30, day=SATURDAY)
        given = {"ticket": TicketId("t"), "services": (ServiceId("a"),)}
        assert office.refused(c.IssueTicket, **given) is Code.OUT_OF_HOURS
        assert office.office.day == FRIDAY
        office.do(c.Tick)
        assert office.office.day == SATURDAY

    def test_a_clock_that_goes_back_opens_no_day_twice(self) -> None:
        office = hall()
        midnight(office)
        office.now = at(23)
        assert office.do(c.Tick) == []

    def test_those_who_wait_are_abandoned_and_the_called_are_no_shows(self) -> None:
        office = hall().staff(1, 2)
        waiting, parked = office.issue("c"), office.issue("c")
        office.park(parked, ParkedBy.CITIZEN)
        called, serving = office.called(1), office.serving(2, "b", "c")
        events = midnight(office)
        kinds = {(type(ev), ev.ticket) for ev in events if isinstance(ev, e.OfTicket)}
        assert kinds == {
            (e.TicketNoShow, called),
            (e.TicketEnded, serving),
            (e.TicketAbandoned, waiting),
            (e.TicketAbandoned, parked),
        }
        assert all(
            ev.by_turn for ev in events if isinstance(ev, e.TicketNoShow | e.TicketEnded | e.DayClosed)
        )
        assert len(office.office.tickets) == len(office.office.queues) == len(office.office.numbers) == 0

    def test_one_still_served_at_midnight_is_served_not_sent_to_a_planned_leg(self) -> None:
        office = hall().staff(1)
        ticket = office.serving(1, "a", "b")
        events = midnight(office)
        assert e.TicketEnded(ticket=ticket, counter=q(1), by_turn=True) in events

    def test_everybody_is_signed_off(self) -> None:
        office = hall().staff(1, 2).staff(3, open_=False)
        office.do(c.PauseCounter, counter=q(2), reason="x")
        midnight(office)
        assert {counter.state for counter in office.office.counters.values()} == {CounterState.UNSTAFFED}
        assert len(office.office.officers) == 0 and office.counter(2).pause_reason == ""

    def test_nothing_is_undone_across_midnight(self) -> None:
        office = hall().staff(1)
        office.now = at(23, 59, 58)
        office.issue("a", by=SUPERVISOR)
        office.next_at(1)
        midnight(office)
        assert office.refused(c.Undo, counter=q(1)) is Code.NOTHING_TO_UNDO

    def test_closures_grants_and_calls_for_help_end_with_the_day(self) -> None:
        office = hall()
        office.do(c.CloseService, service=ServiceId("a"), reason=Words("x"))
        office.do(c.GrantNumbers, kiosk=KioskId("k1"))
        office.do(c.AskForHelp, kiosk=KioskId("k1"))
        midnight(office)
        state = office.office
        assert len(state.closures) == len(state.grants) == len(state.help_asked) == 0

    def test_a_print_job_of_yesterday_still_gets_its_outcome(self) -> None:
        office = hall()
        ticket = office.issue()
        office.do(c.RequestPrint, ticket=ticket, job=JobId("j"), printer="p1")
        midnight(office)
        office.do(c.RecordSlip, ticket=ticket, job=JobId("j"), outcome="failed", reason="paper")
        assert len(office.office.jobs) == 0


class TestCarryOver:
    def test_those_who_wait_keep_number_place_and_wait(self) -> None:
        office = hall(**KEEP)
        first, second = office.issue("a"), office.later(minutes=5).issue("a")
        office.park(second, ParkedBy.OFFICE)
        midnight(office)
        assert office.ticket(first).state is TicketState.WAITING and office.ticket(first).leg.since == at(9)
        assert office.ticket(second).state is TicketState.PARKED
        assert [t.id for t in waiting_tickets(office.office)] == [first]

    def test_one_who_waits_for_a_result_is_kept_too(self) -> None:
        office = hall(**KEEP).staff(1)
        ticket = office.serving()
        office.do(c.AwaitResult, counter=q(1))
        midnight(office)
        office.do(c.ResultReady, ticket=ticket)
        assert office.ticket(ticket).state is TicketState.WAITING

    def test_no_new_number_meets_one_that_was_carried_over(self) -> None:
        office = hall(**KEEP)
        kept = [office.issue("a") for _ in range(3)]
        office.do(c.CancelTicket, ticket=kept[1])
        office.now = at(8, day=FRIDAY + timedelta(days=3))
        numbers = [office.ticket(office.issue("a")).number for _ in range(2)]
        assert numbers == ["A002", "A004"]
        assert {office.ticket(kept[0]).number, office.ticket(kept[2]).number} == {"A001", "A003"}

    def test_a_second_number_on_paper_is_kept_with_the_ticket(self) -> None:
        office = hall(**KEEP)
        ticket = office.issue("a")
        given = e.AliasGiven(ticket=ticket, alias="A905")
        seq = office.office.seq + 1
        office.office = evolve(office.office, given, at=office.now, seq=seq, command_id=CommandId("x"))
        midnight(office)
        assert office.office.numbers["A905"] == ticket

    def test_the_called_are_not_carried_over(self) -> None:
        office = hall(**KEEP).staff(1)
        ticket = office.called()
        events = midnight(office)
        assert any(isinstance(ev, e.TicketNoShow) and ev.ticket == ticket for ev in events)
        assert ticket not in office.office.tickets


class TestCloseOfDay:
    def test_only_a_supervisor_closes_and_only_once(self) -> None:
        office = hall()
        assert office.refused(c.CloseDay, by=officer("o1")) is Code.FORBIDDEN
        office.do(c.CloseDay, by=SUPERVISOR)
        assert office.refused(c.CloseDay, by=SUPERVISOR) is Code.ALREADY_DONE

    def test_those_who_wait_go_home_and_those_being_served_are_finished(self) -> None:
        office = hall().staff(1, 2)
        waiting, serving = office.issue("c"), office.serving(2, "b")
        office.do(c.CloseDay, by=SUPERVISOR)
        assert office.ticket(waiting).state is TicketState.ABANDONED
        office.do(c.EndService, counter=q(2))
        assert office.ticket(serving).state is TicketState.SERVED

    def test_no_number_is_given_after_the_close(self) -> None:
        office = hall()
        office.do(c.CloseDay)
        given = {"ticket": TicketId("t"), "services": (ServiceId("a"),)}
        assert office.refused(c.IssueTicket, **given) is Code.OUT_OF_HOURS

    def test_a_closed_day_is_not_closed_again_at_midnight(self) -> None:
        office = hall()
        office.do(c.CloseDay)
        assert [type(ev) for ev in midnight(office)] == [e.DayOpened]
        assert not office.office.day_closed

    def test_those_kept_overnight_by_rule_may_still_be_called_today(self) -> None:
        office = hall(**KEEP).staff(1)
        ticket = office.issue()
        office.do(c.CloseDay)
        assert office.next_at(1) == ticket

    def test_a_leg_that_begins_after_the_close_is_abandoned_at_midnight(self) -> None:
        office = hall().staff(1)
        ticket = office.serving(1, "a", "b")
        office.do(c.CloseDay)
        office.do(c.EndService, counter=q(1))
        assert office.ticket(ticket).state is TicketState.WAITING
        assert any(isinstance(ev, e.TicketAbandoned) and ev.ticket == ticket for ev in midnight(office))


def test_a_transfer_of_yesterday_to_nobodys_counter_waits_for_its_service() -> None:
    office = hall(**KEEP).staff(2)
    ticket = office.issue("b")
    office.do(c.TransferTicket, ticket=ticket, to=target("b", counter_=2))
    office.now = at(8, day=FRIDAY + timedelta(days=3))
    office.staff(1)
    assert office.next_at(1) == ticket
