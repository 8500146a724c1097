"""How many will come: a half-hour profile × shrunken weekday effect × a day factor learnt through the day.

Ranges are negative binomial (waiting-time page, "Forecast and staffing"): counts vary more than a Poisson's,
by the day and by the half hour. Closed days and holidays come from the office's hours.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from queue_server.domain.hours import Hours
from queue_server.domain.ids import ServiceId
from queue_server.waits.counts import quantile
from queue_server.waits.figures import VisitRecord

Floats = NDArray[np.float64]

BLOCK = timedelta(minutes=30)
BLOCKS = 48
"""Of a local day."""
HALF_LIFE_DAYS = 42.0
"""A day so far back weighs half as much as yesterday."""
PROFILE_DAYS = 3.0
"""So many days weigh as much as the profile of all services together."""
WEEKDAY_DAYS, SERVICE_WEEKDAY_DAYS = 2.0, 6.0
"""The same weekday so often weighs as much as "like any day"; of a service, as "like its office"."""
DAY_PRIOR, BLOCK_PRIOR, PRIOR_DAYS = 0.03, 0.05, 5.0
"""Squared coefficients of variation of a day's factor and of a half hour's, known before any day; and how
many days they weigh."""
LOW, HIGH = 0.1, 0.9

DayCounts = Mapping[tuple[ServiceId, int], int]
"""(service, half hour of the local day: 0 is 00:00–00:30) → tickets issued."""
Past = Mapping[date, DayCounts]
"""Local day → its counts; a day that is missing or empty teaches nothing."""


@dataclass(frozen=True, slots=True)
class BlockForecast:
    """Arrivals of one service in one half hour, those counted already included."""

    start: datetime
    """UTC."""
    service: ServiceId
    mean: float
    low: int
    """P10 and P90 of the count."""
    high: int
    dispersion: float
    """Size k of the negative binomial of what is still to come: variance = mean + mean² / k."""
    so_far: int = 0
    """Counted in this half hour before `now`; 0 but for the half hour that `now` lies in."""


def block_of(at: datetime, hours: Hours) -> int:
    """The half hour of the local day that an instant lies in."""
    local = hours.local(at)
    return (local.hour * 60 + local.minute) // 30


def counts(visits: Iterable[VisitRecord], hours: Hours) -> dict[date, dict[tuple[ServiceId, int], int]]:
    """`Past` from visits: a citizen counts once, for the first leg's service, when the ticket was issued."""
    found: dict[date, dict[tuple[ServiceId, int], int]] = {}
    for visit in visits:
        of_day = found.setdefault(visit.day, {})
        key = (visit.service, block_of(visit.issued_at, hours))
        of_day[key] = of_day.get(key, 0) + 1
    return found


def forecast(
    past: Past, hours: Hours, day: date, now: datetime, *, rescaled: bool = True
) -> tuple[BlockForecast, ...]:
    """The half hours of local `day` that end after `now`, in order of time, then of service.

    `past[day]` holds the counts of `day` itself so far; days from today's on teach nothing else. Empty on
    closed days and where no open day is known. Without `rescaled` the day so far is not looked at.
    """
    today = hours.day_of(now)
    taught = sorted(d for d in past if d < min(day, today) and any(past[d].values()) and hours.sessions(d))
    kinds = _kinds(hours, day)
    if not taught or not kinds.any():
        return ()
    services = sorted({service for d in taught for service, _ in past[d]})
    usual = _Usual(past, hours, taught, services, day)
    expected = usual.expected(kinds, day.weekday())
    elapsed = _elapsed(hours, day, now)
    seen = _array(past.get(day, {}), services)
    factor, doubt = usual.of_day(seen, expected, elapsed >= 1.0 if rescaled else elapsed > 1.0)
    to_come = expected * factor[:, None] * (1.0 - elapsed)
    size = 1.0 / (usual.block_cv2 + doubt)
    found = []
    for block in np.flatnonzero((elapsed < 1.0) & (expected.sum(axis=0) > 0)):
        start = _start(hours, day, int(block))
        for n, service in enumerate(services):
            mean, came = float(to_come[n, block]), int(seen[n, block]) if elapsed[block] > 0 else 0
            k = float(size[n])
            low, high = quantile(mean, k, LOW), quantile(mean, k, HIGH)
            found.append(BlockForecast(start, service, came + mean, came + low, came + high, k, came))
    return tuple(found)


def _start(hours: Hours, day: date, block: int) -> datetime:
    return (hours.midnight(day) + block * BLOCK).astimezone(UTC)


def _elapsed(hours: Hours, day: date, now: datetime) -> Floats:
    """Per half hour the share of it that is over."""
    starts = np.array([(now - _start(hours, day, block)) / BLOCK for block in range(BLOCKS)])
    return starts.clip(0.0, 1.0)


def _kinds(hours: Hours, day: date) -> Floats:
    """Per half hour 2 where the office opens in it, 1 in the one before or after such, else 0."""
    midnight = hours.midnight(day).astimezone(UTC)
    open_ = np.zeros(BLOCKS, dtype=bool)
    for start, end in hours.spans(day):
        first, last = (start - midnight) // BLOCK, -((midnight - end) // BLOCK)
        open_[max(first, 0) : last] = True
    padded = np.pad(open_, 1)
    return np.where(open_, 2.0, np.where(padded[:-2] | padded[2:], 1.0, 0.0))


def _array(of_day: DayCounts, services: list[ServiceId]) -> Floats:
    """Services × half hours."""
    found, place = np.zeros((len(services), BLOCKS)), {service: n for n, service in enumerate(services)}
    for (service, block), count in of_day.items():
        if service in place:
            found[place[service], block] += count
    return found


class _Usual:
    """What the taught days say: rates by service and half hour, weekday effects, how much days vary."""

    def __init__(
        self, past: Past, hours: Hours, taught: list[date], services: list[ServiceId], day: date
    ) -> None:
        came = np.stack([_array(past[d], services) for d in taught])
        kinds = np.stack([_kinds(hours, d) for d in taught])
        weight = np.array([0.5 ** ((day - d).days / HALF_LIFE_DAYS) for d in taught])
        weekday = np.array([d.weekday() for d in taught])
        share = (weight[:, None, None] * came).sum(axis=(0, 2))
        share = share / share.sum()
        self._rates = {kind: _rates(came, weight[:, None] * (kinds == kind), share) for kind in (1.0, 2.0)}
        flat = np.stack([self._plain(k) for k in kinds])
        self._weekday = _weekdays(came, flat, weight, weekday)
        mean = flat * self._weekday[weekday][:, :, None]
        self.day_cv2, self.service_cv2, self.block_cv2 = _spread(came, mean)

    def _plain(self, kinds: Floats) -> Floats:
        found: Floats = (kinds == 1.0) * self._rates[1.0] + (kinds == 2.0) * self._rates[2.0]
        return found

    def expected(self, kinds: Floats, weekday: int) -> Floats:
        """Services × half hours on a day with these kinds of half hours."""
        found: Floats = self._plain(kinds) * self._weekday[weekday][:, None]
        return found

    def of_day(self, seen: Floats, expected: Floats, over: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Per service the day's factor given the half hours that are `over`, and its squared variation.

        Gamma posteriors: the office's factor first, then each service's about it. A half hour that varies
        more than a Poisson's tells less.
        """
        came, mean = seen[:, over].sum(axis=1), expected[:, over].sum(axis=1)
        told = 1.0 + self.block_cv2 * (expected[:, over] ** 2).sum() / max(mean.sum(), 1e-9)
        k = 1.0 / self.day_cv2
        weight = k + mean.sum() / told
        office = (k + came.sum() / told) / weight
        own = 1.0 / self.service_cv2
        told_own = 1.0 + self.block_cv2 * (expected[:, over] ** 2).sum(axis=1) / np.maximum(mean, 1e-9)
        of_service = (own + came / told_own) / (own + office * mean / told_own)
        return office * of_service, 1.0 / weight + 1.0 / (own + office * mean / told_own)


def _rates(came: Floats, weight: Floats, share: Floats) -> Floats:
    """Mean arrivals per service and half hour; `weight` (days × half hours) is 0 where a day does not tell.

    Of a service that has told little the profile of all; of a half hour never seen nothing.
    """
    days = weight.sum(axis=0)
    total = np.einsum("dsb,db->sb", came, weight)
    pooled = total.sum(axis=0) / np.maximum(days, 1e-9)
    found: Floats = (total + PROFILE_DAYS * share[:, None] * pooled) / (days + PROFILE_DAYS)
    return np.where(days > 0, found, 0.0)


def _weekdays(came: Floats, mean: Floats, weight: Floats, weekday: NDArray[np.int64]) -> Floats:
    """Weekdays × services: how a weekday differs from any day."""
    came_s, mean_s = came.sum(axis=2) * weight[:, None], mean.sum(axis=2) * weight[:, None]
    a_day = mean_s.sum(axis=0) / max(weight.sum(), 1e-9)
    found = np.ones((7, came.shape[1]))
    for n in range(7):
        mine = weekday == n
        had, usual = came_s[mine].sum(axis=0), mean_s[mine].sum(axis=0)
        prior = WEEKDAY_DAYS * a_day.sum()
        office = (had.sum() + prior) / max(usual.sum() + prior, 1e-9)
        own = SERVICE_WEEKDAY_DAYS * a_day
        found[n] = (had + own * office) / np.maximum(usual + own, 1e-9)
    return found


def _spread(came: Floats, mean: Floats) -> tuple[float, float, float]:
    """Squared variations, by moments: of the office's day factor, of a service's about it, of a half hour.

    Days told by their own mean vary a little less than new ones will: n / (n − 1) makes good for it.
    """
    days = len(came)
    again = days / (days - 1) if days > 1 else 1.0
    total, usual = came.sum(axis=(1, 2)), np.maximum(mean.sum(axis=(1, 2)), 1e-9)
    factor = total / usual
    of_day = _shrunk(((total - usual) ** 2).sum() * again - usual.sum(), (usual**2).sum(), DAY_PRIOR, days)
    by_service, its = came.sum(axis=2), np.maximum(mean.sum(axis=2) * factor[:, None], 1e-9)
    of_service = _shrunk(((by_service - its) ** 2).sum() * again - its.sum(), (its**2).sum(), DAY_PRIOR, days)
    scaled = mean * (by_service / np.maximum(mean.sum(axis=2), 1e-9))[:, :, None]
    of_block = _shrunk(((came - scaled) ** 2).sum() - scaled.sum(), (scaled**2).sum(), BLOCK_PRIOR, days)
    return of_day, of_service, of_block


def _shrunk(excess: float, squares: float, prior: float, days: int) -> float:
    found = max(excess, 0.0) / squares if squares > 0 else prior
    return float(max((days * found + PRIOR_DAYS * prior) / (days + PRIOR_DAYS), 1e-4))
