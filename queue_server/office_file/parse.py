"""PURE: the small notations of the office file: sessions, days, days of the year, weekdays."""

import re
from datetime import date, time, timedelta

from pydantic_core import PydanticCustomError

from queue_server.domain.hours import Session

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAYS_VI = ("t2", "t3", "t4", "t5", "t6", "t7", "cn")

_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_SESSION = re.compile(r"(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})")
_LONGEST_SPAN = timedelta(days=60)


def bad(vi: str, en: str, fix_vi: str = "", fix_en: str = "") -> PydanticCustomError:
    """A mistake as pydantic carries it."""
    return PydanticCustomError("office", "{en}", {"vi": vi, "en": en, "fix_vi": fix_vi, "fix_en": fix_en})


def clock(text: str) -> time | None:
    """ "07:30" as a local time, None when it is none. "24:00" is the end of the day."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2])
    if (hour, minute) == (24, 0):
        return time.max
    return time(hour, minute) if hour < 24 and minute < 60 else None


def parse_clock(value: object) -> str:
    """A local time as "HH:MM"."""
    at = clock(value) if isinstance(value, str) else None
    if at is None or at == time.max:
        raise bad(
            f'"{value}" không phải là giờ.', f'"{value}" is no time.', 'Viết như "15:00".', 'Write "15:00".'
        )
    return f"{at:%H:%M}"


def parse_clock_or_empty(value: object) -> str:
    """As parse_clock; an empty text stays one."""
    return "" if value == "" else parse_clock(value)


def parse_session(value: object) -> Session:
    """ "07:30-11:30" as a stretch of open hours."""
    found = _SESSION.fullmatch(value.strip()) if isinstance(value, str) else None
    start, end = (clock(found[1]), clock(found[2])) if found else (None, None)
    if start is None or end is None or start == time.max:
        raise bad(
            f'"{value}" không phải là một buổi làm việc.',
            f'"{value}" is no session.',
            'Viết giờ mở và giờ đóng như "07:30-11:30".',
            'Write opening and closing time as in "07:30-11:30".',
        )
    if end <= start:
        raise bad(
            f'Buổi "{value}" đóng cửa trước khi mở.',
            f'The session "{value}" ends before it starts.',
            "Đổi chỗ hai giờ, hoặc chia thành hai buổi nếu qua nửa đêm.",
            "Swap the two times, or make two sessions of one that passes midnight.",
        )
    return Session(start, end)


def parse_day(value: object) -> date:
    """A TOML date, or "16/02/2026"."""
    if type(value) is date:
        return value
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found:
        try:
            return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            pass
    raise bad(
        f'"{value}" không phải là một ngày.',
        f'"{value}" is no date.',
        'Viết ngày/tháng/năm như "30/04/2026".',
        'Write day/month/year as in "30/04/2026".',
    )


def parse_days(value: object) -> tuple[date, date]:
    """One day, or "16/02/2026 - 20/02/2026", as first and last day."""
    if isinstance(value, str) and re.search(r"\s[-–]\s", value):
        first, last = (parse_day(part) for part in re.split(r"\s[-–]\s", value, maxsplit=1))
        if last < first or last - first > _LONGEST_SPAN:
            raise bad(
                f'Khoảng ngày "{value}" không hợp lệ.',
                f'"{value}" is no span of days.',
                "Ngày đầu viết trước ngày cuối, dài nhất 60 ngày.",
                "The first day comes before the last, 60 days apart at the most.",
            )
        return first, last
    day = parse_day(value)
    return day, day


def parse_day_of_year(value: object) -> tuple[int, int]:
    """ "16/04" (day/month) as (month, day)."""
    found = _DAY_OF_YEAR.fullmatch(value.strip()) if isinstance(value, str) else None
    if found:
        try:
            day = date(2024, int(found[2]), int(found[1]))
        except ValueError:
            pass
        else:
            return day.month, day.day
    raise bad(
        f'"{value}" không phải là một ngày trong năm.',
        f'"{value}" is no day of the year.',
        'Viết ngày/tháng như "16/04".',
        'Write day/month as in "16/04".',
    )


def weekdays(text: str) -> tuple[int, ...] | None:
    """ "t2-t6", "mon-fri", "t7" or "cn" as weekdays from Monday = 0; None when it is no such thing."""
    numbers = []
    for part in text.lower().split("-"):
        part = part.strip()
        if part in WEEKDAYS:
            numbers.append(WEEKDAYS.index(part))
        elif part in WEEKDAYS_VI:
            numbers.append(WEEKDAYS_VI.index(part))
        else:
            return None
    if len(numbers) == 1:
        return (numbers[0],)
    if len(numbers) == 2 and numbers[0] < numbers[1]:
        return tuple(range(numbers[0], numbers[1] + 1))
    return None


def parse_weekday(value: object) -> int:
    """One weekday, "t2" or "mon", as Monday = 0."""
    found = weekdays(value) if isinstance(value, str) else None
    if found is None or len(found) != 1:
        raise bad(
            f'"{value}" không phải là một thứ trong tuần.',
            f'"{value}" is no weekday.',
            "Dùng t2, t3, t4, t5, t6, t7 hoặc cn.",
            "Use mon, tue, wed, thu, fri, sat or sun.",
        )
    return found[0]


def as_words(value: object) -> object:
    """A plain text is a Vietnamese text."""
    return {"vi": value} if isinstance(value, str) else value
