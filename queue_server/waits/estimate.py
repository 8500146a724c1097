"""Next-event Monte Carlo on the production policy: when everyone in the hall will be called.

Many runs go side by side, a row each: at every step the counter that is free first in its row calls whom the
policy says. Newcomers stand at the end of each service's ordinary queue and take no time, so that they
neither delay anybody nor each other (waiting-time page, "Predicted").
"""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from queue_server.domain.ids import ServiceId, TicketId
from queue_server.domain.office_config import PolicyName, ServiceClass
from queue_server.domain.ticket import Told
from queue_server.waits.conformal import Range, Rolling, keys_of
from queue_server.waits.pick import Columns, Floats, Ints, columns, pick
from queue_server.waits.snapshot import Estimate, Snapshot
from queue_server.waits.times import residual, table

MADE_BY = "mc1"
RUNS = 96
HORIZON_S = 2 * 3600.0
"""Arrivals that could overtake are drawn for so long."""
MOST_ARRIVALS = 24
"""Of one queue."""
KNOWN_SHARE = 0.9
"""A ticket called in fewer of the runs than this has no estimate."""
HAIR_MIN = 1e-4
"""Minutes by which the end of a range may exceed what is said."""
_EXTRA_STEPS = 400

_OVERTAKES: dict[PolicyName, frozenset[ServiceClass]] = {
    PolicyName.FIFO: frozenset(),
    PolicyName.STRICT: frozenset({ServiceClass.PRIORITY, ServiceClass.APPOINTMENT}),
    PolicyName.ACCUMULATING: frozenset({ServiceClass.PRIORITY, ServiceClass.APPOINTMENT}),
    PolicyName.INTERLEAVED: frozenset(ServiceClass),
    PolicyName.SHORT_FIRST: frozenset(ServiceClass),
}
"""Classes whose later arrivals may be called before somebody who waits now."""


def estimate(snapshot: Snapshot, rng: np.random.Generator, runs: int = RUNS) -> Estimate:
    """Everyone's time until the call; nobody's where no counter is open."""
    if not snapshot.counters or not snapshot.queues:
        return Estimate(snapshot.at, {}, {}, None)
    hall = _hall(snapshot, rng, runs)
    called = _run(snapshot, hall, rng, runs)
    told = _told(called, _keys(snapshot, hall), snapshot.factors)
    tickets: dict[TicketId, Told] = {}
    for ticket, minutes in zip(snapshot.tickets, told, strict=False):
        if minutes is not None:
            tickets[ticket.id] = minutes
    newcomers: dict[ServiceId, Told] = {}
    for queue, minutes in zip(hall.newcomers, told[len(snapshot.tickets) :], strict=True):
        if minutes is not None:
            newcomers[snapshot.queues[queue].service] = minutes
    return Estimate(snapshot.at, newcomers, tickets, _hall_mean(snapshot, called))


def calls(snapshot: Snapshot, rng: np.random.Generator, runs: int = RUNS) -> Floats:
    """Runs × (waiting tickets, newcomers in the order of their queues): seconds from now until the call.

    Unrounded; inf where it never comes.
    """
    if not snapshot.counters or not snapshot.queues:
        people = len(snapshot.tickets) + sum(queue.newcomer for queue in snapshot.queues)
        return np.full((runs, people), np.inf)
    return _run(snapshot, _hall(snapshot, rng, runs), rng, runs)


@dataclass(slots=True)
class _Hall:
    """The queues as arrays: rows × queues × place. `who` is a column of the result, −1 for an arrival."""

    since: Floats
    there_from: Floats
    order: Floats
    who: Ints
    newcomers: list[int]
    """Queues with a newcomer, in the order of their columns."""
    by_service: dict[ServiceId, Floats]
    """Service times to draw from."""
    tables: Floats
    """The same, a row each queue."""
    no_show: Floats
    hold_s: Floats
    columns: Columns
    may_call: NDArray[np.bool_]


def _hall(snapshot: Snapshot, rng: np.random.Generator, runs: int) -> _Hall:
    queues, tickets = snapshot.queues, snapshot.tickets
    newcomers = [n for n, queue in enumerate(queues) if queue.newcomer]
    waiting: list[list[int]] = [[] for _ in queues]
    for column, ticket in enumerate(tickets):
        waiting[ticket.queue].append(column)
    coming = _arrivals(snapshot, rng, runs)
    most = max((found.shape[1] for found in coming.values()), default=0)
    places = max(len(w) for w in waiting) + 1 + most + 1
    shape = (runs, len(queues), places)
    since, there_from = np.full(shape, np.inf), np.full(shape, np.inf)
    order, who = np.full(shape, np.inf), np.full(shape, -1, dtype=np.int64)
    by_number = sorted(range(len(tickets)), key=lambda n: (tickets[n].number, tickets[n].id))
    rank = {column: place for place, column in enumerate(by_number)}
    for n, columns_ in enumerate(waiting):
        for place, column in enumerate(columns_):
            since[:, n, place] = -tickets[column].waited_s
            there_from[:, n, place] = -np.inf
            order[:, n, place], who[:, n, place] = rank[column], column
        end = len(columns_)
        if queues[n].newcomer:
            since[:, n, end], there_from[:, n, end] = 0.0, -np.inf
            order[:, n, end] = len(tickets) + n
            who[:, n, end] = len(tickets) + newcomers.index(n)
            end += 1
        if n in coming:
            beyond = end + coming[n].shape[1]
            since[:, n, end:beyond] = there_from[:, n, end:beyond] = coming[n]
            order[:, n, end:beyond] = len(tickets) + len(queues) + n
    times = {t.service: t for t in snapshot.services}
    tables = {service: table(found) for service, found in times.items()}
    of_queue = [times[q.service] for q in queues]
    return _Hall(
        since,
        there_from,
        order,
        who,
        newcomers,
        tables,
        np.stack([tables[q.service] for q in queues]),
        np.array([t.no_show for t in of_queue]),
        np.array([t.no_show_hold_s for t in of_queue]),
        columns(snapshot.calling, [q.service_class for q in queues], [t.expected_s for t in of_queue]),
        np.array([counter.may_call for counter in snapshot.counters], dtype=bool),
    )


def _arrivals(snapshot: Snapshot, rng: np.random.Generator, runs: int) -> dict[int, Floats]:
    """Queue → rows × arrivals that could overtake somebody, rising, inf where there is none."""
    overtaking, found = _OVERTAKES[snapshot.calling.policy], {}
    for n, queue in enumerate(snapshot.queues):
        if queue.service_class in overtaking and queue.arrivals_per_hour > 0:
            gaps = rng.exponential(3600.0 / queue.arrivals_per_hour, (runs, MOST_ARRIVALS))
            at = np.cumsum(gaps, axis=1)
            at[at > HORIZON_S] = np.inf
            found[n] = at[:, : int(np.isfinite(at).sum(axis=1).max())]
    return found


def _queues(snapshot: Snapshot, hall: _Hall) -> list[int]:
    """The queue of each column of the result."""
    return [*(ticket.queue for ticket in snapshot.tickets), *hall.newcomers]


def _free_at(snapshot: Snapshot, hall: _Hall, rng: np.random.Generator, runs: int) -> Floats:
    """Rows × counters: when each counter is free first, seconds from now."""
    free = np.zeros((runs, len(snapshot.counters)))
    for n, counter in enumerate(snapshot.counters):
        free[:, n] = counter.back_in_s
        if counter.serving is not None:
            taken = hall.by_service[counter.serving]
            free[:, n] = residual(taken, counter.elapsed_s, rng.random(runs))
    return free


def _run(snapshot: Snapshot, hall: _Hall, rng: np.random.Generator, runs: int) -> Floats:
    """Rows × (tickets, newcomers): the call, seconds from now; inf where it never comes."""
    people = len(snapshot.tickets) + len(hall.newcomers)
    called = np.full((runs, people + 1), np.inf)
    called[:, people] = 0.0  # a column nobody reads, for arrivals
    free, rows = _free_at(snapshot, hall, rng, runs), np.arange(runs)
    place = np.zeros((runs, len(snapshot.queues)), dtype=np.int64)
    left = np.full(runs, people)
    ordinary = np.tile(np.array([c.ordinary_since_priority for c in snapshot.counters]), (runs, 1))
    head_since, head_from = hall.since[:, :, 0].copy(), hall.there_from[:, :, 0].copy()
    head_order, head_who = hall.order[:, :, 0].copy(), hall.who[:, :, 0].copy()
    sizes = hall.tables.shape[1]
    for _ in range(people + _steps_of_arrivals(hall) + _EXTRA_STEPS):
        counter = free.argmin(axis=1)
        now = free[rows, counter]
        active = (left > 0) & np.isfinite(now)
        if not active.any():
            break
        now = np.where(active, now, 0.0)
        for start, end in snapshot.breaks:
            resting = active & (now >= start) & (now < end)
            free[rows[resting], counter[resting]] = end
            active &= ~resting
        mine = hall.may_call[counter]
        there = mine & (head_from <= now[:, None]) & active[:, None]
        chosen = pick(
            snapshot.calling,
            hall.columns,
            now[:, None] - head_since,
            there,
            ordinary[rows, counter],
            head_order,
        )
        idle = active & (chosen < 0)
        if idle.any():
            coming = np.where(mine & idle[:, None], head_from, np.inf).min(axis=1)
            free[rows[idle], counter[idle]] = coming[idle]
        row = rows[chosen >= 0]
        if not len(row):
            continue
        queue, at, who = chosen[row], now[row], head_who[row, chosen[row]]
        called[row, who] = np.where(who >= 0, at, 0.0)
        left[row] -= who >= 0
        u = rng.random((2, len(row)))
        taken = hall.tables[queue, (u[0] * sizes).astype(np.int64)]
        taken = np.where(u[1] < hall.no_show[queue], hall.hold_s[queue], taken)
        newcomer = who >= len(snapshot.tickets)
        free[row, counter[row]] = at + np.where(newcomer, 0.0, taken)
        count = np.where(hall.columns.priority[queue], 0, ordinary[row, counter[row]] + 1)
        ordinary[row, counter[row]] = np.where(newcomer, ordinary[row, counter[row]], count)
        place[row, queue] += 1
        spot = (row, queue, place[row, queue])
        head_since[row, queue], head_from[row, queue] = hall.since[spot], hall.there_from[spot]
        head_order[row, queue], head_who[row, queue] = hall.order[spot], hall.who[spot]
    return called[:, :people]


def _steps_of_arrivals(hall: _Hall) -> int:
    """The most arrivals of any row: each is a step at the most twice (a counter waits for it, then calls)."""
    return 2 * int((np.isfinite(hall.there_from) & (hall.who < 0)).sum(axis=(1, 2)).max())


def _keys(snapshot: Snapshot, hall: _Hall) -> list[tuple[str, str, str]]:
    """The keys of the ranges of each column of the result: its service, and how many wait there before it."""
    since = [ticket.waited_s for ticket in snapshot.tickets] + [-np.inf] * len(hall.newcomers)
    of = [snapshot.queues[queue].service for queue in _queues(snapshot, hall)]
    waiting: dict[ServiceId, list[float]] = {}
    for service, waited_s in zip(of, since, strict=True):
        waiting.setdefault(service, []).append(waited_s)
    return [
        keys_of("", service, sum(other > waited_s for other in waiting[service]))
        for service, waited_s in zip(of, since, strict=True)
    ]


def _told(called: Floats, keys: list[tuple[str, str, str]], factors: Rolling) -> list[Told | None]:
    """P10, median, P90 and P80 of each column as `factors` widen or narrow them; None where unknown."""
    low, median, promise, high = _percentiles(called)
    known = np.isfinite(called).mean(axis=0) >= KNOWN_SHARE
    told: list[Told | None] = []
    known_factors = {its: factors.factors(its) for its in set(keys)}
    for n, its in enumerate(keys):
        if not known[n]:
            told.append(None)
            continue
        raw = Range(float(low[n]), float(median[n]), float(promise[n]), float(high[n]))
        shown = factors.scaled(raw, *known_factors[its])
        told.append(in_minutes(shown.low, shown.median, shown.high, shown.promise))
    return told


def _percentiles(seconds: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """P10, P50, P80, P90 of each column's finite values, in minutes (0 where there are none)."""
    finite = np.isfinite(seconds).sum(axis=0)
    rising, columns_ = np.sort(seconds, axis=0), np.arange(seconds.shape[1])
    low, median, promise, high = (
        np.nan_to_num(
            rising[(share * np.maximum(finite - 1, 0)).round().astype(np.int64), columns_], posinf=0.0
        )
        / 60
        for share in (0.1, 0.5, 0.8, 0.9)
    )
    return low, median, promise, high


def in_minutes(low: float, median: float, high: float, promise: float, made_by: str = MADE_BY) -> Told:
    """Nearest minutes; what is promised and the upper end are never rounded down."""
    middle = max(floor(median + 0.5), 0)
    lowest = min(max(floor(low + 0.5), 0), middle)
    by = max(ceil(promise - HAIR_MIN), middle, 1)
    return Told(lowest, middle, max(ceil(high - HAIR_MIN), by), by, made_by)


def _hall_mean(snapshot: Snapshot, called: Floats) -> Told | None:
    """The mean wait of the visits of everyone in the hall: what was spent and what is still to come."""
    there = len(snapshot.tickets) + len(snapshot.called_waits_s)
    waiting = called[:, : len(snapshot.tickets)]
    reached = np.isfinite(waiting).all(axis=1)
    if not there or reached.mean() < KNOWN_SHARE:
        return None
    spent = np.array([t.visit_wait_s for t in snapshot.tickets])
    early = np.array([min(t.waited_s, 0.0) for t in snapshot.tickets])
    total = (spent + np.maximum(waiting[reached] + early, 0.0)).sum(axis=1) + sum(snapshot.called_waits_s)
    low, median, promise, high = _percentiles((total / there)[:, None])
    return in_minutes(float(low[0]), float(median[0]), float(high[0]), float(promise[0]))
