"""Ranges that learn from what came true: rolling, adaptive, per service and position, shrunk to the whole.

Adaptive conformal inference (Gibbs and Candès, NeurIPS 2021) on a factor of the half-widths: each miss
widens, each hit narrows, so that in the long run the wanted share is covered whatever the ranges were. The
factor of a ticket is the product of those of its keys, the widest first, so that a small queue leans on its
office.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp

COVERED = 0.8
KEPT = 0.8
STEPS = (0.004, 0.015, 0.04)
"""How fast the factors of a ticket's keys learn: everybody's, its office's, its service's and position's."""
NARROWEST, WIDEST = -2.5, 2.5
"""Of the logarithm of one factor."""
BUCKETS = (0, 2, 5, 10)
LEAST = 0.1
"""A half-width is at least this share of the whole range, so that a factor can widen it."""


def bucket(ahead: float) -> int:
    """Of the position: nobody ahead, 1-2, 3-5, 6-10, more."""
    return sum(ahead > most for most in BUCKETS)


def keys_of(office: str, service: str, ahead: float) -> tuple[str, str, str]:
    """The keys of a ticket, as many as STEPS: everybody's, its office's, its service's and position's."""
    return "all", f"office {office}", f"service {service} {bucket(ahead)}"


@dataclass(frozen=True, slots=True)
class Range:
    """Of one wait, in any unit; low ≤ median ≤ high, and median ≤ promise."""

    low: float
    median: float
    promise: float
    high: float


@dataclass(slots=True)
class Rolling:
    """`told` gives the range to show now; `heard` learns from a wait that has come true since."""

    widths: dict[str, float] = field(default_factory=dict)
    """Key → logarithm of its factor on both half-widths."""
    promises: dict[str, float] = field(default_factory=dict)

    def copy(self) -> "Rolling":
        return Rolling(dict(self.widths), dict(self.promises))

    def told(self, raw: Range, keys: Sequence[str]) -> Range:
        """`raw` widened or narrowed. `keys` from the widest to the narrowest, as many as STEPS."""
        return self.scaled(raw, *self.factors(keys))

    def factors(self, keys: Sequence[str]) -> tuple[float, float]:
        """On both half-widths, and on the promise's distance."""
        width = exp(sum(self.widths.get(key, 0.0) for key in keys))
        return width, exp(sum(self.promises.get(key, 0.0) for key in keys))

    @staticmethod
    def scaled(raw: Range, width: float, promise: float) -> Range:
        """`raw` by its factors; a range of no width can still widen."""
        least = max(LEAST * (raw.high - raw.low), 1e-6)
        return Range(
            max(raw.median - width * max(raw.median - raw.low, least), 0.0),
            raw.median,
            raw.median + promise * max(raw.promise - raw.median, least),
            raw.median + width * max(raw.high - raw.median, least),
        )

    def heard(self, told: Range, wait: float, keys: Sequence[str]) -> None:
        """`told` is what was shown to a ticket whose `wait` is known now."""
        missed = not told.low <= wait <= told.high
        broken = wait > told.promise
        for key, step in zip(keys, STEPS, strict=True):
            self.widths[key] = _clip(self.widths.get(key, 0.0) + step * (missed - (1 - COVERED)))
            self.promises[key] = _clip(self.promises.get(key, 0.0) + step * (broken - (1 - KEPT)))


def _clip(value: float) -> float:
    return min(max(value, NARROWEST), WIDEST)
