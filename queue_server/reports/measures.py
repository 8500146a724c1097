"""PURE: from a group to the values that tables show of it, on paper, on the page and for programs alike."""

from dataclasses import dataclass

from queue_server.waits.figures import Figures
from queue_server.waits.groups import Dimension
from queue_server.waits.period import Group
from queue_server.waits.tally import percentile
from queue_server.waits.work import OPEN

FEWEST_FOR_P90 = 5
BIN_MIN, LAST_BIN_MIN = 5, 60
TREND: tuple[tuple[int, Dimension], ...] = (
    (45, Dimension.DAY),
    (200, Dimension.WEEK),
    (1200, Dimension.MONTH),
    (10**9, Dimension.QUARTER),
)
"""Up to so many days a period is drawn by this."""


def trend_of(days: int) -> Dimension:
    """By what a period of so many days is drawn over time."""
    return next(by for longest, by in TREND if days <= longest)


def carried(figures: Figures, value: float | None) -> float | None:
    """A high percentile, None where too few visits carry it."""
    return value if figures.n >= FEWEST_FOR_P90 else None


def open_hours(group: Group) -> float | None:
    """Open counter-hours (calling, serving, idle); None where counters' times are not known."""
    work = group.total.work
    return sum(work.get(state.value, 0) for state in OPEN) / 3.6e9 if work else None


def hours_in(group: Group, state: str) -> float | None:
    """Counter-hours spent in a state; None where counters' times are not known."""
    work = group.total.work
    return work.get(state, 0) / 3.6e9 if work else None


def busy(group: Group) -> float | None:
    """Share of the open hours that were not idle; None without any."""
    opened, idle = open_hours(group), hours_in(group, "idle")
    return 1 - idle / opened if opened and idle is not None else None


def per_open_hour(group: Group) -> float | None:
    """Legs served in an hour of an open counter with its officer."""
    hours = open_hours(group)
    return group.total.service_n / hours if hours else None


@dataclass(frozen=True, slots=True)
class Bin:
    """Served visits that waited for `name` minutes. Shares of all who came; they add up with who left."""

    name: str
    n: int
    share: float | None
    up_to_here: float | None


def bins(group: Group) -> tuple[Bin, ...]:
    """The distribution of waits in bins of five minutes, longer ones than an hour together."""
    counts = [0] * (LAST_BIN_MIN // BIN_MIN + 1)
    for second, many in group.total.seconds.items():
        counts[min(max(-(-second // (BIN_MIN * 60)) - 1, 0), len(counts) - 1)] += many
    everybody = group.figures.n + group.figures.abandoned
    found, reached = [], 0
    for place, many in enumerate(counts):
        reached += many
        high = (place + 1) * BIN_MIN
        name = f"{place * BIN_MIN}–{high}" if high <= LAST_BIN_MIN else f"> {LAST_BIN_MIN}"
        found.append(Bin(name, many, part(many, everybody), part(reached, everybody)))
    return tuple(found)


def part(some: int, whole: int) -> float | None:
    """A share; None of nothing."""
    return some / whole if whole else None


@dataclass(frozen=True, slots=True)
class ToldWaits:
    """How good what was told at issue was. Seconds, told median − true wait; None where nothing was told."""

    n: int
    within_range: float | None = None
    promise_kept: float | None = None
    mean_error_s: float | None = None
    p90_error_s: float | None = None
    bias_s: float | None = None


def told(group: Group) -> ToldWaits:
    total, n = group.total, group.total.told_n
    if not n:
        return ToldWaits(0)
    return ToldWaits(
        n,
        total.told_held / n,
        total.told_kept / n,
        total.told_off_us / n / 1e6,
        percentile(total.told_seconds, 90),
        total.told_us / n / 1e6,
    )
