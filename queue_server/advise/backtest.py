"""The advice put to the test on past days: each decision sees only what came before it.

Every day is played under each strategy with the same people. The morning's advice knows the days before;
the day's watch knows the day so far. Gains are paired, with intervals over whole days.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

import numpy as np

from queue_server.advise.day import DayAsked, plan_day
from queue_server.advise.people import Block
from queue_server.advise.proposals import Opens, with_act
from queue_server.advise.score import difference, scores
from queue_server.advise.seen import Seen, counts_of, habits, hall_at, learn
from queue_server.advise.values import TARGET_MINUTES, Kind, Proposal, QuietSpell
from queue_server.advise.watch import NowAsked, watch_now
from queue_server.advise.world import World, day_of, hours_of, working_days
from queue_server.domain.hours import Hours
from queue_server.domain.ids import ServiceId
from queue_server.simulate.hall import run
from queue_server.simulate.hall_day import Came, DayResult, HallDay
from queue_server.simulate.interval import Interval
from queue_server.simulate.plan import Act, Learns
from queue_server.waits.demand import forecast

WARM_UP_DAYS = 15
"""So many days are only learnt from."""


WATCH_EVERY_S = 3600.0


MOST_ACTS = 2
"""Of a day's watch: a supervisor does not change counters all day long."""


FIRST_DAY = date(2026, 1, 5)


class Strategy(StrEnum):
    NOTHING = "nothing"
    MORNING = "morning"
    """The morning's best proposal: one counter takes one more service that day."""
    WATCH = "watch"
    """The act of an alert, when there is one."""
    BOTH = "both"
    COME_THEN = "come_then"
    """Of the citizens a share come in the hours advised."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one strategy over all days: figures, and the change against doing nothing on the same people."""

    mean: float
    p90: float
    within: float
    days_kept: float
    """Share of days whose own mean kept the target."""
    mean_change: Interval
    within_change: Interval
    acts: float
    """Acts a day."""


def backtest(
    worlds: Sequence[World],
    days: int,
    rng: np.random.Generator,
    *,
    follow: float = 0.2,
    target_minutes: float = TARGET_MINUTES,
    runs: int = 20,
    progress: Callable[[], None] = lambda: None,
) -> dict[Strategy, Outcome]:
    """`days` judged days of each world, after WARM_UP_DAYS learnt from; `follow` heed "best time to come"."""
    results: dict[Strategy, list[DayResult]] = {strategy: [] for strategy in Strategy}
    acts = dict.fromkeys(Strategy, 0)
    for world in worlds:
        hours, seen = hours_of(world.spans), Seen()
        nothing = len(world.setting.services)
        seen.taken, seen.called, seen.missed = [[] for _ in range(nothing)], [0] * nothing, [0] * nothing
        for number, day in enumerate(working_days(FIRST_DAY, WARM_UP_DAYS + days, hours)):
            truth = day_of(world, number, day, rng)
            plain = run(world.setting, truth)
            if number >= WARM_UP_DAYS:
                office = _Office(world, hours, day, seen, target_minutes, runs)
                seed = int(rng.integers(2**32))
                for strategy, (played, done) in office.strategies(truth, plain, seed, follow).items():
                    results[strategy].append(played)
                    acts[strategy] += done
                progress()
            learn(seen, world, day, truth, plain)
    return _outcomes(results, acts, target_minutes, rng)


class _Office:
    """One day's decisions. It never looks at the day's people but through what has happened by then."""

    def __init__(
        self, world: World, hours: Hours, day: date, seen: Seen, target_minutes: float, runs: int
    ) -> None:
        self._world, self._hours, self._day, self._seen = world, hours, day, seen
        self._target, self._runs = target_minutes, runs
        self._habits = habits(world, seen)
        self._midnight = hours.midnight(day)

    def strategies(
        self, truth: HallDay, plain: DayResult, seed: int, follow: float
    ) -> Mapping[Strategy, tuple[DayResult, int]]:
        setting = self._world.setting
        asked = DayAsked(
            self._day, setting, tuple(self._world.spans), self._blocks(self._seen.counts, self._midnight), (),
            self._habits, self._world.staffed, self._target, self._runs, 0,
        )  # fmt: skip
        advice = plan_day(asked, self._midnight, np.random.default_rng(seed))
        learns = next((p for p in advice.proposals if p.kind is Kind.LEARN), None)
        taught = with_act(setting, truth, self._act(learns)) if learns else truth
        quiet = come_then(truth, advice.quiet, follow)
        return {
            Strategy.NOTHING: (plain, 0),
            Strategy.MORNING: (run(setting, taught) if learns else plain, int(learns is not None)),
            Strategy.WATCH: self._watched(truth, plain, seed),
            Strategy.BOTH: _more(self._watched(taught, None, seed), int(learns is not None)),
            Strategy.COME_THEN: (run(setting, quiet) if quiet is not truth else plain, 0),
        }

    def _act(self, found: Proposal) -> Act | Opens:
        setting = self._world.setting
        place = next(n for n, c in enumerate(setting.counters) if c.id == found.counter)
        return Learns(place, setting.place_of(found.services[0]), found.from_s, found.to_s)

    def _watched(self, day: HallDay, result: DayResult | None, seed: int) -> tuple[DayResult, int]:
        setting, done = self._world.setting, 0
        result = result or run(setting, day)
        opening, closing = self._world.spans[0][0], self._world.spans[-1][1]
        for at_s in np.arange(opening + WATCH_EVERY_S, closing - WATCH_EVERY_S, WATCH_EVERY_S):
            asked = self._now(day, result, float(at_s))
            alert = watch_now(asked, self._midnight, np.random.default_rng((seed, int(at_s))))
            act = next((a for a in alert.acts if a.kind is Kind.LEARN), None) if alert else None
            if act is None:
                continue
            day = with_act(setting, day, self._act(act))
            result, done = run(setting, day), done + 1
            if done >= MOST_ACTS:
                break
        return result, done

    def _now(self, day: HallDay, result: DayResult, at_s: float) -> NowAsked:
        now = self._midnight + timedelta(seconds=at_s)
        today = counts_of(self._world, day, at_s)
        blocks = self._blocks({**self._seen.counts, self._day: today}, now)
        waiting, desks, measured = hall_at(self._world, day, result, at_s, self._target)
        return NowAsked(
            self._day, at_s, self._world.setting, tuple(self._world.spans), blocks, self._habits,
            waiting, desks, self._world.staffed, measured, self._target, self._runs,
        )  # fmt: skip

    def _blocks(
        self, past: Mapping[date, Mapping[tuple[ServiceId, int], int]], now: datetime
    ) -> tuple[Block, ...]:
        setting = self._world.setting
        return tuple(
            Block(
                (f.start - self._midnight).total_seconds(),
                setting.place_of(f.service),
                f.mean - f.so_far,
                f.dispersion,
            )
            for f in forecast(past, self._hours, self._day, now)
            if f.mean > f.so_far
        )


def _more(found: tuple[DayResult, int], acts: int) -> tuple[DayResult, int]:
    return found[0], found[1] + acts


def come_then(day: HallDay, quiet: Sequence[QuietSpell], share: float) -> HallDay:
    """Those whose luck is below `share` come in the quiet hours instead, evenly."""
    moved = [n for n, one in enumerate(day.citizens) if one.luck < share]
    if not quiet or not moved:
        return day
    total = sum(spell.end_s - spell.start_s for spell in quiet)
    citizens = list(day.citizens)
    for rank, n in enumerate(moved):
        left = (rank + 0.5) / len(moved) * total
        for spell in quiet:
            if left < spell.end_s - spell.start_s:
                citizens[n] = replace(citizens[n], at_s=spell.start_s + left)
                break
            left -= spell.end_s - spell.start_s
    return replace(day, citizens=tuple(sorted(citizens, key=lambda one: one.at_s)))


def _outcomes(
    results: Mapping[Strategy, Sequence[DayResult]],
    acts: Mapping[Strategy, int],
    target_minutes: float,
    rng: np.random.Generator,
) -> dict[Strategy, Outcome]:
    base = scores(results[Strategy.NOTHING], target_minutes)
    found = {}
    for strategy, played in results.items():
        mine = scores(played, target_minutes)
        mean, within = difference(mine, base, rng)
        waits = np.concatenate([r.wait_s[r.came == Came.SERVED] for r in played]) / 60
        found[strategy] = Outcome(
            mine.mean,
            float(np.percentile(waits, 90)) if len(waits) else float("nan"),
            float(mine.within.sum() / max(mine.counted.sum(), 1.0)),
            float(np.mean(np.nan_to_num(mine.means) <= target_minutes)),
            mean,
            within,
            acts[strategy] / max(len(played), 1),
        )
    return found
