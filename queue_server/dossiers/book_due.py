"""PURE: the day a result is due: working days of the office's own calendar, and the rule of the late hour.

1. Days are working days: those on which the office's timetable has hours, holidays out, make-up days in.
2. A dossier received after the late hour (15:00 where the office file says nothing else) or on a day without
   hours counts as received on the next working day.
3. Day 1 is the working day after the day it counts as received; 0 days is that day itself.
4. It is due when that day's last hours end.
5. A supplement moves the due day by the time it took (QĐ 766/QĐ-TTg §2.1 subtracts that time), and a day
   without hours gives way to the working day before it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from queue_server.domain.hours import Hours

_FARTHEST = 4000
"""Calendar days looked through: 999 working days are fewer."""
_END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True)
class Due:
    """`counts_from` is the beginning of the day that counts as the day of receipt; `at` the due instant."""

    counts_from: datetime
    at: datetime
    late: bool = False
    """Whether the late hour, or a closed day, has moved the day of receipt."""


def calendar(hours: Hours) -> Hours:
    """The timetable that days are counted by: an office open at any hour still has its working days."""
    return replace(hours, always_open=False) if any(any(s.week) for s in hours.seasons) else hours


def is_working(hours: Hours, day: date) -> bool:
    return bool(calendar(hours).sessions(day))


def due(hours: Hours, received: datetime, days: int, late_after: str) -> Due | None:
    """When a dossier of `days` working days is due; None when the calendar has no such day.

    `late_after` is local "HH:MM", empty when there is no late hour.
    """
    local = hours.local(received)
    start = local.date()
    late = not is_working(hours, start) or (bool(late_after) and f"{local:%H:%M}" > late_after)
    first = _working_day(hours, start, 1) if late else start
    last = _working_day(hours, first, days) if first else None
    if first is None or last is None:
        return None
    return Due(hours.midnight(first), closing(hours, last), late)


def due_on(hours: Hours, received: datetime, day: date, late_after: str) -> Due | None:
    """The due instant of a day that an officer chose; None for a day that is closed or past."""
    found = due(hours, received, 0, late_after)
    if found is None or not is_working(hours, day) or day < hours.day_of(found.counts_from):
        return None
    return Due(found.counts_from, closing(hours, day), found.late)


def moved_by(hours: Hours, due_at: datetime, paused: timedelta, resumed: datetime) -> datetime:
    """Clause 5: the due instant after supplements that took `paused` in all, the last one in at `resumed`."""
    if paused <= timedelta():
        return due_at
    moved = due_at + paused
    day = hours.day_of(moved)
    while not is_working(hours, day):
        day -= timedelta(days=1)
        if day < hours.day_of(resumed):
            following = _working_day(hours, hours.day_of(resumed), 1)
            return moved if following is None else closing(hours, following)
    return closing(hours, day)


def closing(hours: Hours, day: date) -> datetime:
    """The end of a working day's last hours, 23:59 where they last until midnight."""
    end = calendar(hours).sessions(day)[-1].end
    at = _END_OF_DAY if end == time.max else end
    return hours.midnight(day).replace(hour=at.hour, minute=at.minute)


def _working_day(hours: Hours, day: date, days: int) -> date | None:
    """The `days`-th working day after `day`."""
    for _ in range(_FARTHEST):
        if days == 0:
            return day
        day += timedelta(days=1)
        days -= is_working(hours, day)
    return None
