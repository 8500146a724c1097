"""PURE: days and times as registers write them, in Vietnamese and as programs export them."""

import re
from datetime import date, datetime, time
from functools import lru_cache

from queue_server.dossiers.dossier import When
from queue_server.dossiers.statuses import fold

_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<d>\d{1,2}) (?P<m>\d{1,2}) (?P<y>\d{4}|\d{2})",
        r"(?:ngay )?(?P<d>\d{1,2}) thang (?P<m>\d{1,2}) nam (?P<y>\d{4})",
        r"(?P<y>\d{4}) (?P<m>\d{1,2}) (?P<d>\d{1,2})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:(?P<h>\d{2})(?P<n>\d{2})\d{2})?",
    )
)
_TIME = re.compile(
    r"(?P<h>\d{1,2})\s*(?:giờ|gio|h|g|:)\s*(?P<n>\d{1,2})?(?::\d{2}(?:\.\d+)?)?\s*(?:phút|phut|p\b|')?,?",
    re.I,
)
_ZONE = re.compile(r"(?<=\d)(?:Z|[+-]\d{2}:?\d{2})$")
_FIRST, _LAST = 1990, 2100
"""A register holds no other years; a slip of the pen (2206) shows."""


class BadDate(ValueError):
    """A text that is no day."""


def when_of(value: object) -> When | None:
    """The day and time in a cell; None for an empty one. Raises BadDate."""
    match value:
        case None:
            return None
        case datetime():
            whole_day = value.time() == time()
            return _sane(When(value.date()) if whole_day else When.of(value))
        case date():
            return _sane(When(value))
        case bool():
            raise BadDate(str(value))
        case float() | int():
            return _sane(_serial(value)) if 30_000 <= value < 80_000 else when_in(f"{value:.0f}")
        case _:
            return when_in(str(value))


@lru_cache(maxsize=65_536)
def when_in(text: str) -> When | None:
    """The same for a text such as `17/11/2026`, `9h15 ngày 17 tháng 11 năm 2026`, `20261117091500`."""
    given = text.strip()[:80]
    if not given or not any(c.isalnum() for c in given):
        return None
    rest = _ZONE.sub("", given).replace("T", " ") if given[:4].isdigit() else given
    found = _TIME.search(rest)
    at = None
    if found:
        at = _time(found["h"], found["n"], text)
        rest = rest[: found.start()] + " " + rest[found.end() :]
    folded = fold(rest).removeprefix("luc ").strip()
    folded = folded.removeprefix("ngay ") if "thang" not in folded else folded
    for form in _FORMS:
        day = form.fullmatch(folded)
        if day:
            parts = day.groupdict()
            if parts.get("h"):
                at = _time(parts["h"], parts["n"], text)
            return _sane(When(_day(parts, text), at if at != time() else None))
    raise BadDate(text)


def _day(parts: dict[str, str | None], text: str) -> date:
    year, month, day = (int(parts[p] or 0) for p in "ymd")
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError as wrong:
        raise BadDate(text) from wrong


def _time(hour: str, minute: str | None, text: str) -> time:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as wrong:
        raise BadDate(text) from wrong


def _serial(value: float) -> When:
    """A day as spreadsheets count it, from 30 December 1899."""
    day = date.fromordinal(date(1899, 12, 30).toordinal() + int(value))
    minutes = round((value - int(value)) * 1440)
    return When(day, time(minutes // 60, minutes % 60) if 0 < minutes < 1440 else None)


def _sane(when: When) -> When:
    if not _FIRST <= when.day.year <= _LAST:
        raise BadDate(f"{when.day:%d/%m/%Y}")
    return when
