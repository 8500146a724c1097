"""Offices made up for the back-test, with demand whose shape the adviser is never told.

Weekdays differ, whole days are busy or calm, the peak wanders, services drift, an odd day brings a crowd for
one service; service times differ from what the office file says of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

import numpy as np

from queue_server.advise.roster import Spans, usual
from queue_server.domain.hours import Hours, Season, Session
from queue_server.domain.office_services import ServiceClass
from queue_server.simulate.hall_day import Citizen, HallDay, Shift, Stay
from queue_server.simulate.place import Place
from queue_server.simulate.setting import Setting

PAUSE = (0.5, 480.0)
SHAPE = 1.8
PRIORITY, NO_SHOW, SECOND, IMPATIENT = 0.12, 0.05, 0.07, 0.06
CROWD_DAYS, CROWD = 0.12, 1.8
"""Of the days so many bring a crowd for one service: so many times as many."""


@dataclass(frozen=True, slots=True)
class World:
    """One office's truth; what is by service is in the order of the setting's services."""

    setting: Setting
    spans: Spans
    base: tuple[float, ...]
    """Mean visits of a day, by service."""
    taken_s: tuple[float, ...]
    """True mean service times."""
    weekday: tuple[float, ...]
    drift: tuple[float, ...]
    """Growth of each service over a hundred days."""
    peak: tuple[float, float, float]
    """Share of the day in the morning's peak, its time after opening and its width in seconds."""
    staffed: tuple[int, ...]


def made(setting: Setting, place: Place, visits: float, rng: np.random.Generator) -> World:
    """An office of the setting's shape; everything that matters is drawn."""
    weight = np.array([s.weight for s in place.services]) * rng.lognormal(0.0, 0.25, len(place.services))
    return World(
        setting,
        place.sessions,
        tuple((weight / weight.sum() * visits).tolist()),
        tuple(s.mean_s * float(rng.lognormal(0.0, 0.2)) for s in place.services),
        tuple((rng.lognormal(0.0, 0.18, 7)).tolist()),
        tuple(rng.normal(0.0, 0.35, len(place.services)).tolist()),
        (float(rng.uniform(0.3, 0.5)), float(rng.uniform(1200, 4500)), float(rng.uniform(1800, 3600))),
        tuple(range(len(setting.counters))),
    )


def day_of(world: World, number: int, day: date, rng: np.random.Generator) -> HallDay:
    """The people and shifts of the day, with pauses and late starts as they fall."""
    factor = world.weekday[day.weekday()] * rng.lognormal(0.0, 0.15)
    rates = np.array(world.base) * factor * np.exp(np.array(world.drift) * number / 100)
    if rng.random() < CROWD_DAYS:
        rates[int(rng.integers(len(rates)))] *= CROWD
    counts = rng.poisson(rates)
    wander = rng.normal(0.0, 900.0)
    citizens = [
        _citizen(world, service, _arrival(world, wander, rng), rng)
        for service, count in enumerate(counts)
        for _ in range(count)
    ]
    late = rng.uniform(0, 300, len(world.setting.counters) * len(world.spans))
    shifts = usual(world.staffed, world.spans, PAUSE, rng)
    shifts = tuple(
        Shift(s.counter, s.on_s + float(late[n]), s.off_s, s.pauses, s.last) for n, s in enumerate(shifts)
    )
    return HallDay(tuple(sorted(citizens, key=lambda c: c.at_s)), shifts)


def _arrival(world: World, wander: float, rng: np.random.Generator) -> float:
    share, centre, width = world.peak
    while True:
        luck = rng.random()
        if luck < share:
            at = world.spans[0][0] + wander + rng.normal(centre, width)
        elif luck < share + 0.2:
            at = world.spans[-1][0] + rng.normal(2700.0, 2400.0)
        else:
            start, end = world.spans[int(rng.integers(len(world.spans)))]
            at = rng.uniform(start, end)
        if any(start - 900 <= at <= end - 1200 for start, end in world.spans):
            return float(at)


def _citizen(world: World, service: int, at_s: float, rng: np.random.Generator) -> Citizen:
    def taken(of: int) -> float:
        return max(float(rng.gamma(SHAPE, world.taken_s[of] / SHAPE)), 30.0)

    stays = [Stay(service, taken(service))]
    other = int(rng.integers(len(world.base)))
    second, keeps = rng.random(2)
    if second < SECOND and other != service:
        stays.append(Stay(other, taken(other), keeps=bool(keeps < 0.4)))
    luck = rng.random(4)
    return Citizen(
        at_s,
        tuple(stays),
        ServiceClass.PRIORITY if luck[0] < PRIORITY else ServiceClass.ORDINARY,
        walk_s=float(rng.gamma(3.0, 7.0)) + 4.0,
        turn_s=float(rng.uniform(4, 20)),
        patience_s=float(rng.normal(3000, 900)) if luck[1] < IMPATIENT else float("inf"),
        comes=bool(luck[2] >= NO_SHOW),
        luck=float(luck[3]),
    )


def working_days(first: date, many: int, hours: Hours) -> Sequence[date]:
    """`many` open days from `first` on."""
    found: list[date] = []
    day = first
    while len(found) < many:
        if hours.sessions(day):
            found.append(day)
        day += timedelta(days=1)
    return found


def hours_of(spans: Spans) -> Hours:
    """These sessions from Monday to Friday, in Hanoi."""
    week = tuple(Session(_time(start), _time(end)) for start, end in spans)
    return Hours("Asia/Ho_Chi_Minh", (Season("", (1, 1), (12, 31), (week,) * 5 + ((), ())),))


def _time(seconds: float) -> time:
    return time(int(seconds // 3600), int(seconds % 3600 // 60))
