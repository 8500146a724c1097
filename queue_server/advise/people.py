"""Days like the one to come: people drawn from the forecast and from what services have taken so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from queue_server.domain.office_services import ServiceClass
from queue_server.simulate.hall_day import Citizen, Floats, Stay

BLOCK_S = 1800.0
TURN_S = (4.0, 20.0)
DAY_SHARE = 0.5
"""Of a count's over-dispersion so much is the whole day's, the rest is the half hour's own."""


@dataclass(frozen=True, slots=True)
class Block:
    """The arrivals to come in one half hour: negative binomial of `mean` and `size` (inf is Poisson)."""

    start_s: float
    service: int
    mean: float
    size: float = float("inf")


@dataclass(frozen=True, slots=True)
class Habits:
    """What past days say of the people: `taken` are equally likely times from call to end, by service."""

    taken: tuple[Floats, ...]
    no_show: tuple[float, ...]
    hold_s: float = 75.0
    shares: Mapping[ServiceClass, float] = field(default_factory=lambda: {ServiceClass.ORDINARY: 1.0})
    second: float = 0.0
    """Share of visits with a second leg, of any service by its weight."""
    pause: tuple[float, float] = (0.5, 480.0)
    """Of the shifts so many pause once, for so many seconds on average."""


def draw(
    blocks: Sequence[Block], habits: Habits, rng: np.random.Generator, from_s: float = 0.0
) -> tuple[Citizen, ...]:
    """The people of one day who come from `from_s` on, in order of arrival."""
    services = len(habits.taken)
    sizes = np.full(services, np.inf)
    for block in blocks:
        sizes[block.service] = block.size
    factor = _factors(sizes, DAY_SHARE, rng)
    means = np.array([block.mean for block in blocks]) * factor[[block.service for block in blocks]]
    means = means * _factors(np.array([block.size for block in blocks]), 1 - DAY_SHARE, rng)
    counts = rng.poisson(means)
    many = int(counts.sum())
    begun = np.repeat([max(block.start_s, from_s) for block in blocks], counts)
    ends = np.repeat([block.start_s + BLOCK_S for block in blocks], counts)
    service = np.repeat([block.service for block in blocks], counts)
    at = begun + rng.random(many) * np.maximum(ends - begun, 0.0)
    luck = rng.random((6, many))
    kinds = np.searchsorted(np.cumsum(list(habits.shares.values())), luck[0], side="right")
    classes = [*habits.shares, ServiceClass.ORDINARY]
    other = service[rng.permutation(many)] if many else service
    found = []
    for n in np.argsort(at, kind="stable"):
        first, then = int(service[n]), int(other[n])
        stays = [Stay(first, _drawn(habits.taken[first], luck[1, n]))]
        if luck[2, n] < habits.second and then != first:
            stays.append(Stay(then, _drawn(habits.taken[then], luck[3, n])))
        found.append(
            Citizen(
                float(at[n]),
                tuple(stays),
                classes[kinds[n]],
                turn_s=TURN_S[0] + float(luck[4, n]) * (TURN_S[1] - TURN_S[0]),
                comes=bool(luck[5, n] >= habits.no_show[first]),
                hold_s=habits.hold_s,
                luck=float(luck[4, n]),
            )
        )
    return tuple(found)


def _drawn(table: Floats, u: float) -> float:
    return float(table[int(u * len(table))])


def _factors(sizes: Floats, share: float, rng: np.random.Generator) -> Floats:
    """Gamma factors of mean 1 whose squared variation is `share` of 1 / size."""
    found = np.ones(len(sizes))
    wild = np.isfinite(sizes)
    if wild.any():
        shape = np.maximum(sizes[wild], 1e-3) / share
        found[wild] = rng.gamma(shape) / shape
    return found
