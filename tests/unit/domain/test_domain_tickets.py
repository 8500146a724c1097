"""The rules of tickets: issuing, legs, parking, transfers, coming back, results, priority, slips."""

from dataclasses import replace
from datetime import timedelta

import pytest
from domain_hall import SUPERVISOR, Hall, at, citizen, config, hall, officer, q, rules, target

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.ids import JobId, KioskId, OfficerId, PriorityGroupId, ServiceId, TicketId
from queue_server.domain.office_config import ComeBackPlace, ServiceClass
from queue_server.domain.queue_view import waiting_tickets
from queue_server.domain.refusals import Code
from queue_server.domain.ticket import Channel, ParkedBy, Told
from queue_server.domain.ticket_table import TicketState
from queue_server.domain.visit_wait import leg_wait, visit_wait

ELDERLY = PriorityGroupId("elderly")


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def waited(office: Hall, ticket: TicketId) -> timedelta:
    return visit_wait(office.ticket(ticket), office.now)


class TestIssue:
    def test_a_ticket_waits_for_its_first_service_and_plans_the_rest(self) -> None:
        office = hall()
        ticket = office.ticket(office.issue("a", "b", "c"))
        assert (ticket.number, ticket.state, ticket.service) == ("A001", TicketState.WAITING, "a")
        assert ticket.planned == ("b", "c") and len(ticket.legs) == 1

    def test_numbers_of_a_series_follow_each_other(self) -> None:
        office = hall()
        numbers = [office.ticket(office.issue(s)).number for s in ("a", "a", "b", "a")]
        assert numbers == ["A001", "A002", "B001", "A003"]

    def test_a_household_is_one_ticket_with_its_counts(self) -> None:
        ticket = (office := hall()).issue("a", people=5, dossiers=3, language="en", channel=Channel.GREETER)
        made = office.ticket(ticket)
        assert (made.people, made.dossiers, made.language, made.channel) == (5, 3, "en", Channel.GREETER)

    def test_what_the_citizen_was_told_is_on_the_ticket(self) -> None:
        told = Told(5, 9, 14, 12, "test")
        office = hall()
        assert office.ticket(office.issue("a", told=told)).told == told

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({"services": ()}, Code.BAD_REQUEST),
            ({"people": 0}, Code.BAD_REQUEST),
            ({"dossiers": 0}, Code.BAD_REQUEST),
            ({"services": (ServiceId("x"),)}, Code.SERVICE_UNKNOWN),
            ({"services": (ServiceId("a"), ServiceId("x"))}, Code.SERVICE_UNKNOWN),
            ({"kiosk": KioskId("k9")}, Code.KIOSK_UNKNOWN),
            ({"priority_group": PriorityGroupId("vip")}, Code.PRIORITY_UNKNOWN),
        ],
    )
    def test_what_cannot_be_issued_is_refused(self, given: dict[str, object], code: Code) -> None:
        base: dict[str, object] = {"ticket": TicketId("t"), "services": (ServiceId("a"),)}
        assert hall().refused(c.IssueTicket, **(base | given)) is code

    def test_a_kiosk_gives_tickets_only_for_the_services_it_offers(self) -> None:
        first, second = config().kiosks
        office = hall(kiosks=(replace(first, services=(ServiceId("a"),)), second))
        both = (ServiceId("a"), ServiceId("b"))
        refused = office.refused(c.IssueTicket, ticket=TicketId("t"), services=both, kiosk=first.id)
        assert refused is Code.SERVICE_UNKNOWN
        assert office.ticket(office.issue("a", kiosk=first.id)).number == "A001"
        assert office.ticket(office.issue("b", kiosk=second.id)).number == "B001"

    def test_an_id_is_used_once(self) -> None:
        office = hall()
        ticket = office.issue()
        assert office.refused(c.IssueTicket, ticket=ticket, services=(ServiceId("a"),)) is Code.ALREADY_DONE

    def test_a_priority_group_counts_before_an_appointment(self) -> None:
        office = hall()
        both = office.issue("a", priority_group=ELDERLY, appointment_at=at(10))
        booked = office.issue("a", appointment_at=at(10))
        assert office.ticket(both).service_class is ServiceClass.PRIORITY
        assert office.ticket(booked).service_class is ServiceClass.APPOINTMENT

    def test_an_appointment_waits_from_its_slot(self) -> None:
        office = hall().staff(1)
        ticket = office.issue("a", appointment_at=at(9, 30))
        assert office.ticket(ticket).leg.since == at(9, 30)
        office.later(minutes=20)
        assert waited(office, ticket) == minutes(0)
        office.later(minutes=25)
        assert waited(office, ticket) == minutes(15)

    def test_a_late_arrival_waits_from_arrival(self) -> None:
        office = hall()
        ticket = office.issue("a", appointment_at=at(8))
        office.later(minutes=5)
        assert office.ticket(ticket).leg.since == at(9) and waited(office, ticket) == minutes(5)

    def test_a_ticket_without_paper_wants_no_slip(self) -> None:
        office = hall()
        assert office.ticket(office.issue("a", wants_slip=False)).slip == "none"
        assert office.ticket(office.issue("a")).slip == "pending"


class TestLegs:
    def test_a_planned_leg_enters_its_queue_when_the_one_before_ends(self) -> None:
        office = hall().staff(1)
        ticket = office.serving(1, "a", "b")
        office.later(minutes=10).do(c.EndService, counter=q(1))
        after = office.ticket(ticket)
        assert after.state is TicketState.WAITING and after.planned == ()
        assert [leg.target.service for leg in after.legs] == ["a", "b"]
        assert after.legs[0].ended_at == after.legs[1].queued_at == office.now

    def test_waits_of_legs_never_overlap_and_add_up(self) -> None:
        office = hall().staff(1, 2)
        ticket = office.issue("a", "b")
        office.later(minutes=5).next_at(1)
        office.later(minutes=1).do(c.StartService, counter=q(1))
        office.later(minutes=10).do(c.EndService, counter=q(1))
        office.later(minutes=7).next_at(2)
        legs = office.ticket(ticket).legs
        assert [leg_wait(leg, None) for leg in legs] == [minutes(5), minutes(7)]
        assert waited(office.later(minutes=30), ticket) == minutes(12)

    def test_a_service_is_added_while_being_served(self) -> None:
        office = hall().staff(1)
        ticket = office.serving()
        office.do(c.AddService, ticket=ticket, service=ServiceId("c"))
        assert office.refused(c.AddService, ticket=ticket, service=ServiceId("c")) is Code.ALREADY_DONE
        assert office.refused(c.AddService, ticket=ticket, service=ServiceId("x")) is Code.SERVICE_UNKNOWN
        office.do(c.EndService, counter=q(1))
        assert office.ticket(ticket).service == "c"

    def test_a_recall_never_restarts_the_wait(self) -> None:
        office = hall().staff(1)
        ticket = office.issue()
        office.later(minutes=4).next_at(1)
        office.later(minutes=3).do(c.Recall, counter=q(1))
        leg = office.ticket(ticket).leg
        assert leg.first_called_at == at(9, 4) and leg.called_at == at(9, 7) and leg.calls == 2
        assert waited(office, ticket) == minutes(4)


class TestPark:
    def test_a_park_by_the_citizen_pauses_the_wait(self) -> None:
        office = hall().staff(1)
        ticket = office.issue()
        office.later(minutes=5).park(ticket, ParkedBy.CITIZEN)
        assert waited(office.later(minutes=20), ticket) == minutes(5)
        office.do(c.UnparkTicket, ticket=ticket)
        assert waited(office, ticket) == minutes(5)
        assert office.ticket(ticket).leg.since == at(9, 20)
        office.later(minutes=2).next_at(1)
        assert waited(office, ticket) == minutes(7)

    def test_a_park_before_the_slot_pauses_a_wait_only_from_the_slot_on(self) -> None:
        office = hall().staff(1)
        early, over = (office.issue("a", appointment_at=at(9, 30)) for _ in range(2))
        office.later(minutes=5)
        office.park(early, ParkedBy.CITIZEN)
        office.park(over, ParkedBy.CITIZEN)
        office.later(minutes=15).do(c.UnparkTicket, ticket=early)
        office.later(minutes=20).do(c.UnparkTicket, ticket=over)
        office.later(minutes=5)
        assert office.ticket(early).leg.since == at(9, 30)
        assert waited(office, early) == minutes(15)
        assert office.ticket(over).leg.since == at(9, 40)
        assert waited(office, over) == minutes(5)

    def test_a_park_before_the_slot_pauses_nothing_when_the_ticket_is_transferred(self) -> None:
        office = hall().staff(1)
        ticket = office.issue("a", appointment_at=at(9, 30))
        office.park(ticket, ParkedBy.CITIZEN)
        office.later(minutes=10).do(c.TransferTicket, ticket=ticket, to=target("b"))
        office.later(minutes=30)
        assert office.ticket(ticket).leg.since == at(9, 30)
        assert waited(office, ticket) == minutes(10)

    def test_a_park_by_the_office_does_not(self) -> None:
        office = hall().staff(1)
        ticket = office.issue()
        office.later(minutes=5).park(ticket)
        office.later(minutes=20).do(c.UnparkTicket, ticket=ticket)
        assert waited(office, ticket) == minutes(25) and office.ticket(ticket).leg.since == at(9)

    def test_a_parked_ticket_is_not_called(self) -> None:
        office = hall().staff(1)
        office.park(office.issue())
        assert office.refused(c.CallNext, counter=q(1)) is Code.NOBODY_WAITING

    def test_a_park_after_service_began_ends_the_leg_and_returns_in_a_new_one(self) -> None:
        office = hall().staff(1)
        ticket = office.issue()
        office.later(minutes=6).next_at(1)
        office.do(c.StartService, counter=q(1))
        office.later(minutes=4).park(ticket)
        assert office.ticket(ticket).leg.ended_at == office.now
        parked_at = office.now
        office.later(minutes=30).do(c.UnparkTicket, ticket=ticket)
        assert len(office.ticket(ticket).legs) == 2
        assert office.ticket(ticket).leg.queued_at == parked_at
        assert waited(office, ticket) == minutes(36)

    def test_a_park_at_the_citizens_wish_after_service_began_does_not_count(self) -> None:
        office = hall().staff(1)
        ticket = office.issue()
        office.later(minutes=6).next_at(1)
        office.do(c.StartService, counter=q(1))
        office.later(minutes=4).park(ticket, ParkedBy.CITIZEN)
        office.later(minutes=30).do(c.UnparkTicket, ticket=ticket)
        assert waited(office, ticket) == minutes(6)
        assert office.ticket(ticket).leg.queued_at == office.now

    def test_an_office_gives_its_reason_and_a_citizen_does_not_park_for_it(self) -> None:
        office = hall()
        ticket = office.issue()
        given = {"ticket": ticket, "parked_by": ParkedBy.OFFICE}
        assert office.refused(c.ParkTicket, **given, reason=" ") is Code.REASON_NEEDED
        assert office.refused(c.ParkTicket, **given, reason="x", by=citizen(ticket)) is Code.FORBIDDEN

    def test_a_citizen_who_is_called_may_ask_to_wait_or_cancel(self) -> None:
        office = hall().staff(1)
        ticket = office.called()
        office.do(c.ParkTicket, ticket=ticket, parked_by=ParkedBy.CITIZEN, by=citizen(ticket))
        assert office.counter(1).ticket is None
        other = office.called()
        office.do(c.CancelTicket, ticket=other, by=citizen(other))
        assert office.ticket(other).state is TicketState.CANCELLED

    def test_a_citizen_does_not_touch_anothers_ticket_at_a_counter(self) -> None:
        office = hall().staff(1)
        ticket = office.called()
        assert office.refused(c.CancelTicket, ticket=ticket, by=citizen("someone")) is Code.NOT_YOUR_TICKET


class TestTransfer:
    def test_a_transfer_keeps_the_accrued_wait_in_its_place(self) -> None:
        office = hall().staff(1, 2)
        old = office.issue("a")
        office.later(minutes=15).next_at(1)
        newcomer = office.later(minutes=5).issue("b")
        office.later(minutes=1).transfer(old, "b")
        assert office.ticket(old).leg.since == office.now - minutes(15)
        assert [t.id for t in waiting_tickets(office.office)] == [old, newcomer]
        assert office.next_at(2) == old

    def test_a_transfer_after_a_call_begins_a_new_leg_of_the_same_visit(self) -> None:
        office = hall().staff(1)
        ticket = office.issue("a")
        office.later(minutes=15).next_at(1)
        office.later(minutes=2).transfer(ticket, "b")
        first, second = office.ticket(ticket).legs
        assert first.ended_at == second.queued_at == office.now
        assert waited(office.later(minutes=3), ticket) == minutes(18)

    def test_a_transfer_of_one_who_still_waits_goes_on_with_its_leg(self) -> None:
        office = hall()
        ticket = office.issue("a")
        office.later(minutes=8).transfer(ticket, "c")
        assert len(office.ticket(ticket).legs) == 1 and office.ticket(ticket).service == "c"
        assert waited(office, ticket) == minutes(8)

    def test_a_transfer_to_a_counter_is_called_by_that_counter_only(self) -> None:
        office = hall().staff(1, 2)
        ticket = office.issue("b")
        office.transfer(ticket, "b", counter=2)
        assert office.refused(c.CallNext, counter=q(1)) is Code.NOBODY_WAITING
        assert office.next_at(2) == ticket

    def test_a_transfer_to_an_officer_follows_the_officer(self) -> None:
        office = hall().staff(1, 2)
        ticket = office.issue("b")
        office.do(c.TransferTicket, ticket=ticket, to=target("b", officer_="o2"))
        assert office.refused(c.CallNext, counter=q(1)) is Code.NOBODY_WAITING
        office.do(c.SignOff, counter=q(2))
        office.do(c.SignOff, counter=q(1))
        office.do(c.SignOn, counter=q(1), officer=OfficerId("o2"))
        office.do(c.OpenCounter, counter=q(1))
        assert office.next_at(1) == ticket

    @pytest.mark.parametrize(
        ("to", "code"),
        [
            (target("x"), Code.SERVICE_UNKNOWN),
            (target("a", counter_=9), Code.COUNTER_UNKNOWN),
            (target("a", officer_="nobody"), Code.OFFICER_ELSEWHERE),
            (target("a", counter_=1, officer_="o1"), Code.BAD_REQUEST),
        ],
    )
    def test_a_transfer_to_nowhere_is_refused(self, to: object, code: Code) -> None:
        office = hall().staff(1)
        assert office.refused(c.TransferTicket, ticket=office.issue(), to=to) is code

    def test_an_officer_transfers_no_ticket_of_another_counter(self) -> None:
        office = hall().staff(1, 2)
        ticket = office.called(1)
        given = {"ticket": ticket, "to": target("b")}
        assert office.refused(c.TransferTicket, **given, by=officer("o2")) is Code.NOT_YOUR_TICKET
        office.do(c.TransferTicket, **given, by=officer("o1"))

    def test_a_citizens_park_stays_out_of_the_wait_when_the_ticket_is_transferred(self) -> None:
        office = hall()
        ticket = office.issue("a")
        office.later(minutes=5).park(ticket, ParkedBy.CITIZEN)
        office.later(minutes=20).transfer(ticket, "b")
        assert waited(office, ticket) == minutes(5)
        assert office.ticket(ticket).leg.since == at(9, 20)

    def test_a_park_by_the_office_counts_when_the_ticket_is_transferred(self) -> None:
        office = hall().staff(1)
        ticket = office.serving()
        office.later(minutes=5).park(ticket)
        ended = office.now
        office.later(minutes=20).transfer(ticket, "b")
        assert waited(office, ticket) == minutes(20)
        assert office.ticket(ticket).legs[0].ended_at == ended


class TestComeBack:
    def missed(self, **given: object) -> tuple[Hall, TicketId]:
        office = hall(rules=rules(**given)).staff(1)
        ticket = office.called()
        office.later(minutes=2).do(c.NoShow, counter=q(1))
        return office, ticket

    def test_the_place_is_kept_when_the_file_says_so(self) -> None:
        office, ticket = self.missed(come_back=ComeBackPlace.KEEP)
        office.later(minutes=10)
        newcomer = office.issue()
        office.do(c.ComeBack, ticket=ticket)
        assert [t.id for t in waiting_tickets(office.office)] == [ticket, newcomer]

    def test_or_it_is_the_end_of_the_line(self) -> None:
        office, ticket = self.missed(come_back=ComeBackPlace.END)
        newcomer = office.later(minutes=10).issue()
        office.later(minutes=1).do(c.ComeBack, ticket=ticket)
        assert [t.id for t in waiting_tickets(office.office)] == [newcomer, ticket]

    def test_the_wait_until_the_first_call_stands(self) -> None:
        office, ticket = self.missed()
        office.later(minutes=10).do(c.ComeBack, ticket=ticket)
        office.later(minutes=10).next_at(1)
        assert waited(office, ticket) == minutes(0) and office.ticket(ticket).leg.calls == 2

    def test_after_the_time_of_the_file_it_is_too_late(self) -> None:
        office, ticket = self.missed(come_back_within=minutes(15))
        office.later(minutes=15)
        on_time = office.now
        office.later(seconds=1)
        assert office.refused(c.ComeBack, ticket=ticket) is Code.TOO_LATE
        office.now = on_time
        office.do(c.ComeBack, ticket=ticket)

    def test_missing_more_often_than_the_file_allows_needs_a_new_number(self) -> None:
        office, ticket = self.missed(come_back_times=1)
        office.do(c.ComeBack, ticket=ticket)
        office.next_at(1)
        office.do(c.NoShow, counter=q(1))
        assert office.refused(c.ComeBack, ticket=ticket) is Code.TOO_OFTEN

    def test_nobody_comes_back_to_a_service_the_office_has_given_up(self) -> None:
        office, ticket = self.missed()
        office.do(c.SignOff, counter=q(1))
        from domain_hall import counter, service

        smaller = config(
            services=(service("b"), service("c", "h")), counters=(counter(1, "b"), counter(3, "c"))
        )
        office.do(c.ConfigureOffice, config=smaller)
        assert office.refused(c.ComeBack, ticket=ticket) is Code.SERVICE_UNKNOWN


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


class TestEndOfLegs:
    def test_the_end_of_service_is_not_moved_by_what_comes_after(self) -> None:
        office = hall().staff(1)
        ticket = office.serving()
        office.later(minutes=5).do(c.AwaitResult, counter=q(1))
        ended = office.now
        office.later(hours=3).do(c.CloseDay, by=SUPERVISOR)
        assert office.ticket(ticket).state is TicketState.ABANDONED
        assert office.ticket(ticket).leg.ended_at == ended


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
