"""Figures over visits: exact sums and per-second histograms a day, which merge exactly, and what they say."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import ceil

import numpy as np
from numpy.typing import NDArray

from queue_server.waits.figures import Figures, Outcome, VisitRecord
from queue_server.waits.quality import came_true

RESAMPLES = 400
INTERVAL = (2.5, 97.5)
"""Percentiles of the resampled means: a 95 % interval."""
DAYS_FOR_INTERVAL = 5
"""From so many days on the interval is made by resampling days, else by resampling visits."""
LONG_S = 3600


def _us(seconds: float) -> int:
    return round(seconds * 1e6)


@dataclass(slots=True)
class DayTally:
    """One day's sums, in whole microseconds, and the histogram of waits in seconds, rounded up.

    Rounding up keeps every question "within t seconds?" exact for whole t.
    """

    n: int = 0
    wait_us: int = 0
    open_n: int = 0
    open_us: int = 0
    seconds: Counter[int] = field(default_factory=Counter)
    abandoned: int = 0
    abandoned_long: int = 0
    no_show: int = 0
    cancelled: int = 0
    worst_n: int = 0
    worst_us: int = 0
    walk_n: int = 0
    walk_us: int = 0
    service_n: int = 0
    service_us: int = 0
    told_n: int = 0
    told_held: int = 0
    """Waits within the range told."""
    told_kept: int = 0
    """Waits within the minutes promised."""
    told_us: int = 0
    """Sum of told median − true wait."""
    told_off_us: int = 0
    """Sum of the sizes of those errors."""
    told_seconds: Counter[int] = field(default_factory=Counter)
    """Size of the error in seconds, rounded up → how many."""
    lengths: Counter[int] = field(default_factory=Counter)
    """Five-minute mark of the local day → people not called yet at that instant (`waits.lengths`)."""
    work: Counter[str] = field(default_factory=Counter)
    """State of a counter → microseconds spent in it (`waits.work`); of counters and officers, and in all."""
    flags: Counter[str] = field(default_factory=Counter)

    def add(self, visit: VisitRecord) -> None:
        self.flags.update(visit.flags)
        self._told(visit)
        for leg in visit.legs:
            if leg.walk_s is not None:
                self.walk_n, self.walk_us = self.walk_n + 1, self.walk_us + _us(leg.walk_s)
            if leg.service_s is not None:
                self.service_n, self.service_us = self.service_n + 1, self.service_us + _us(leg.service_s)
        match visit.outcome:
            case Outcome.SERVED:
                self._served(visit)
            case Outcome.ABANDONED:
                self.abandoned += 1
                self.abandoned_long += (visit.waited_s or 0.0) > LONG_S
            case Outcome.NO_SHOW:
                self.no_show += 1
            case Outcome.CANCELLED:
                self.cancelled += 1
            case Outcome.OPEN | Outcome.UNMEASURED:
                pass
        worst = visit.outcome in (Outcome.SERVED, Outcome.ABANDONED, Outcome.NO_SHOW)
        if worst and visit.waited_s is not None:
            self.worst_n, self.worst_us = self.worst_n + 1, self.worst_us + _us(visit.waited_s)

    def _served(self, visit: VisitRecord) -> None:
        if visit.wait_s is None:
            return
        self.n += 1
        self.wait_us += _us(visit.wait_s)
        self.seconds[ceil(_us(visit.wait_s) / 1_000_000)] += 1
        if visit.open_wait_s is not None:
            self.open_n, self.open_us = self.open_n + 1, self.open_us + _us(visit.open_wait_s)

    def _told(self, visit: VisitRecord) -> None:
        true, told = came_true(visit), visit.told
        if true is None or told is None:
            return
        off_us = _us((told[1] - true) * 60)
        self.told_n += 1
        self.told_held += told[0] <= true <= told[2]
        self.told_kept += true <= told[3]
        self.told_us += off_us
        self.told_off_us += abs(off_us)
        self.told_seconds[ceil(abs(off_us) / 1_000_000)] += 1

    def merged(self, other: "DayTally") -> "DayTally":
        """Both together; neither is changed."""
        return DayTally(**{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})


Tally = Mapping[date, DayTally]
"""Local day → its sums."""


def tally(visits: Iterable[VisitRecord]) -> dict[date, DayTally]:
    days: dict[date, DayTally] = {}
    for visit in visits:
        days.setdefault(visit.day, DayTally()).add(visit)
    return days


def merge(tallies: Iterable[Tally]) -> dict[date, DayTally]:
    """The tally of the union of disjoint sets of visits."""
    days: dict[date, DayTally] = {}
    for one in tallies:
        for day, sums in one.items():
            days[day] = days[day].merged(sums) if day in days else sums
    return days


def figures(visits: Iterable[VisitRecord], targets: Sequence[float], rng: np.random.Generator) -> Figures:
    """The figures over a set of visits; `targets` in minutes. Deterministic, given the generator's state."""
    return figures_of(tally(visits), targets, rng)


@dataclass(frozen=True, slots=True)
class Pool:
    """A period: all of it together, and (visits, microseconds) of each day with served visits, in order."""

    total: DayTally
    served: Sequence[tuple[int, int]]


def pool(days: Tally) -> Pool:
    total = DayTally()
    for sums in days.values():
        total = total.merged(sums)
    return Pool(total, [(days[day].n, days[day].wait_us) for day in sorted(days) if days[day].n])


def figures_of(days: Tally, targets: Sequence[float], rng: np.random.Generator) -> Figures:
    """The same from tallies, so that a period's figures are those of its visits, to the last digit."""
    return figures_of_pool(pool(days), targets, rng)


def figures_of_pool(pooled: Pool, targets: Sequence[float], rng: np.random.Generator) -> Figures:
    """The same from sums that are merged already."""
    total = pooled.total
    low, high = _interval(pooled.served, total, rng)
    counted = total.n + total.abandoned
    reached = _Reached.of(total.seconds)
    return Figures(
        n=total.n,
        mean_s=_mean(total.wait_us, total.n),
        p50_s=reached.percentile(50),
        p90_s=reached.percentile(90),
        p95_s=reached.percentile(95),
        share_within={m: reached.within(m * 60) / counted for m in targets} if counted else {},
        share_over_60=(total.n - reached.within(LONG_S) + total.abandoned_long) / counted
        if counted
        else None,
        abandoned=total.abandoned,
        no_show=total.no_show,
        cancelled=total.cancelled,
        mean_open_s=_mean(total.open_us, total.open_n),
        ci_low_s=low,
        ci_high_s=high,
        worst_case_mean_s=_mean(total.worst_us, total.worst_n),
        walk_mean_s=_mean(total.walk_us, total.walk_n),
        service_mean_s=_mean(total.service_us, total.service_n),
        flags=dict(sorted(total.flags.items())),
    )


@dataclass(frozen=True, slots=True)
class _Reached:
    """A histogram as rising seconds, and how many do not exceed each."""

    seconds: NDArray[np.int64]
    reached: NDArray[np.int64]

    @staticmethod
    def of(histogram: Mapping[int, int]) -> "_Reached":
        seconds = np.fromiter(histogram.keys(), dtype=np.int64, count=len(histogram))
        counts = np.fromiter(histogram.values(), dtype=np.int64, count=len(histogram))
        order = np.argsort(seconds)
        return _Reached(seconds[order], np.cumsum(counts[order]))

    def percentile(self, percent: int) -> float | None:
        if not len(self.seconds):
            return None
        rank = -(-percent * int(self.reached[-1]) // 100)
        return float(self.seconds[np.searchsorted(self.reached, rank)])

    def within(self, seconds: float) -> int:
        place = int(np.searchsorted(self.seconds, seconds, side="right"))
        return int(self.reached[place - 1]) if place else 0


def percentile(seconds: Mapping[int, int], percent: int) -> float | None:
    """Nearest rank: the smallest wait that at least `percent` % of the visits do not exceed."""
    return _Reached.of(seconds).percentile(percent)


def _mean(us: int, n: int) -> float | None:
    return us / n / 1e6 if n else None


def _interval(
    served: Sequence[tuple[int, int]], total: DayTally, rng: np.random.Generator
) -> tuple[float, float] | tuple[None, None]:
    """Bootstrap over days from five days with data on, over visits before that; none for fewer than two."""
    if len(served) >= DAYS_FOR_INTERVAL:
        days = np.array(served, dtype=float).T.copy()  # a row each of n and microseconds: twice as quick
        drawn = _drawn(_Seeded(rng), len(served))
        n, us = (np.einsum("ij,j->i", drawn, row) for row in days)  # not BLAS: its threads spin
        means = us / n / 1e6
    elif total.n >= 2:
        second = sorted(total.seconds)
        sums = np.repeat(np.array(second, dtype=float), [total.seconds[s] for s in second])
        # The histogram rounds up; shifting by the mean's own difference keeps the interval about the mean.
        sums += total.wait_us / total.n / 1e6 - sums.mean()
        means = _resampled(sums, rng)
    else:
        return None, None
    low, high = np.percentile(means, INTERVAL)
    return float(low), float(high)


def _resampled(sums: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Means over as many values drawn with replacement as there are, `RESAMPLES` times."""
    size, means = len(sums), np.empty(RESAMPLES)
    step = max(1, 1_000_000 // size)
    for first in range(0, RESAMPLES, step):
        drawn = rng.integers(0, size, (min(step, RESAMPLES - first), size), dtype=np.int32)
        means[first : first + step] = sums[drawn].mean(axis=1)
    return means


class _Seeded:
    """A generator that equals another one in the same state, so that equal draws are made once."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng, self._state = rng, repr(rng.bit_generator.state)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Seeded) and self._state == other._state

    def __hash__(self) -> int:
        return hash(self._state)


@lru_cache(maxsize=8)
def _drawn(seeded: _Seeded, size: int) -> NDArray[np.float64]:
    """How often each of `size` days is drawn, one row a resample."""
    drawn = seeded.rng.integers(0, size, (RESAMPLES, size), dtype=np.int32)
    drawn += np.arange(RESAMPLES, dtype=np.int32)[:, None] * size
    return np.bincount(drawn.ravel(), minlength=RESAMPLES * size).reshape(RESAMPLES, size).astype(float)
