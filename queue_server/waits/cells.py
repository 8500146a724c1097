"""One day cut into cells: for every service and for all together, by every stored dimension, the sums."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from queue_server.domain.hours import Hours
from queue_server.domain.ids import ServiceId
from queue_server.waits.figures import VisitRecord
from queue_server.waits.groups import CALENDAR, KEYS, Dimension
from queue_server.waits.lengths import lengths
from queue_server.waits.tally import DayTally
from queue_server.waits.work import Times

ALL = ""
"""The scope of every service together."""
STORED: tuple[Dimension, ...] = (*KEYS, Dimension.WEEKDAY)
"""Dimensions that are kept of a day; every other is made of them."""
IN_SCOPES = tuple(d for d in STORED if d not in (Dimension.OFFICE, Dimension.SERVICE))
"""Those kept for each service too."""

Cells = dict[tuple[str, Dimension], dict[str, DayTally]]
"""(scope, dimension) → key → sums; a scope is "" or a service's id."""


@dataclass(frozen=True, slots=True)
class Day:
    """All that is counted of one local day. `until` is now for a day that is not over."""

    day: date
    visits: Sequence[VisitRecord]
    hours: Hours
    counters: Times = field(default_factory=dict)
    officers: Times = field(default_factory=dict)
    until: datetime | None = None


def cells(day: Day) -> Cells:
    """Every stored cell of a day."""
    found: Cells = {(ALL, dimension): split(day, dimension) for dimension in STORED}
    services = dict.fromkeys(visit.service for visit in day.visits)
    for service in services:
        for dimension in IN_SCOPES:
            found[service, dimension] = split(day, dimension, frozenset({service}))
    return found


def split(
    day: Day, dimension: Dimension, services: frozenset[ServiceId] | None = None
) -> dict[str, DayTally]:
    """Key → sums of one dimension, of visits to `services` only; counters' times are known over all only."""
    visits = day.visits if services is None else [v for v in day.visits if v.service in services]
    found: dict[str, DayTally] = {}
    for visit in visits:
        for key in _keys(visit, dimension, day.hours):
            found.setdefault(key, DayTally()).add(visit)
    if dimension is Dimension.OFFICE:
        _put_lengths(found, "", day, visits)
        if services is None:
            found.setdefault("", DayTally()).work.update(_sum(day.counters))
    elif dimension is Dimension.SERVICE:
        for service in list(found):
            _put_lengths(found, service, day, [v for v in visits if v.service == service])
    elif services is None and dimension in (Dimension.COUNTER, Dimension.OFFICER):
        times = day.counters if dimension is Dimension.COUNTER else day.officers
        for key, spent in times.items():
            found.setdefault(key, DayTally()).work.update(spent)
    return found


def _keys(visit: VisitRecord, dimension: Dimension, hours: Hours) -> Iterable[str]:
    if dimension is Dimension.WEEKDAY:
        return (CALENDAR[dimension](visit.day),)
    return KEYS[dimension](visit, hours)


def _put_lengths(found: dict[str, DayTally], key: str, day: Day, visits: Sequence[VisitRecord]) -> None:
    waiting = lengths(visits, day.day, day.hours, day.until)
    if waiting:
        found.setdefault(key, DayTally()).lengths = waiting


def _sum(times: Times) -> Counter[str]:
    total: Counter[str] = Counter()
    for spent in times.values():
        total.update(spent)
    return total
