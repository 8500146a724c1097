"""The least counters per pool and half hour that keep the target, found by simulating the real policy.

Nobody is called for half an hour alone, so numbers hold for an hour. From one counter each upwards: where
those who come in a half hour would wait too long too often, one more is opened in its hour, else in the hour
before; then every hour is tried with one less, the fullest first.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from queue_server.advise.people import BLOCK_S
from queue_server.advise.roster import Spans, blocks_of, by_block, pool_of_service, pools_of
from queue_server.advise.score import play
from queue_server.advise.values import KEEP, StaffBlock
from queue_server.simulate.hall_day import Citizen, DayResult, Floats, HallDay, Ints
from queue_server.simulate.setting import Setting

MORE = 2
"""So many counters beyond those that a pool has are tried."""
MOST_ROUNDS = 40


class _Search:
    """`open_` has a row a pool and a column a half hour: how many counters are open.

    `left` is how many simulated days may still be spent.
    """

    def __init__(
        self,
        setting: Setting,
        people: Sequence[tuple[Citizen, ...]],
        spans: Spans,
        target_minutes: float,
        left: int,
    ) -> None:
        self.setting, self.people, self.spans = setting, people, spans
        self.target_minutes, self.left = target_minutes, left
        work = np.zeros(len(self.setting.services))
        for day in self.people:
            for one in day:
                for stay in one.stays:
                    work[stay.service] += stay.taken_s
        self.pools = pools_of(self.setting, work.tolist())
        self.names = list(self.pools)
        self.blocks = blocks_of(self.spans)
        of_service = pool_of_service(self.setting, self.pools)
        self.pool_of = np.array([self.names.index(pool) for pool in of_service])
        services = [
            tuple(n for n, pool in enumerate(of_service) if pool == name) or (0,) for name in self.names
        ]
        self.added = tuple(takes for takes in services for _ in range(MORE))
        furnished = len(self.setting.counters)
        self.members = [
            [*self.pools[name], *(furnished + n * MORE + more for more in range(MORE))]
            for n, name in enumerate(self.names)
        ]

    def kept(self, open_: Ints) -> Floats:
        """Pools × half hours: in which share of the days those who come then wait within the target."""
        self.left -= len(self.people)
        wanted = {
            counter: [rank < count for count in open_[n]]
            for n, members in enumerate(self.members)
            for rank, counter in enumerate(members)
            if rank < open_[n].max()
        }
        shifts = by_block(wanted, self.blocks, self.spans)
        days = [HallDay(citizens, shifts, added=self.added) for citizens in self.people]
        good = np.zeros(open_.shape)
        for day, result in zip(days, play(self.setting, days), strict=True):
            total, many = self._waits(day, result)
            good += np.where(many > 0, total / np.maximum(many, 1) <= self.target_minutes * 60, True)
        return good / len(days)

    def _waits(self, day: HallDay, result: DayResult) -> tuple[Floats, Floats]:
        at = np.array([one.at_s for one in day.citizens])
        pool = self.pool_of[[one.stays[0].service for one in day.citizens]]
        block = (np.searchsorted(self.blocks, at, side="right") - 1).clip(0)
        shape = (len(self.names), len(self.blocks))
        total, many = np.zeros(shape), np.zeros(shape)
        np.add.at(total, (pool, block), result.waited_s)
        np.add.at(many, (pool, block), 1.0)
        return total, many


def least_counters(
    setting: Setting,
    people: Sequence[tuple[Citizen, ...]],
    spans: Spans,
    target_minutes: float,
    most_days: int,
) -> tuple[StaffBlock, ...]:
    """For each pool and half hour; spends about `most_days` simulated days at the most."""
    if not spans or not any(people):
        return ()
    search = _Search(setting, people, spans, target_minutes, most_days)
    caps = np.array([len(members) for members in search.members])[:, None]
    open_ = np.ones((len(search.names), len(search.blocks)), dtype=np.int64)
    kept = search.kept(open_)
    stuck = np.zeros(open_.shape, dtype=bool)
    hours = _hours(search.blocks, spans)
    for _ in range(MOST_ROUNDS):
        failing = (kept < KEEP) & ~stuck
        if not failing.any() or search.left <= 0:
            break
        for pool in range(len(search.names)):
            where = np.flatnonzero(failing[pool])
            if not len(where):
                continue
            hour = next(n for n, blocks in enumerate(hours) if where[0] in blocks)
            room = [n for n in (hour, hour - 1) if n >= 0 and open_[pool, hours[n][0]] < caps[pool, 0]]
            stuck[pool, where[0]] = not room
            if room:
                open_[pool, hours[room[0]]] += 1
        kept = search.kept(open_)
    order = [(pool, hour) for pool in range(len(search.names)) for hour in hours]
    for pool, hour_ in sorted(order, key=lambda at: -open_[at[0], at[1][0]]):
        while open_[pool, hour_[0]] > 1 and search.left > 0:
            tried = open_.copy()
            tried[pool, hour_] -= 1
            found = search.kept(tried)
            if ((found < KEEP) & (found < kept)).any():
                break
            open_, kept = tried, found
    return tuple(
        StaffBlock(
            start,
            name,
            len(search.pools[name]),
            int(open_[n, b]),
            float(kept[n, b]),
            bool(kept[n, b] >= KEEP),
        )
        for n, name in enumerate(search.names)
        if (search.pool_of == n).any()
        for b, start in enumerate(search.blocks)
    )


def _hours(blocks: Sequence[float], spans: Spans) -> list[list[int]]:
    """The half hours in pairs, from the start of each session."""
    found = []
    for start, end in spans:
        mine = [n for n, at in enumerate(blocks) if start < at + BLOCK_S and at < end]
        found += [mine[n : n + 2] for n in range(0, len(mine), 2)]
    return found


def moved_into(people: Sequence[Citizen], spans: Spans) -> tuple[Citizen, ...]:
    """Those who come while the office is closed wait at the door of the next session: nobody is lost."""
    if not spans:
        return tuple(people)
    last = spans[-1][1] - BLOCK_S / 2
    return tuple(one if one.at_s <= last else replace(one, at_s=last) for one in people)
