"""The calling policies over many runs at once: row by row the very choice of `domain.calling.choose`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from queue_server.domain.office_calling import Calling, PolicyName
from queue_server.domain.office_services import ServiceClass

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_RANK = {ServiceClass.PRIORITY: 2.0, ServiceClass.APPOINTMENT: 1.0, ServiceClass.ORDINARY: 0.0}


@dataclass(frozen=True, slots=True)
class Columns:
    """What the policy knows of each queue, one column each."""

    rate: Floats
    rank: Floats
    priority: Bools
    expected_s: Floats


def columns(calling: Calling, classes: list[ServiceClass], expected_s: list[float]) -> Columns:
    return Columns(
        rate=np.array([calling.rate(c) for c in classes], dtype=float),
        rank=np.array([_RANK[c] for c in classes], dtype=float),
        priority=np.array([c is ServiceClass.PRIORITY for c in classes], dtype=bool),
        expected_s=np.maximum(np.array(expected_s, dtype=float), 1.0),
    )


def pick(
    calling: Calling, queues: Columns, waited_s: Floats, there: Bools, since_priority: Ints, order: Floats
) -> Ints:
    """Per row the column whose head is called, −1 where none is `there`.

    `waited_s`, `there` and `order` are rows × queues; the least `order` wins among equals.
    """
    mask = there
    late: Bools | None = None
    if calling.policy is not PolicyName.FIFO:
        past = there & (waited_s > calling.rescue_after.total_seconds())
        if past.any():
            late = np.asarray(past.any(axis=1), dtype=bool).reshape(-1, 1)
            mask = np.where(late, past, there)
    if calling.policy is PolicyName.INTERLEAVED:
        mask = _turn(calling, queues, mask, late, since_priority)
    first, second = _index(calling, queues, waited_s)
    if late is not None:
        first = np.where(late, waited_s, first)
    best = _strongest(mask, first)
    if second is not None and (best.sum(axis=1) > 1).any():
        best = _strongest(best, second)
    chosen: Ints = np.where(best, order, np.inf).argmin(axis=1)
    return np.where(there.any(axis=1), chosen, -1)


def _index(calling: Calling, queues: Columns, waited_s: Floats) -> tuple[Floats, Floats | None]:
    match calling.policy:
        case PolicyName.FIFO | PolicyName.INTERLEAVED:
            return waited_s, None
        case PolicyName.STRICT:
            return np.broadcast_to(queues.rank, waited_s.shape), waited_s
        case PolicyName.ACCUMULATING:
            return queues.rate * waited_s, waited_s
        case PolicyName.SHORT_FIRST:
            return queues.rate * waited_s / queues.expected_s, waited_s


def _turn(calling: Calling, queues: Columns, mask: Bools, late: Bools | None, since: Ints) -> Bools:
    """The side whose turn it is, in rows where both wait and nobody is past the rescue bound."""
    priority, others = mask & queues.priority, mask & ~queues.priority
    both = np.asarray(priority.any(axis=1) & others.any(axis=1), dtype=bool)
    if late is not None:
        both &= ~late.reshape(-1)
    due = np.asarray(since >= calling.one_priority_per, dtype=bool)
    side = np.where(due[:, None], priority, others)
    return np.where(both[:, None], side, mask)


def _strongest(mask: Bools, key: Floats) -> Bools:
    masked = np.where(mask, key, -np.inf)
    best: Bools = mask & (masked == masked.max(axis=1, keepdims=True))
    return best
