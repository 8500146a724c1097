"""Which days the manager's page shows: today live, a day, week, month, year or any range; its neighbours."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from queue_server.domain.words import Words
from queue_server.reports.wording import WEEKDAYS
from queue_server.waits.period import DayRange

LONGEST_DAYS = 366 * 60


class BadPeriod(ValueError):
    """Not two dates in order, or a range no office has."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The days shown. `live`: today and nothing else."""

    days: DayRange
    today: date

    @property
    def live(self) -> bool:
        return self.days.first == self.days.last == self.today

    @property
    def query(self) -> str:
        """As it stands in an address."""
        return query_of(self.days)


def query_of(days: DayRange) -> str:
    return urlencode({"from": days.first.isoformat(), "to": days.last.isoformat()})


def shown(first: str, last: str, day: str, today: date) -> Shown:
    """From an address: nothing is today, `day` is one, `first` and `last` a range (either end may be left
    out, and they may be the wrong way round). Raises BadPeriod."""
    try:
        if day:
            first = last = day
        begin = date.fromisoformat(first) if first else None
        end = date.fromisoformat(last) if last else None
        begin, end = begin or end or today, end or (begin if begin and begin > today else today)
        days = DayRange(min(begin, end), max(begin, end))
        _ = days.first - timedelta(days=days.days), days.last + timedelta(days=days.days)
    except (ValueError, OverflowError) as bad:
        raise BadPeriod(str(bad)) from bad
    if days.days > LONGEST_DAYS:
        raise BadPeriod("longer than any office is old")
    return Shown(days, today)


def month_around(day: date) -> DayRange:
    first = day.replace(day=1)
    return DayRange(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))


def week_around(day: date) -> DayRange:
    first = day - timedelta(days=day.weekday())
    return DayRange(first, first + timedelta(days=6))


def year_around(day: date) -> DayRange:
    return DayRange(date(day.year, 1, 1), date(day.year, 12, 31))


def kind_of(days: DayRange) -> str:
    """`day`, `week`, `month`, `year`, or `range` for what is none of them."""
    if days.days == 1:
        return "day"
    around = {"week": week_around, "month": month_around, "year": year_around}
    return next((name for name, of in around.items() if of(days.first) == days), "range")


def step(days: DayRange, by: int) -> DayRange:
    """The neighbour of the same kind; a range moves by its own length."""
    edge = days.first - timedelta(days=1) if by < 0 else days.last + timedelta(days=1)
    match kind_of(days):
        case "week":
            return week_around(edge)
        case "month":
            return month_around(edge)
        case "year":
            return year_around(edge)
        case _:
            long = timedelta(days=days.days) * by
            return DayRange(days.first + long, days.last + long)


def title(days: DayRange, language: str) -> str:
    """ "Thứ Sáu, 20/11/2026", "Tháng 11/2026", "01/11/2026–20/11/2026" …"""
    first, last = days.first, days.last
    match kind_of(days):
        case "day":
            return f"{WEEKDAYS[first.weekday()].in_(language)}, {first:%d/%m/%Y}"
        case "month":
            return f"{'Month' if language == 'en' else 'Tháng'} {first:%m/%Y}"
        case "year":
            return f"{'Year' if language == 'en' else 'Năm'} {first.year}"
        case _:
            return f"{first:%d/%m/%Y}–{last:%d/%m/%Y}"


def bar(at: Shown, first_day: date | None, language: str) -> dict[str, object]:
    """The row of links above the figures: presets, the neighbours, and what is shown."""
    today, kind = at.today, kind_of(at.days)
    anchor = at.days.last if at.days.last < today else today
    presets = [
        ("live", Words("Hôm nay", "Today"), "/manager", at.live),
        *(
            (name, words, f"/manager?{query_of(days)}", not at.live and (at.days == days or kind == name))
            for name, words, days in (
                ("day", Words("Ngày", "Day"), DayRange(anchor, anchor)),
                ("week", Words("Tuần", "Week"), week_around(anchor)),
                ("month", Words("Tháng", "Month"), month_around(anchor)),
                ("year", Words("Năm", "Year"), year_around(anchor)),
                ("range", Words("Tất cả", "All"), DayRange(min(first_day or today, today), today)),
            )
            if name != "day" or not at.live
        ),
    ]
    after = step(at.days, 1)
    return {
        "presets": [
            {"key": key, "name": words.in_(language), "to": to, "here": here}
            for key, words, to, here in presets
        ],
        "title": title(at.days, language),
        "before": f"/manager?{query_of(step(at.days, -1))}",
        "after": f"/manager?{query_of(after)}" if after.first <= today else "",
        "first": at.days.first.isoformat(),
        "last": at.days.last.isoformat(),
        "today": today.isoformat(),
        "query": at.query,
    }
