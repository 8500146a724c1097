"""What the days of a log teach of an office: how long services take, who gives up, who serves what."""

from dataclasses import dataclass

import numpy as np

from queue_server.waits.log import Bools, Floats, Ints, Log

TURNS_TO_S = 60.0
"""A free counter calls who waits within so long; what it takes is counted as part of the service."""
KEPT = 300
"""The latest times of a service that are kept."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """Of the learning days: expected seconds per service, the share that gives up, who serves what."""

    expected_s: Floats
    gives_up: Floats
    serves: Bools
    """counters × services."""
    turn_s: float = 0.0
    """How long a counter that seems free takes to call whoever comes."""


def learnt(log: Log, learn: tuple[int, ...]) -> Learnt:
    """A service never seen on the learning days gets the mean, such a counter every service."""
    rows = np.isin(log.day, learn)
    taken = taken_s(log)
    timed = rows & np.isfinite(taken)
    mean = float(taken[timed].mean()) if timed.any() else 300.0
    many = len(log.services)

    def per_service(values: Floats, which: Bools, prior: float) -> Floats:
        total = np.bincount(log.service[which], values[which], many)
        found: Floats = (total + 20 * prior) / (np.bincount(log.service[which], minlength=many) + 20)
        return found

    queued = rows & ((log.out - log.issued) > 0)
    left = np.isnan(log.called).astype(float)
    prior = float(left[queued].mean()) if queued.any() else 0.05
    serves = np.zeros((len(log.counters), many), dtype=bool)
    counts = np.zeros(serves.shape)
    seen = rows & (log.counter >= 0)
    np.add.at(counts, (log.counter[seen], log.service[seen]), 1.0)
    total = counts.sum(axis=1, keepdims=True)
    serves |= np.where(total >= 30, counts >= 0.005 * total, True)
    if log.serves is not None:
        serves = log.serves
    return Learnt(per_service(taken, timed, mean), per_service(left, queued, prior), serves)


def taken_s(log: Log) -> Floats:
    """Seconds a counter is taken by each ticket: the service, and the turn to the next if one was waiting."""
    found = log.ended - log.called
    key = log.counter * (int(log.day.max()) + 1) + log.day
    order = np.lexsort((log.called, key))
    order = order[(log.counter[order] >= 0) & np.isfinite(log.ended[order])]
    this, following = order[:-1], order[1:]
    gap = log.called[following] - log.ended[this]
    turns = (key[this] == key[following]) & (gap >= 0) & (gap <= TURNS_TO_S)
    turns &= log.issued[following] <= log.ended[this]
    found[this[turns]] += gap[turns]
    return found


def recent_of(log: Log) -> dict[int, Floats]:
    """Service → its latest service times after all days of a log."""
    recent: dict[int, Floats] = {}
    taken = taken_s(log)
    for day in log.days:
        rows = log.day == day
        recent = later(recent, log.service[rows], taken[rows])
    return recent


def later(recent: dict[int, Floats], service: Ints, taken: Floats) -> dict[int, Floats]:
    """The latest service times after a day."""
    after = dict(recent)
    for which in np.unique(service):
        new = taken[(service == which) & np.isfinite(taken)]
        after[int(which)] = np.concatenate([after.get(int(which), new[:0]), new])[-KEPT:]
    return after
