"""How instants, waits and figures are said to people: local time, ranges in minutes, Vietnamese numbers."""

from collections.abc import Sequence
from datetime import datetime

from queue_server.domain.hours import Hours
from queue_server.domain.ticket import Told

NOTHING = "—"
SOON_MIN = 3
HOUR_MIN = 60
_WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def clock(hours: Hours, at: datetime, seconds: bool = False) -> str:
    """An instant as the office's local HH:MM (or HH:MM:SS)."""
    return hours.local(at).strftime("%H:%M:%S" if seconds else "%H:%M")


def long_date(hours: Hours, at: datetime, language: str) -> str:
    """ "Thứ Sáu, 20/11/2026" or "Friday, 20/11/2026"."""
    local = hours.local(at)
    return f"{_WEEKDAYS[language][local.weekday()]}, {local:%d/%m/%Y}"


def until(hours: Hours, now: datetime, at: datetime) -> str:
    """An hour to come: HH:MM today, with its date on another day."""
    local = hours.local(at)
    return f"{local:%H:%M}" if local.date() == hours.day_of(now) else f"{local:%H:%M %d/%m}"


def decimal(value: float, language: str, digits: int = 1) -> str:
    """16.74 → "16,7" (vi), "16.7" (en); thousands as 3.184 / 3,184."""
    text = f"{value:,.{digits}f}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def minutes(seconds: float | None, language: str) -> str:
    """Seconds as minutes with one decimal; None is the dash, never 0."""
    return "–" if seconds is None else decimal(seconds / 60, language)


def percent(share: float | None, language: str, digits: int = 0) -> str:
    """A share of 1 as "70 %" (vi) or "70%" (en); None is the dash."""
    if share is None:
        return "–"
    return decimal(share * 100, language, digits) + ("%" if language == "en" else " %")


def range_minutes(told: Told | None, language: str = "vi") -> str:
    """A predicted wait as figures only: "12–18", "dưới 3", "hơn 60"; unknown is the long dash."""
    if told is None:
        return NOTHING
    if told.high < SOON_MIN:
        return f"under {SOON_MIN}" if language == "en" else f"dưới {SOON_MIN}"
    if told.low >= HOUR_MIN:
        return f"over {HOUR_MIN}" if language == "en" else f"hơn {HOUR_MIN}"
    return f"{told.low}" if told.low == told.high else f"{told.low}–{told.high}"


def either(items: Sequence[object], language: str) -> str:
    """ "2", "2 hoặc 3", "1, 2 hoặc 3"."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + (" or " if language == "en" else " hoặc ") + words[-1]
