"""A small learned corrector on top of an estimate: its median, range and promise given what was known.

Boosted quantile trees (waits.trees) on what was known at issue. The ranges they give are only as good as the
days they learnt from; waits.conformal keeps them honest afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from queue_server.waits.trees import Binning, Boosted, Growth, binning, boost

Floats = NDArray[np.float64]

GROWTH = Growth()
SEED = 22
FLOOR_SHARE = 0.25
"""Of the usual wait: far below it a wait counts as none."""
LOW, MEDIAN, PROMISE, HIGH = SHARES = (0.1, 0.5, 0.8, 0.9)
PAIRS = (1, 3, 1, 1)
"""So many pairs of models have a share each: the median, by which we are judged, is a mean of six."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """One value a ticket, in the unit of the waits; low ≤ median ≤ promise ≤ high, none below 0."""

    low: Floats
    median: Floats
    promise: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Corrector:
    """What `fit` made. Columns of `predict` in the order of `fit`."""

    columns: int
    binning: Binning
    usual: float
    """Median wait learnt from."""
    floor: float
    models: tuple[tuple[Boosted, ...], ...]
    """For each of SHARES: by turns one that starts at the guess and one that starts at the usual wait."""

    def predict(self, features: Floats, guess: Floats) -> Ranges:
        """Ranges of tickets. Raises ValueError where the columns are not those learnt from."""
        if features.ndim != 2 or features.shape[1] != self.columns:
            raise ValueError(f"{features.shape} features, {self.columns} columns were learnt from")
        bins = self.binning(features)
        starts = _starts(guess, self.usual, self.floor)
        found = np.stack(
            [
                np.mean([np.exp(starts[n % 2] + m(bins)) for n, m in enumerate(models)], axis=0) - self.floor
                for models in self.models
            ]
        )
        return Ranges(*np.sort(np.maximum(found, 0.0), axis=0))


def fit(
    features: Floats,
    guess: Floats,
    waits: Floats,
    rng: np.random.Generator,
    growth: Growth = GROWTH,
    progress: Callable[[int], None] = lambda trees: None,
) -> Corrector:
    """Learns from tickets × columns (nan: unknown), a first guess of each wait ≥ 0, and the true waits.

    What is learnt is the ratio of (wait + floor) to (start + floor): quantiles pass through the logarithm,
    and long days do not drown short ones. Trees that start at the guess and at the usual wait err
    differently; their mean errs less than either. The same rows and seed give the same corrector. `progress`
    hears of trees grown, `trees_of(growth)` in all.
    """
    edges, usual = binning(features), float(np.median(waits))
    floor = max(FLOOR_SHARE * usual, 0.1 * float(waits.mean()), 1e-6)
    bins, true, starts = edges(features), np.log(waits + floor), _starts(guess, usual, floor)
    models = tuple(
        tuple(
            boost(bins, true - start, share, growth, rng, progress) for _ in range(pairs) for start in starts
        )
        for share, pairs in zip(SHARES, PAIRS, strict=True)
    )
    return Corrector(features.shape[1], edges, usual, floor, models)


def trees_of(growth: Growth) -> int:
    """How many trees a corrector has."""
    return 2 * sum(PAIRS) * growth.trees


def _starts(guess: Floats, usual: float, floor: float) -> tuple[Floats, Floats]:
    return np.log(np.maximum(guess, 0.0) + floor), np.full(len(guess), np.log(usual + floor))
