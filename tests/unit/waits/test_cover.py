"""Ranges made of stored years, months and days: every day once, none twice."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from queue_server.waits.cover import Stored, cover, month_of, year_of
from queue_server.waits.period import DayRange

START = date(2024, 11, 1)
DAYS = st.sets(st.integers(0, 800), max_size=60).map(lambda ns: [START + timedelta(days=n) for n in ns])


@given(DAYS, st.integers(0, 800), st.integers(0, 800), st.data())
def test_a_range_holds_each_of_its_stored_days_once(
    days: list[date], first: int, length: int, data: st.DataObject
) -> None:
    names = sorted({month_of(d) for d in days} | {year_of(d) for d in days})
    merged = data.draw(st.sets(st.sampled_from(names)) if names else st.just(set()))
    stored = Stored.of([*merged, *(d.isoformat() for d in days)])
    asked = DayRange(START + timedelta(days=first), START + timedelta(days=first + length))
    held = [day for name in cover(asked, stored) for day in sorted(days) if day.isoformat().startswith(name)]
    assert held == sorted(day for day in days if asked.first <= day <= asked.last)


def test_ten_years_are_ten_years_and_not_days() -> None:
    days = [date(2016, 1, 4) + timedelta(days=n) for n in range(3600)]
    names = {month_of(d) for d in days} | {year_of(d) for d in days}
    stored = Stored.of([*names, *(d.isoformat() for d in days)])
    assert cover(DayRange(date(2016, 1, 1), date(2025, 12, 31)), stored) == [
        str(y) for y in range(2016, 2026)
    ]
    found = cover(DayRange(date(2016, 2, 10), date(2017, 12, 31)), stored)
    assert (len(found), found[-1]) == (20 + 10 + 1, "2017")


def test_a_year_under_way_is_one_period_too() -> None:
    days = [date(2026, 1, 5) + timedelta(days=n) for n in range(60)]
    stored = Stored.of(["2026", *(d.isoformat() for d in days)])
    assert cover(DayRange(date(2026, 1, 1), date(2026, 3, 31)), stored) == ["2026"]
