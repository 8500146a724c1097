"""What a report is about: periods are written, read, stepped back, and titled."""

from datetime import date

import pytest

from queue_server.reports.period import BadPeriod, Kind, around, last_over, of_days, parse

KEYS = ["2026-11-20", "2026-W47", "2026-11", "2026-Q4", "2026", "2026-11-03..2026-11-20"]


@pytest.mark.parametrize("key", KEYS)
def test_a_period_is_read_as_it_is_written(key: str) -> None:
    assert parse(key).key == key


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-Q5", "2026-W54", "20/11/2026", "2026-11-20..2026-11-01", "26", "٢٠٢٦"]
)
def test_what_is_no_period_is_refused_with_how_one_is_written(text: str) -> None:
    with pytest.raises(BadPeriod, match="2026-Q4"):
        parse(text)


@pytest.mark.parametrize(
    ("key", "before", "year_before"),
    [
        ("2026-03-01", "2026-02-28", "2025-03-01"),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
        ("2026-W01", "2025-W52", "2025-W01"),
        ("2020-W53", "2020-W52", "2019-W52"),
        ("2026-01", "2025-12", "2025-01"),
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2026", "2025", "2025"),
        ("2026-11-11..2026-11-20", "2026-11-01..2026-11-10", "2025-11-11..2025-11-20"),
    ],
)
def test_what_stands_before_and_a_year_before(key: str, before: str, year_before: str) -> None:
    assert parse(key).before().key == before
    assert parse(key).year_before().key == year_before


def test_days_that_make_a_named_period_are_that_period() -> None:
    assert of_days(date(2026, 10, 1), date(2026, 12, 31)).kind is Kind.QUARTER
    assert of_days(date(2026, 11, 16), date(2026, 11, 22)).kind is Kind.WEEK
    assert of_days(date(2026, 11, 2), date(2026, 11, 3)).kind is Kind.RANGE


def test_the_latest_period_that_is_over_ends_before_today() -> None:
    assert last_over(Kind.MONTH, date(2026, 12, 1)).key == "2026-11"
    assert last_over(Kind.QUARTER, date(2026, 11, 20)).key == "2026-Q3"
    assert last_over(Kind.DAY, date(2026, 3, 1)).key == "2026-02-28"


def test_a_period_has_its_vietnamese_title() -> None:
    assert around(Kind.QUARTER, date(2026, 11, 20)).title("vi") == "quý IV năm 2026"
    assert around(Kind.MONTH, date(2026, 1, 20)).title("vi") == "tháng 1 năm 2026"
    assert parse("2026-11-03..2026-11-20").title("vi") == "từ ngày 03/11/2026 đến ngày 20/11/2026"
    assert parse("2026-Q4").title("en") == "Q4 2026"
