"""A small learned corrector on top of an estimate: its median, range and promise given what was known.

Boosted quantile trees (waits.trees) of what a first guess leaves. The ranges they give are only as good as
the days they learnt from; waits.conformal keeps them honest afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from queue_server.waits.trees import Binning, Boosted, Growth, binning, boost

Floats = NDArray[np.float64]

GROWTH = Growth()
SEED = 22
LOW, MEDIAN, PROMISE, HIGH = SHARES = (0.1, 0.5, 0.8, 0.9)


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
    models: tuple[Boosted, ...]
    """One of each of SHARES."""

    def predict(self, features: Floats, guess: Floats) -> Ranges:
        """Ranges of tickets. Raises ValueError where the columns are not those learnt from."""
        if features.ndim != 2 or features.shape[1] != self.columns:
            raise ValueError(f"{features.shape} features, {self.columns} columns were learnt from")
        bins = self.binning(features)
        found = np.stack([guess + model(bins) for model in self.models])
        return Ranges(*np.sort(np.maximum(found, 0.0), axis=0))


def fit(
    features: Floats,
    guess: Floats,
    waits: Floats,
    rng: np.random.Generator,
    growth: Growth = GROWTH,
    progress: Callable[[int], None] = lambda trees: None,
) -> Corrector:
    """Learns from tickets × columns (nan: unknown), a first guess of each wait, and the waits that came true.

    The same rows and seed give the same corrector. `progress` hears of trees grown.
    """
    edges = binning(features)
    bins, left = edges(features), waits - guess
    models = tuple(boost(bins, left, share, growth, rng, progress) for share in SHARES)
    return Corrector(features.shape[1], edges, models)
