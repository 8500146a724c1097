"""The gauge: today's mean wait against the targets that hold, and what is predicted for the hall."""

from datetime import date

from queue_server.domain.office_config import OfficeConfig, Target
from queue_server.domain.ticket import Told
from queue_server.web.counter.today import Today
from queue_server.web.say import counted, either, figure

FULL_MINUTES = 40
"""The right end of the track."""


def gauge(
    config: OfficeConfig, day: date, today: Today, hall: Told | None, in_hall: int, language: str
) -> dict[str, object]:
    """`fill` and `at` are shares of the track; `tone` is good, between or over; no data has no fill."""
    targets = _targets(config, day)
    minutes = today.mean_s / 60 if today.mean_s is not None and today.n else None
    return {
        "figure": figure(minutes, language) if minutes is not None else "",
        "unit": either(language, "phút", "min"),
        "none": either(language, "Chưa có số liệu", "No data yet"),
        "fill": min(1.0, minutes / FULL_MINUTES) if minutes is not None else None,
        "tone": _tone(minutes, targets),
        "lines": [
            {
                "at": min(1.0, t.minutes / FULL_MINUTES),
                "text": f"{t.minutes:g}",
                "solid": t is targets[-1],
            }
            for t in targets
        ],
        "note": _note(targets, language),
        "forecast": _forecast(hall, in_hall, language),
    }


def late_after_s(config: OfficeConfig, day: date) -> float | None:
    """Whoever waits longer has missed every target that holds; None where none does."""
    targets = _targets(config, day)
    return targets[-1].minutes * 60 if targets else None


def _targets(config: OfficeConfig, day: date) -> list[Target]:
    """Those that hold, the strictest first."""
    return sorted((t for t in config.targets if t.holds_on(day)), key=lambda t: t.minutes)


def _tone(minutes: float | None, targets: list[Target]) -> str:
    if minutes is None or not targets or minutes <= targets[0].minutes:
        return "good"
    return "between" if minutes <= targets[-1].minutes else "over"


def _note(targets: list[Target], language: str) -> str:
    unit = either(language, "phút", "min")
    names = [(t.name.in_(language), f"{t.minutes:g}") for t in reversed(targets)]
    parts = [name if minutes in name else f"{name} {minutes} {unit}" for name, minutes in names]
    said = ", ".join(f"{part[:1].lower()}{part[1:]}" for part in parts)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _forecast(hall: Told | None, in_hall: int, language: str) -> dict[str, str] | None:
    """(words before, figure): the mean is too low at a peak, so the hall's own forecast stands beside it."""
    if not in_hall:
        return None
    people = counted(in_hall, "person", "people")
    before = either(
        language, f"Dự báo cho {in_hall} người đang ở sảnh:", f"Forecast for {people} in the hall:"
    )
    if hall is None:
        return {"before": before, "figure": either(language, "chưa tính được", "not known")}
    return {"before": before, "figure": f"{hall.median} {either(language, 'phút', 'min')}"}
