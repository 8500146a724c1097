"""Measured waits: every definition of the waiting-time page as a small story with the real rules."""

from dataclasses import replace
from datetime import timedelta

from fakes.office_day import C1, C2, HOURS, OPENING, SENIOR, OfficeDay, office_config
from fakes.small_office import CIVIL, LAND

from queue_server.domain import commands as c
from queue_server.domain.office_calling import Overnight, Rules
from queue_server.domain.ticket import ParkedBy, Target, Told
from queue_server.domain.visit_wait import leg_wait
from queue_server.waits.figures import Outcome, VisitRecord
from queue_server.waits.measure import VisitBook, measure

CITIZEN = c.Actor(c.Role.CITIZEN, "holder")


def only(day: OfficeDay) -> VisitRecord:
    (visit,) = measure(day.journal)
    return visit


def test_the_wait_runs_from_issue_to_the_first_call_and_walk_and_service_are_separate() -> None:
    day = OfficeDay()
    day.issue()
    day.wait(437.25)
    day.serve(walk=31, service=400)
    visit = only(day)
    assert (visit.outcome, visit.wait_s, visit.waited_s) == (Outcome.SERVED, 437.25, 437.25)
    assert (visit.legs[0].walk_s, visit.legs[0].service_s) == (31, 400)
    assert (visit.legs[0].counter, visit.legs[0].officer) == (C1, "o1")


def test_a_visit_sums_its_legs() -> None:
    day = OfficeDay()
    day.issue(CIVIL, LAND)
    day.wait(100)
    day.serve()
    day.wait(50)
    day.serve(C2)
    visit = only(day)
    assert [leg.wait_s for leg in visit.legs] == [100, 50]
    assert (visit.wait_s, visit.until_first_call_s, visit.service) == (150, 100, CIVIL)


def test_a_recall_never_restarts_a_wait() -> None:
    day = OfficeDay()
    day.issue()
    day.wait(60)
    day.do(c.CallNext, counter=C1)
    for _ in range(3):
        day.wait(60)
        assert day.do(c.Recall, counter=C1)
    assert only(day).wait_s == 60


def test_a_missed_citizen_who_comes_back_and_is_served_waited_until_the_first_call() -> None:
    day = OfficeDay()
    ticket = day.issue()
    day.wait(60)
    day.do(c.CallNext, counter=C1)
    day.wait(90)
    day.do(c.NoShow, counter=C1)
    assert only(day).outcome is Outcome.NO_SHOW
    assert (only(day).until_first_call_s, only(day).waited_s) == (60, 60)
    day.wait(300)
    assert day.do(c.ComeBack, ticket=ticket)
    day.wait(30)
    day.serve(walk=10)
    visit = only(day)
    assert (visit.outcome, visit.wait_s, visit.legs[0].walk_s) == (Outcome.SERVED, 60, 10)


def test_a_park_before_the_appointment_takes_nothing_off_the_wait() -> None:
    day = OfficeDay()
    ticket = day.issue(appointment_at=OPENING + timedelta(minutes=30))
    assert day.do(c.ParkTicket, ticket=ticket, parked_by=ParkedBy.CITIZEN, by=CITIZEN)
    day.wait(20 * 60)
    assert day.do(c.UnparkTicket, ticket=ticket)
    day.wait(20 * 60)
    day.serve()
    ours, domains = only(day), day.office.tickets[ticket]
    assert ours.wait_s == 600
    assert leg_wait(domains.legs[0], domains.appointment_at) == timedelta(seconds=600)


def test_before_an_appointment_nobody_waits() -> None:
    day = OfficeDay()
    day.issue(appointment_at=OPENING + timedelta(minutes=30))
    day.wait(40 * 60)
    day.serve()
    assert only(day).wait_s == 600


def test_called_before_the_appointment_is_no_wait_not_a_negative_one() -> None:
    day = OfficeDay()
    day.issue(appointment_at=OPENING + timedelta(minutes=30))
    day.wait(60)
    day.serve()
    assert only(day).wait_s == 0


def test_a_park_asked_for_by_the_citizen_pauses_and_one_by_the_office_does_not() -> None:
    waits = {}
    for by in ParkedBy:
        day = OfficeDay()
        ticket = day.issue()
        day.wait(100)
        assert day.do(c.ParkTicket, ticket=ticket, parked_by=by, reason="giấy tờ")
        day.wait(1000)
        assert day.do(c.UnparkTicket, ticket=ticket)
        day.wait(10)
        day.serve()
        waits[by] = only(day).wait_s
        assert ("citizen_park" in only(day).flags) is (by is ParkedBy.CITIZEN)
    assert waits == {ParkedBy.CITIZEN: 110, ParkedBy.OFFICE: 1110}


def test_a_pause_before_the_appointment_takes_nothing_from_the_wait_after_it() -> None:
    day = OfficeDay()
    ticket = day.issue(appointment_at=OPENING + timedelta(minutes=60))
    day.wait(600)
    day.do(c.ParkTicket, ticket=ticket, parked_by=ParkedBy.CITIZEN)
    day.wait(1200)
    day.do(c.UnparkTicket, ticket=ticket)
    day.wait(40 * 60)
    day.serve()
    assert only(day).wait_s == 600


def test_a_parked_citizen_sent_to_another_queue_keeps_the_pause() -> None:
    day = OfficeDay()
    ticket = day.issue()
    day.wait(100)
    day.do(c.ParkTicket, ticket=ticket, parked_by=ParkedBy.CITIZEN)
    day.wait(1000)
    assert day.do(c.TransferTicket, ticket=ticket, to=Target(LAND))
    day.wait(10)
    day.serve()
    assert only(day).wait_s == 110


def test_a_transfer_after_the_call_begins_a_new_leg_of_the_same_visit() -> None:
    day = OfficeDay()
    ticket = day.issue()
    day.wait(100)
    day.do(c.CallNext, counter=C1)
    day.wait(30)
    assert day.do(c.TransferTicket, ticket=ticket, to=Target(LAND))
    day.wait(70)
    day.serve(C2)
    assert [(leg.service, leg.wait_s) for leg in only(day).legs] == [(CIVIL, 100), (LAND, 70)]


def test_the_lunch_break_counts_and_the_open_hours_figure_leaves_it_out() -> None:
    day = OfficeDay()
    day.until(11, 20)
    day.issue()
    day.until(13, 5)
    day.serve()
    assert (only(day).wait_s, only(day).open_wait_s) == (105 * 60, 15 * 60)


def test_whoever_is_uncalled_at_closing_is_abandoned_and_waited_until_the_office_closed() -> None:
    day = OfficeDay()
    day.until(16, 30)
    day.issue()
    day.wait(24 * 3600)
    day.do(c.Tick)
    visit = only(day)
    assert (visit.outcome, visit.wait_s, visit.waited_s) == (Outcome.ABANDONED, None, 1800)


def test_a_citizen_who_gives_up_by_phone_left_and_one_cancelled_by_staff_is_flagged() -> None:
    for by, outcome, flags in (
        (CITIZEN, Outcome.ABANDONED, set()),
        (SENIOR, Outcome.CANCELLED, {"staff_cancel"}),
        (c.Actor(c.Role.DEVICE, "k1"), Outcome.CANCELLED, set()),
    ):
        day = OfficeDay()
        ticket = day.issue()
        day.wait(500)
        assert day.do(c.CancelTicket, by, ticket=ticket)
        assert (only(day).outcome, only(day).waited_s, only(day).flags) == (outcome, 500, flags)


def test_awaiting_a_result_is_outside_the_queue_and_collecting_it_is_a_new_leg() -> None:
    day = OfficeDay()
    ticket = day.issue()
    day.wait(10)
    day.do(c.CallNext, counter=C1)
    day.do(c.StartService, counter=C1)
    day.wait(60)
    assert day.do(c.AwaitResult, counter=C1)
    assert only(day).outcome is Outcome.OPEN
    day.wait(3000)
    assert day.do(c.ResultReady, ticket=ticket)
    day.wait(25)
    day.serve()
    assert (only(day).wait_s, [leg.service_s for leg in only(day).legs]) == (35, [60, 300])


def test_a_result_nobody_collected_is_a_served_visit() -> None:
    day = OfficeDay()
    day.issue()
    day.wait(10)
    day.do(c.CallNext, counter=C1)
    day.do(c.StartService, counter=C1)
    day.do(c.AwaitResult, counter=C1)
    assert day.do(c.CloseDay)
    assert (only(day).outcome, only(day).wait_s) == (Outcome.SERVED, 10)


def test_an_undone_call_never_happened() -> None:
    day = OfficeDay()
    day.issue()
    day.wait(60)
    day.do(c.CallNext, counter=C1)
    day.wait(5)
    assert day.do(c.Undo, counter=C1)
    day.wait(60)
    day.serve(C2)
    assert (only(day).wait_s, only(day).legs[0].counter) == (125, C2)


def test_undoing_end_and_call_takes_both_back() -> None:
    day = OfficeDay()
    day.issue()
    day.do(c.CallNext, counter=C1)
    day.do(c.StartService, counter=C1)
    day.wait(60)
    day.issue()
    day.wait(5)
    assert len(day.do(c.CallNext, counter=C1, end_current=True)) == 2
    assert day.do(c.Undo, counter=C1)
    first, second = measure(day.journal)
    assert (first.outcome, first.legs[0].ended_at) == (Outcome.OPEN, None)
    assert (second.outcome, second.wait_s) == (Outcome.OPEN, None)


def test_integrity_is_flagged_where_it_can_be_gamed() -> None:
    day = OfficeDay()
    first, second = day.issue(), day.issue()
    day.do(c.CallTicket, counter=C1, ticket=second)
    day.wait(60)
    day.do(c.NoShow, counter=C1)
    day.do(c.CallNext, counter=C1)
    day.do(c.ParkTicket, ticket=first, parked_by=ParkedBy.OFFICE, reason="thiếu giấy tờ")
    parked, missed = measure(day.journal)
    assert parked.flags == {"called_then_parked"}
    assert missed.flags == {"fast_no_show", "out_of_turn"}


def test_a_no_show_after_more_than_a_minute_is_not_a_fast_one() -> None:
    day = OfficeDay()
    day.issue()
    day.do(c.CallNext, counter=C1)
    day.wait(60.5)
    day.do(c.NoShow, counter=C1)
    assert only(day).flags == frozenset()


def test_a_service_nobody_ended_has_no_service_time() -> None:
    day = OfficeDay()
    day.issue()
    day.do(c.CallNext, counter=C1)
    day.do(c.StartService, counter=C1)
    day.wait(24 * 3600)
    day.do(c.Tick)
    visit = only(day)
    assert (visit.outcome, visit.legs[0].service_s) == (Outcome.SERVED, None)
    assert visit.flags == {"ended_by_turn"}


def test_a_clock_step_marks_who_was_there_and_changes_no_wait() -> None:
    day = OfficeDay()
    day.issue()
    day.serve()
    day.issue()
    day.wait(60)
    assert day.do(c.NoteClockStep, seconds=3600.0)
    day.wait(60)
    day.serve()
    before, during = measure(day.journal)
    assert (before.flags, during.flags, during.wait_s) == (frozenset(), {"clock_step"}, 120)


def test_what_was_told_at_issue_is_kept_with_what_came_true() -> None:
    day = OfficeDay()
    day.issue(told=Told(2, 5, 9, 7, "mc1"))
    assert only(day).told == (2, 5, 9, 7)


def test_a_ticket_kept_overnight_is_a_visit_of_the_day_it_was_issued_on() -> None:
    day = OfficeDay(office_config(rules=Rules(overnight=Overnight.KEEP)))
    day.until(16)
    day.issue()
    day.wait(24 * 3600)
    day.do(c.Tick)
    book = VisitBook()
    for one in day.journal:
        book.hear(one)
    (visit,) = book.visits(OPENING.date())
    assert (visit.outcome, book.open_visits(OPENING.date())) == (Outcome.OPEN, 1)
    book.forget_before(OPENING.date() + timedelta(days=1))
    day.do(c.SignOn, counter=C1, officer="o1")
    day.do(c.OpenCounter, counter=C1)
    heard = len(day.journal)
    day.serve()
    for one in day.journal[heard - 2 :]:
        book.hear(one)
    (visit,) = book.visits(OPENING.date())
    assert (visit.outcome, visit.wait_s) == (Outcome.SERVED, 24 * 3600)
    book.forget_before(OPENING.date() + timedelta(days=1))
    assert book.visits(OPENING.date()) == ()


def test_open_hours_are_those_of_the_service_where_it_has_its_own() -> None:
    config = office_config()
    services = (replace(config.services[0], hours=replace(HOURS, always_open=True)), config.services[1])
    day = OfficeDay(replace(config, services=services))
    day.until(11, 20)
    day.issue(CIVIL)
    day.until(13, 5)
    day.serve()
    assert only(day).open_wait_s == 105 * 60
