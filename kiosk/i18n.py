"""Words in the language in use: sentences, counts, hours and days as they are written here."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.session.actions import Language
from kiosk.words.table import WORDS
from queue_server.contract.values import Bilingual

HOME_ZONE = "Asia/Ho_Chi_Minh"


def say(key: str, language: Language, **filled: object) -> str:
    """The sentence of a key, its `{…}` filled. Raises KeyError for an unknown key or a missing filling."""
    words = WORDS[key]
    return (words.en if language == "en" else words.vi).format(**filled)


def other(language: Language) -> Language:
    return "vi" if language == "en" else "en"


def counted(key: str, n: int, language: Language, **filled: object) -> str:
    """`key`, or `key_one` for one; `{n}` is the count as it is written."""
    return say(f"{key}_one" if n == 1 else key, language, n=whole(n, language), **filled)


def whole(n: int, language: Language) -> str:
    """3.184 in Vietnamese, 3,184 in English."""
    return f"{n:,}" if language == "en" else f"{n:,}".replace(",", ".")


def text(words: Bilingual | None, language: Language) -> str:
    """An office's own words; Vietnamese where it gave no English."""
    if words is None:
        return ""
    return (words.en or words.vi) if language == "en" else words.vi


def sentence_case(words: str) -> str:
    """The first letter big, the others as they are."""
    return words[:1].upper() + words[1:]


@lru_cache(maxsize=8)
def zone(name: str) -> ZoneInfo:
    """The zone by name; Vietnam's for a name nobody knows."""
    try:
        return ZoneInfo(name or HOME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(HOME_ZONE)


def clock(at: datetime) -> str:
    """09:42"""
    return f"{at:%H:%M}"


def day(at: datetime, language: Language) -> str:
    """Thứ Sáu, 20/11/2026"""
    return f"{say(f'day.{at.weekday()}', language)}, {at:%d/%m/%Y}"


def hour_or_day(at: datetime, now: datetime, language: Language) -> str:
    """13:00 when it is today, else "07:30 Thứ Hai 23/11"; both local."""
    if at.date() == now.date():
        return clock(at)
    return say(
        "day.at", language, clock=clock(at), day=say(f"day.{at.weekday()}", language), date=f"{at:%d/%m}"
    )
