"""The one question for figures of any period: dashboard, reports and the open figures all ask this."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from queue_server.domain.ids import ServiceId
from queue_server.waits.figures import Figures
from queue_server.waits.groups import Dimension
from queue_server.waits.tally import DayTally


@dataclass(frozen=True, slots=True)
class DayRange:
    """Local days, both inclusive; raises ValueError when `last` is before `first`."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a range ends on or after its first day")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> "DayRange":
        """As many days just before these."""
        return DayRange(self.first - timedelta(days=self.days), self.first - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Asked:
    """Figures of the visits of these days, split `by` a dimension (OFFICE: all together).

    `services` narrows to visits whose first leg's service is one of them; None is every service.
    """

    days: DayRange
    by: Dimension = Dimension.OFFICE
    services: frozenset[ServiceId] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One group of visits. `key` is a service's id, "07", "2026-11" … ; "" for the office."""

    key: str
    figures: Figures
    total: DayTally
    """The merged sums and per-second histograms that `figures` were computed from."""
    days: int
    """Days with a visit that was served."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Groups in the natural order of their dimension (office file, calendar, hours). The dimension OFFICE
    has always one group, the others those that have visits (or counter time) only.

    `not_yet` counts opened days of the range whose figures are still being made: say so beside the figures.
    """

    groups: tuple[Group, ...]
    not_yet: int = 0

    @property
    def by_key(self) -> Mapping[str, Group]:
        return {group.key: group for group in self.groups}


class FiguresFor(Protocol):
    """Figures of past days and of today. Safe from any thread. Today's are as of the last commit heard, in
    ranges longer than a month as of the last quarter of a minute, longer than a year of the last 5 minutes.

    Equal questions about past days get equal answers to the last digit, whoever asks: the figures come from
    merged histograms and are those that `waits.tally.figures` gives over the visits themselves.
    """

    def figures_for(self, asked: Asked) -> Answer:
        """A range in the future or before the first day has n = 0."""
        ...

    def first_day(self) -> date | None:
        """The first local day with figures, None when the office never opened."""
        ...
