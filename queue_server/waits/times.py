"""Service times to draw from: what was measured, shrunk towards the group's and the configured prior."""

import numpy as np
from numpy.typing import NDArray

from queue_server.waits.snapshot import ServiceTimes

Floats = NDArray[np.float64]

SHRINK = 20
"""So many samples weigh as much as what they are shrunk towards: n / (n + 20)."""
SIZE = 256
PRIOR_SHAPE = 2.0
"""The prior is a gamma of this shape about the configured mean (coefficient of variation 0.71)."""


def table(times: ServiceTimes) -> Floats:
    """SIZE equally likely service times, rising: the quantiles of the shrunk mixture."""
    own, group = len(times.samples), len(times.group_samples)
    own_share = own / (own + SHRINK)
    group_share = (1 - own_share) * group / (group + SHRINK)
    parts = [(_PRIOR * times.expected_s / _PRIOR.mean(), 1 - own_share - group_share)]
    if own:
        parts.append((np.asarray(times.samples, dtype=float), own_share))
    if group:
        parts.append((np.asarray(times.group_samples, dtype=float), group_share))
    values = np.concatenate([values for values, _ in parts])
    weights = np.concatenate([np.full(len(values), share / len(values)) for values, share in parts])
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    wanted = (np.arange(SIZE) + 0.5) / SIZE * reached[-1]
    found: Floats = values[order][np.searchsorted(reached, wanted).clip(0, len(values) - 1)]
    return found


def _gamma_quantiles(shape: float) -> Floats:
    """SIZE quantiles of a gamma of mean `shape`, by the integral of its density on a fine grid."""
    grid = np.linspace(0.0, 12.0 * shape, 24_001)[1:]
    density = grid ** (shape - 1.0) * np.exp(-grid)
    reached = np.cumsum(density)
    return np.interp((np.arange(SIZE) + 0.5) / SIZE, reached / reached[-1], grid)


_PRIOR = _gamma_quantiles(PRIOR_SHAPE)


def draw(table_: Floats, u: Floats) -> Floats:
    """One time for each uniform number in [0, 1)."""
    found: Floats = table_[(u * len(table_)).astype(np.int64)]
    return found


def residual(table_: Floats, elapsed_s: float, u: Floats) -> Floats:
    """How much longer, given the time already taken; past everything known, as long again on average."""
    first = int(np.searchsorted(table_, elapsed_s, side="right"))
    if first == len(table_):
        return -np.log1p(-u) * max(elapsed_s, 1.0) / 2
    found: Floats = table_[first + (u * (len(table_) - first)).astype(np.int64)] - elapsed_s
    return found
