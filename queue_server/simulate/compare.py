"""Several policies and plans on the same people: figures by class, with intervals and paired differences.

The point figures are waits/tally's, so that they are what the office's own reports would say. Intervals are
95 %, by resampling whole days (five or more; fewer have none); a difference resamples the same days.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil

import numpy as np

from queue_server.domain.office_calling import Calling
from queue_server.domain.office_services import ServiceClass
from queue_server.simulate.hall import run
from queue_server.simulate.hall_day import Came, DayResult, Floats, HallDay
from queue_server.simulate.interval import Interval as Interval
from queue_server.simulate.plan import Plan, with_plan
from queue_server.simulate.setting import Setting
from queue_server.waits.figures import Figures
from queue_server.waits.tally import DAYS_FOR_INTERVAL, LONG_S, DayTally, figures_of

RESAMPLES = 400
TARGET_MINUTES = 20.0
BIN_S, LONGEST_S = 15.0, 10 * 3600.0
"""Percentiles are resampled on bins; their point values are exact."""
EVERYBODY = "all"
_FIRST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Variant:
    name: str
    calling: Calling
    plan: Plan


@dataclass(frozen=True, slots=True)
class Row:
    """Of one class under one variant. `against` is the difference to the first variant, on the same days."""

    figures: Figures
    max_s: float | None
    intervals: dict[str, Interval] = field(default_factory=dict)
    against: dict[str, Interval] = field(default_factory=dict)


def compare(
    setting: Setting,
    days: Sequence[HallDay],
    variants: Sequence[Variant],
    rng: np.random.Generator,
    target_minutes: float = TARGET_MINUTES,
    progress: Callable[[int], None] = lambda days: None,
) -> dict[str, dict[str, Row]]:
    """Variant → class (`all`, then those that came) → its row. Raises ValueError without days or variants."""
    if not days or not variants:
        raise ValueError("there is nothing to compare")
    weights = rng.multinomial(len(days), np.full(len(days), 1 / len(days)), RESAMPLES).astype(float)
    if len(days) < DAYS_FOR_INTERVAL:
        weights = np.full_like(weights, np.nan)
    found: dict[str, dict[str, Row]] = {}
    first: dict[str, dict[str, Floats]] = {}
    for variant in variants:
        played = [with_plan(setting, day, variant.plan.acts) for day in days]
        results = []
        for day in played:
            results.append(run(setting, day, variant.calling))
            progress(1)
        rows = {}
        for name in (EVERYBODY, *ServiceClass):
            parts = [_Part(day, result, name) for day, result in zip(played, results, strict=True)]
            if any(part.many for part in parts):
                samples = _resampled(parts, weights, target_minutes)
                if variant is variants[0]:
                    first[name] = samples
                row = _row(parts, samples, target_minutes)
                if variant is not variants[0] and name in first:
                    row = _against(row, samples, found[variants[0].name][str(name)], first[name])
                rows[str(name)] = row
        found[variant.name] = rows
    return found


class _Part:
    """One day's visits of one class, as the tally wants them and as bins."""

    def __init__(self, day: HallDay, result: DayResult, name: str) -> None:
        mine = np.array([name == EVERYBODY or c.service_class == name for c in day.citizens], dtype=bool)
        came, wait, waited = result.came[mine], result.wait_s[mine], result.waited_s[mine]
        served = wait[came == Came.SERVED]
        left = waited[came == Came.ABANDONED]
        self.many = len(came)
        self.tally = DayTally(
            n=len(served),
            wait_us=round(float(served.sum()) * 1e6),
            abandoned=len(left),
            abandoned_long=int((left > LONG_S).sum()),
            no_show=int((came == Came.NO_SHOW).sum()),
        )
        for wait_s in served:
            self.tally.seconds[ceil(round(wait_s * 1e6) / 1_000_000)] += 1
        self.served = served


def _resampled(parts: Sequence[_Part], weights: Floats, target_minutes: float) -> dict[str, Floats]:
    """Measure → one value a resample (nan where nobody was served)."""
    bins = np.arange(0, LONGEST_S + BIN_S, BIN_S)
    hist = np.stack([np.histogram(p.served.clip(0, LONGEST_S), bins)[0] for p in parts]).astype(float)
    reached = np.cumsum(weights @ hist, axis=1)
    n = reached[:, -1]
    total = weights @ np.array([p.tally.wait_us / 60e6 for p in parts])
    counted = weights @ np.array([float(p.tally.n + p.tally.abandoned) for p in parts])
    within = weights @ np.array([float((p.served <= target_minutes * 60).sum()) for p in parts])
    long = weights @ np.array([float((p.served > LONG_S).sum() + p.tally.abandoned_long) for p in parts])
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = {
            name: np.where(n > 0, ((reached < share * n[:, None]).sum(axis=1) + 1) * BIN_S / 60, np.nan)
            for name, share in (("p90", 0.9), ("p95", 0.95))
        }
        return {"mean": total / n, **percent, "within": within / counted, "over_60": long / counted}


def _row(parts: Sequence[_Part], samples: dict[str, Floats], target: float) -> Row:
    days = {_FIRST + timedelta(days=n): part.tally for n, part in enumerate(parts)}
    figures = figures_of(days, [target], np.random.default_rng(0))
    values = values_of(figures, target)
    longest = max((float(p.served.max()) for p in parts if len(p.served)), default=None)
    return Row(figures, longest, {name: _interval(values[name], samples[name]) for name in values})


def _against(row: Row, samples: dict[str, Floats], other: Row, first: dict[str, Floats]) -> Row:
    """The row with its paired differences to the first variant's."""
    both = [name for name in row.intervals if name in other.intervals]
    against = {
        name: _interval(row.intervals[name].value - other.intervals[name].value, samples[name] - first[name])
        for name in both
    }
    return replace(row, against=against)


def values_of(figures: Figures, target: float) -> dict[str, float]:
    """The measures there are: minutes and shares of 1."""
    found = {
        "mean": figures.mean_s,
        "p90": figures.p90_s,
        "p95": figures.p95_s,
    }
    values = {name: seconds / 60 for name, seconds in found.items() if seconds is not None}
    if target in figures.share_within:
        values["within"] = figures.share_within[target]
    if figures.share_over_60 is not None:
        values["over_60"] = figures.share_over_60
    return values


def _interval(value: float, samples: Floats) -> Interval:
    there = samples[np.isfinite(samples)]
    if not len(there):
        return Interval(value, float("nan"), float("nan"))
    low, high = np.percentile(there, (2.5, 97.5))
    return Interval(value, float(low), float(high))
