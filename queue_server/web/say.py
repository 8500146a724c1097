"""How instants, waits and figures are said on staff pages: local time, Vietnamese or English numbers."""

from datetime import datetime, timedelta

from queue_server.domain.hours import Hours
from queue_server.domain.office import Office
from queue_server.domain.words import Words

_SWAP = str.maketrans(",.", ".,")


def either(language: str, vi: str, en: str) -> str:
    return en if language == "en" else vi


def counted(n: int, one: str, more: str) -> str:
    """ "1 person", "2 people": for English; Vietnamese has one form."""
    return f"{n} {one if n == 1 else more}"


def say(words: Words, language: str) -> str:
    return words.in_(language)


def clock(hours: Hours, at: datetime) -> str:
    """An instant as the office's local HH:MM."""
    return hours.local(at).strftime("%H:%M")


def figure(value: float, language: str, digits: int = 1) -> str:
    """16.74 → "16,7" in Vietnamese, "16.7" in English."""
    text = f"{value:,.{digits}f}"
    return text if language == "en" else text.translate(_SWAP)


def whole_minutes(span: timedelta, language: str) -> str:
    """ "13 phút" / "13 min", never negative."""
    return f"{max(0, int(span.total_seconds() // 60))} {either(language, 'phút', 'min')}"


def counter_name(office: Office, counter: str | None, language: str) -> str:
    """ "Quầy 3", or the id when the office file has it no more."""
    found = next((c for c in office.config.counters if c.id == counter), None) if office.config else None
    number = found.number if found else counter or "?"
    return f"{either(language, 'Quầy', 'Counter')} {number}"


def service_name(office: Office, service: str, language: str) -> str:
    found = next((s for s in office.config.services if s.id == service), None) if office.config else None
    return found.name.in_(language) if found else service
