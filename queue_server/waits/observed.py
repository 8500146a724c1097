"""What past visits teach the estimator: service times, no-shows, arrivals; sums of days add up."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from queue_server.domain.hours import Hours
from queue_server.domain.ids import ServiceId
from queue_server.domain.office_services import ServiceClass
from queue_server.waits.figures import Outcome, VisitRecord

KEPT = 400
"""Most service times kept of a service: the latest."""
LONGEST_S = 4 * 3600.0
"""A service that took longer was forgotten, not served."""
NO_SHOW_PRIOR, NO_SHOW_WEIGHT = 0.05, 20
HOLD_PRIOR_S, HOLD_WEIGHT = 90.0, 5


@dataclass(slots=True)
class Observed:
    """`add` visits in order of time; older service times fall out first."""

    taken_s: dict[ServiceId, deque[float]] = field(default_factory=dict)
    """Call to end, by service."""
    calls: Counter[ServiceId] = field(default_factory=Counter)
    missed: Counter[ServiceId] = field(default_factory=Counter)
    held_s: float = 0.0
    """Time all no-shows together took their counters."""
    arrivals: Counter[tuple[ServiceId, ServiceClass, int]] = field(default_factory=Counter)
    """(service, class, local hour of issue) → visits."""
    days: set[object] = field(default_factory=set)

    def add(self, visits: Iterable[VisitRecord], hours: Hours) -> "Observed":
        for visit in visits:
            self.days.add(visit.day)
            self.arrivals[(visit.service, visit.service_class, hours.local(visit.issued_at).hour)] += 1
            for leg in visit.legs:
                if leg.first_called_at is None:
                    continue
                self.calls[leg.service] += 1
                if leg.walk_s is not None and leg.service_s is not None:
                    if leg.walk_s + leg.service_s <= LONGEST_S:
                        kept = self.taken_s.setdefault(leg.service, deque(maxlen=KEPT))
                        kept.append(leg.walk_s + leg.service_s)
                elif visit.outcome is Outcome.NO_SHOW and leg.ended_at is not None:
                    self.missed[leg.service] += 1
                    held = (leg.ended_at - leg.first_called_at).total_seconds()
                    self.held_s += min(held, 600.0)
        return self

    def copy(self) -> "Observed":
        return Observed(
            {service: deque(kept, maxlen=KEPT) for service, kept in self.taken_s.items()},
            Counter(self.calls),
            Counter(self.missed),
            self.held_s,
            Counter(self.arrivals),
            set(self.days),
        )

    def no_show(self, service: ServiceId) -> float:
        """Share of calls nobody comes to, shrunk towards 5 %."""
        calls = self.calls[service] + NO_SHOW_WEIGHT
        return (self.missed[service] + NO_SHOW_PRIOR * NO_SHOW_WEIGHT) / calls

    def no_show_hold_s(self) -> float:
        weight = sum(self.missed.values()) + HOLD_WEIGHT
        return (self.held_s + HOLD_PRIOR_S * HOLD_WEIGHT) / weight

    def per_hour(self, service: ServiceId, service_class: ServiceClass, hour: int) -> float:
        """Mean arrivals in this local hour of a day."""
        return self.arrivals[(service, service_class, hour)] / max(len(self.days), 1)


def last_hour(visits: Iterable[VisitRecord], now: datetime) -> Counter[tuple[ServiceId, ServiceClass]]:
    """(service, class) → visits issued in the hour before `now`."""
    since = now - timedelta(hours=1)
    return Counter((v.service, v.service_class) for v in visits if since < v.issued_at <= now)
