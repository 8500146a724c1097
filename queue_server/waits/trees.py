"""Boosted regression trees for a quantile, on binned columns, in numpy: small, seeded, no library.

Friedman, Annals of Statistics 29 (2001) 1189-1232: each tree is grown on the sign of what is left, and each
of its leaves moves by that leaf's own quantile of what is left.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Bins = NDArray[np.uint8]

BINS = 64
"""Of a column at most; bin 0 is "unknown"."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees are grown."""

    trees: int = 120
    depth: int = 5
    rate: float = 0.06
    least: int = 40
    """Rows of a leaf at least."""
    rows: float = 0.6
    columns: float = 0.4
    """Shares drawn afresh for every tree."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole tree of `depth` levels: node k has children 2k + 1 (bin ≤ split) and 2k + 2."""

    column: Ints
    split: Ints
    leaf: Floats
    depth: int

    def __call__(self, bins: Bins) -> Floats:
        node, rows = np.zeros(len(bins), dtype=np.int64), np.arange(len(bins))
        for _ in range(self.depth):
            right = bins[rows, self.column[node]] > self.split[node]
            node = 2 * node + 1 + right
        found: Floats = self.leaf[node - (2**self.depth - 1)]
        return found


@dataclass(frozen=True, slots=True)
class Binning:
    """Edges per column, rising."""

    edges: tuple[Floats, ...]

    def __call__(self, features: Floats) -> Bins:
        found = np.zeros(features.shape, dtype=np.uint8)
        for n, edges in enumerate(self.edges):
            column = features[:, n]
            bins = 1 + np.searchsorted(edges, column, side="left")
            found[:, n] = np.where(np.isnan(column), 0, bins)
        return found


def binning(features: Floats) -> Binning:
    """Bins of about equally many rows each."""
    edges = []
    for column in features.T:
        known = column[~np.isnan(column)]
        wanted = np.linspace(0, 1, BINS - 1)[1:-1]
        edges.append(np.unique(np.quantile(known, wanted)) if len(known) else np.empty(0))
    return Binning(tuple(edges))


FEW = 64
"""Rows for which all trees are walked side by side."""


@dataclass(frozen=True, slots=True)
class Boosted:
    """Trees of one depth, a row each: columns and splits of inner nodes, leaves; `rate` scales each."""

    column: Ints
    split: Ints
    leaf: Floats
    depth: int
    rate: float

    def __call__(self, bins: Bins) -> Floats:
        if len(bins) <= FEW:
            return self._together(bins)
        found = np.zeros(len(bins))
        for column, split, leaf in zip(self.column, self.split, self.leaf, strict=True):
            found += self.rate * Tree(column, split, leaf, self.depth)(bins)
        return found

    def _together(self, bins: Bins) -> Floats:
        trees, rows = np.arange(len(self.leaf))[:, None], np.arange(len(bins))[None, :]
        node = np.zeros((len(self.leaf), len(bins)), dtype=np.int64)
        for _ in range(self.depth):
            node = 2 * node + 1 + (bins[rows, self.column[trees, node]] > self.split[trees, node])
        found: Floats = self.rate * self.leaf[trees, node - (2**self.depth - 1)].sum(axis=0)
        return found


def boost(
    bins: Bins,
    left: Floats,
    quantile: float,
    growth: Growth,
    rng: np.random.Generator,
    progress: Callable[[int], None] = lambda trees: None,
) -> Boosted:
    """Trees whose sum is the `quantile` of `left` (what a first guess leaves) given the bins of a row.

    `progress` hears of trees grown.
    """
    grown, left = [], left.copy()
    rows, width = bins.shape
    for _ in range(growth.trees):
        drawn = rng.permutation(rows)[: max(int(rows * growth.rows), min(rows, 2 * growth.least))]
        columns = rng.permutation(width)[: max(int(width * growth.columns), 1)]
        tree = _grow(bins[drawn], left[drawn], columns, quantile, growth)
        left -= growth.rate * tree(bins)
        grown.append(tree)
        progress(1)
    return Boosted(
        np.stack([tree.column for tree in grown]),
        np.stack([tree.split for tree in grown]),
        np.stack([tree.leaf for tree in grown]),
        growth.depth,
        growth.rate,
    )


def _grow(bins: Bins, left: Floats, columns: Ints, quantile: float, growth: Growth) -> Tree:
    inner = 2**growth.depth - 1
    column, split = np.zeros(inner, dtype=np.int64), np.full(inner, 255, dtype=np.int64)
    pull = np.where(left > 0, quantile, quantile - 1.0)
    mine = bins[:, columns].astype(np.int64) + np.arange(len(columns)) * BINS
    node, rows = np.zeros(len(bins), dtype=np.int64), np.arange(len(bins))
    for level in range(growth.depth):
        first, many = 2**level - 1, 2**level
        size = many * len(columns) * BINS
        place = mine + ((node - first) * len(columns) * BINS)[:, None]
        count = _histogram(place, np.ones(len(bins)), size).reshape(many, len(columns), BINS)
        total = _histogram(place, pull, size).reshape(count.shape)
        best, where = _splits(count, total, growth.least)
        worth = best > 1e-9
        column[first : first + many] = columns[where // BINS]
        split[first : first + many] = np.where(worth, where % BINS, 255)
        node = 2 * node + 1 + (bins[rows, column[node]] > split[node])
    leaves = node - inner
    leaf = _quantiles(left, leaves, 2**growth.depth, quantile)
    return Tree(column, split, leaf.astype(np.float32).astype(np.float64), growth.depth)  # as it is stored


def _histogram(place: Ints, weight: Floats, size: int) -> Floats:
    """The sum of its rows' weights at every place."""
    return np.bincount(place.ravel(), np.repeat(weight, place.shape[1]), size).astype(np.float64)


def _splits(count: Floats, total: Floats, least: int) -> tuple[Floats, Ints]:
    """Per node the best gain and where: column × BINS + the last bin that goes left."""
    n_left, s_left = count.cumsum(axis=2), total.cumsum(axis=2)
    n_all, s_all = n_left[:, :, -1:], s_left[:, :, -1:]
    n_right, s_right = n_all - n_left, s_all - s_left
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = s_left**2 / n_left + s_right**2 / n_right - s_all**2 / n_all
    gain = np.where((n_left >= least) & (n_right >= least), gain, -1.0).reshape(len(count), -1)
    where = gain.argmax(axis=1)
    return gain[np.arange(len(gain)), where], where


def _quantiles(values: Floats, group: Ints, groups: int, quantile: float) -> Floats:
    """Per group the quantile of its values, 0 where it has none."""
    order = np.lexsort((values, group))
    count = np.bincount(group, minlength=groups)
    first = np.cumsum(count) - count
    place = first + quantile * np.maximum(count - 1, 0)
    low = np.floor(place).astype(np.int64).clip(0, len(values) - 1)
    high = np.ceil(place).astype(np.int64).clip(0, len(values) - 1)
    rising = values[order]
    found = rising[low] + (rising[high] - rising[low]) * (place - low)
    return np.where(count > 0, found, 0.0)
