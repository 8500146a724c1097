"""How good predictions were: errors, bias, coverage and promises kept, of one set of tickets."""

from dataclasses import dataclass

import numpy as np

from queue_server.waits.corrector import Ranges
from queue_server.waits.log import Bools, Floats


@dataclass(frozen=True, slots=True)
class Score:
    """Errors in seconds, estimate − wait. Shares of 1."""

    n: int
    mae_s: float
    p90_error_s: float
    bias_s: float
    coverage: float
    promise_kept: float


def score(told: Ranges, wait: Floats, rows: Bools) -> Score:
    """Of the chosen rows, at least one."""
    error = told.median[rows] - wait[rows]
    size = np.sort(np.abs(error))
    return Score(
        n=len(size),
        mae_s=float(size.mean()),
        p90_error_s=float(size[-(-90 * len(size) // 100) - 1]),
        bias_s=float(error.mean()),
        coverage=float(((told.low[rows] <= wait[rows]) & (wait[rows] <= told.high[rows])).mean()),
        promise_kept=float((wait[rows] <= told.promise[rows]).mean()),
    )


def with_range(estimate: Floats, wait: Floats, calibrate: Bools) -> Ranges:
    """A rule that gives one number, with the range its own errors on the calibration days would give it."""
    left = wait[calibrate] - estimate[calibrate]
    low, promise, high = np.quantile(left, (0.1, 0.8, 0.9))
    return Ranges(
        np.maximum(estimate + low, 0.0),
        estimate,
        np.maximum(estimate + promise, 0),
        np.maximum(estimate + high, 0),
    )
