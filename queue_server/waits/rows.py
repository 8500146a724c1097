"""From measured visits to rows of a log: what evaluate reads from files, the live office has from these."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

import numpy as np

from queue_server.domain.hours import Hours
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import ServiceClass
from queue_server.waits.conformal import Range
from queue_server.waits.duty import Stretch
from queue_server.waits.figures import VisitRecord
from queue_server.waits.log import Bools, Log, Names, Visit, log_of

OFFICE = ""
"""The one office of a live log."""
RANK = {ServiceClass.ORDINARY: 0, ServiceClass.APPOINTMENT: 1, ServiceClass.PRIORITY: 2}
UNTYPICAL = frozenset({"citizen_park", "estimated_time"})
"""Flags of visits whose wait says nothing of predictions."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A log of one office, and what only the journal knows of its rows."""

    log: Log
    asked: Bools
    """Rows at which somebody was told something, or would have been: first legs without an appointment."""
    told: tuple[tuple[int, Range, str], ...]
    """(row, what was told in seconds, by which estimator)."""

    @property
    def judged(self) -> Bools:
        """Asked, and called since."""
        found: Bools = self.asked & np.isfinite(self.log.wait)
        return found


def names_of_office(config: OfficeConfig) -> Names:
    """Every service and counter of the office file, whether anybody came or not."""
    return Names(
        (OFFICE,),
        tuple(sorted((OFFICE, str(service.id)) for service in config.services)),
        tuple(sorted((OFFICE, str(counter.id)) for counter in config.counters)),
    )


def rows_of(
    visits: Iterable[VisitRecord],
    duty: Mapping[date, Iterable[Stretch]],
    names: Names,
    config: OfficeConfig,
) -> Rows:
    """Legs at services that `names` does not have are left out. `duty`: of every day on which it is known."""
    hours = config.hours
    known, counters = set(names.services), {name: n for n, (_, name) in enumerate(names.counters)}
    found: list[tuple[Visit, bool, VisitRecord]] = []
    for visit in visits:
        for leg in visit.legs:
            if (OFFICE, str(leg.service)) not in known:
                continue
            first = leg.number == 1 and not visit.flags & UNTYPICAL
            asked = first and visit.service_class is not ServiceClass.APPOINTMENT
            called = _seconds(leg.first_called_at, visit.day, hours)
            row = Visit(
                OFFICE,
                str(leg.service),
                visit.day.toordinal(),
                _seconds(leg.queued_at, visit.day, hours),
                called,
                np.nan if np.isfinite(called) else _seconds(leg.ended_at, visit.day, hours),
                _seconds(leg.ended_at, visit.day, hours) if np.isfinite(called) else np.nan,
                str(leg.counter) if str(leg.counter) in counters else "",
                RANK[visit.service_class],
                number=len(found),
            )
            found.append((row, asked, visit))
    found.sort(key=lambda one: (one[0].day, one[0].issued, one[0].number))
    log = log_of([row for row, _, _ in found], {}, names)
    days = {day.toordinal(): (day, tuple(stretches)) for day, stretches in duty.items()}
    log = replace(
        log,
        duty={
            n: tuple(
                (counters[str(counter)], _seconds(since, day, hours), _until(until, day, hours))
                for counter, since, until in stretches
                if str(counter) in counters
            )
            for n, (day, stretches) in days.items()
        },
        closed={n: _closed(hours, day) for n, (day, _) in days.items()},
        serves=_serves(config, names),
    )
    told = tuple(
        (n, Range(told[0] * 60.0, told[1] * 60.0, told[3] * 60.0, told[2] * 60.0), visit.told_by)
        for n, (_, asked, visit) in enumerate(found)
        if asked and (told := visit.told) is not None
    )
    return Rows(log, np.array([asked for _, asked, _ in found], dtype=bool), told)


def _seconds(at: datetime | None, day: date, hours: Hours) -> float:
    return np.nan if at is None else (at - hours.midnight(day)).total_seconds()


def _until(at: datetime | None, day: date, hours: Hours) -> float:
    return np.inf if at is None else _seconds(at, day, hours)


def _serves(config: OfficeConfig, names: Names) -> Bools:
    """As the office file has it; a counter that has gone may call anybody."""
    services = {name: n for n, (_, name) in enumerate(names.services)}
    found = np.ones((len(names.counters), len(services)), dtype=bool)
    counters = {name: n for n, (_, name) in enumerate(names.counters)}
    for counter in config.counters:
        if str(counter.id) in counters:
            mine = [services[str(s)] for s in counter.services if str(s) in services]
            found[counters[str(counter.id)]] = np.isin(np.arange(len(services)), mine)
    return found


def _closed(hours: Hours, day: date) -> tuple[tuple[float, float], ...]:
    spans = list(hours.spans(day))
    return tuple(
        (_seconds(end, day, hours), _seconds(start, day, hours))
        for (_, end), (start, _) in pairwise(spans)
        if end < start
    )
