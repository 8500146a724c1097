"""Papers of an outage come into the books once, where they belong; what nobody knows is not made up."""

from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from domain_hall import FRIDAY, SUPERVISOR, Hall, at, citizen, config, hall, officer, q, service

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.ids import KioskId, PriorityGroupId, ServiceId, TicketId
from queue_server.domain.queue_view import waiting_tickets
from queue_server.domain.refusals import Code, Refusal
from queue_server.domain.ticket import Channel
from queue_server.domain.ticket_table import TicketState
from queue_server.domain.words import Words
from queue_server.waits.figures import Outcome
from queue_server.waits.measure import VisitBook
from queue_server.waits.tally import DayTally

K1, K2 = KioskId("k1"), KioskId("k2")
MONDAY = date(2026, 11, 23)


def granted(**changes: object) -> Hall:
    office = hall(**changes)
    office.do(c.GrantNumbers, kiosk=K1)
    office.do(c.GrantNumbers, kiosk=K2)
    return office


def paper(office: Hall, number: str, issued: datetime, kiosk: KioskId = K1, **given: object) -> TicketId:
    fields: dict[str, object] = {
        "kiosk": kiosk,
        "number": number,
        "issued_at": issued,
        "granted_on": FRIDAY,
        "channel": Channel.OFFLINE,
        "ticket": TicketId(f"{kiosk}-{number}"),
        "services": (ServiceId("a"),),
    }
    fields |= given
    office.do(c.IssueTicket, **fields)
    ticket = fields["ticket"]
    assert isinstance(ticket, str)
    return TicketId(ticket)


def booked(office: Hall) -> VisitBook:
    """The visits as they are measured from the journal."""

    class Heard:
        def __init__(self, event: e.Event, when: datetime, command: object) -> None:
            self.event, self.at, self.command_id, self.by = event, when, command, c.SYSTEM

    book = VisitBook()
    for event, when, _, command in office.journal:
        book.hear(Heard(event, when, command))  # type: ignore[arg-type]
    return book


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_papers_of_two_kiosks_stand_in_true_order_of_issue_however_they_come(order: tuple[int, ...]) -> None:
    office = granted()
    papers = [
        ("A901", at(8, 30), K1),
        ("A951", at(8, 31), K2),
        ("A902", at(8, 32), K1),
        ("A952", at(8, 33), K2),
    ]
    for n in order:
        number, issued, kiosk = papers[n]
        paper(office, number, issued, kiosk)
    assert [t.number for t in waiting_tickets(office.office)] == ["A901", "A951", "A902", "A952"]


def test_a_paper_that_was_merged_already_changes_nothing() -> None:
    office = granted()
    first = paper(office, "A901", at(8, 30))
    before = office.office
    again = office.do(
        c.IssueTicket, ticket=first, services=(ServiceId("a"),), number="A901", kiosk=K1, granted_on=FRIDAY
    )
    assert again == [] and office.office is before


def test_a_number_is_not_taken_twice_nor_from_the_other_kiosks_block() -> None:
    office = granted()
    paper(office, "A901", at(8, 30))
    asked = {"services": (ServiceId("a"),), "granted_on": FRIDAY, "issued_at": at(8, 40)}
    assert (
        office.refused(c.IssueTicket, ticket=TicketId("x"), number="A901", kiosk=K1, **asked)
        is Code.BAD_REQUEST
    )
    assert (
        office.refused(c.IssueTicket, ticket=TicketId("x"), number="A951", kiosk=K1, **asked)
        is Code.BAD_REQUEST
    )
    assert (
        office.refused(c.IssueTicket, ticket=TicketId("x"), number="A012", kiosk=K1, **asked)
        is Code.BAD_REQUEST
    )


def test_a_paper_is_neither_bound_by_hours_quota_nor_closures() -> None:
    office = granted(services=(service("a", quota=1), service("b"), service("c", "h")))
    office.issue("a")
    reason = Words("bận")
    office.do(c.CloseService, service=ServiceId("a"), reason=reason)
    office.now = at(12, 10)
    assert office.ticket(paper(office, "A901", at(11, 20))).state is TicketState.WAITING


def test_merging_moves_nobody_who_was_called() -> None:
    office = granted().staff(1)
    later = office.issue("a")
    office.do(c.CallNext, counter=q(1))
    paper(office, "A901", at(8))
    assert office.counter(1).ticket == later and office.ticket(later).state is TicketState.CALLED


def test_the_wait_counts_from_the_papers_time() -> None:
    office = granted().staff(1)
    paper(office, "A901", at(8, 40))
    office.now = at(9, 10)
    office.do(c.CallNext, counter=q(1))
    (visit,) = booked(office).visits(FRIDAY)
    assert visit.wait_s == 30 * 60


@pytest.mark.parametrize(
    ("said", "kept", "moved"),
    [
        (at(10), at(9), True),
        (at(23, day=date(2026, 11, 19)), at(0), True),
        (at(8, 59, 30), at(8, 59, 30), False),
        (at(9) + timedelta(seconds=0.5), at(9), False),
    ],
)
def test_a_paper_is_dated_within_its_own_day_and_not_after_now(
    said: datetime, kept: datetime, moved: bool
) -> None:
    office = granted()
    ticket = office.ticket(paper(office, "A901", said))
    assert ticket.issued_at == kept
    (event,) = [one for one, *_ in office.journal if isinstance(one, e.TicketIssued)]
    assert event.estimated_time is moved


def test_a_priority_group_that_is_gone_does_not_cost_the_citizen_the_place() -> None:
    office = granted()
    ticket = office.ticket(paper(office, "A901", at(8, 30), priority_group=PriorityGroupId("gone")))
    assert (ticket.state, ticket.priority_group) == (TicketState.WAITING, None)


def test_a_journal_of_yesterday_comes_in_and_touches_nothing_of_today() -> None:
    office = granted()
    office.now = at(8, day=MONDAY)
    office.do(c.Tick)
    office.do(c.GrantNumbers, kiosk=K1)
    today = paper(office, "A901", at(7, 50, day=MONDAY), granted_on=MONDAY, ticket=TicketId("today"))
    before = office.office
    late = paper(office, "A901", at(16), ticket=TicketId("late"))
    after = office.office
    assert after.numbers == before.numbers and after.queues == before.queues
    assert (after.issued_today, after.next_ordinal) == (before.issued_today, before.next_ordinal)
    assert office.ticket(late).state is TicketState.SERVED
    assert office.ticket(today).state is TicketState.WAITING
    (visit,) = booked(office).visits(FRIDAY)
    assert (visit.outcome, visit.wait_s, visit.waited_s) == (Outcome.UNMEASURED, None, None)
    assert "outcome_unknown" in visit.flags
    assert office.replayed() == office.office


def test_a_grant_of_yesterday_is_believed_for_yesterday_only() -> None:
    office = granted()
    office.now = at(8, day=MONDAY)
    office.do(c.Tick)
    asked = {"ticket": TicketId("x"), "services": (ServiceId("a"),), "number": "A901", "kiosk": K1}
    assert office.refused(c.IssueTicket, **asked, granted_on=MONDAY) is Code.BAD_REQUEST
    assert office.refused(c.IssueTicket, **asked, granted_on=date(2026, 11, 19)) is Code.BAD_REQUEST
    assert office.refused(c.IssueTicket, **asked, granted_on=date(2026, 11, 24)) is Code.BAD_REQUEST


def test_a_paper_after_the_close_of_its_day_waits_for_nobody() -> None:
    office = granted()
    office.do(c.CloseDay)
    ticket = office.ticket(paper(office, "A901", at(8, 50)))
    assert ticket.state is TicketState.SERVED


class TestAlias:
    def test_the_papers_number_is_shown_and_called_and_the_other_still_finds_the_ticket(self) -> None:
        office = granted().staff(1)
        ticket = office.issue("a", kiosk=K1)
        office.do(c.CallNext, counter=q(1))
        office.do(c.GiveAlias, ticket=ticket, number="A905", kiosk=K1)
        kept = office.ticket(ticket)
        assert (kept.number, kept.alias) == ("A905", "A001")
        assert office.office.numbers["A905"] == office.office.numbers["A001"] == ticket
        assert office.office.recent_calls[0][1] == "A905"
        assert office.do(c.GiveAlias, ticket=ticket, number="A905", kiosk=K1) == []

    def test_a_ticket_has_one_second_number_of_its_own_kiosks_block(self) -> None:
        office = granted()
        ticket = office.issue("a", kiosk=K1)
        paper(office, "A906", at(8, 50))
        assert office.refused(c.GiveAlias, ticket=ticket, number="A906", kiosk=K1) is Code.BAD_REQUEST
        assert office.refused(c.GiveAlias, ticket=ticket, number="A955", kiosk=K1) is Code.BAD_REQUEST
        assert office.refused(c.GiveAlias, ticket=ticket, number="A955", kiosk=K2) is Code.ALREADY_DONE
        office.do(c.GiveAlias, ticket=ticket, number="A905", kiosk=K1)
        assert office.refused(c.GiveAlias, ticket=ticket, number="A907", kiosk=K1) is Code.ALREADY_DONE


class TestServedInOutage:
    def test_the_wait_is_unknown_and_counted_as_such(self) -> None:
        office = granted().staff(1)
        ticket = paper(office, "A901", at(8, 30))
        office.do(c.MarkServedInOutage, ticket=ticket, counter=q(1), by=officer("o1"))
        assert office.ticket(ticket).state is TicketState.SERVED
        assert len(office.office.queues) == 0
        (visit,) = booked(office).visits(FRIDAY)
        assert (visit.outcome, visit.wait_s, visit.waited_s) == (Outcome.UNMEASURED, None, None)
        tally = DayTally()
        tally.add(visit)
        assert (tally.n, tally.abandoned, tally.no_show, tally.worst_n) == (0, 0, 0, 0)
        assert tally.flags["served_in_outage"] == 1

    def test_the_next_planned_service_is_queued_for(self) -> None:
        office = granted().staff(1)
        ticket = paper(office, "A901", at(8, 30), services=(ServiceId("a"), ServiceId("b")))
        office.do(c.MarkServedInOutage, ticket=ticket, by=officer("o1"))
        waiting = office.ticket(ticket)
        assert (waiting.state, waiting.service, waiting.planned) == (TicketState.WAITING, "b", ())
        assert waiting.leg.queued_at == office.now

    def test_long_waits_cannot_be_taken_out_of_the_mean_when_there_was_no_outage(self) -> None:
        office = hall().staff(1)
        ticket = office.issue("a")
        assert office.refused(c.MarkServedInOutage, ticket=ticket, by=officer("o1")) is Code.NO_OUTAGE
        office.do(c.MarkServedInOutage, ticket=ticket, by=SUPERVISOR)

    def test_a_restart_of_the_server_is_an_outage_for_those_who_waited_then(self) -> None:
        office = hall().staff(1)
        before = office.issue("a")
        office.later(minutes=5).do(c.StartEngine, boot_id="b2")
        after = office.later(minutes=1).issue("a")
        office.do(c.MarkServedInOutage, ticket=before, by=officer("o1"))
        assert office.refused(c.MarkServedInOutage, ticket=after, by=officer("o1")) is Code.NO_OUTAGE

    def test_a_citizen_cannot_say_so(self) -> None:
        office = granted()
        ticket = paper(office, "A901", at(8, 30))
        decision = office.try_(c.MarkServedInOutage, ticket=ticket, by=citizen(ticket))
        assert isinstance(decision, Refusal) and decision.code is Code.FORBIDDEN


def test_the_office_file_may_have_lost_the_kiosk_and_its_papers_still_count() -> None:
    office = granted()
    office.do(c.ConfigureOffice, config=config(kiosks=()))
    assert office.ticket(paper(office, "A901", at(8, 50))).number == "A901"
