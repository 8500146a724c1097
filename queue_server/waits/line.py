"""What one line shows at each moment a ticket is issued: its length, its last waits, how fast it moves.

Only what happened strictly before the moment is used: at equal instants the order is not known.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WINDOWS_S = (600.0, 1800.0, 3600.0)
LAST = (3, 10, 30)
"""Means over so many of the last called."""
PRIOR_CALLS = 5.0
"""The cadence known from other days weighs as much as so many calls of today."""


SLOW_CALLS = 60.0
"""The same, for a pace that today changes little."""
JUDGED_BY = 20
"""The fallback trusts an estimate by its errors for the last so many called today,"""
PRIOR_ERRORS = 10.0
"""and by so many errors as large as the usual wait before that."""


def gamma_wait(
    ahead: Floats, calls: Floats, busy_s: Floats, cadence_s: Floats, prior_calls: float = PRIOR_CALLS
) -> Floats:
    """Expected seconds to be called with `ahead` before one.

    The rate of calls is Gamma: `prior_calls` at `cadence_s` between calls, then `calls` in `busy_s` seconds
    in which somebody waited. The wait is (ahead + 1) times its posterior mean time between calls.
    """
    found: Floats = (ahead + 1) * (prior_calls * cadence_s + busy_s) / (prior_calls + calls)
    return found


def fallback(estimates: tuple[Floats, ...], issued: Floats, called: Floats, usual_s: Floats) -> Floats:
    """The estimates of one line and day blended, each weighed by 1 ÷ the square of its recent error.

    Rows in the order of issue, `called` nan for what never came. Errors are of those called strictly before
    an issue, `usual_s` of each row stands for what is not known yet (also for an estimate that is nan).
    """
    told = np.stack([np.where(np.isnan(one), usual_s, one) for one in estimates])
    order = np.argsort(np.where(np.isnan(called), np.inf, called), kind="stable")
    order = order[: int(np.isfinite(called).sum())]
    done = np.searchsorted(called[order], issued, side="left")
    first = np.maximum(done - JUDGED_BY, 0)
    wrong = np.abs(told[:, order] - (called - issued)[order])
    sums = np.concatenate([np.zeros((len(told), 1)), np.cumsum(wrong, axis=1)], axis=1)
    error = (sums[:, done] - sums[:, first] + PRIOR_ERRORS * usual_s) / (done - first + PRIOR_ERRORS)
    weight = 1.0 / np.maximum(error, 1.0) ** 2
    found: Floats = (weight * told).sum(axis=0) / weight.sum(axis=0)
    return found


def line(issued: Floats, called: Floats, out: Floats, cadence_s: Floats) -> dict[str, Floats]:
    """Name → one value per ticket of one line and day, rows in the order of issue; nan where unknown.

    `called` is nan and `out` inf for what never happened; `cadence_s` is what other days say of the time
    between calls while somebody waits, one value per ticket. All in seconds of one day.
    """
    n = np.arange(len(issued), dtype=np.int64)
    leaving = np.argsort(out, kind="stable")
    gone = np.searchsorted(out[leaving], issued, side="left")
    ahead = (n - gone).astype(float)
    order = np.argsort(np.where(np.isnan(called), np.inf, called), kind="stable")
    order = order[: int(np.isfinite(called).sum())]
    at, since = called[order], issued[order]
    waits = at - since
    done = np.searchsorted(at, issued, side="left")
    before = np.concatenate([[-np.inf], at])[done]

    found = {
        "ahead": ahead,
        "les": np.concatenate([[np.nan], waits])[done],
        "since_call": np.where(done > 0, issued - before, np.nan),
        "called_today": done.astype(float),
        "issued_today": n.astype(float),
        "mean_today": _mean(waits, done, len(waits)),
    }
    for last in LAST:
        found[f"mean_{last}"] = _mean(waits, done, last)
    for window in WINDOWS_S:
        found[f"calls_{window:.0f}"] = (done - np.searchsorted(at, issued - window, side="left")).astype(
            float
        )
        arrivals = n - np.searchsorted(issued, issued - window, side="left")
        found[f"arrivals_{window:.0f}"] = arrivals.astype(float)
    found["net_1800"] = found["arrivals_1800"] - found["calls_1800"]

    oldest = _oldest(issued, out)
    found["hol"] = np.where(ahead > 0, issued - oldest, 0.0)
    sums, of_gone = _running(issued), _running(issued[leaving])
    spent = ahead * issued - (sums[n] - of_gone[gone])
    found["mean_elapsed"] = np.where(ahead > 0, spent / np.maximum(ahead, 1), 0.0)
    back = done - 1 - ahead.astype(np.int64)
    found["span"] = np.where(back >= 0, issued - np.concatenate([at, [np.nan]])[np.maximum(back, -1)], np.nan)

    gaps = np.maximum(at - np.maximum(np.concatenate([[-np.inf], at[:-1]]), since), 0.0)
    stalled = np.where(ahead > 0, issued - np.maximum(before, oldest), 0.0)
    totals = _running(gaps)
    for last in (10, 30):
        first = np.maximum(done - last, 0)
        busy = totals[done] - totals[first] + stalled
        found[f"gamma_{last}"] = gamma_wait(ahead, (done - first).astype(float), busy, cadence_s)
        found[f"cadence_{last}"] = found[f"gamma_{last}"] / (ahead + 1)
        if last == LAST[-1]:
            calls = (done - first).astype(float)
            found["gamma_slow"] = gamma_wait(ahead, calls, busy, cadence_s, SLOW_CALLS)
    found["stalled"] = stalled

    expected = found["gamma_10"][order]
    found["off_5"] = _mean(waits - expected, done, 5)
    found["ratio_10"] = (_mean(waits, done, 10) + 30.0) / (_mean(expected, done, 10) + 30.0)
    return found


def gaps_of(issued: Floats, called: Floats) -> Floats:
    """Per ticket the seconds from the call before it, or from its own issue if later, to its call."""
    found = np.full(len(issued), np.nan)
    order = np.argsort(np.where(np.isnan(called), np.inf, called), kind="stable")
    order = order[: int(np.isfinite(called).sum())]
    at = called[order]
    before = np.concatenate([[-np.inf], at[:-1]]) if len(at) else at
    found[order] = np.maximum(at - np.maximum(before, issued[order]), 0.0)
    return found


def _running(values: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(values)])


def _mean(values: Floats, done: Ints, last: int) -> Floats:
    """Mean of the last `last` of the first `done` values; nan where there are none."""
    sums, first = _running(values), np.maximum(done - last, 0)
    count = done - first
    return np.where(count > 0, (sums[done] - sums[first]) / np.maximum(count, 1), np.nan)


def _oldest(issued: Floats, out: Floats) -> Floats:
    """When the ticket that has waited longest was issued, at each issue; its own where nobody waits."""
    found, first = issued.copy(), 0
    for n, moment in enumerate(issued.tolist()):
        while first < n and out[first] < moment:
            first += 1
        found[n] = issued[first]
    return found
