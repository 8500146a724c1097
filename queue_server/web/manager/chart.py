"""The gauge as geometry, and every chart as the values its script draws (`charts.js`). Pure."""

from collections.abc import Sequence

from queue_server.reports.spreadsheet import Value
from queue_server.web.manager.sheet import Sheet

GAUGE_MAX_MIN = 40.0
GAUGE_WIDTH = 400.0


def gauge(
    mean: float | None, targets: Sequence[float], low: float | None, high: float | None
) -> dict[str, object]:
    """Fill, interval and lines on a track of 400 units for 0–40 minutes; `tone` as below."""
    marks = [
        {"x": _x(minutes), "minutes": minutes, "dashed": minutes != max(targets)}
        for minutes in sorted(set(targets))
    ]
    interval = (
        {"x": _x(low), "width": round(_x(high) - _x(low), 1)}
        if low is not None and high is not None
        else None
    )
    fill = 0.0 if mean is None else _x(mean)
    return {"fill": fill, "tone": tone(mean, targets), "marks": marks, "interval": interval}


def _x(minutes: float) -> float:
    return round(min(minutes, GAUGE_MAX_MIN) / GAUGE_MAX_MIN * GAUGE_WIDTH, 1)


def tone(mean: float | None, targets: Sequence[float]) -> str:
    """Green within the strictest target, amber within the widest, red beyond; none without data or target."""
    if mean is None or not targets:
        return "none"
    if mean <= min(targets):
        return "green"
    return "amber" if mean <= max(targets) else "red"


def bars(sheet: Sheet, targets: Sequence[float], unit: str, forecast: bool = False) -> dict[str, object]:
    """Means with P90 whiskers and target lines; the last row is drawn dashed when it is a `forecast`."""
    return {
        "kind": "bars",
        "labels": [row[0] for row in sheet.rows],
        "values": [_short(row[2]) for row in sheet.rows],
        "whiskers": [_short(row[3]) for row in sheet.rows],
        "counts": [row[1] for row in sheet.rows],
        "targets": sorted(targets, reverse=True),
        "forecast": forecast,
        "unit": unit,
    }


def columns(sheet: Sheet, targets: Sequence[float], unit: str, bin_min: float) -> dict[str, object]:
    """How many in each bin; targets are upright lines at their minute, the last two columns stand apart."""
    return {
        "kind": "columns",
        "labels": [row[0] for row in sheet.rows],
        "values": [row[1] for row in sheet.rows],
        "targets": sorted(targets, reverse=True),
        "bin": bin_min,
        "unit": unit,
    }


def line(sheet: Sheet, unit: str) -> dict[str, object]:
    """One value at each moment of the day."""
    return {
        "kind": "line",
        "labels": [row[0] for row in sheet.rows],
        "values": [_short(row[1]) for row in sheet.rows],
        "unit": unit,
    }


def _short(value: Value) -> Value:
    return round(value, 2) if isinstance(value, float) else value
