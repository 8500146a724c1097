"""The product's Monte Carlo on a log: the hall as it was when a ticket was issued, and what it then says.

The log names who served whom and until when, so counters, their elapsed services and everyone ahead are
known. A log may say when counters called (`Log.duty`); where it does not, a counter that has taken nobody for
a while, or that stays free while somebody it serves waits, is taken to be away.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from queue_server.domain.ids import ServiceId, TicketId
from queue_server.domain.office_calling import Calling
from queue_server.domain.office_services import ServiceClass
from queue_server.waits.estimate import calls
from queue_server.waits.learnt import TURNS_TO_S, later, learnt, taken_s
from queue_server.waits.learnt import Learnt as Learnt
from queue_server.waits.log import Bools, Floats, Ints, Log
from queue_server.waits.snapshot import CounterNow, QueueNow, ServiceTimes, Snapshot, TicketNow

RUNS = 64
AWAY_AFTER_S = 900.0
"""A counter without a call for so long has gone."""
MOST = 120
"""Tickets that are simulated at the most, those ahead first."""
LEAST_TURNS = 30
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


def monte_carlo(
    log: Log,
    learn: tuple[int, ...],
    calling: Calling,
    judged: Bools,
    runs: int = RUNS,
    progress: Callable[[int], None] = lambda rows: None,
) -> dict[str, Floats]:
    """COLUMNS, a value a row of the log; nan where the log says nothing of its counters.

    Rows that are not `judged` ask for no estimate: theirs have only the last columns. `progress` hears of
    rows done.
    """
    found = np.full((len(log), len(COLUMNS)), np.nan)
    if (log.counter >= 0).any():
        of_days, taken = taught(log, learn, calling, judged), taken_s(log)
        for office in range(len(log.offices)):
            recent: dict[int, Floats] = {}
            for day in log.days:
                rows = np.flatnonzero((log.office == office) & (log.day == day))
                if not len(rows):
                    continue
                hall = Hall(log, rows, day, of_days, recent, calling)
                for n, row in enumerate(rows):
                    found[row] = hall.at(n, runs if judged[row] else 0)
                    progress(1)
                recent = later(recent, log.service[rows], taken[rows])
    else:
        progress(len(log))
    return {name: found[:, n] for n, name in enumerate(COLUMNS)}


def taught(log: Log, learn: tuple[int, ...], calling: Calling, judged: Bools) -> Learnt:
    """`learnt`, and how long free counters take."""
    of_days = learnt(log, learn)
    return replace(of_days, turn_s=_turn_s(log, learn, of_days, calling, judged))


def _turn_s(log: Log, learn: tuple[int, ...], of_days: Learnt, calling: Calling, judged: Bools) -> float:
    """Median wait, on the learning days, of those judged who came while a counter seemed free for them."""
    waits = []
    for office in range(len(log.offices)):
        for day in learn:
            rows = np.flatnonzero((log.office == office) & (log.day == day))
            hall = Hall(log, rows, day, of_days, {}, calling) if len(rows) else None
            for n in np.flatnonzero(judged[rows] & np.isfinite(log.called[rows])) if hall else ():
                if hall and hall.seems_free(int(n)):
                    waits.append(float(log.wait[rows[n]]))
    return float(np.median(waits)) if len(waits) >= LEAST_TURNS else 0.0


class Hall:
    """One office and day, asked at any instant; rows in the order of issue."""

    def __init__(
        self, log: Log, rows: Ints, day: int, of_days: Learnt, recent: dict[int, Floats], calling: Calling
    ) -> None:
        self._day, self._of_days = day, of_days
        self._service, self._rank = log.service[rows], np.minimum(log.rank[rows], 2)
        self._issued, self._out = log.issued[rows], log.out[rows]
        self._called, self._ended = log.called[rows], log.ended[rows]
        self._counter, self._credit = log.counter[rows], log.credit[rows]
        self._turn_s = of_days.turn_s
        office = log.office[rows[0]] if len(rows) else 0
        self._services = log.services_of(int(office))
        place = np.searchsorted(self._services, self._service)
        self._queue = place * len(_CLASSES) + self._rank
        times = tuple(
            ServiceTimes(
                ServiceId(str(s)),
                float(of_days.expected_s[s]),
                tuple(recent.get(int(s), np.empty(0)).tolist()),
                no_show=float(of_days.gives_up[s]),
                no_show_hold_s=0.0,
            )
            for s in self._services
        )
        self._queues, self._asked = (
            tuple(
                QueueNow(ServiceId(str(s)), of, newcomer=asked and of is ServiceClass.ORDINARY)
                for s in self._services
                for of in _CLASSES
            )
            for asked in (False, True)
        )
        self._empty = Snapshot(_AT, calling, times, self._queues, (), ())
        self._duty = log.duty.get(day)
        self._closed = log.closed.get(day, ())
        on_duty = {counter for counter, _, _ in self._duty or ()}
        classes = np.arange(len(self._queues)) // len(_CLASSES)
        self._may_call = {
            int(c): tuple(of_days.serves[c, self._services[classes]].tolist())
            for c in on_duty | set(self._counter.tolist())
            if c >= 0
        }

    def seems_free(self, n: int) -> bool:
        """Whether a counter that may call row `n` had nobody and was not away, strictly before its issue."""
        now = self._issued[n]
        counters = self._counters(now, n, np.flatnonzero(self._out[:n] >= now))[0]
        return any(c.serving is None and c.may_call[self._queue[n]] for c in counters)

    def at(self, n: int, runs: int) -> Floats:
        """COLUMNS of row `n`, from what happened strictly before its issue."""
        own = int(np.searchsorted(self._services, self._service[n]))
        if not self._rank[n] and not self._credit[n]:
            found: Floats = self.newcomers(float(self._issued[n]), n, runs)[own]
            return found
        of_hall, columns = self._simulated(float(self._issued[n]), n, runs, n)
        return np.array([*_said(columns[:, -1], runs), *of_hall, self._expected_s[own]])

    def newcomers(self, now: float, seen: int, runs: int) -> Floats:
        """Services × COLUMNS of ordinary tickets issued at `now`, when there were the first `seen` rows."""
        of_hall, columns = self._simulated(now, seen, runs)
        last = columns[:, columns.shape[1] - len(self._services) :]
        return np.array(
            [
                [*_said(last[:, n], runs), *of_hall, expected_s]
                for n, expected_s in enumerate(self._expected_s)
            ]
        )

    @property
    def _expected_s(self) -> list[float]:
        return [float(self._of_days.expected_s[s]) for s in self._services]

    def _simulated(
        self, now: float, seen: int, runs: int, own: int | None = None
    ) -> tuple[tuple[float, float, float], Floats]:
        """How many counters are busy and free and for how long; runs × seconds until the call.

        The last column is row `own`'s; without it the last columns are those of a newcomer of each service.
        """
        waiting = np.flatnonzero(self._out[:seen] >= now)
        counters, busy, idle, elapsed = self._counters(now, seen, waiting)
        if not counters or not runs:
            return (busy, idle, elapsed), np.full((runs, len(self._services)), np.inf)
        since = self._issued[waiting] - self._credit[waiting]
        line = waiting[np.argsort(since, kind="stable")][:MOST]
        if own is not None:
            line = np.append(line, own)
        line = line[np.lexsort((line, self._issued[line] - self._credit[line], self._queue[line]))]
        tickets = tuple(
            TicketNow(TicketId(str(m)), f"{m:06d}", int(self._queue[m]), waited_s, 0.0)
            for m, waited_s in zip(
                line, (now - self._issued[line] + self._credit[line]).tolist(), strict=True
            )
        )
        breaks = tuple((start - now, end - now) for start, end in self._closed if end > now)
        snapshot = replace(
            self._empty,
            queues=self._asked if own is None else self._queues,
            tickets=tickets,
            counters=tuple(counters),
            breaks=breaks,
        )
        found = calls(snapshot, np.random.default_rng((SEED, self._day, seen)), runs)
        if own is not None:
            found = found[:, [int(np.flatnonzero(line == own)[0])]]
        return (busy, idle, elapsed), found

    def _counters(self, now: float, seen: int, waiting: Ints) -> tuple[list[CounterNow], float, float, float]:
        """Those that are not away, how many of them are busy and free, and the mean time of the busy ones."""
        served = np.flatnonzero((self._called[:seen] < now) & (self._counter[:seen] >= 0))
        by_call = served[np.argsort(self._called[served], kind="stable")]
        last = dict(zip(self._counter[by_call].tolist(), by_call.tolist(), strict=True))
        found, busy, idle, elapsed = [], 0, 0, 0.0
        queues = set(self._queue[waiting].tolist())
        on_duty = self._on_duty(now)
        for counter in sorted(on_duty - set(last)) if on_duty is not None else ():
            found.append(CounterNow(self._may_call[counter]))
            idle += 1
        for counter, m in last.items():
            may_call = self._may_call[counter]
            ended = self._ended[m]
            if np.isnan(ended) or ended >= now:
                spent = float(now - self._called[m])
                service = self._empty.services[self._queue[m] // len(_CLASSES)].service
                found.append(CounterNow(may_call, service, spent))
                busy, elapsed = busy + 1, elapsed + spent
                continue
            wanted = any(may_call[q] for q in queues)
            if on_duty is None:
                there = bool(now - ended <= (TURNS_TO_S if wanted else AWAY_AFTER_S))
            else:
                there = counter in on_duty
            if there:
                turning = TURNS_TO_S / 4 if wanted else 0.0
                found.append(CounterNow(may_call, back_in_s=max(turning, self._turn_s)))
                idle += 1
        return found, float(busy), float(idle), elapsed / max(busy, 1)

    def _on_duty(self, now: float) -> set[int] | None:
        """Counters that called just before `now`; None where the log does not say."""
        if self._duty is None:
            return None
        return {counter for counter, start, until in self._duty if start < now <= until}


def _said(called: Floats, runs: int) -> list[float]:
    """Mean, quantiles and the share that is never reached, of one column of runs; nan where all are."""
    reached = np.sort(called[np.isfinite(called)])
    if not len(reached):
        return [*[np.nan] * 5, 1.0]
    return [reached.mean(), *_quantiles(reached), 1 - len(reached) / runs]


def _quantiles(rising: Floats) -> list[float]:
    place = np.array(SHARES) * (len(rising) - 1)
    low = place.astype(np.int64)
    high = np.minimum(low + 1, len(rising) - 1)
    found: list[float] = (rising[low] + (rising[high] - rising[low]) * (place - low)).tolist()
    return found
