"""During the day: whether today's mean, or an agency's, will miss the target, and the act that helps most."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from queue_server.advise.people import TURN_S, Block, Habits, draw
from queue_server.advise.proposals import candidates, ranked
from queue_server.advise.roster import usual
from queue_server.advise.score import beginning_with, play, scores, spread_of
from queue_server.advise.staffing import moved_into
from queue_server.advise.values import TARGET_MINUTES, Alert, Proposal
from queue_server.domain.office_services import ServiceClass
from queue_server.simulate.hall_day import Citizen, DayResult, HallDay, Shift, Stay
from queue_server.simulate.setting import Setting, SettingCounter
from queue_server.waits.times import residual

RUNS = 40
MISSED = 0.5
"""An alert is given when the target is missed in more of the simulated days than this."""
LEAST_LEFT_S = 1800.0
"""With less of the last session left no act is proposed."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody in a queue: `since_s` from when this leg's wait runs, `spent_s` the legs before."""

    service: int
    service_class: ServiceClass
    since_s: float
    spent_s: float = 0.0
    slot_s: float | None = None


@dataclass(frozen=True, slots=True)
class DeskNow:
    """A signed-on counter: the service it is at, if any, and since when; `back_s` when a pause ends."""

    counter: int
    services: tuple[int, ...]
    serving: int | None = None
    since_s: float = 0.0
    back_s: float | None = None
    ordinary_since: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the office's services, by their places; `measured` as below, of visits that began with one."""

    services: tuple[int, ...]
    measured: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class NowAsked:
    """The day so far. `measured` is (visits called, sum of their waits in minutes, how many in time).

    `later` are the counters expected in the sessions still to begin.
    """

    day: date
    now_s: float
    setting: Setting
    spans: tuple[tuple[float, float], ...]
    blocks: tuple[Block, ...]
    """What is still to come, the rest of this half hour included."""
    habits: Habits
    waiting: tuple[Waiting, ...]
    desks: tuple[DeskNow, ...]
    later: tuple[int, ...]
    measured: tuple[float, float, float] = (0.0, 0.0, 0.0)
    target_minutes: float = TARGET_MINUTES
    runs: int = RUNS
    parts: tuple[Part, ...] = ()
    """What is watched by itself beside the whole office: each agency's services."""


def watch_now(asked: NowAsked, made_at: datetime, rng: np.random.Generator) -> Alert | None:
    """The whole office's alert. None while the target will rather be kept, outside the day, or when nobody
    was or will be served."""
    found = watch(replace(asked, parts=()), made_at, rng)
    return found[0] if found else None


def watch(asked: NowAsked, made_at: datetime, rng: np.random.Generator) -> tuple[Alert, ...]:
    """The whole office's alert if there is one, then those of its parts, on the same simulated people."""
    left = [(max(start, asked.now_s), end) for start, end in asked.spans if end > asked.now_s]
    if not left:
        return ()
    setting = _as_now(asked)
    days = [_rest(asked, left, rng) for _ in range(asked.runs)]
    results = play(setting, days)
    whole = Part((), asked.measured)
    found = (
        _watched(asked, part, setting, days, results, left, made_at, rng) for part in (whole, *asked.parts)
    )
    return tuple(alert for alert in found if alert is not None)


def _watched(
    asked: NowAsked,
    part: Part,
    setting: Setting,
    days: Sequence[HallDay],
    results: Sequence[DayResult],
    left: Sequence[tuple[float, float]],
    made_at: datetime,
    rng: np.random.Generator,
) -> Alert | None:
    among = beginning_with(days, part.services) if part.services else None
    base = scores(results, asked.target_minutes, part.measured, among)
    means = base.means[np.isfinite(base.means)]
    missed = float((means > asked.target_minutes).mean()) if len(means) else 0.0
    if missed <= MISSED:
        return None
    acts: tuple[Proposal, ...] = ()
    if left[-1][1] - asked.now_s >= LEAST_LEFT_S:
        staffed = sorted({desk.counter for desk in asked.desks} | set(asked.later))
        idle = [place for place in range(len(setting.counters)) if place not in staffed]
        window = (asked.now_s, left[-1][1])
        tried = candidates(setting, days, results, staffed, idle, window, None, part.services or None)
        acts = ranked(setting, days, base, tried, asked.target_minutes, rng, part.measured, among)
    services = tuple(setting.services[place].id for place in part.services)
    return Alert(made_at, asked.day, asked.target_minutes, spread_of(base), missed, acts, services)


def _as_now(asked: NowAsked) -> Setting:
    """Counters take what they take now, which may differ from what the office file says."""
    now = {desk.counter: desk.services for desk in asked.desks}
    counters = tuple(
        SettingCounter(c.number, now.get(n, c.services), c.id) for n, c in enumerate(asked.setting.counters)
    )
    return Setting(
        asked.setting.services,
        counters,
        asked.setting.calling,
        asked.setting.stranded,
        asked.setting.keep_place,
    )


def _rest(asked: NowAsked, left: Sequence[tuple[float, float]], rng: np.random.Generator) -> HallDay:
    """One way the rest of the day may go."""
    habits, now = asked.habits, asked.now_s
    luck = rng.random((2, len(asked.waiting)))
    here = [
        Citizen(
            one.since_s,
            (Stay(one.service, _drawn(habits, one.service, luck[0, n])),),
            one.service_class,
            turn_s=sum(TURN_S) / 2,
            comes=bool(luck[1, n] >= habits.no_show[one.service]),
            slot_s=one.slot_s,
            hold_s=habits.hold_s,
            spent_s=one.spent_s,
        )
        for n, one in enumerate(asked.waiting)
    ]
    coming = moved_into(draw(asked.blocks, habits, rng, now), left)
    shifts: list[Shift] = []
    begun = asked.desks and any(start <= now < end for start, end in asked.spans)
    for desk in asked.desks if begun else ():
        busy = 0.0
        if desk.serving is not None:
            rest = residual(habits.taken[desk.serving], max(now - desk.since_s, 0.0), rng.random(1))
            busy = now + float(rest[0])
        pause = ((now, desk.back_s - now),) if desk.back_s is not None and desk.back_s > now else ()
        shifts.append(Shift(desk.counter, now, left[0][1], pause, len(left) == 1, busy, desk.ordinary_since))
    shifts += usual(asked.later, left[1:] if begun else left, habits.pause, rng)
    return HallDay(tuple(sorted([*here, *coming], key=lambda one: one.at_s)), tuple(shifts))


def _drawn(habits: Habits, service: int, u: float) -> float:
    table = habits.taken[service]
    return float(table[int(u * len(table))])
