"""Working days, the late hour, closed days, make-up days, and what a supplement moves."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from fakes.dossier_book import FRIDAY
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.hours import Hours, Season, Session
from queue_server.dossiers.book_due import closing, due, due_on, is_working, moved_by

DAY = (Session(time(7, 30), time(11, 30)), Session(time(13), time(17)))
HOURS = Hours("Asia/Ho_Chi_Minh", (Season("", (1, 1), (12, 31), (DAY,) * 5 + ((), ())),))


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026 at the office."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("received", "days", "expected"),
    [
        (local(20, 9), 0, local(20, 17)),
        (local(20, 9), 1, local(23, 17)),
        (local(20, 9), 3, local(25, 17)),
        (local(16, 9), 4, local(20, 17)),
        (local(20, 15), 0, local(20, 17)),
        (local(20, 15, 1), 0, local(23, 17)),
        (local(20, 15, 1), 1, local(24, 17)),
        (local(21, 9), 0, local(23, 17)),
        (local(22, 9), 2, local(25, 17)),
    ],
)
def test_days_are_working_days_and_the_late_hour_is_the_next_one(
    received: datetime, days: int, expected: datetime
) -> None:
    found = due(HOURS, received, days, "15:00")
    assert found is not None and found.at == expected


def test_what_comes_late_says_so_and_counts_from_the_next_working_day() -> None:
    late, early = due(HOURS, local(20, 16), 0, "15:00"), due(HOURS, local(20, 8), 0, "15:00")
    assert late and late.late and late.counts_from == local(23, 0)
    assert early and not early.late and early.counts_from == local(20, 0)


def test_seconds_after_the_late_hour_are_not_yet_after_it() -> None:
    found = due(HOURS, local(20, 15) + timedelta(seconds=59), 0, "15:00")
    assert found and not found.late


def test_an_office_without_a_late_hour_has_none() -> None:
    found = due(HOURS, local(20, 16, 59), 0, "")
    assert found and found.at == local(20, 17)


def test_holidays_are_left_out_and_make_up_days_are_counted() -> None:
    hours = replace(HOURS, holidays=frozenset({date(2026, 11, 23)}), make_up_days=((date(2026, 11, 21), 0),))
    found = due(hours, local(20, 9), 2, "15:00")
    assert found and found.at == local(24, 17)
    assert is_working(hours, date(2026, 11, 21)) and not is_working(hours, date(2026, 11, 23))


def test_an_office_that_is_open_at_any_hour_counts_by_its_timetable() -> None:
    found = due(replace(HOURS, always_open=True), local(20, 9), 1, "15:00")
    assert found and found.at == local(23, 17)


def test_an_office_without_a_timetable_works_every_day_until_its_end() -> None:
    hours = Hours("Asia/Ho_Chi_Minh", (), always_open=True)
    found = due(hours, local(20, 9), 1, "15:00")
    assert found and found.at == local(21, 23, 59)


def test_an_office_that_never_opens_gives_no_day() -> None:
    assert due(Hours("Asia/Ho_Chi_Minh", ()), local(20, 9), 1, "15:00") is None


@pytest.mark.parametrize(("day", "possible"), [(19, False), (20, True), (21, False), (24, True)], ids=str)
def test_an_officer_may_choose_any_working_day_from_today_on(day: int, possible: bool) -> None:
    found = due_on(HOURS, local(20, 9), date(2026, 11, day), "15:00")
    assert (found is not None) == possible
    if found:
        assert found.at == local(day, 17)


def test_a_chosen_day_may_not_be_before_the_day_it_counts_from() -> None:
    assert due_on(HOURS, local(20, 16), date(2026, 11, 20), "15:00") is None


@pytest.mark.parametrize(
    ("paused", "resumed", "expected"),
    [
        (timedelta(), local(20, 9), local(25, 17)),
        (timedelta(days=1), local(20, 9), local(26, 17)),
        (timedelta(days=3), local(24, 9), local(27, 17)),
        (timedelta(hours=3), local(24, 9), local(25, 17)),
    ],
)
def test_a_supplement_moves_the_due_day_by_the_time_it_took(
    paused: timedelta, resumed: datetime, expected: datetime
) -> None:
    assert moved_by(HOURS, local(25, 17), paused, resumed) == expected


def test_a_moved_day_is_never_before_the_supplement_came_in() -> None:
    assert moved_by(HOURS, local(20, 17), timedelta(days=1), local(21, 20)) == local(23, 17)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_more_days_are_never_due_earlier_and_always_on_a_working_day(
    received: datetime, days: int, more: int
) -> None:
    first, second = due(HOURS, received, days, "15:00"), due(HOURS, received, days + more, "15:00")
    assert first and second and first.at <= second.at
    assert first.counts_from <= first.at and first.at > received - timedelta(days=1)
    assert is_working(HOURS, HOURS.day_of(first.at))
    assert first.at == closing(HOURS, HOURS.day_of(first.at))
    between = HOURS.day_of(first.counts_from)
    counted = sum(
        is_working(HOURS, between + timedelta(days=n + 1))
        for n in range((HOURS.day_of(first.at) - between).days)
    )
    assert counted == days


def test_the_office_of_the_other_tests_works_on_fridays() -> None:
    assert is_working(HOURS, HOURS.day_of(FRIDAY))
