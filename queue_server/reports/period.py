"""PURE: what a report is about: a named period or any range; the one before it; the one a year before."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from queue_server.waits.period import DayRange

LONGEST_DAYS = 366 * 60
YEARS = 1900, 9000
"""Within these every period has one before it and one a year ago."""
_ROMAN = ("I", "II", "III", "IV")


class BadPeriod(ValueError):
    """The text names no period; the message says how one is written."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is no period: write 2026-11-20, 2026-W47, 2026-11, 2026-Q4, 2026 "
            "or 2026-11-01..2026-11-20."
        )


class Kind(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Period:
    """`kind` says how it is titled and what stands before it."""

    kind: Kind
    days: DayRange

    @property
    def key(self) -> str:
        """As `parse` reads it, fit for a file's name but for a range's two dots."""
        first, last = self.days.first, self.days.last
        match self.kind:
            case Kind.DAY:
                return first.isoformat()
            case Kind.WEEK:
                year, week, _ = first.isocalendar()
                return f"{year}-W{week:02d}"
            case Kind.MONTH:
                return f"{first:%Y-%m}"
            case Kind.QUARTER:
                return f"{first.year}-Q{(first.month + 2) // 3}"
            case Kind.YEAR:
                return str(first.year)
            case Kind.RANGE:
                return f"{first.isoformat()}..{last.isoformat()}"

    def before(self) -> "Period":
        """The period of the same kind that ends the day before this one; a range as long as this."""
        if self.kind is Kind.RANGE:
            return Period(Kind.RANGE, self.days.before())
        return around(self.kind, self.days.first - timedelta(days=1))

    def year_before(self) -> "Period":
        """The same days, week, month or quarter of the year before; 29 February becomes the 28th, week 53
        becomes week 52."""
        if self.kind is Kind.WEEK:
            year, week, _ = self.days.first.isocalendar()
            return around(Kind.WEEK, _week(year - 1, week) or _monday(year - 1, 52))
        if self.kind in (Kind.DAY, Kind.RANGE):
            return Period(self.kind, DayRange(_year_before(self.days.first), _year_before(self.days.last)))
        return around(self.kind, _year_before(self.days.first))

    def title(self, language: str) -> str:
        """ "tháng 11 năm 2026", "quý IV năm 2026", "từ ngày 01/11/2026 đến ngày 20/11/2026" …"""
        first, last, en = self.days.first, self.days.last, language == "en"
        match self.kind:
            case Kind.DAY:
                return f"{first:%d/%m/%Y}" if en else f"ngày {first:%d/%m/%Y}"
            case Kind.WEEK:
                year, week, _ = first.isocalendar()
                said = f"week {week} of {year}" if en else f"tuần {week} năm {year}"
                return f"{said} ({first:%d/%m}–{last:%d/%m/%Y})"
            case Kind.MONTH:
                return f"{first:%m/%Y}" if en else f"tháng {first.month} năm {first.year}"
            case Kind.QUARTER:
                number = (first.month + 2) // 3
                return f"Q{number} {first.year}" if en else f"quý {_ROMAN[number - 1]} năm {first.year}"
            case Kind.YEAR:
                return str(first.year) if en else f"năm {first.year}"
            case Kind.RANGE:
                if en:
                    return f"{first:%d/%m/%Y} to {last:%d/%m/%Y}"
                return f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"


def around(kind: Kind, day: date) -> Period:
    """The period of a kind that a day lies in; RANGE is the day alone."""
    match kind:
        case Kind.DAY | Kind.RANGE:
            days = DayRange(day, day)
        case Kind.WEEK:
            monday = day - timedelta(days=day.weekday())
            days = DayRange(monday, monday + timedelta(days=6))
        case Kind.MONTH:
            days = _months(day.replace(day=1), 1)
        case Kind.QUARTER:
            days = _months(date(day.year, 3 * ((day.month - 1) // 3) + 1, 1), 3)
        case Kind.YEAR:
            days = DayRange(date(day.year, 1, 1), date(day.year, 12, 31))
    return Period(kind, days)


def of_days(first: date, last: date) -> Period:
    """The named period that has exactly these days, else a range. Raises BadPeriod."""
    if last < first or (last - first).days > LONGEST_DAYS or not _has_neighbours(first, last):
        raise BadPeriod(f"{first}..{last}")
    days = DayRange(first, last)
    kinds = (Kind.DAY, Kind.WEEK, Kind.MONTH, Kind.QUARTER, Kind.YEAR)
    return next((p for kind in kinds if (p := around(kind, first)).days == days), Period(Kind.RANGE, days))


def last_over(kind: Kind, today: date) -> Period:
    """The latest period of a kind whose last day is before today."""
    return around(kind, today).before()


def parse(text: str) -> Period:
    """From a period's key. Raises BadPeriod."""
    found = _parsed(text.strip())
    if not _has_neighbours(found.days.first, found.days.last):
        raise BadPeriod(text)
    return found


def _has_neighbours(first: date, last: date) -> bool:
    """At the ends of the calendar there is no day, year or range before or after."""
    return YEARS[0] <= first.year and last.year <= YEARS[1]


def _parsed(text: str) -> Period:
    try:
        if ".." in text:
            first, _, last = text.partition("..")
            return of_days(date.fromisoformat(first), date.fromisoformat(last))
        if found := re.fullmatch(r"(\d{4})-W(\d{2})", text, re.ASCII):
            monday = _week(int(found[1]), int(found[2]))
            if monday is None:
                raise BadPeriod(text)
            return around(Kind.WEEK, monday)
        if found := re.fullmatch(r"(\d{4})-Q([1-4])", text, re.ASCII):
            return around(Kind.QUARTER, date(int(found[1]), 3 * int(found[2]) - 2, 1))
        if found := re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII):
            return around(Kind.MONTH, date(int(found[1]), int(found[2]), 1))
        if re.fullmatch(r"\d{4}", text, re.ASCII):
            return around(Kind.YEAR, date(int(text), 1, 1))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return around(Kind.DAY, date.fromisoformat(text))
    except (ValueError, OverflowError) as bad:
        raise BadPeriod(text) from bad
    raise BadPeriod(text)


def _months(first: date, count: int) -> DayRange:
    after = first
    for _ in range(count):
        after = (after + timedelta(days=32)).replace(day=1)
    return DayRange(first, after - timedelta(days=1))


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _monday(year: int, week: int) -> date:
    return date.fromisocalendar(year, week, 1)


def _week(year: int, week: int) -> date | None:
    try:
        return _monday(year, week)
    except ValueError:
        return None
