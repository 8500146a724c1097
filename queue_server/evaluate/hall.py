"""The product's Monte Carlo on a log: the hall as it was when a ticket was issued, and what it then says.

The log names who served whom and until when, so counters, their elapsed services and everyone ahead are
known. A counter that has taken nobody for a while, or that stays free while somebody it serves waits, is
taken to be away: the log does not say when counters open.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from queue_server.domain.ids import ServiceId, TicketId
from queue_server.domain.office_config import Calling, PolicyName, ServiceClass
from queue_server.evaluate.log import Bools, Floats, Ints, Log
from queue_server.evaluate.splits import Split
from queue_server.waits.estimate import calls
from queue_server.waits.snapshot import CounterNow, QueueNow, ServiceTimes, Snapshot, TicketNow

RUNS = 64
AWAY_AFTER_S = 900.0
"""A counter without a call for so long has gone."""
TURNS_TO_S = 60.0
"""A free counter calls who waits within so long; what it takes is counted as part of the service."""
MOST = 120
"""Tickets that are simulated at the most, those ahead first."""
KEPT = 300
SEED = 21
COLUMNS = (
    "mc.mean",
    "mc.p10",
    "mc.p50",
    "mc.p80",
    "mc.p90",
    "mc.never",
    "busy",
    "idle",
    "busy_elapsed",
    "service_s",
)
SHARES = (0.1, 0.5, 0.8, 0.9)
_CLASSES = (ServiceClass.ORDINARY, ServiceClass.APPOINTMENT, ServiceClass.PRIORITY)
_AT = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Learnt:
    """Of the learning days: expected seconds per service, the share that gives up, who serves what."""

    expected_s: Floats
    gives_up: Floats
    serves: Bools
    """counters × services."""


def learnt(log: Log, split: Split) -> Learnt:
    """A service never seen on the learning days gets the mean, such a counter every service."""
    rows = np.isin(log.day, split.learn)
    taken = taken_s(log)
    timed = rows & np.isfinite(taken)
    mean = float(taken[timed].mean()) if timed.any() else 300.0
    many = len(log.services)

    def per_service(values: Floats, which: Bools, prior: float) -> Floats:
        total = np.bincount(log.service[which], values[which], many)
        found: Floats = (total + 20 * prior) / (np.bincount(log.service[which], minlength=many) + 20)
        return found

    queued = rows & ((log.out - log.issued) > 0)
    left = np.isnan(log.called).astype(float)
    prior = float(left[queued].mean()) if queued.any() else 0.05
    serves = np.zeros((len(log.counters), many), dtype=bool)
    counts = np.zeros(serves.shape)
    seen = rows & (log.counter >= 0)
    np.add.at(counts, (log.counter[seen], log.service[seen]), 1.0)
    total = counts.sum(axis=1, keepdims=True)
    serves |= np.where(total >= 30, counts >= 0.005 * total, True)
    return Learnt(per_service(taken, timed, mean), per_service(left, queued, prior), serves)


def taken_s(log: Log) -> Floats:
    """Seconds a counter is taken by each ticket: the service, and the turn to the next if one was waiting."""
    found = log.ended - log.called
    key = log.counter * (int(log.day.max()) + 1) + log.day
    order = np.lexsort((log.called, key))
    order = order[(log.counter[order] >= 0) & np.isfinite(log.ended[order])]
    this, following = order[:-1], order[1:]
    gap = log.called[following] - log.ended[this]
    turns = (key[this] == key[following]) & (gap >= 0) & (gap <= TURNS_TO_S)
    turns &= log.issued[following] <= log.ended[this]
    found[this[turns]] += gap[turns]
    return found


def monte_carlo(
    log: Log,
    split: Split,
    policy: PolicyName,
    runs: int = RUNS,
    progress: Callable[[int], None] = lambda rows: None,
) -> dict[str, Floats]:
    """COLUMNS, a value a row of the log; nan where the log says nothing of its counters.

    `progress` hears of rows done.
    """
    found = np.full((len(log), len(COLUMNS)), np.nan)
    if (log.counter >= 0).any():
        of_days, taken = learnt(log, split), taken_s(log)
        for office in range(len(log.offices)):
            recent: dict[int, Floats] = {}
            for day in log.days:
                rows = np.flatnonzero((log.office == office) & (log.day == day))
                if len(rows):
                    _day(log, rows, of_days, recent, policy, runs, found, progress)
                    recent = _with(recent, log.service[rows], taken[rows])
    else:
        progress(len(log))
    return {name: found[:, n] for n, name in enumerate(COLUMNS)}


def _with(recent: dict[int, Floats], service: Ints, taken: Floats) -> dict[int, Floats]:
    """The latest service times after a day."""
    after = dict(recent)
    for which in np.unique(service):
        new = taken[(service == which) & np.isfinite(taken)]
        after[int(which)] = np.concatenate([after.get(int(which), new[:0]), new])[-KEPT:]
    return after


def _day(
    log: Log,
    rows: Ints,
    of_days: Learnt,
    recent: dict[int, Floats],
    policy: PolicyName,
    runs: int,
    found: Floats,
    progress: Callable[[int], None],
) -> None:
    services = np.unique(log.service[rows])
    place = {int(s): n for n, s in enumerate(services)}
    times = tuple(
        ServiceTimes(
            ServiceId(str(s)),
            float(of_days.expected_s[s]),
            tuple(recent.get(int(s), np.empty(0)).tolist()),
            no_show=float(of_days.gives_up[s]),
            no_show_hold_s=0.0,
        )
        for s in services
    )
    queue = np.array([place[int(s)] for s in log.service[rows]]) * len(_CLASSES) + np.minimum(
        log.rank[rows], 2
    )
    queues = tuple(QueueNow(ServiceId(str(s)), service_class) for s in services for service_class in _CLASSES)
    may_call = {
        int(c): tuple(bool(of_days.serves[c, s]) for s in services for _ in _CLASSES)
        for c in np.unique(log.counter[rows])
        if c >= 0
    }
    hall = _Hall(log, rows, queue, Snapshot(_AT, Calling(policy=policy), times, queues, (), ()), may_call)
    for n in range(len(rows)):
        rng = np.random.default_rng((SEED, int(log.day[rows[n]]), n))
        found[rows[n]] = hall.at(n, rng, runs)
        found[rows[n], -1] = of_days.expected_s[log.service[rows[n]]]
        progress(1)


class _Hall:
    """One office and day, asked ticket by ticket in the order of issue."""

    def __init__(
        self, log: Log, rows: Ints, queue: Ints, empty: Snapshot, may_call: dict[int, tuple[bool, ...]]
    ) -> None:
        self._issued, self._out = log.issued[rows], log.out[rows]
        self._called, self._ended = log.called[rows], log.ended[rows]
        self._counter, self._credit = log.counter[rows], log.credit[rows]
        self._service, self._queue = log.service[rows], queue
        self._empty, self._may_call = empty, may_call
        self._first = 0

    def at(self, n: int, rng: np.random.Generator, runs: int) -> list[float]:
        """Row `n` and what happened strictly before its issue."""
        now = self._issued[n]
        waiting = np.flatnonzero(self._out[:n] >= now)
        served = np.flatnonzero((self._called[:n] < now) & (self._counter[:n] >= 0))
        counters, busy, idle, elapsed = self._counters(now, waiting, served, n)
        if not counters:
            return [np.nan] * 5 + [1.0, busy, idle, elapsed, np.nan]
        since = self._issued[waiting] - self._credit[waiting]
        ahead = waiting[np.argsort(since, kind="stable")][:MOST]
        line = np.concatenate([ahead, [n]])
        line = line[np.lexsort((line, self._issued[line] - self._credit[line], self._queue[line]))]
        tickets = tuple(
            TicketNow(
                TicketId(str(m)),
                f"{m:06d}",
                int(self._queue[m]),
                float(now - self._issued[m] + self._credit[m]),
                0.0,
            )
            for m in line
        )
        snapshot = replace(self._empty, tickets=tickets, counters=tuple(counters))
        mine = calls(snapshot, rng, runs)[:, int(np.flatnonzero(line == n)[0])]
        reached = np.sort(mine[np.isfinite(mine)])
        if not len(reached):
            return [np.nan] * 5 + [1.0, busy, idle, elapsed, np.nan]
        quantiles = np.quantile(reached, SHARES)
        return [reached.mean(), *quantiles, 1 - len(reached) / runs, busy, idle, elapsed, np.nan]

    def _counters(
        self, now: float, waiting: Ints, served: Ints, n: int
    ) -> tuple[list[CounterNow], float, float, float]:
        last = {
            int(self._counter[m]): int(m) for m in served[np.argsort(self._called[served], kind="stable")]
        }
        found, busy, idle, elapsed = [], 0, 0, 0.0
        queues = set(self._queue[waiting].tolist())
        for counter, m in last.items():
            may_call = self._may_call[counter]
            ended = self._ended[m]
            if np.isnan(ended) or ended >= now:
                spent = float(now - self._called[m])
                found.append(
                    CounterNow(may_call, self._empty.services[self._queue[m] // len(_CLASSES)].service, spent)
                )
                busy, elapsed = busy + 1, elapsed + spent
            elif now - ended <= AWAY_AFTER_S:
                wanted = any(may_call[q] for q in queues)
                if not wanted:
                    found.append(CounterNow(may_call))
                    idle += 1
                elif now - ended <= TURNS_TO_S:
                    found.append(CounterNow(may_call, back_in_s=TURNS_TO_S / 4))
                    idle += 1
        return found, float(busy), float(idle), elapsed / max(busy, 1)
