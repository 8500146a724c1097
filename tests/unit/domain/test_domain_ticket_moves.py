"""The rules of tickets that leave their queue for a while or for good: parking, transfers, coming back."""

from datetime import timedelta

import pytest
from domain_hall import Hall, at, citizen, config, hall, officer, q, rules, target

from queue_server.domain import commands as c
from queue_server.domain.ids import OfficerId, TicketId
from queue_server.domain.office_calling import ComeBackPlace
from queue_server.domain.queue_view import waiting_tickets
from queue_server.domain.refusals import Code
from queue_server.domain.ticket import ParkedBy
from queue_server.domain.ticket_table import TicketState
from queue_server.domain.visit_wait import visit_wait


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def waited(office: Hall, ticket: TicketId) -> timedelta:
    return visit_wait(office.ticket(ticket), office.now)


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
