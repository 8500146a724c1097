"""The comparison as tables and as JSON."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

if TYPE_CHECKING:
    from queue_server.simulate.compare import Interval, Row

_CLASS = {
    "all": "Tất cả · All",
    "priority": "Ưu tiên · Priority",
    "appointment": "Hẹn trước · Appointment",
    "ordinary": "Thường · Ordinary",
}
_SHARES = ("within", "over_60")


def tables(
    rows: "Mapping[str, Mapping[str, Row]]", notes: Mapping[str, object], target: float
) -> Iterator[Table]:
    """One table a class; below it the paired differences to the first row."""
    for class_, title in _CLASS.items():
        mine = {name: by_class[class_] for name, by_class in rows.items() if class_ in by_class}
        if not mine:
            continue
        said = ", ".join(f"{key} {value}" for key, value in notes.items()) if class_ == "all" else None
        table = Table(title=title, caption=said, box=SIMPLE_HEAD, pad_edge=False)
        table.add_column("", overflow="fold", min_width=24)
        for head in (
            "n",
            "TB",
            "P90",
            "P95",
            "max",
            f"≤ {target:g}",
            "> 60",
            "bỏ về",
            "vắng",
        ):
            table.add_column(head, justify="right", no_wrap=True)
        for name, row in mine.items():
            table.add_row(
                name,
                str(row.figures.n),
                *(_cell(row.intervals.get(m), m) for m in ("mean", "p90", "p95")),
                "–" if row.max_s is None else f"{row.max_s / 60:.0f}",
                *(_cell(row.intervals.get(m), m) for m in _SHARES),
                str(row.figures.abandoned),
                str(row.figures.no_show),
            )
            if row.against:
                cells = [_cell(row.against.get(m), m, True) for m in ("mean", "p90", "p95")]
                table.add_row(
                    "  Δ", "", *cells, "", *(_cell(row.against.get(m), m, True) for m in _SHARES), style="dim"
                )
        yield table


def _cell(interval: "Interval | None", measure: str, signed: bool = False) -> str:
    """Minutes or percent, with the 95 % interval below it; a difference that may be none has no star."""
    if interval is None:
        return "–"
    scale = 100.0 if measure in _SHARES else 1.0
    sign, star = ("+", "*" if signed and interval.certain else "") if signed else ("", "")
    value = f"{interval.value * scale:{sign}.1f}{star}"
    if not isfinite(interval.low) or interval.low == interval.high:
        return value
    return f"{value}\n{interval.low * scale:{sign}.1f}…{interval.high * scale:{sign}.1f}"


def as_json(
    rows: "Mapping[str, Mapping[str, Row]]", notes: Mapping[str, object], target: float
) -> dict[str, object]:
    """Minutes and shares of 1; intervals are [value, low, high]."""
    return {
        "notes": dict(notes),
        "target_minutes": target,
        "variants": [
            {
                "name": name,
                "classes": {
                    class_: {
                        "n": row.figures.n,
                        "max": None if row.max_s is None else row.max_s / 60,
                        "abandoned": row.figures.abandoned,
                        "no_show": row.figures.no_show,
                        **{measure: _three(one) for measure, one in row.intervals.items()},
                        "against_first": {measure: _three(one) for measure, one in row.against.items()},
                    }
                    for class_, row in by_class.items()
                },
            }
            for name, by_class in rows.items()
        ],
    }


def _three(interval: "Interval") -> list[float | None]:
    return [x if isfinite(x) else None for x in (interval.value, interval.low, interval.high)]
