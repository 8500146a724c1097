"""The two drawings as numbers: the gauge with its target lines, the bars by hour. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

GAUGE_MAX_MIN = 40.0
GAUGE_WIDTH = 400.0
CHART_WIDTH, CHART_HEIGHT = 640.0, 250.0
NAME_HEIGHT = 14.0
"""Names of target lines stand at least so far apart, however near their lines are."""
LEFT, RIGHT, TOP, BOTTOM = 36.0, 70.0, 12.0, 28.0
STEP_MIN = 10


@dataclass(frozen=True, slots=True)
class Hour:
    """One group of visits: its label, mean and P90 in minutes (None: no data), and how many."""

    label: str
    mean: float | None
    p90: float | None
    n: int
    forecast: bool = False


def gauge(mean: float | None, targets: Sequence[float]) -> dict[str, object]:
    """Fill and lines on a track of 400 units for 0–40 minutes; `tone` is green, amber, red or none."""
    marks = [
        {
            "x": round(min(minutes, GAUGE_MAX_MIN) / GAUGE_MAX_MIN * GAUGE_WIDTH, 1),
            "minutes": minutes,
            "dashed": minutes != max(targets),
        }
        for minutes in sorted(set(targets))
    ]
    fill = 0.0 if mean is None else min(mean, GAUGE_MAX_MIN) / GAUGE_MAX_MIN * GAUGE_WIDTH
    return {"fill": round(fill, 1), "tone": tone(mean, targets), "marks": marks}


def tone(mean: float | None, targets: Sequence[float]) -> str:
    """Green within the strictest target, amber within the widest, red beyond; none without data or target."""
    if mean is None or not targets:
        return "none"
    if mean <= min(targets):
        return "green"
    return "amber" if mean <= max(targets) else "red"


def bars(hours: Sequence[Hour], targets: Sequence[float]) -> dict[str, object]:
    """Bars, whiskers, grid and target lines in a box of 640 × 250 units."""
    values = [v for hour in hours for v in (hour.mean, hour.p90) if v is not None] + list(targets)
    top = max(STEP_MIN * 2, ceil(max(values, default=0) / STEP_MIN) * STEP_MIN)
    height, width = CHART_HEIGHT - TOP - BOTTOM, CHART_WIDTH - LEFT - RIGHT
    slot = width / max(1, len(hours))

    def y(minutes: float) -> float:
        return round(TOP + height * (1 - minutes / top), 1)

    drawn = []
    for index, hour in enumerate(hours):
        middle = LEFT + slot * (index + 0.5)
        thick = min(44.0, slot * 0.62)
        drawn.append(
            {
                "label": hour.label,
                "x": round(middle - thick / 2, 1),
                "middle": round(middle, 1),
                "width": round(thick, 1),
                "y": None if hour.mean is None else y(hour.mean),
                "height": None if hour.mean is None else round(y(0) - y(hour.mean), 1),
                "p90": None if hour.p90 is None or hour.forecast else y(hour.p90),
                "over": hour.mean is not None and bool(targets) and hour.mean > max(targets),
                "forecast": hour.forecast,
            }
        )
    step = STEP_MIN * max(1, ceil(top / STEP_MIN / 6))
    return {
        "grid": [{"y": y(m), "minutes": m} for m in range(0, int(top) + 1, step)],
        "bars": drawn,
        "lines": _lines([(t, y(t)) for t in sorted(set(targets)) if t <= top]),
        "base": y(0),
        "right": CHART_WIDTH - RIGHT,
    }


def _lines(places: Sequence[tuple[float, float]]) -> list[dict[str, object]]:
    """The target lines, the strictest first (dashed but the last), with names that do not touch."""
    lines: list[dict[str, object]] = []
    above = 0.0
    for number, (minutes, y) in enumerate(reversed(places)):
        name_y = y if number == 0 else max(y, above + NAME_HEIGHT)
        above = name_y
        lines.append({"y": y, "name_y": round(name_y, 1), "minutes": minutes, "dashed": number > 0})
    return lines[::-1]
