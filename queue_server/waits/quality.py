"""How good predictions were: what was told at issue against what came true, and ranges learning from it."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from queue_server.domain.ids import ServiceId, TicketId
from queue_server.waits.conformal import Range, Rolling, keys_of
from queue_server.waits.figures import VisitRecord


@dataclass(frozen=True, slots=True)
class Quality:
    """None where nothing was told that has come true yet. Errors in minutes, told median − true wait."""

    n: int
    """Predictions that have come true, so that they can be judged."""
    coverage: float | None = None
    """Share of waits within the told range."""
    promise_kept: float | None = None
    """Share called within the promised (P80) minutes."""
    mae_min: float | None = None
    bias_min: float | None = None
    p90_error_min: float | None = None
    told: int = 0
    """Visits that were told anything; those not in `n` have not been called, or left, or paused."""


@dataclass(frozen=True, slots=True)
class DayQuality:
    """How good the predictions told on one local day were: all together, and by the first leg's service.

    Every prediction told at issue is in the journal, so that anybody can recompute this from an export.
    """

    day: date
    office: Quality
    services: Mapping[ServiceId, Quality]
    """Services without anything told are missing."""


def came_true(visit: VisitRecord) -> float | None:
    """Minutes from issue to the first call, where a wait was told and the citizen stayed in the queue."""
    called = visit.legs[0].first_called_at
    if visit.told is None or called is None or "citizen_park" in visit.flags:
        return None
    return (called - visit.issued_at).total_seconds() / 60


def coverage(visits: Iterable[VisitRecord]) -> Quality:
    """The quality of what was told to these visits."""
    told_to = [visit for visit in visits if visit.told is not None]
    pairs = [(v.told, true) for v in told_to if v.told is not None and (true := came_true(v)) is not None]
    if not pairs:
        return Quality(0, told=len(told_to))
    errors = [told[1] - true for told, true in pairs]
    sizes = sorted(abs(error) for error in errors)
    return Quality(
        n=len(pairs),
        coverage=sum(told[0] <= true <= told[2] for told, true in pairs) / len(pairs),
        promise_kept=sum(true <= told[3] for told, true in pairs) / len(pairs),
        mae_min=sum(sizes) / len(sizes),
        bias_min=sum(errors) / len(errors),
        p90_error_min=sizes[-(-90 * len(sizes) // 100) - 1],
        told=len(told_to),
    )


def day_quality(day: date, visits: Iterable[VisitRecord]) -> DayQuality:
    """Of the visits of one local day."""
    by_service: dict[ServiceId, list[VisitRecord]] = {}
    for visit in visits:
        if visit.told is not None:
            by_service.setdefault(visit.service, []).append(visit)
    everyone = [visit for found in by_service.values() for visit in found]
    return DayQuality(day, coverage(everyone), {s: coverage(found) for s, found in by_service.items()})


def heard(factors: Rolling, visits: Iterable[VisitRecord], told_by: str) -> Rolling:
    """`factors` after what `told_by` told these visits has come true, in the order of their first calls.

    Per service and position (waits.conformal), in minutes. Changes and returns `factors`.
    """
    found = list(visits)
    ahead = _ahead(found)
    come = [
        (visit.legs[0].first_called_at, visit, true)
        for visit in found
        if visit.told_by == told_by and (true := came_true(visit)) is not None
    ]
    for _, visit, true in sorted(come, key=lambda one: (str(one[0]), one[1].number)):
        if visit.told is None:
            continue
        low, median, high, promise = visit.told
        keys = keys_of("", visit.service, ahead[visit.ticket])
        factors.heard(Range(low, median, promise, high), true, keys)
    return factors


def _ahead(visits: list[VisitRecord]) -> dict[TicketId, int]:
    """How many waited for the same service when each was issued."""
    issued: dict[ServiceId, list[datetime]] = {}
    gone: dict[ServiceId, list[datetime]] = {}
    for visit in visits:
        first = visit.legs[0]
        issued.setdefault(visit.service, []).append(visit.issued_at)
        left = first.first_called_at or first.ended_at
        if left is not None:
            gone.setdefault(visit.service, []).append(left)
    for times in (*issued.values(), *gone.values()):
        times.sort()
    return {
        visit.ticket: bisect_left(issued[visit.service], visit.issued_at)
        - bisect_left(gone.get(visit.service, []), visit.issued_at)
        for visit in visits
    }
