"""Which stored periods make up a range of days: whole years and months where they are, else single days."""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from queue_server.waits.period import DayRange


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def year_of(day: date) -> str:
    return f"{day:%Y}"


@dataclass(frozen=True, slots=True)
class Stored:
    """The days that are stored, in order, and the months and years that are merged of them."""

    days: tuple[date, ...] = ()
    merged: frozenset[str] = frozenset()

    @staticmethod
    def of(periods: Iterable[str]) -> "Stored":
        """From names such as "2026-11-20", "2026-11" and "2026"."""
        known = list(periods)
        days = sorted(date.fromisoformat(name) for name in known if len(name) == 10)
        return Stored(tuple(days), frozenset(name for name in known if len(name) in (4, 7)))

    def within(self, days: DayRange) -> tuple[date, ...]:
        return self.days[bisect_left(self.days, days.first) : bisect_right(self.days, days.last)]


def cover(days: DayRange, stored: Stored) -> list[str]:
    """Periods that hold every stored day of the range exactly once, in order: years, then months, then days.

    A month or year serves when all of its stored days lie in the range.
    """
    inside = stored.within(days)
    found, at = [], 0
    while at < len(inside):
        for name in (year_of(inside[at]), month_of(inside[at])):
            end = _end(inside, at, name)
            if name in stored.merged and _whole(stored, inside, at, end, name):
                found.append(name)
                at = end
                break
        else:
            found.append(inside[at].isoformat())
            at += 1
    return found


def _end(inside: tuple[date, ...], at: int, name: str) -> int:
    """Where the days of a month or year end that begin at `at`."""
    year = inside[at].year
    if len(name) == 4:
        return bisect_right(inside, date(year, 12, 31), at)
    month = inside[at].month
    return bisect_right(inside, date(year, month, monthrange(year, month)[1]), at)


def _whole(stored: Stored, inside: tuple[date, ...], at: int, end: int, name: str) -> bool:
    """Whether no stored day of the period lies before or after those of the range."""
    first, last = bisect_left(stored.days, inside[at]), bisect_left(stored.days, inside[end - 1])
    before = first > 0 and stored.days[first - 1].isoformat().startswith(name)
    after = last + 1 < len(stored.days) and stored.days[last + 1].isoformat().startswith(name)
    return not before and not after
