"""Advice for a day to come: who will come, how many counters it takes, what would help, when to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from queue_server.advise.people import BLOCK_S, Block, Habits, draw
from queue_server.advise.proposals import candidates, ranked
from queue_server.advise.roster import Spans, blocks_of, usual
from queue_server.advise.score import play, scores, spread_of
from queue_server.advise.staffing import least_counters, moved_into
from queue_server.advise.values import TARGET_MINUTES, DayAdvice, ExpectedBlock, Proposal, QuietSpell
from queue_server.simulate.hall_day import DayResult, HallDay
from queue_server.simulate.setting import Setting

RUNS = 40
MOST_DAYS = 6000
"""Simulated days spent on the least counters of one day."""
QUIET_BLOCKS = 2
"""A quiet spell is so many half hours."""
MOST_QUIET = 2
QUIETER = 0.8
"""A spell is advised only where the wait is at the most so much of the day's mean."""
LEAST_MEAN_MINUTES = 3.0
"""On a day as short as this every hour is a good one."""
BUSY_BLOCKS = 4


@dataclass(frozen=True, slots=True)
class DayAsked:
    """One day to be advised on. `spans` are its sessions, seconds after midnight; `staffed` the counters."""

    day: date
    setting: Setting
    spans: tuple[tuple[float, float], ...]
    blocks: tuple[Block, ...]
    expected: tuple[ExpectedBlock, ...]
    habits: Habits
    staffed: tuple[int, ...]
    target_minutes: float = TARGET_MINUTES
    runs: int = RUNS
    most_days: int = MOST_DAYS
    """0 leaves the least counters out."""
    proposals: bool = True


def plan_day(asked: DayAsked, made_at: datetime, rng: np.random.Generator) -> DayAdvice:
    """Deterministic, given the generator's state. Without arrivals or sessions there is nothing to advise."""
    setting, spans = asked.setting, asked.spans
    people = [moved_into(draw(asked.blocks, asked.habits, rng), spans) for _ in range(asked.runs)]
    visits = sum(len(day) for day in people) / max(len(people), 1)
    if not spans or not asked.staffed or visits == 0:
        return DayAdvice(
            asked.day,
            made_at,
            asked.target_minutes,
            visits,
            None,
            0.0,
            asked.expected,
            (),
            (),
            (),
            asked.runs,
        )
    days = [HallDay(day, usual(asked.staffed, spans, asked.habits.pause, rng)) for day in people]
    results = play(setting, days)
    base = scores(results, asked.target_minutes)
    waits = _by_block(days, results, spans)
    proposals: tuple[Proposal, ...] = ()
    if asked.proposals:
        idle = [place for place in range(len(setting.counters)) if place not in asked.staffed]
        whole = (spans[0][0], spans[-1][1])
        tried = candidates(setting, days, results, asked.staffed, idle, whole, _busiest(waits, spans))
        proposals = ranked(setting, days, base, tried, asked.target_minutes, rng)
    staffing = (
        least_counters(setting, people, spans, asked.target_minutes, asked.most_days)
        if asked.most_days
        else ()
    )
    return DayAdvice(
        asked.day,
        made_at,
        asked.target_minutes,
        visits,
        spread_of(base),
        float(np.mean(np.nan_to_num(base.means) <= asked.target_minutes)),
        asked.expected,
        staffing,
        proposals,
        quiet_spells(waits, spans),
        asked.runs,
    )


BlockWaits = Sequence[tuple[float, float, float]]
"""(start of the half hour, people, sum of their waits in minutes), in order."""


def _by_block(days: Sequence[HallDay], results: Sequence[DayResult], spans: Spans) -> BlockWaits:
    starts = blocks_of(spans)
    many, total = np.zeros(len(starts)), np.zeros(len(starts))
    for day, result in zip(days, results, strict=True):
        at = np.array([one.at_s for one in day.citizens])
        block = (np.searchsorted(starts, at, side="right") - 1).clip(0)
        np.add.at(many, block, 1.0)
        np.add.at(total, block, result.waited_s / 60)
    return [(start, float(many[n]), float(total[n])) for n, start in enumerate(starts)]


def quiet_spells(waits: BlockWaits, spans: Spans) -> tuple[QuietSpell, ...]:
    """The hours in which newcomers wait least, the earliest first, half an hour or more apart.

    Not the last half hour of a session.
    """
    everybody, minutes = sum(w[1] for w in waits), sum(w[2] for w in waits)
    if not everybody:
        return ()
    mean = minutes / everybody
    if mean < LEAST_MEAN_MINUTES:
        return ()
    found = []
    for start, end in spans:
        mine = [w for w in waits if start <= w[0] and w[0] + 2 * BLOCK_S <= end]
        for n in range(len(mine) - QUIET_BLOCKS + 1):
            hour = mine[n : n + QUIET_BLOCKS]
            people = sum(w[1] for w in hour)
            if people:
                wait = sum(w[2] for w in hour) / people
                found.append(QuietSpell(hour[0][0], hour[-1][0] + BLOCK_S, wait))
    chosen: list[QuietSpell] = []
    for spell in sorted(found, key=lambda s: (s.wait_minutes, s.start_s)):
        apart = all(spell.end_s < other.start_s or spell.start_s > other.end_s for other in chosen)
        if apart and spell.wait_minutes <= QUIETER * mean and len(chosen) < MOST_QUIET:
            chosen.append(spell)
    return tuple(sorted(chosen, key=lambda s: s.start_s))


def _busiest(waits: BlockWaits, spans: Spans) -> tuple[float, float] | None:
    """The two hours of one session whose comers wait most in all."""
    best, most = None, 0.0
    for start, end in spans:
        mine = [w for w in waits if start < w[0] + BLOCK_S and w[0] < end]
        for n in range(max(len(mine) - BUSY_BLOCKS + 1, 1)):
            spell = mine[n : n + BUSY_BLOCKS]
            total = sum(w[2] for w in spell)
            if spell and total > most:
                best, most = (max(spell[0][0], start), min(spell[-1][0] + BLOCK_S, end)), total
    return best
