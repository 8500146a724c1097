"""How many people waited at each five minutes of a day, from the visits' own instants."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from math import ceil

from queue_server.domain.hours import Hours
from queue_server.waits.figures import Outcome, VisitRecord

EVERY_S = 300
MARKS = 24 * 3600 // EVERY_S


def lengths(visits: Iterable[VisitRecord], day: date, hours: Hours, until: datetime | None) -> Counter[int]:
    """Mark (0 is local midnight, 1 is 00:05) → legs in a queue and not called yet at that instant.

    Marks with nobody are left out. `until` is now, for a day that is not over.
    """
    midnight = hours.midnight(day)
    steps = [0] * (MARKS + 1)

    def mark(at: datetime) -> int:
        return min(max(ceil((at - midnight).total_seconds() / EVERY_S), 0), MARKS)

    last = mark(until) if until is not None else MARKS
    for visit in visits:
        for leg in visit.legs:
            out = leg.first_called_at or leg.ended_at
            if out is None and visit.outcome is not Outcome.OPEN:
                continue
            first, end = mark(leg.queued_at), last if out is None else min(mark(out), last)
            if first < end:
                steps[first] += 1
                steps[end] -= 1
    found: Counter[int] = Counter()
    there = 0
    for at, step in enumerate(steps[:MARKS]):
        there += step
        if there:
            found[at] = there
    return found
