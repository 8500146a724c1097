"""What a night's learning leaves for the day after: everything needed to tell newcomers, as one value."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import numpy as np

from queue_server.domain.office_calling import Calling
from queue_server.waits.conformal import Rolling
from queue_server.waits.corrector import GROWTH
from queue_server.waits.features import Level, levels, shared
from queue_server.waits.hall import RUNS, taught
from queue_server.waits.history import Usual, sums, usual
from queue_server.waits.learnt import Learnt, recent_of
from queue_server.waits.log import Bools, Floats, Log, Names
from queue_server.waits.ours import Taught, quiet, rolled, spread, table, teach
from queue_server.waits.trees import Growth

CALIBRATE_SHARE = 0.25
"""Of the days known, the last, rounded up."""
LEAST_ROWS, LEAST_DAYS = 300, 4
"""With less nothing is learnt: the plain estimate stands on the office file's own figures."""


@dataclass(frozen=True, slots=True)
class Model:
    """Learnt from days until `until` (an ordinal); tells newcomers of later days. One office."""

    until: int
    names: Names
    columns: tuple[str, ...]
    levels: tuple[Level, ...]
    usual: tuple[Usual, ...]
    """What all days known say of the next, a level each."""
    hall: Learnt
    recent: dict[int, Floats]
    taught: Taught
    factors: Rolling

    @property
    def level(self) -> str:
        return shared(self.levels)


@dataclass(frozen=True, slots=True)
class TooLittle:
    """Nothing was learnt; so many days and rows there were."""

    days: int
    rows: int

    def __str__(self) -> str:
        return (
            f"{self.rows} visits on {self.days} days are too few: {LEAST_ROWS} on {LEAST_DAYS} are needed. "
            "Until then predictions rest on the office file's expected times and today's."
        )


def model_of(
    log: Log,
    names: Names,
    judged: Bools,
    asking: Bools,
    calling: Calling,
    growth: Growth = GROWTH,
    runs: int = RUNS,
    progress: Callable[[int], None] = quiet,
) -> Model | TooLittle:
    """Learns from all days of `log`, the last quarter of them to prove and to calibrate.

    `judged`: rows whose wait is known and typical; `asking`: rows at which an estimate is made.
    """
    days = tuple(int(day) for day in np.unique(log.day[judged]))
    if len(days) < LEAST_DAYS or judged.sum() < LEAST_ROWS:
        return TooLittle(len(days), int(judged.sum()))
    late = days[len(days) - ceil(CALIBRATE_SHARE * len(days)) :]
    learn_days = tuple(day for day in log.days if day < late[0])
    learn, calibrate = judged & (log.day < late[0]), judged & (log.day >= late[0])
    given, _, _ = table(log, learn_days, calling, asking, runs, progress)
    first, final = teach(given, log.wait, learn, calibrate, growth, progress)
    factors, asked = Rolling(), np.flatnonzero((log.day >= late[0]) & asking)
    raw = spread(first.ranges(given.features[asked], given.guess[asked]), asked, len(log))
    rolled(log, raw, given.ahead, asked, judged, factors)
    found = levels(log, learn_days)
    return Model(
        log.days[-1],
        names,
        given.names,
        found,
        tuple(_next_day(log, level) for level in found),
        taught(log, learn_days, calling, asking),
        recent_of(log),
        final,
        factors,
    )


def _next_day(log: Log, level: Level) -> Usual:
    days = np.array(log.days, dtype=np.int64)
    day = np.searchsorted(days, log.day)
    line = level.of_service[log.service]
    return usual(
        sums(line, level.lines, day, len(days), log.issued, log.called), np.arange(len(days), dtype=np.int64)
    )
