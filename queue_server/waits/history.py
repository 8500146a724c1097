"""What the other days of a log say of a line: its usual wait, pace and arrivals, by half hour."""

from dataclasses import dataclass

import numpy as np

from queue_server.waits.line import gaps_of
from queue_server.waits.log import Floats, Ints

SLOT_S = 1800.0
SLOTS = 49
SHRINK = 20.0
"""So many tickets weigh as much as what a figure is shrunk towards."""


@dataclass(frozen=True, slots=True)
class Sums:
    """lines × days × half hours."""

    tickets: Floats
    called: Floats
    wait: Floats
    gap: Floats


@dataclass(frozen=True, slots=True)
class Usual:
    """Of one day, from other days only: values per line and half hour. Seconds, or tickets a day."""

    wait: Floats
    """One per line."""
    wait_at: Floats
    cadence: Floats
    """One per line: between calls while somebody waits."""
    so_far: Floats
    """Tickets a day has had by the end of the half hour before."""
    by_slot: Floats


def slot(issued: Floats) -> Ints:
    found: Ints = np.clip(issued // SLOT_S, 0, SLOTS - 1).astype(np.int64)
    return found


def sums(line: Ints, lines: int, day: Ints, days: int, issued: Floats, called: Floats) -> Sums:
    """Rows in the order of day and issue within a line. `day` counts from 0."""
    place = (line * days + day) * SLOTS + slot(issued)
    size = lines * days * SLOTS
    there = np.isfinite(called)
    gap = np.full(len(line), 0.0)
    group = line * days + day
    order = np.argsort(group, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(group[order])) + 1) if len(order) else []:
        gap[rows] = np.nan_to_num(gaps_of(issued[rows], called[rows]))

    def total(weights: Floats) -> Floats:
        return np.bincount(place, weights, size).astype(np.float64).reshape(lines, days, SLOTS)

    wait = np.where(there, called - issued, 0.0)
    return Sums(total(np.ones(len(line))), total(there.astype(float)), total(wait), total(gap))


def usual(of: Sums, days: Ints) -> Usual:
    """What the `days` (indices) say; all lines together stand behind a line with few tickets."""
    tickets, called = of.tickets[:, days].sum(axis=1), of.called[:, days].sum(axis=1)
    wait, gap = of.wait[:, days].sum(axis=1), of.gap[:, days].sum(axis=1)
    all_called = max(called.sum(), 1.0)
    pooled_wait, pooled_gap = wait.sum() / all_called, gap.sum() / all_called
    n = called.sum(axis=1)
    line_wait = (wait.sum(axis=1) + SHRINK * pooled_wait) / (n + SHRINK)
    line_gap = (gap.sum(axis=1) + SHRINK * pooled_gap) / (n + SHRINK)
    around = _around(called)
    at = (_around(wait) + SHRINK * line_wait[:, None]) / (around + SHRINK)
    seen = np.maximum((of.tickets[:, days].sum(axis=2) > 0).sum(axis=1), 1)
    a_day = tickets / seen[:, None]
    so_far = np.cumsum(a_day, axis=1) - a_day
    return Usual(line_wait, at, line_gap, so_far, a_day)


def _around(values: Floats) -> Floats:
    """Each half hour with the one before and after."""
    padded = np.pad(values, ((0, 0), (1, 1)))
    found: Floats = padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]
    return found
