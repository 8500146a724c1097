"""The on-time rule of QĐ 766 §2.1, clause by clause."""

from datetime import date

import pytest
from fakes.dossiers import day, dossier
from hypothesis import given
from hypothesis import strategies as st

from queue_server.dossiers.dossier import Dossier, Status, SupplementRequest, When
from queue_server.dossiers.timeliness import Standing, Timeliness, legal_due, timeliness

LATER = day(28)


def told(made: Dossier, period_end: When = LATER, legal: When | None = None) -> Timeliness:
    return timeliness(made, period_end, legal)


def asked(at: When | None, supplied: When | None = None) -> SupplementRequest:
    return SupplementRequest("Bản sao", at, supplied)


@pytest.mark.parametrize(
    ("done", "standing", "days", "in_time"),
    [
        (day(19), Standing.EARLY, 1, True),
        (day(20, "16:59"), Standing.ON_TIME, 0, True),
        (day(22), Standing.LATE, 2, False),
    ],
)
def test_it_is_on_time_when_the_work_ends_not_after_the_due_date(
    done: When, standing: Standing, days: int, in_time: bool
) -> None:
    made = dossier(status=Status.RESULT_READY, done=done)
    assert told(made) == Timeliness(standing, days, in_time)


def test_on_the_due_day_the_time_counts_where_both_have_one() -> None:
    made = dossier(status=Status.RESULT_READY, due=day(20, "16:00"), done=day(20, "16:01"))
    assert told(made) == Timeliness(Standing.LATE, 0, False)
    assert told(dossier(status=Status.RESULT_READY, due=day(20, "16:00"), done=day(20, "16:00"))).in_time
    assert told(dossier(status=Status.RESULT_READY, due=day(20, "16:00"), done=day(20))).in_time


def test_the_end_is_done_before_returned_before_stopped() -> None:
    all_three = dossier(status=Status.RETURNED, done=day(20), returned=day(25), stopped=day(27))
    assert told(all_three).standing is Standing.ON_TIME
    no_done = dossier(status=Status.RETURNED, returned=day(25), stopped=day(19))
    assert told(no_done) == Timeliness(Standing.LATE, 5, False)
    assert told(dossier(status=Status.STOPPED, stopped=day(19))) == Timeliness(Standing.EARLY, 1, True)


def test_the_time_of_a_supplement_is_subtracted() -> None:
    made = dossier(status=Status.RESULT_READY, done=day(23), supplements=(asked(day(18), day(21)),))
    assert told(made) == Timeliness(Standing.ON_TIME, 0, True)
    longer = dossier(status=Status.RESULT_READY, done=day(24), supplements=(asked(day(18), day(21)),))
    assert told(longer) == Timeliness(Standing.LATE, 1, False)


def test_a_supplement_is_subtracted_to_the_minute_where_times_are_known() -> None:
    supplement = asked(day(18, "10:00"), day(19, "10:30"))
    limit = day(20, "16:00")
    just = dossier(status=Status.RESULT_READY, due=limit, done=day(21, "16:30"), supplements=(supplement,))
    assert told(just).in_time
    over = dossier(status=Status.RESULT_READY, due=limit, done=day(21, "16:31"), supplements=(supplement,))
    assert told(over) == Timeliness(Standing.LATE, 0, False)


def test_a_supplement_supplied_after_the_end_is_not_subtracted_beyond_it() -> None:
    made = dossier(status=Status.RESULT_READY, done=day(22), supplements=(asked(day(21), day(27)),))
    assert told(made) == Timeliness(Standing.LATE, 1, False)


def test_one_supplement_that_is_awaited_stops_the_clock_when_it_was_asked() -> None:
    made = dossier(status=Status.SUPPLEMENT_ASKED, supplements=(asked(day(18)),))
    assert told(made) == Timeliness(Standing.PAUSED, 2, True)
    late = dossier(status=Status.SUPPLEMENT_ASKED, supplements=(asked(day(23)),))
    assert told(late) == Timeliness(Standing.OVERDUE, 3, False)


def test_a_request_without_its_day_stops_no_clock() -> None:
    made = dossier(status=Status.SUPPLEMENT_ASKED, supplements=(asked(None),))
    assert told(made) == Timeliness(Standing.OVERDUE, 8, False)


def test_more_than_one_request_counts_as_late_whatever_the_dates() -> None:
    two = (asked(day(17), day(18)), asked(day(18), day(19)))
    ended = dossier(status=Status.RESULT_READY, done=day(19), supplements=two)
    assert told(ended) == Timeliness(Standing.LATE, 0, False, repeated=True)
    running = dossier(supplements=two)
    assert told(running, day(18)) == Timeliness(Standing.OVERDUE, 0, False, repeated=True)
    assert told(dossier(due=None, supplements=two)).in_time is False


@pytest.mark.parametrize(
    ("end", "standing", "days", "in_time"),
    [
        (day(18), Standing.RUNNING, 2, True),
        (day(20), Standing.RUNNING, 0, True),
        (day(23), Standing.OVERDUE, 3, False),
    ],
)
def test_without_an_end_the_period_s_end_stands_for_it(
    end: When, standing: Standing, days: int, in_time: bool
) -> None:
    assert told(dossier(), end) == Timeliness(standing, days, in_time)


@pytest.mark.parametrize(
    "status", [Status.RESULT_READY, Status.RETURNED, Status.STOPPED, Status.NOT_ACCEPTED]
)
def test_what_ended_on_a_day_that_nobody_wrote_down_is_not_called_overdue(status: Status) -> None:
    assert told(dossier(status=status)) == Timeliness(Standing.UNKNOWN)
    twice = dossier(status=status, supplements=(asked(day(18), day(18)), asked(day(19), day(19))))
    assert told(twice) == Timeliness(Standing.LATE, 0, False, True)


def test_without_a_due_date_the_legal_maximum_stands_for_it() -> None:
    made = dossier(status=Status.RESULT_READY, due=None, done=day(24))
    assert told(made, legal=day(24)) == Timeliness(Standing.ON_TIME, 0, True)
    assert told(made, legal=day(23)) == Timeliness(Standing.LATE, 1, False)
    assert told(made) == Timeliness(Standing.UNKNOWN)
    with_due = dossier(status=Status.RESULT_READY, done=day(24))
    assert told(with_due, legal=day(28)).standing is Standing.LATE


def test_legal_days_are_working_days_after_the_day_of_receipt() -> None:
    def working(when: date) -> bool:
        return when.weekday() < 5

    friday = day(20, "15:30")
    assert legal_due(friday, 1, working) == day(23)
    assert legal_due(friday, 5, working) == day(27)
    assert legal_due(friday, 0, working) == day(20)
    assert legal_due(friday, 3, lambda _: False) is None


MOMENT = st.builds(When, st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.none() | st.times())


@given(
    st.lists(st.builds(SupplementRequest, st.just("x"), st.none() | MOMENT, st.none() | MOMENT), max_size=3),
    st.none() | MOMENT, st.none() | MOMENT, st.none() | MOMENT, MOMENT, st.sampled_from(Status),
)  # fmt: skip
def test_any_dates_in_any_order_get_an_answer(
    supplements: list[SupplementRequest], due: When | None, done: When | None, stopped: When | None,
    end: When, status: Status,
) -> None:  # fmt: skip
    made = dossier(status=status, due=due, done=done, stopped=stopped, supplements=tuple(supplements))
    found = told(made, end)
    assert found.days >= 0
    if found.standing in (Standing.LATE, Standing.OVERDUE):
        assert found.in_time is False
    elif found.standing is not Standing.UNKNOWN:
        assert found.in_time is True
