"""Ranges of over-dispersed counts: the negative binomial, by its mean and size."""

import numpy as np

_TAIL = 12.0
"""So many standard deviations above the mean are looked at."""


def quantile(mean: float, size: float, share: float) -> int:
    """The least count that is not exceeded with probability `share` (0 to 1, exclusive).

    The variance is mean + mean² / `size`; an infinite size is a Poisson.
    """
    if mean <= 0:
        return 0
    top = int(mean + _TAIL * (mean + mean * mean / size) ** 0.5 + _TAIL) + 1
    n = np.arange(1, top, dtype=float)
    if np.isinf(size):
        first, steps = -mean, np.log(mean / n)
    else:
        first, steps = size * np.log(size / (size + mean)), np.log((n - 1 + size) / n * mean / (size + mean))
    reached = np.cumsum(np.exp(first + np.concatenate([[0.0], np.cumsum(steps)])))
    return int(np.searchsorted(reached, share * min(1.0, float(reached[-1]))))
