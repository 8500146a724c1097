"""The columns the corrector learns from: what was known when each ticket was issued, and nothing later.

Figures of the same day come from events strictly before the ticket's issue. Figures of other days come, for
days that are learnt from, from the other learning days; for every later day from the days before it.
"""

from dataclasses import dataclass

import numpy as np

from queue_server.waits.history import Usual, slot, sums, usual
from queue_server.waits.line import fallback, line
from queue_server.waits.log import Floats, Ints, Log


@dataclass(frozen=True, slots=True)
class Level:
    """Lines a ticket stands in at once: its service, all services its counters share, the office."""

    name: str
    of_service: Ints
    """Line of each service."""
    lines: int


@dataclass(frozen=True, slots=True)
class Known:
    """Name → one value a row of the log; times in seconds, nan where unknown."""

    columns: dict[str, Floats]
    level: str
    """The level whose tickets wait for the same counters."""

    def matrix(self) -> Floats:
        return np.column_stack(list(self.columns.values()))

    def of_line(self, name: str) -> Floats:
        return self.columns[f"{self.level}.{name}"]


def pools(log: Log, learn: tuple[int, ...]) -> Ints:
    """Per service the pool of services that share its counters: by what the log says of them, else by who
    served whom on the learning days."""
    pool = np.arange(len(log.services), dtype=np.int64)
    rows = np.isin(log.day, learn) & (log.counter >= 0)
    table = np.zeros((len(log.counters), len(log.services)))
    np.add.at(table, (log.counter[rows], log.service[rows]), 1.0)
    if log.serves is not None:
        table = log.serves.astype(float)
    for counts in table:
        shared = np.flatnonzero(counts >= max(0.02 * counts.sum(), 1.0))
        for service in shared[1:]:
            pool[pool == pool[service]] = pool[shared[0]]
    return pool


def levels(log: Log, learn: tuple[int, ...]) -> tuple[Level, ...]:
    """From the narrowest to the widest; a level that says the same as a narrower one is left out."""
    pool, many = pools(log, learn), len(log.services)
    found = [Level("service", np.arange(many, dtype=np.int64), many)]
    if len(np.unique(pool)) < len(pool):
        found.append(Level("pool", pool, many))
    if len(np.unique(pool)) > len(log.offices):
        office = np.zeros(many, dtype=np.int64)
        office[log.service] = log.office
        found.append(Level("office", office, len(log.offices)))
    return tuple(found)


def shared(found: tuple[Level, ...]) -> str:
    """The level whose tickets wait for the same counters."""
    return "pool" if any(level.name == "pool" for level in found) else "service"


def known(log: Log, learn: tuple[int, ...]) -> Known:
    """Every column but those of the Monte Carlo. `learn`: the days (ordinals) that are learnt from."""
    columns: dict[str, Floats] = {}
    found = levels(log, learn)
    for level in found:
        columns |= {f"{level.name}.{name}": values for name, values in _of_level(log, level, learn).items()}
    return Known(columns | of_rows(log, columns, shared(found)), shared(found))


def of_rows(log: Log, of_lines: dict[str, Floats], level: str) -> dict[str, Floats]:
    """The columns that are no line's; `of_lines` are those that are."""
    columns = _shown(log)
    half_hour = slot(log.issued)
    columns["half_hour"] = half_hour.astype(float)
    columns["weekday"] = ((log.day - 1) % 7).astype(float)
    columns["rank"] = log.rank.astype(float)
    columns["credit"] = log.credit
    ahead = of_lines[f"{level}.ahead"]
    open_ = columns["open"]
    columns["ahead_per_open"] = np.where(open_ > 0, ahead / np.maximum(open_, 1), np.nan)
    return columns


def _of_level(log: Log, level: Level, learn: tuple[int, ...]) -> dict[str, Floats]:
    days = np.array(log.days, dtype=np.int64)
    day = np.searchsorted(days, log.day)
    past = sums(level.of_service[log.service], level.lines, day, len(days), log.issued, log.called)
    learnt = np.isin(days, learn)
    rows_of_day = [np.flatnonzero(day == n) for n in range(len(days))]
    found: dict[str, Floats] = {}
    for n in range(len(days)):
        others = np.flatnonzero(learnt) if learnt[n] else np.arange(n)
        of_days = usual(past, others[others != n])
        rows = rows_of_day[n]
        for one, values in of_day(log, level, rows, of_days).items():
            found.setdefault(one, np.full(len(log), np.nan))[rows] = values
    return found


def of_day(log: Log, level: Level, rows: Ints, of_days: Usual) -> dict[str, Floats]:
    """A level's columns for rows of one day, in the order of issue: all rows of each of their lines."""
    found: dict[str, Floats] = {}
    which, half_hour = level.of_service[log.service[rows]], slot(log.issued[rows])
    cadence = of_days.cadence[which]
    order = np.argsort(which, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(which[order])) + 1)
    for group in groups:
        mine = rows[group]
        for name, values in line(log.issued[mine], log.called[mine], log.out[mine], cadence[group]).items():
            found.setdefault(name, np.full(len(rows), np.nan))[group] = values
    found["usual_wait"] = of_days.wait[which]
    found["usual_wait_at"] = of_days.wait_at[which, half_hour]
    found["usual_cadence"] = cadence
    found["usual_so_far"] = of_days.so_far[which, half_hour]
    found["usual_half_hour"] = of_days.by_slot[which, half_hour]
    found["day_factor"] = (found["issued_today"] + 5) / (found["usual_so_far"] + 5)
    found["paced"] = (found["ahead"] + 1) * cadence
    found["fallback"] = np.full(len(rows), np.nan)
    for group in groups:
        mine = rows[group]
        told = tuple(found[name][group] for name in ("les", "paced", "gamma_slow"))
        usual_s = found["usual_wait_at"][group]
        found["fallback"][group] = fallback(told, log.issued[mine], log.called[mine], usual_s)
    return found


def _shown(log: Log) -> dict[str, Floats]:
    """What the counters' own snapshots showed last before the issue; nan where the log has none."""
    found = {name: np.full(len(log), np.nan) for name in ("open", "declared", "open_change")}
    key = log.service * (int(log.day.max()) + 1) + log.day
    order = np.argsort(key, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(key[order])) + 1):
        seen = log.shown.get((int(log.service[rows[0]]), int(log.day[rows[0]])))
        if seen is None or not len(seen.at):
            continue
        last = np.searchsorted(seen.at, log.issued[rows], side="left") - 1
        there = last >= 0
        found["open"][rows[there]] = seen.open[last[there]]
        found["declared"][rows[there]] = seen.declared[last[there]] * 60
        earlier = np.maximum(np.searchsorted(seen.at, log.issued[rows] - 1800, side="left") - 1, 0)
        found["open_change"][rows[there]] = (seen.open[last] - seen.open[earlier])[there]
    return found
