"""Simulated days as sums: means over visits, never over days, and intervals by resampling whole days."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from queue_server.simulate.hall import run
from queue_server.simulate.hall_day import Came, DayResult, Floats, HallDay
from queue_server.simulate.interval import Interval
from queue_server.simulate.setting import Setting

RESAMPLES = 400


@dataclass(frozen=True, slots=True)
class Scores:
    """One value a day: visits served, the sum of their waits in minutes, how many of how many in time."""

    n: Floats
    minutes: Floats
    within: Floats
    counted: Floats

    @property
    def means(self) -> Floats:
        """Each day's own mean, nan where nobody was served: for probabilities over days, not for figures."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.minutes / self.n

    @property
    def mean(self) -> float:
        """Minutes over all visits of all days; nan without any."""
        total = float(self.n.sum())
        return float(self.minutes.sum()) / total if total else float("nan")


def play(setting: Setting, days: Sequence[HallDay]) -> list[DayResult]:
    return [run(setting, day) for day in days]


Among = Sequence[NDArray[np.bool_]]
"""For each day which of its citizens count."""


def beginning_with(days: Sequence[HallDay], services: Sequence[int]) -> Among:
    """Whose first stay is for one of these."""
    return [np.isin([one.stays[0].service for one in day.citizens], services) for day in days]


def scores(
    results: Sequence[DayResult],
    target_minutes: float,
    before: tuple[float, float, float] = (0.0, 0.0, 0.0),
    among: Among | None = None,
) -> Scores:
    """`before` is what the day has measured already: (visits, minutes, within the target)."""
    rows = []
    for number, result in enumerate(results):
        counts = among[number] if among is not None else np.ones(len(result.came), dtype=bool)
        served = result.wait_s[counts & (result.came == Came.SERVED)]
        left = int((counts & (result.came == Came.ABANDONED)).sum())
        within = float((served <= target_minutes * 60).sum())
        rows.append(
            (
                len(served) + before[0],
                float(served.sum()) / 60 + before[1],
                within + before[2],
                len(served) + left + before[0],
            )
        )
    table = np.array(rows, dtype=float).reshape(-1, 4)
    return Scores(*table.T)


def spread_of(found: Scores) -> Interval:
    """The mean over visits, with P10 and P90 of the days' means."""
    there = found.means[np.isfinite(found.means)]
    low, high = np.percentile(there, (10, 90)) if len(there) else (np.nan, np.nan)
    return Interval(found.mean, float(low), float(high))


def difference(one: Scores, other: Scores, rng: np.random.Generator) -> tuple[Interval, Interval]:
    """(mean, share within) of `one` less those of `other`, the same days resampled on both sides; 95 %."""
    days = len(one.n)
    weights = rng.multinomial(days, np.full(days, 1 / days), RESAMPLES).astype(float)

    def ratio(top: Floats, bottom: Floats, w: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = (w @ top) / (w @ bottom)
        return found

    everything = np.ones((1, days))
    found = []
    for top, bottom in (("minutes", "n"), ("within", "counted")):
        mine = (getattr(one, top), getattr(one, bottom))
        its = (getattr(other, top), getattr(other, bottom))
        value = float((ratio(*mine, everything) - ratio(*its, everything))[0])
        samples = ratio(*mine, weights) - ratio(*its, weights)
        samples = samples[np.isfinite(samples)]
        low, high = np.percentile(samples, (2.5, 97.5)) if len(samples) else (np.nan, np.nan)
        found.append(Interval(value, float(low), float(high)))
    return found[0], found[1]
