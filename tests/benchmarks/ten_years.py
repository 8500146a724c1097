"""An office with ten years behind it: 3,000,000 visits as rows and as exact cells by the real encoder.

Straight into the tables, a day at a time from arrays: each visit's wait goes into every cell it belongs to.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from queue_server.domain.office_config import OfficeConfig
from queue_server.storage import tables as t
from queue_server.storage.database import Database
from queue_server.storage.day_figures import SqlDayFigures
from queue_server.waits.cells import ALL, IN_SCOPES, STORED, Cells
from queue_server.waits.groups import Dimension
from queue_server.waits.tally import DayTally

YEARS, VISITS = 10, 3_000_000
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class DayOfVisits:
    """One row a visit, in columns; waits in microseconds."""

    day: date
    second: Ints
    service: Ints
    counter: Ints
    kind: Ints
    """0 ordinary, 1 appointment, 2 priority."""
    left: NDArray[np.bool_]
    missed: NDArray[np.bool_]
    wait_us: Ints
    walk_us: Ints
    service_us: Ints
    told: Ints


def working_days(today: date) -> list[date]:
    """Monday to Friday over the last ten years, the oldest first; today is not among them."""
    first = today.replace(year=today.year - YEARS)
    every = (first + timedelta(days=n) for n in range((today - first).days))
    return [day for day in every if day.weekday() < 5]


def visits_of(day: date, count: int, config: OfficeConfig, rng: np.random.Generator) -> DayOfVisits:
    hours = rng.choice([7.6, 8.5, 9.5, 10.5, 11.2, 13.3, 14.4, 15.6, 16.5], count) + rng.normal(
        0, 0.35, count
    )
    second = np.sort(np.clip(hours, 7.5, 16.99) * 3600).astype(np.int64)
    busy = rng.gamma(6, 1 / 6) * (1.3 if day.weekday() == 0 else 1.0)
    peak = (
        0.6
        + np.exp(-(((second / 3600) - 9.6) ** 2) / 2)
        + 0.6 * np.exp(-(((second / 3600) - 14.4) ** 2) / 1.5)
    )
    service = rng.integers(0, len(config.services), count)
    wait = rng.gamma(1.6, 480, count) * peak * busy * (0.7 + 0.08 * service)
    kind = rng.choice([0, 1, 2], count, p=[0.82, 0.06, 0.12])
    wait = np.where(kind == 2, wait * 0.45, wait)
    return DayOfVisits(
        day,
        second,
        service,
        service % len(config.counters),
        kind,
        rng.random(count) < 0.02,
        rng.random(count) < 0.04,
        (wait * 1e6).astype(np.int64),
        (rng.gamma(4, 6, count) * 1e6).astype(np.int64),
        (rng.gamma(2, 210, count) * 1e6).astype(np.int64),
        np.maximum(wait / 60 + rng.normal(0, 4, count), 1).astype(np.int64),
    )


def cells_of(day: DayOfVisits, config: OfficeConfig) -> Cells:
    """Every stored cell of the day."""
    names: dict[Dimension, list[NDArray[np.str_]]] = {
        Dimension.OFFICE: [np.full(len(day.second), "")],
        Dimension.SERVICE: [np.array([s.id for s in config.services])[day.service]],
        Dimension.COUNTER: [np.array([c.id for c in config.counters])[day.counter]],
        Dimension.OFFICER: [np.array([f"officer-{n + 1}" for n in range(len(config.counters))])[day.counter]],
        Dimension.CLASS: [np.array(["ordinary", "appointment", "priority"])[day.kind]],
        Dimension.PRIORITY_GROUP: [],
        Dimension.CHANNEL: [np.full(len(day.second), "kiosk")],
        Dimension.KIOSK: [np.array([k.id for k in config.kiosks])[day.second % len(config.kiosks)]],
        Dimension.HOUR: [np.char.zfill((day.second // 3600).astype(str), 2)],
        Dimension.WEEKDAY: [np.full(len(day.second), str(day.day.weekday()))],
    }
    found: Cells = {}
    everyone = np.ones(len(day.second), dtype=bool)
    for dimension in STORED:
        found[ALL, dimension] = _split(day, names[dimension], everyone, work=dimension)
    for number, service in enumerate(config.services):
        mine = day.service == number
        for dimension in IN_SCOPES:
            found[service.id, dimension] = _split(day, names[dimension], mine)
    return found


def _split(
    day: DayOfVisits,
    keys: list[NDArray[np.str_]],
    among: NDArray[np.bool_],
    work: Dimension | None = None,
) -> dict[str, DayTally]:
    found = {}
    for column in keys:
        for key in np.unique(column[among]).tolist():
            found[key] = _sums(day, among & (column == key))
            if work in (Dimension.OFFICE, Dimension.COUNTER, Dimension.OFFICER):
                spent = found[key].service_us + found[key].walk_us
                found[key].work.update(
                    {"serving": found[key].service_us, "calling": found[key].walk_us, "idle": spent // 4}
                )
            if work in (Dimension.OFFICE, Dimension.SERVICE):
                found[key].lengths = _lengths(day, among & (column == key))
    return found


def _sums(day: DayOfVisits, mine: NDArray[np.bool_]) -> DayTally:
    served = mine & ~day.left & ~day.missed
    waits = day.wait_us[served]
    seconds, counts = np.unique(-(-waits // 1_000_000), return_counts=True)
    off = day.told[served] * 60_000_000 - waits
    errors, error_counts = np.unique(-(-np.abs(off) // 1_000_000), return_counts=True)
    n, total = int(served.sum()), int(waits.sum())
    return DayTally(
        n=n,
        wait_us=total,
        open_n=n,
        open_us=total,
        seconds=Counter(dict(zip(seconds.tolist(), counts.tolist(), strict=True))),
        abandoned=int((mine & day.left).sum()),
        no_show=int((mine & day.missed & ~day.left).sum()),
        worst_n=int(mine.sum()),
        worst_us=int(day.wait_us[mine].sum()),
        walk_n=n,
        walk_us=int(day.walk_us[served].sum()),
        service_n=n,
        service_us=int(day.service_us[served].sum()),
        told_n=n,
        told_held=int((np.abs(off) < 300_000_000).sum()),
        told_kept=int((off > -240_000_000).sum()),
        told_us=int(off.sum()),
        told_off_us=int(np.abs(off).sum()),
        told_seconds=Counter(dict(zip(errors.tolist(), error_counts.tolist(), strict=True))),
    )


def _lengths(day: DayOfVisits, mine: NDArray[np.bool_]) -> Counter[int]:
    steps = np.zeros(290, dtype=np.int64)
    np.add.at(steps, -(-day.second[mine] // 300), 1)
    out = np.minimum(-(-(day.second[mine] + day.wait_us[mine] // 1_000_000) // 300), 288)
    np.add.at(steps, out, -1)
    there = np.cumsum(steps)
    return Counter({mark: int(n) for mark, n in enumerate(there.tolist()) if n > 0})


def rows_of(day: DayOfVisits, config: OfficeConfig, midnight: datetime) -> Iterator[tuple[object, ...]]:
    """The day's rows of the table of visits, in the order of its columns."""
    name, services, kiosk = day.day.isoformat(), config.services, config.kiosks[0].id
    utc = midnight.astimezone(UTC)
    for number, (second, service, kind, told, left, missed) in enumerate(
        zip(
            *(one.tolist() for one in (day.second, day.service, day.kind, day.told, day.left, day.missed)),
            strict=True,
        )
    ):
        at = f"{utc + timedelta(seconds=second):%Y-%m-%dT%H:%M:%S}.000000Z"
        yield (
            *(f"{day.day:%y%m%d}-{number:05d}", name, f"{services[service].letter}{number + 1:03d}"),
            *("abandoned" if left else "no_show" if missed else "served", services[service].id),
            *(("ordinary", "appointment", "priority")[kind], None, "kiosk", kiosk, "vi", 1, 1, at, None),
            *(max(told - 4, 1), told, told + 5, told + 3, int(missed), "printed", 0),
        )


def make(
    database: Database, config: OfficeConfig, days: list[date], many: int, say: Callable[[str], None]
) -> int:
    """Fill an empty database with so many visits on these days; how many. Journal and legs stay empty."""
    rng, store = np.random.default_rng(2016), SqlDayFigures(database)
    made = 0
    insert = f"INSERT INTO visits VALUES ({', '.join('?' * len(t.visits.columns))})"
    raw = database.raw()
    raw.execute("PRAGMA synchronous=OFF")
    for number, day in enumerate(days):
        left = many - made
        share = left / (len(days) - number)
        count = left if number == len(days) - 1 else min(left, int(rng.normal(share, share * 0.15)))
        visits = visits_of(day, count, config, rng)
        raw.execute("BEGIN")
        raw.executemany(insert, rows_of(visits, config, config.hours.midnight(day)))
        raw.execute("INSERT INTO days VALUES (?, ?)", (day.isoformat(), number - len(days)))
        raw.execute("COMMIT")
        store.put(day, cells_of(visits, config), 0)
        made += count
        if number % 100 == 0:
            say(f"{day}: {made:,} of {many:,} visits")
    raw.close()
    say("merging months and years")
    store.merge()
    return made
