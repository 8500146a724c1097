"""How good predictions were: what was told at issue against what came true, and ranges learning from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import exp

from queue_server.domain.ids import ServiceId
from queue_server.waits.figures import VisitRecord

COVERED = 0.8
"""The share of waits that a P10–P90 range should hold."""
STEP = 0.05
"""How fast a range widens after a miss; four times as slowly it narrows after a hit."""
NARROWEST, WIDEST = 0.4, 4.0


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


def widening(visits: Iterable[VisitRecord]) -> dict[ServiceId, float]:
    """Service → factor on the half-widths of its ranges, from the visits in order of their first call.

    Adaptive conformal inference (Gibbs and Candès, NeurIPS 2021): whatever the factors were when the ranges
    were told, each miss widens and each hit narrows, so that in the long run `COVERED` of them hold.
    """
    factors: dict[ServiceId, float] = {}
    heard = [
        (visit.legs[0].first_called_at, visit, true)
        for visit in visits
        if (true := came_true(visit)) is not None
    ]
    for _, visit, true in sorted(heard, key=lambda one: str(one[0])):
        assert visit.told is not None
        missed = not visit.told[0] <= true <= visit.told[2]
        factor = factors.get(visit.service, 1.0) * exp(STEP * (missed - (1 - COVERED)))
        factors[visit.service] = min(max(factor, NARROWEST), WIDEST)
    return factors
