"""Next-event Monte Carlo on the production policy: when everyone in the hall will be called.

Many runs go side by side (waits.runs); what they say is told in minutes, with ranges that roll
(waiting-time page, "Predicted").
"""

from bisect import bisect_right
from math import ceil, floor

import numpy as np

from queue_server.domain.ids import ServiceId, TicketId
from queue_server.domain.ticket import Told
from queue_server.waits.carried import Carried
from queue_server.waits.conformal import Range, Rolling, keys_of
from queue_server.waits.pick import Floats
from queue_server.waits.runs import Halls, call_all, halls, queues_of
from queue_server.waits.snapshot import Estimate, Snapshot

MADE_BY = "mc1"
RUNS = 96
KNOWN_SHARE = 0.9
"""A ticket called in fewer of the runs than this has no estimate."""
HAIR_MIN = 1e-4
"""Minutes by which the end of a range may exceed what is said."""


def estimate(
    snapshot: Snapshot, rng: np.random.Generator, runs: int = RUNS, carried: Carried | None = None
) -> Estimate:
    """Everyone's time until the call; nobody's where no counter is open. `carried`: on those who wait."""
    if not snapshot.counters or not snapshot.queues:
        return Estimate(snapshot.at, {}, {}, None)
    hall = halls(snapshot, rng, runs)
    called = call_all(snapshot, hall, rng, runs)
    if carried is not None:
        called = carried.on(called, [ticket.id for ticket in snapshot.tickets])
    told = _told(called, _keys(snapshot, hall), snapshot.factors)
    tickets: dict[TicketId, Told] = {}
    for ticket, minutes in zip(snapshot.tickets, told, strict=False):
        if minutes is not None:
            tickets[ticket.id] = minutes
    newcomers: dict[ServiceId, Told] = {}
    medians: dict[ServiceId, float] = {}
    for n, (queue, minutes) in enumerate(
        zip(hall.newcomers, told[len(snapshot.tickets) :], strict=True), len(snapshot.tickets)
    ):
        if minutes is not None:
            service, reached = snapshot.queues[queue].service, called[:, n]
            newcomers[service] = minutes
            medians[service] = float(np.median(reached[np.isfinite(reached)]))
    return Estimate(snapshot.at, newcomers, tickets, _hall_mean(snapshot, called), medians)


def calls(snapshot: Snapshot, rng: np.random.Generator, runs: int = RUNS) -> Floats:
    """Runs × (waiting tickets, newcomers in the order of their queues): seconds from now until the call.

    Unrounded; inf where it never comes.
    """
    if not snapshot.counters or not snapshot.queues:
        people = len(snapshot.tickets) + sum(queue.newcomer for queue in snapshot.queues)
        return np.full((runs, people), np.inf)
    return call_all(snapshot, halls(snapshot, rng, runs), rng, runs)


def _keys(snapshot: Snapshot, hall: Halls) -> list[tuple[str, str, str]]:
    """The keys of the ranges of each column of the result: its service, and how many wait there before it."""
    since = [ticket.waited_s for ticket in snapshot.tickets] + [-np.inf] * len(hall.newcomers)
    of = [snapshot.queues[queue].service for queue in queues_of(snapshot, hall)]
    waiting: dict[ServiceId, list[float]] = {}
    for service, waited_s in zip(of, since, strict=True):
        waiting.setdefault(service, []).append(waited_s)
    rising = {service: sorted(waited) for service, waited in waiting.items()}
    return [
        keys_of("", service, len(rising[service]) - bisect_right(rising[service], waited_s))
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
