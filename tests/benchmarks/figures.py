"""A figure beside what is wanted of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`wanted` None is a figure without a bound; `at_most` says on which side of it is good."""

    name: str
    value: float
    unit: str
    wanted: float | None = None
    at_most: bool = True
    detail: str = ""

    @property
    def reached(self) -> bool | None:
        if self.wanted is None:
            return None
        return self.value <= self.wanted if self.at_most else self.value >= self.wanted


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
