"""The rules of tickets: issuing, and the legs of a visit."""

from dataclasses import replace
from datetime import timedelta

import pytest
from domain_hall import SUPERVISOR, Hall, at, config, hall, q

from queue_server.domain import commands as c
from queue_server.domain.ids import KioskId, PriorityGroupId, ServiceId, TicketId
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.refusals import Code
from queue_server.domain.ticket import Channel, Told
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


class TestEndOfLegs:
    def test_the_end_of_service_is_not_moved_by_what_comes_after(self) -> None:
        office = hall().staff(1)
        ticket = office.serving()
        office.later(minutes=5).do(c.AwaitResult, counter=q(1))
        ended = office.now
        office.later(hours=3).do(c.CloseDay, by=SUPERVISOR)
        assert office.ticket(ticket).state is TicketState.ABANDONED
        assert office.ticket(ticket).leg.ended_at == ended
