"""A log of past visits as columns, whatever file it came from, and the snapshots of counters beside it."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Visit:
    """One row of a log. Times in seconds after the local midnight of `day`; nan where unknown or never."""

    office: str
    service: str
    day: int
    """Proleptic ordinal of the local date."""
    issued: float
    called: float = np.nan
    left: float = np.nan
    """When the citizen gave up waiting."""
    ended: float = np.nan
    counter: str = ""
    """Empty where the log does not say."""
    rank: int = 0
    """Class: the greater the more urgent."""
    credit: float = 0.0
    """Seconds by which the office's rule treats this ticket as if it had come earlier."""
    number: int = 0
    """Order among tickets issued at the same instant."""


@dataclass(frozen=True, slots=True)
class Counters:
    """What a ticket system showed of one service from time to time: counters open, minutes declared."""

    at: Floats
    open: Floats
    declared: Floats


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers in a log stand for; services and counters with their office."""

    offices: tuple[str, ...]
    services: tuple[tuple[str, str], ...]
    counters: tuple[tuple[str, str], ...]


def names_of(visits: list[Visit]) -> Names:
    """Those that rows name, in alphabetical order."""
    return Names(
        tuple(sorted({v.office for v in visits})),
        tuple(sorted({(v.office, v.service) for v in visits})),
        tuple(sorted({(v.office, v.counter) for v in visits if v.counter})),
    )


@dataclass(frozen=True, slots=True)
class Log:
    """Rows in the order office, day, issue. A service belongs to one office."""

    offices: tuple[str, ...]
    services: tuple[str, ...]
    """"office / service"."""
    counters: tuple[str, ...]
    office: Ints
    service: Ints
    day: Ints
    issued: Floats
    called: Floats
    left: Floats
    ended: Floats
    counter: Ints
    """−1 where unknown."""
    rank: Ints
    credit: Floats
    shown: dict[tuple[int, int], Counters] = field(default_factory=dict)
    """(service, day) → snapshots in order of time."""
    duty: dict[int, tuple[tuple[int, float, float], ...]] = field(default_factory=dict)
    """Day → (counter, from, until) of every stretch in which a counter called; `until` inf where it still
    does. Days that are missing: not known, only one office can be known."""
    closed: dict[int, tuple[tuple[float, float], ...]] = field(default_factory=dict)
    """Day → the stretches between its sessions (lunch), known beforehand."""
    serves: Bools | None = None
    """Counters × services: who may call whom; None where only the calls themselves show it."""

    def __len__(self) -> int:
        return len(self.office)

    @property
    def wait(self) -> Floats:
        """Seconds from issue to the call, nan where it never came."""
        return np.maximum(self.called - self.issued, 0.0)

    def wait_of(self, row: int) -> float:
        return max(float(self.called[row] - self.issued[row]), 0.0)

    @property
    def out(self) -> Floats:
        """When the ticket left the queue, called or not; inf where the log never says."""
        left = np.where(np.isnan(self.left), np.inf, self.left)
        return np.where(np.isnan(self.called), left, self.called)

    @property
    def days(self) -> tuple[int, ...]:
        return tuple(int(day) for day in np.unique(self.day))

    def services_of(self, office: int) -> Ints:
        """Numbers of the services of one office, rising, whether anybody came for them or not."""
        mine = f"{self.offices[office]} / "
        return np.array([n for n, name in enumerate(self.services) if name.startswith(mine)], dtype=np.int64)

    def known_at(self, row: int) -> "Log":
        """The log as it stood when `row` was issued: that row is the last of its office and day.

        Nothing that happened at that instant or later is there, in any office; of those issued at the same
        instant in the same office only the ones before it are.
        """
        day, moment = int(self.day[row]), float(self.issued[row])
        today, here = self.day == day, self.office == self.office[row]
        keep = (self.day < day) | (today & (self.issued < moment))
        keep |= today & here & (self.issued == moment) & (np.arange(len(self)) <= row)
        still = today[keep]

        def seen(column: Floats) -> Floats:
            return np.where(still & (column[keep] >= moment), np.nan, column[keep])

        called = seen(self.called)
        shown = {
            key: Counters(found.at[seen_], found.open[seen_], found.declared[seen_])
            for key, found in self.shown.items()
            if key[1] <= day
            for seen_ in [(found.at < moment) | (key[1] < day)]
        }
        return replace(
            self,
            office=self.office[keep],
            service=self.service[keep],
            day=self.day[keep],
            issued=self.issued[keep],
            called=called,
            left=seen(self.left),
            ended=seen(self.ended),
            counter=np.where(np.isnan(called), -1, self.counter[keep]),
            rank=self.rank[keep],
            credit=self.credit[keep],
            shown=shown,
            duty={
                on: tuple(
                    (counter, start, until if on < day or until < moment else np.inf)
                    for counter, start, until in stretches
                    if on < day or start < moment
                )
                for on, stretches in self.duty.items()
                if on <= day
            },
        )


def log_of(
    visits: list[Visit],
    shown: dict[tuple[str, str, int], list[tuple[float, float, float]]],
    names: Names | None = None,
) -> Log:
    """The columns of rows in any order. `shown`: (office, service, day) → (at, open, declared minutes).

    With `names` those are the offices, services and counters, whether they have rows or not.
    """
    visits = sorted(visits, key=lambda v: (v.office, v.day, v.issued, v.number))
    names = names or names_of(visits)
    offices = names.offices
    services = {pair: n for n, pair in enumerate(names.services)}
    counters = {f"{office} / {counter}": n for n, (office, counter) in enumerate(names.counters)}
    of_office = {name: n for n, name in enumerate(offices)}

    def floats(name: str) -> Floats:
        return np.array([getattr(v, name) for v in visits], dtype=float)

    return Log(
        offices=offices,
        services=tuple(f"{office} / {service}" for office, service in services),
        counters=tuple(counters),
        office=np.array([of_office[v.office] for v in visits], dtype=np.int64),
        service=np.array([services[v.office, v.service] for v in visits], dtype=np.int64),
        day=np.array([v.day for v in visits], dtype=np.int64),
        issued=floats("issued"),
        called=floats("called"),
        left=floats("left"),
        ended=floats("ended"),
        counter=np.array(
            [counters[f"{v.office} / {v.counter}"] if v.counter else -1 for v in visits], dtype=np.int64
        ),
        rank=np.array([v.rank for v in visits], dtype=np.int64),
        credit=floats("credit"),
        shown={
            (services[office, service], day): Counters(*np.array(sorted(rows), dtype=float).T)
            for (office, service, day), rows in shown.items()
            if (office, service) in services
        },
    )
