"""The hall in many runs side by side, a row each: at every step the counter that is free first in its row
calls whom the policy says.

Parts of the hall that have nothing to do with each other go side by side too. Newcomers stand at the end of
each service's ordinary queue and take no time, so that they neither delay anybody nor each other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from queue_server.domain.ids import ServiceId
from queue_server.domain.office_calling import PolicyName
from queue_server.domain.office_services import ServiceClass
from queue_server.waits.pick import Columns, Floats, Ints, columns, pick
from queue_server.waits.snapshot import Snapshot
from queue_server.waits.times import residual, table

HORIZON_S = 2 * 3600.0
"""Arrivals that could overtake are drawn for so long."""
MOST_ARRIVALS = 24
"""Of one queue."""
_EXTRA_STEPS = 400

_OVERTAKES: dict[PolicyName, frozenset[ServiceClass]] = {
    PolicyName.FIFO: frozenset(),
    PolicyName.STRICT: frozenset({ServiceClass.PRIORITY, ServiceClass.APPOINTMENT}),
    PolicyName.ACCUMULATING: frozenset({ServiceClass.PRIORITY, ServiceClass.APPOINTMENT}),
    PolicyName.INTERLEAVED: frozenset(ServiceClass),
    PolicyName.SHORT_FIRST: frozenset(ServiceClass),
}
"""Classes whose later arrivals may be called before somebody who waits now."""


@dataclass(slots=True)
class Halls:
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


def halls(snapshot: Snapshot, rng: np.random.Generator, runs: int) -> Halls:
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
    return Halls(
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


def queues_of(snapshot: Snapshot, hall: Halls) -> list[int]:
    """The queue of each column of the result."""
    return [*(ticket.queue for ticket in snapshot.tickets), *hall.newcomers]


def _free_at(snapshot: Snapshot, hall: Halls, rng: np.random.Generator, runs: int) -> Floats:
    """Rows × counters: when each counter is free first, seconds from now."""
    free = np.zeros((runs, len(snapshot.counters)))
    for n, counter in enumerate(snapshot.counters):
        free[:, n] = counter.back_in_s
        if counter.serving is not None:
            taken = hall.by_service[counter.serving]
            free[:, n] = residual(taken, counter.elapsed_s, rng.random(runs))
    return free


def _parts(hall: Halls) -> list[tuple[Ints, Ints]]:
    """(queues, counters) that have to do with each other; queues that nobody may call are in none."""
    queues, counters = hall.may_call.shape[1], hall.may_call.shape[0]
    part = np.arange(queues, dtype=np.int64)
    for may_call in hall.may_call:
        mine = np.flatnonzero(may_call)
        if len(mine):
            part[np.isin(part, part[mine])] = part[mine[0]]
    first = np.array([may_call.argmax() for may_call in hall.may_call], dtype=np.int64)
    serves = hall.may_call.any(axis=1)
    return [
        (np.flatnonzero(part == its), np.arange(counters)[serves & (part[first] == its)])
        for its in np.unique(part[first[serves]])
    ]


@dataclass(slots=True)
class _Rows:
    """Every part of the hall in every run: a row each, its queues and counters padded to the most."""

    part: Ints
    """Of each row, as is `run`."""
    run: Ints
    queue: Ints
    """Parts × places: the queue, 0 where there is none."""
    may_call: NDArray[np.bool_]
    """Parts × counters × queues."""
    columns: Columns
    free: Floats
    ordinary: Ints
    left: Ints
    """People who are still to be called."""
    since: Floats
    """Of the head of each queue, as are `there_from`, `order` and `who`."""
    there_from: Floats
    order: Floats
    who: Ints


def _rows(snapshot: Snapshot, hall: Halls, free: Floats, runs: int) -> _Rows:
    parts = _parts(hall)
    wide = max((len(queues) for queues, _ in parts), default=1)
    deep = max((len(counters) for _, counters in parts), default=1)
    of = np.repeat(np.arange(len(parts)), runs)
    shape = (len(of), wide)
    rows = _Rows(
        part=of,
        run=np.tile(np.arange(runs), len(parts)),
        queue=np.zeros((len(parts), wide), dtype=np.int64),
        may_call=np.zeros((len(parts), deep, wide), dtype=bool),
        columns=hall.columns,
        free=np.full((len(of), deep), np.inf),
        ordinary=np.zeros((len(of), deep), dtype=np.int64),
        left=np.zeros(len(of), dtype=np.int64),
        since=np.full(shape, np.inf),
        there_from=np.full(shape, np.inf),
        order=np.full(shape, np.inf),
        who=np.full(shape, -1, dtype=np.int64),
    )
    people = np.bincount(queues_of(snapshot, hall), minlength=len(snapshot.queues))
    ordinary = np.array([c.ordinary_since_priority for c in snapshot.counters])
    for n, (queues, counters) in enumerate(parts):
        mine = slice(n * runs, (n + 1) * runs)
        rows.queue[n, : len(queues)] = queues
        rows.may_call[n, : len(counters), : len(queues)] = hall.may_call[np.ix_(counters, queues)]
        rows.free[mine, : len(counters)] = free[:, counters]
        rows.ordinary[mine, : len(counters)] = ordinary[counters]
        rows.left[mine] = people[queues].sum()
        for heads, all_ in (
            (rows.since, hall.since),
            (rows.there_from, hall.there_from),
            (rows.order, hall.order),
            (rows.who, hall.who),
        ):
            heads[mine, : len(queues)] = all_[:, queues, 0]
    queue = rows.queue[of]
    known = hall.columns
    rows.columns = Columns(
        known.rate[queue], known.rank[queue], known.priority[queue], known.expected_s[queue]
    )
    return rows


def call_all(snapshot: Snapshot, hall: Halls, rng: np.random.Generator, runs: int) -> Floats:
    """Runs × (tickets, newcomers): the call, seconds from now; inf where it never comes.

    Parts of the hall that have nothing to do with each other go side by side.
    """
    people = len(snapshot.tickets) + len(hall.newcomers)
    called = np.full((runs, people + 1), np.inf)
    called[:, people] = 0.0  # a column nobody reads, for arrivals
    of = _rows(snapshot, hall, _free_at(snapshot, hall, rng, runs), runs)
    free, rows, left, ordinary = of.free, np.arange(len(of.run)), of.left, of.ordinary
    place = np.zeros(of.since.shape, dtype=np.int64)
    sizes = hall.tables.shape[1]
    for _ in range(people + _steps_of_arrivals(hall) + _EXTRA_STEPS if len(rows) else 0):
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
        mine = of.may_call[of.part, counter]
        there = mine & (of.there_from <= now[:, None]) & active[:, None]
        chosen = pick(
            snapshot.calling, of.columns, now[:, None] - of.since, there, ordinary[rows, counter], of.order
        )
        idle = active & (chosen < 0)
        if idle.any():
            coming = np.where(mine & idle[:, None], of.there_from, np.inf).min(axis=1)
            free[rows[idle], counter[idle]] = coming[idle]
        row = rows[chosen >= 0]
        if not len(row):
            continue
        head, at, who = (row, chosen[row]), now[row], of.who[row, chosen[row]]
        queue, run = of.queue[of.part[row], chosen[row]], of.run[row]
        called[run, who] = np.where(who >= 0, at, 0.0)
        left[row] -= who >= 0
        u = rng.random((2, len(row)))
        taken = hall.tables[queue, (u[0] * sizes).astype(np.int64)]
        taken = np.where(u[1] < hall.no_show[queue], hall.hold_s[queue], taken)
        newcomer = who >= len(snapshot.tickets)
        free[row, counter[row]] = at + np.where(newcomer, 0.0, taken)
        count = np.where(hall.columns.priority[queue], 0, ordinary[row, counter[row]] + 1)
        ordinary[row, counter[row]] = np.where(newcomer, ordinary[row, counter[row]], count)
        place[head] += 1
        spot = (run, queue, place[head])
        of.since[head], of.there_from[head] = hall.since[spot], hall.there_from[spot]
        of.order[head], of.who[head] = hall.order[spot], hall.who[spot]
    return called[:, :people]


def _steps_of_arrivals(hall: Halls) -> int:
    """The most arrivals of any row: each is a step at the most twice (a counter waits for it, then calls)."""
    return 2 * int((np.isfinite(hall.there_from) & (hall.who < 0)).sum(axis=(1, 2)).max())
