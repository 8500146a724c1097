"""A simulated figure and how sure it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval: minutes, or a share of 1."""

    value: float
    low: float
    high: float

    @property
    def certain(self) -> bool:
        """The interval leaves 0 out."""
        return self.low > 0 or self.high < 0
