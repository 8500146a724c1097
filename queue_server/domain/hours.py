"""When the office is open: timetables by season, lunch breaks, holidays and make-up days, in local time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_LOOK_AHEAD = 400
"""Days searched for the next opening before we say that there is none."""


@dataclass(frozen=True, slots=True)
class Session:
    """One stretch of open hours of a day, local time, `start` inclusive, `end` exclusive."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Season:
    """A timetable valid between two days of the year (inclusive, may wrap over New Year).

    `week[0]` is Monday; an empty tuple is a closed day.
    """

    name: str
    from_day: tuple[int, int]
    to_day: tuple[int, int]
    week: tuple[tuple[Session, ...], ...]

    def covers(self, day: date) -> bool:
        at = (day.month, day.day)
        if self.from_day <= self.to_day:
            return self.from_day <= at <= self.to_day
        return at >= self.from_day or at <= self.to_day


@dataclass(frozen=True, slots=True)
class Hours:
    """The opening hours of an office (or of one service), in the zone `zone` (IANA name)."""

    zone: str
    seasons: tuple[Season, ...]
    holidays: frozenset[date] = frozenset()
    make_up_days: tuple[tuple[date, int], ...] = ()
    """Days worked instead of another: (day, weekday whose timetable it follows, Monday = 0)."""
    always_open: bool = False

    def local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.zone))

    def day_of(self, at: datetime) -> date:
        """The office's own date at an instant: it turns at local midnight."""
        return self.local(at).date()

    def midnight(self, day: date) -> datetime:
        """The instant at which a local day begins."""
        return datetime.combine(day, time(), ZoneInfo(self.zone))

    def sessions(self, day: date) -> tuple[Session, ...]:
        if self.always_open:
            return (Session(time(0), time.max),)
        for make_up, weekday in self.make_up_days:
            if make_up == day:
                return self._week(day)[weekday]
        if day in self.holidays:
            return ()
        return self._week(day)[day.weekday()]

    def _week(self, day: date) -> tuple[tuple[Session, ...], ...]:
        for season in self.seasons:
            if season.covers(day):
                return season.week
        return ((),) * 7

    def spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The open stretches of a local day as pairs of instants."""
        zone = ZoneInfo(self.zone)
        for session in self.sessions(day):
            end = (
                self.midnight(day + timedelta(days=1))
                if session.end == time.max
                else datetime.combine(day, session.end, zone)
            )
            yield datetime.combine(day, session.start, zone), end

    def is_open(self, at: datetime) -> bool:
        return any(start <= at < end for start, end in self.spans(self.day_of(at)))

    def closes_at(self, at: datetime) -> datetime | None:
        """The end of the last session of the day of `at`, None on a closed day."""
        ends = [end for _, end in self.spans(self.day_of(at))]
        return ends[-1] if ends else None

    def next_opening(self, at: datetime) -> datetime | None:
        """The first instant after `at` at which a session starts, None if none within 400 days."""
        day = self.day_of(at)
        for ahead in range(_LOOK_AHEAD):
            for start, _ in self.spans(day + timedelta(days=ahead)):
                if start > at:
                    return start
        return None

    def open_time(self, start: datetime, end: datetime) -> timedelta:
        """How much of [start, end) lies in open hours."""
        total = timedelta()
        day, last = self.day_of(start), self.day_of(end)
        while day <= last:
            for opens, closes in self.spans(day):
                overlap = min(end, closes) - max(start, opens)
                if overlap > timedelta():
                    total += overlap
            day += timedelta(days=1)
        return total
