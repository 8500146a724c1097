"""Counters: signing on, what they take, whom they call, and a service nobody takes."""

from datetime import timedelta

from domain_hall import SUPERVISOR, Hall, config, counter, hall, officer, q, rules, service, target

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.counter_table import CounterState
from queue_server.domain.decide_counter import possible_acts
from queue_server.domain.eligibility import stranded
from queue_server.domain.ids import OfficerId, PriorityGroupId, ServiceId, TicketId
from queue_server.domain.office_calling import Calling, PolicyName, StrandedRule
from queue_server.domain.refusals import Code
from queue_server.domain.ticket_table import TicketAct, TicketState


class TestSigningOn:
    def test_one_officer_a_counter(self) -> None:
        office = hall().staff(1)
        assert office.refused(c.SignOn, counter=q(1), officer=OfficerId("o2")) is Code.COUNTER_TAKEN

    def test_one_counter_an_officer(self) -> None:
        office = hall().staff(1)
        assert office.refused(c.SignOn, counter=q(2), officer=OfficerId("o1")) is Code.OFFICER_ELSEWHERE
        assert office.refused(c.SignOn, counter=q(1), officer=OfficerId("o1")) is Code.ALREADY_DONE

    def test_officers_sign_on_for_themselves_and_supervisors_for_anyone(self) -> None:
        office = hall()
        given = {"counter": q(1), "officer": OfficerId("o1")}
        assert office.refused(c.SignOn, **given, by=officer("o2")) is Code.FORBIDDEN
        office.do(c.SignOn, **given, by=SUPERVISOR)
        assert office.office.officers[OfficerId("o1")] == "q1"

    def test_a_counter_of_no_office_file_is_unknown(self) -> None:
        office = hall()
        assert office.refused(c.SignOn, counter=q(9), officer=OfficerId("o")) is Code.COUNTER_UNKNOWN
        assert office.refused(c.Undo, counter=q(9)) is Code.COUNTER_UNKNOWN
        unknown = {"counter": q(9), "services": (ServiceId("a"),)}
        assert office.refused(c.ChangeCounterServices, **unknown) is Code.COUNTER_UNKNOWN

    def test_signing_off_an_open_counter_closes_it_first(self) -> None:
        office = hall().staff(1)
        kinds = [type(event) for event in office.do(c.SignOff, counter=q(1))]
        assert kinds == [e.CounterClosed, e.CounterSignedOff]
        assert office.counter(1).officer is None and not office.office.officers

    def test_nobody_signs_off_with_a_citizen_at_the_counter(self) -> None:
        office = hall().staff(1)
        office.called()
        assert office.refused(c.SignOff, counter=q(1)) is Code.COUNTER_STATE

    def test_an_officer_acts_at_the_own_counter_only(self) -> None:
        office = hall().staff(1, 2)
        office.issue("b")
        assert office.refused(c.CallNext, counter=q(1), by=officer("o2")) is Code.NOT_YOUR_COUNTER
        assert office.refused(c.Undo, counter=q(1), by=officer("o2")) is Code.NOT_YOUR_COUNTER
        office.do(c.CallNext, counter=q(1), by=officer("o1"))

    def test_a_pause_has_a_reason_and_an_end(self) -> None:
        office = hall().staff(1)
        assert office.refused(c.PauseCounter, counter=q(1), reason=" ") is Code.REASON_NEEDED
        until = office.now + timedelta(minutes=10)
        office.do(c.PauseCounter, counter=q(1), reason="họp", until=until)
        assert (office.counter(1).pause_reason, office.counter(1).paused_until) == ("họp", until)
        office.do(c.OpenCounter, counter=q(1))
        assert (office.counter(1).pause_reason, office.counter(1).paused_until) == ("", None)


class TestServices:
    def test_what_a_counter_takes_changes_while_running(self) -> None:
        office = hall().staff(3)
        ticket = office.issue("a")
        office.do(c.ChangeCounterServices, counter=q(3), services=(ServiceId("c"), ServiceId("a")))
        assert office.counter(3).services == ("a", "c")
        assert office.next_at(3) == ticket

    def test_nonsense_is_refused(self) -> None:
        office = hall().staff(3)
        given = {"counter": q(3)}
        assert office.refused(c.ChangeCounterServices, **given, services=()) is Code.BAD_REQUEST
        unknown = (ServiceId("x"),)
        assert office.refused(c.ChangeCounterServices, **given, services=unknown) is Code.SERVICE_UNKNOWN
        same = (ServiceId("c"),)
        assert office.refused(c.ChangeCounterServices, **given, services=same) is Code.ALREADY_DONE
        other = {**given, "services": (ServiceId("a"),), "by": officer("o1")}
        assert office.refused(c.ChangeCounterServices, **other) is Code.NOT_YOUR_COUNTER


class TestCalling:
    def test_two_counters_in_the_same_instant_get_two_citizens(self) -> None:
        office = hall().staff(1, 2)
        tickets = {office.issue("b"), office.issue("b")}
        assert {office.next_at(1), office.next_at(2)} == tickets

    def test_and_one_citizen_goes_to_one_of_them(self) -> None:
        office = hall().staff(1, 2)
        office.issue("b")
        office.next_at(2)
        assert office.refused(c.CallNext, counter=q(1)) is Code.NOBODY_WAITING

    def test_a_late_click_on_another_citizen_is_refused(self) -> None:
        office = hall().staff(1)
        first = office.serving()
        second = office.issue()
        office.do(c.CallNext, counter=q(1), end_current=True, expected=first)
        late = {"counter": q(1), "expected": first}
        for act in (c.NoShow, c.Recall, c.StartService):
            assert office.refused(act, **late) is Code.NOT_YOUR_TICKET
        assert office.counter(1).ticket == second
        assert office.refused(c.CallNext, **late, end_current=True) is Code.NOT_YOUR_TICKET

    def test_ending_and_calling_the_next_is_one_act(self) -> None:
        office = hall().staff(1)
        first, second = office.serving(), office.issue()
        kinds = [type(ev) for ev in office.do(c.CallNext, counter=q(1), end_current=True)]
        assert kinds == [e.TicketEnded, e.TicketCalled]
        assert office.ticket(first).state is TicketState.SERVED
        assert office.counter(1).ticket == second

    def test_ending_with_nobody_else_just_ends(self) -> None:
        office = hall().staff(1)
        office.serving()
        assert [type(ev) for ev in office.do(c.CallNext, counter=q(1), end_current=True)] == [e.TicketEnded]
        assert office.counter(1).state is CounterState.IDLE

    def test_ending_first_is_no_excuse_while_only_called(self) -> None:
        office = hall().staff(1)
        office.called()
        assert office.refused(c.CallNext, counter=q(1), end_current=True) is Code.COUNTER_STATE

    def test_a_paused_or_closed_counter_calls_nobody(self) -> None:
        office = hall().staff(1)
        office.issue()
        office.do(c.PauseCounter, counter=q(1), reason="x")
        assert office.refused(c.CallNext, counter=q(1)) is Code.COUNTER_STATE

    def test_one_called_out_of_turn_is_recorded_as_such(self) -> None:
        office = hall().staff(1)
        first, second = office.issue(), office.issue()
        (event,) = office.do(c.CallTicket, counter=q(1), ticket=second)
        assert isinstance(event, e.TicketCalled) and event.out_of_turn
        office.do(c.NoShow, counter=q(1))
        (event,) = office.do(c.CallTicket, counter=q(1), ticket=first)
        assert isinstance(event, e.TicketCalled) and not event.out_of_turn

    def test_a_counter_that_does_not_take_the_service_cannot_serve(self) -> None:
        office = hall().staff()
        ticket = office.issue("c")
        assert office.refused(c.CallTicket, counter=q(1), ticket=ticket) is Code.COUNTER_CANNOT_SERVE
        assert office.refused(c.CallTicket, counter=q(3), ticket=TicketId("x")) is Code.TICKET_UNKNOWN

    def test_interleaved_serves_one_priority_after_so_many_others(self) -> None:
        calling = Calling(policy=PolicyName.INTERLEAVED, one_priority_per=2)
        office = hall(calling=calling).staff(1)
        ordinary = [office.issue() for _ in range(5)]
        elderly = [office.issue("a", priority_group=PriorityGroupId("elderly")) for _ in range(2)]
        order = []
        for _ in range(7):
            order.append(office.next_at(1))
            office.do(c.NoShow, counter=q(1))
        assert order == [*ordinary[:2], elderly[0], *ordinary[2:4], elderly[1], ordinary[4]]

    def test_recent_calls_are_newest_first_and_a_recall_is_news(self) -> None:
        office = hall().staff(1, 2)
        first, second = office.called(1), office.called(2, "b")
        assert [call[0] for call in office.office.recent_calls] == [second, first]
        office.do(c.Recall, counter=q(1))
        assert [call[0] for call in office.office.recent_calls] == [first, second]

    def test_what_the_officer_can_do_follows_the_ticket(self) -> None:
        office = hall().staff(1)
        assert possible_acts(office.office, office.counter(1)) == frozenset()
        office.called()
        assert TicketAct.NO_SHOW in possible_acts(office.office, office.counter(1))
        assert TicketAct.END not in possible_acts(office.office, office.counter(1))


class TestStranded:
    """Service a is taken by q1 only, in the group of b; nobody has signed on at q1."""

    def stranded(self, rule: StrandedRule) -> tuple[Hall, TicketId]:
        office = hall(rules=rules(stranded=rule)).staff(2, 3)
        return office, office.issue("a")

    def test_it_is_known_at_once(self) -> None:
        office, ticket = self.stranded(StrandedRule.NOBODY)
        assert [key.target.service for key in stranded(office.office)] == ["a"]
        office.staff(1)
        assert stranded(office.office) == ()
        assert office.next_at(1) == ticket

    def test_nobody_steps_in_when_the_file_says_so(self) -> None:
        office, _ = self.stranded(StrandedRule.NOBODY)
        assert office.refused(c.CallNext, counter=q(2)) is Code.NOBODY_WAITING
        assert office.refused(c.CallNext, counter=q(3)) is Code.NOBODY_WAITING

    def test_a_counter_of_the_group_steps_in(self) -> None:
        office, ticket = self.stranded(StrandedRule.GROUP)
        assert office.refused(c.CallNext, counter=q(3)) is Code.NOBODY_WAITING
        assert office.refused(c.CallTicket, counter=q(3), ticket=ticket) is Code.COUNTER_CANNOT_SERVE
        (event,) = office.do(c.CallNext, counter=q(2))
        assert isinstance(event, e.TicketCalled) and event.by_fallback

    def test_any_counter_steps_in(self) -> None:
        office, ticket = self.stranded(StrandedRule.ANY)
        (event,) = office.do(c.CallTicket, counter=q(3), ticket=ticket)
        assert isinstance(event, e.TicketCalled) and event.by_fallback

    def test_the_fallback_ends_when_somebody_takes_the_service(self) -> None:
        office, _ = self.stranded(StrandedRule.ANY)
        office.staff(1)
        assert office.refused(c.CallNext, counter=q(3)) is Code.NOBODY_WAITING

    def test_a_ticket_bound_to_a_counter_that_went_home_is_for_its_service(self) -> None:
        office = hall().staff(1, 2)
        ticket = office.issue("b")
        office.transfer(ticket, "b", counter=2)
        assert stranded(office.office) == ()
        office.do(c.SignOff, counter=q(2))
        assert len(stranded(office.office)) == 1
        (event,) = office.do(c.CallNext, counter=q(1))
        assert isinstance(event, e.TicketCalled) and event.by_fallback

    def test_a_ticket_bound_to_an_officer_who_went_home_too(self) -> None:
        office = hall().staff(1, 2)
        ticket = office.issue("b")
        office.do(c.TransferTicket, ticket=ticket, to=target("b", officer_="o2"))
        office.do(c.SignOff, counter=q(2))
        assert len(stranded(office.office)) == 1
        assert office.next_at(1) == ticket


def test_a_counter_bound_by_the_file_takes_its_services_from_it() -> None:
    office = hall(services=(service("a"),), counters=(counter(1, "a"),))
    assert office.counter(1).services == ("a",)
    office.do(c.ConfigureOffice, config=config())
    assert office.counter(1).services == ("a", "b") and len(office.office.counters) == 3
