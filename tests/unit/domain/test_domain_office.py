"""The rules of the office as a whole: configuration, clock, notices, help, faults, audit, queues seen."""

from dataclasses import replace

import pytest
from domain_hall import SUPERVISOR, Hall, at, config, counter, hall, officer, q, service, target

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain import queue_view as view
from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import CounterId, KioskId, OfficerId, PriorityGroupId, ServiceId, TicketId
from queue_server.domain.office_calling import Calling, PolicyName
from queue_server.domain.refusals import Code
from queue_server.domain.words import Words

WITHOUT_C = {"services": (service("a"), service("b")), "counters": (counter(1, "a", "b"), counter(2, "b"))}


class TestConfiguration:
    def test_nothing_but_starting_is_possible_before_it(self) -> None:
        office = Hall()
        assert office.refused(c.Tick) is Code.NOT_CONFIGURED
        assert office.refused(c.SignOn, counter=q(1), officer=OfficerId("o")) is Code.NOT_CONFIGURED
        office.do(c.StartEngine, boot_id="boot")
        office.do(c.NoteClockStep, seconds=0.5)
        office.do(c.ConfigureOffice, config=config())

    def test_the_same_file_again_changes_nothing(self) -> None:
        office = hall()
        assert office.do(c.ConfigureOffice, config=config()) == []

    def test_a_file_that_strands_a_waiting_ticket_is_refused_and_names_it(self) -> None:
        office = hall()
        office.issue("c")
        decision = office.try_(c.ConfigureOffice, config=config(**WITHOUT_C))
        assert getattr(decision, "code", None) is Code.STRANDS_TICKETS
        assert getattr(decision, "detail", None) == {"stranded": "C001"}

    @pytest.mark.parametrize("state", ["planned", "parked", "serving", "awaiting"])
    def test_so_is_one_that_strands_a_ticket_in_any_other_open_state(self, state: str) -> None:
        office = hall().staff(3)
        match state:
            case "planned":
                office.issue("a", "c")
            case "parked":
                office.park(office.issue("c"))
            case "serving":
                office.serving(3, "c")
            case "awaiting":
                office.serving(3, "c")
                office.do(c.AwaitResult, counter=q(3))
        assert office.refused(c.ConfigureOffice, config=config(**WITHOUT_C)) is Code.STRANDS_TICKETS

    def test_a_counter_with_an_officer_is_not_taken_away(self) -> None:
        office = hall().staff(2)
        smaller = config(counters=(counter(1, "a", "b"), counter(3, "c")))
        assert office.refused(c.ConfigureOffice, config=smaller) is Code.STRANDS_TICKETS
        office.do(c.SignOff, counter=q(2))
        office.do(c.ConfigureOffice, config=smaller)
        assert q(2) not in office.office.counters

    def test_when_the_tickets_are_done_the_file_is_taken(self) -> None:
        office = hall().staff(3)
        office.serving(3, "c")
        office.do(c.EndService, counter=q(3))
        office.do(c.SignOff, counter=q(3))
        office.do(c.ConfigureOffice, config=config(**WITHOUT_C))
        assert office.office.config == config(**WITHOUT_C)

    def test_what_a_counter_was_given_while_running_survives_a_reload_that_does_not_touch_it(self) -> None:
        office = hall().staff(3)
        office.do(c.ChangeCounterServices, counter=q(3), services=(ServiceId("a"),))
        office.do(c.ConfigureOffice, config=config(feedback="x"))
        assert office.counter(3).services == ("a",)
        wider = (counter(1, "a", "b"), counter(2, "b"), counter(3, "b", "c"))
        office.do(c.ConfigureOffice, config=config(counters=wider))
        assert office.counter(3).services == ("b", "c")
        assert office.counter(3).state is CounterState.IDLE

    def test_a_reload_goes_on_with_numbers_and_queues(self) -> None:
        office = hall()
        ticket = office.issue("a")
        office.do(c.ConfigureOffice, config=config(feedback="x"))
        assert office.ticket(office.issue("a")).number == "A002"
        assert view.waiting_tickets(office.office)[0].id == ticket


class TestClock:
    def test_a_clock_in_doubt_gives_no_numbers_until_a_person_confirms_it(self) -> None:
        office = hall().staff(1)
        waiting = office.issue()
        office.do(c.StartEngine, boot_id="second", clock_synchronised=False)
        given = {"ticket": TicketId("t"), "services": (ServiceId("a"),)}
        assert office.refused(c.IssueTicket, **given) is Code.CLOCK_UNCONFIRMED
        assert office.refused(c.IssueTicket, **given, by=SUPERVISOR) is Code.CLOCK_UNCONFIRMED
        assert office.next_at(1) == waiting
        assert office.refused(c.ConfirmClock, by=officer("o1")) is Code.FORBIDDEN
        office.do(c.ConfirmClock, by=SUPERVISOR)
        office.issue()
        assert office.refused(c.ConfirmClock, by=SUPERVISOR) is Code.ALREADY_DONE

    def test_a_boot_with_a_good_clock_is_only_recorded(self) -> None:
        office = hall()
        office.do(c.StartEngine, boot_id="second")
        assert office.office.boot_id == "second" and not office.office.clock_doubt
        office.issue()

    def test_a_step_of_the_clock_is_an_event(self) -> None:
        assert hall().do(c.NoteClockStep, seconds=-3.0) == [e.ClockStepped(seconds=-3.0)]


class TestNotices:
    def test_a_notice_stands_until_it_is_taken_away(self) -> None:
        office = hall()
        office.do(c.PostNotice, words=Words("Sáng làm việc đến 11:30"))
        assert office.refused(c.PostNotice, words=Words("Sáng làm việc đến 11:30")) is Code.ALREADY_DONE
        office.do(c.PostNotice)
        assert office.office.notice == Words("", "")

    def test_help_is_asked_once_and_answered_once(self) -> None:
        office = hall()
        kiosk = {"kiosk": KioskId("k1")}
        assert office.refused(c.AskForHelp, kiosk=KioskId("k9")) is Code.KIOSK_UNKNOWN
        assert office.refused(c.AnswerHelp, **kiosk) is Code.ALREADY_DONE
        office.do(c.AskForHelp, **kiosk)
        assert office.do(c.AskForHelp, **kiosk) == []
        office.do(c.AnswerHelp, **kiosk)
        assert len(office.office.help_asked) == 0

    def test_faults_and_acts_are_recorded_and_change_nothing(self) -> None:
        office = hall()
        before = office.office
        (fault,) = office.do(c.ReportFault, device="k1", fault="x" * 500)
        assert isinstance(fault, e.FaultReported) and len(fault.fault) == 400
        office.do(c.RecordAct, what="account.created", subject="a1")
        assert replace(office.office, seq=before.seq, at=before.at) == before


class TestWhatCanBeSeen:
    def test_who_waits_is_counted_by_service(self) -> None:
        office = hall()
        office.issue("a"), office.issue("a"), office.issue("b")
        assert view.waiting_by_service(office.office) == {"a": 2, "b": 1, "c": 0}
        assert view.newcomer_ahead(office.office, ServiceId("a")) == 2

    def test_counters_for_a_service_are_those_with_somebody_there(self) -> None:
        office = hall()
        assert view.counters_for(office.office, ServiceId("b")) == [1, 2]
        office.staff(2)
        assert view.counters_for(office.office, ServiceId("b")) == [2]

    def test_a_bound_ticket_goes_to_its_counter(self) -> None:
        office = hall().staff(1, 2)
        ticket = office.issue("b")
        assert view.counters_of(office.office, office.ticket(ticket)) == [1, 2]
        office.transfer(ticket, "b", counter=2)
        assert view.counters_of(office.office, office.ticket(ticket)) == [2]
        office.do(c.TransferTicket, ticket=ticket, to=target("b", officer_="o1"))
        assert view.counters_of(office.office, office.ticket(ticket)) == [1]

    def test_people_ahead_are_those_the_policy_calls_before(self) -> None:
        office = hall(calling=Calling(policy=PolicyName.STRICT))
        first, second = office.issue("a"), office.later(minutes=1).issue("a")
        office.issue("b")
        ahead = [view.people_ahead(office.office, office.ticket(t), office.now) for t in (first, second)]
        assert ahead == [0, 1]
        office.later(minutes=1).issue("a", priority_group=PriorityGroupId("elderly"))
        assert view.people_ahead(office.office, office.ticket(second), office.now) == 2

    def test_nobody_is_ahead_of_one_who_does_not_wait(self) -> None:
        office = hall().staff(1)
        office.issue("a")
        ticket = office.called(1)
        assert view.people_ahead(office.office, office.ticket(ticket), office.now) == 0

    def test_in_the_hall_are_the_waiting_and_the_called_not_who_is_parked(self) -> None:
        office = hall().staff(1, 2)
        waiting, called, parked = office.issue("c"), office.called(1), office.issue("c")
        office.park(parked)
        office.serving(2, "b")
        assert set(view.in_hall(office.office)) == {waiting, called}

    def test_an_office_without_a_file_shows_nothing(self) -> None:
        office = Hall().office
        assert view.waiting_by_service(office) == {} and view.counters_for(office, ServiceId("a")) == []
        assert view.next_number(office, ServiceId("a")) == ""


def test_a_replay_gives_the_same_office() -> None:
    office = hall().staff()
    first = office.serving(1, "a", "b")
    office.later(minutes=3).do(c.CallNext, counter=q(1), end_current=True)
    office.transfer(first, "c", counter=3)
    office.later(minutes=2).next_at(3)
    office.do(c.Undo, counter=q(3))
    office.now = at(8, day=at(9).date().replace(day=23))
    office.issue("a")
    assert office.replayed() == office.office
    assert office.office.counters[CounterId("q1")].state is CounterState.UNSTAFFED
