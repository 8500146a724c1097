"""Who sits where: shifts from sessions, for counters as they stand or by half hours."""

from collections.abc import Mapping, Sequence

import numpy as np

from queue_server.advise.people import BLOCK_S
from queue_server.simulate.hall_day import Shift
from queue_server.simulate.setting import Setting

Spans = Sequence[tuple[float, float]]
"""The day's sessions: (start, end) in seconds after midnight."""


def blocks_of(spans: Spans) -> list[float]:
    """The half hours that begin inside the sessions, or are cut by their start."""
    found = []
    for start, end in spans:
        at = start - start % BLOCK_S
        while at < end:
            found.append(at)
            at += BLOCK_S
    return found


def usual(
    counters: Sequence[int], spans: Spans, pause: tuple[float, float], rng: np.random.Generator
) -> tuple[Shift, ...]:
    """These counters staffed in every session; some shifts pause once, at a time drawn with the day."""
    return tuple(
        Shift(counter, start, end, _pauses(start, end, pause, rng), last=(start, end) == spans[-1])
        for start, end in spans
        for counter in counters
    )


def _pauses(
    start: float, end: float, pause: tuple[float, float], rng: np.random.Generator
) -> tuple[tuple[float, float], ...]:
    luck, at, length = rng.random(3)
    if luck >= pause[0]:
        return ()
    return ((start + (0.35 + 0.4 * at) * (end - start), pause[1] * (0.5 + length)),)


def pools_of(setting: Setting, weight: Sequence[float]) -> dict[str, list[int]]:
    """Pool → its counters, in the order in which they are opened: whoever takes most of what is left first.

    `weight` is the work that comes for each service. A counter is of the pool of its first service's group.
    """
    found: dict[str, list[int]] = {}
    for place, counter in enumerate(setting.counters):
        found.setdefault(setting.services[counter.services[0]].group, []).append(place)
    for pool, members in found.items():
        left, order = dict(enumerate(weight)), list[int]()
        while len(order) < len(members):
            rest = [place for place in members if place not in order]
            best = max(rest, key=lambda p: (sum(left[s] for s in setting.counters[p].services), -p))
            order.append(best)
            for service in setting.counters[best].services:
                left[service] /= 2
        found[pool] = order
    return found


def pool_of_service(setting: Setting, pools: Mapping[str, Sequence[int]]) -> list[str]:
    """The pool whose counters take each service; where several do, that of its own group."""
    found = []
    for n, service in enumerate(setting.services):
        taking = [
            pool for pool, members in pools.items() for p in members if n in setting.counters[p].services
        ]
        own = service.group if service.group in taking else ""
        found.append(own or (taking[0] if taking else next(iter(pools))))
    return found


def by_block(open_: Mapping[int, Sequence[bool]], blocks: Sequence[float], spans: Spans) -> tuple[Shift, ...]:
    """Shifts of counters that are open in the half hours where `open_` says so."""
    shifts = []
    for counter, wanted in open_.items():
        for start, end in spans:
            mine = [
                (at, there)
                for at, there in zip(blocks, wanted, strict=True)
                if start < at + BLOCK_S and at < end
            ]
            begun: float | None = None
            for at, there in [*mine, (end, False)]:
                if there and begun is None:
                    begun = max(at, start)
                elif not there and begun is not None:
                    shifts.append(
                        Shift(counter, begun, min(at, end), last=at >= end and (start, end) == spans[-1])
                    )
                    begun = None
    return tuple(shifts)
