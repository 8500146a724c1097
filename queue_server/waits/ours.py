"""Ours, as it is judged and as it runs: columns of what was known, a guess, a corrector, ranges that roll.

`motcua waits evaluate` and the live predictor both learn and tell by this module, a log in hand.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from queue_server.domain.office_calling import Calling
from queue_server.waits.conformal import Range, Rolling, keys_of
from queue_server.waits.corrector import GROWTH, SEED, SHARES, Corrector, Ranges, fit
from queue_server.waits.features import Known, known
from queue_server.waits.hall import RUNS, monte_carlo
from queue_server.waits.log import Bools, Floats, Ints, Log
from queue_server.waits.trees import Growth

CORRECTOR_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""How much of the corrector may be taken: with few days a part of it errs least."""
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Table:
    """What was known at the issue of each row of a log."""

    names: tuple[str, ...]
    features: Floats
    """Rows × names; nan where unknown."""
    guess: Floats
    """Seconds: the estimate without a corrector."""
    ahead: Floats
    """People who waited for the same counters."""


def quiet(_done: int) -> None:
    """No progress."""


def table(
    log: Log,
    learn: tuple[int, ...],
    calling: Calling,
    asking: Bools,
    runs: int = RUNS,
    progress: Progress = quiet,
) -> tuple[Table, Known, dict[str, Floats]]:
    """The table, and its two parts by name. `learn`: days learnt from; `asking`: rows that want a guess."""
    then = known(log, learn)
    simulated = monte_carlo(log, learn, calling, asking, runs, progress)
    return tabled(then, simulated), then, simulated


def tabled(then: Known, simulated: dict[str, Floats]) -> Table:
    """Columns in the order in which the corrector learns them."""
    columns = then.columns | simulated
    return Table(
        tuple(columns),
        np.column_stack(list(columns.values())),
        first_guess(then, simulated),
        then.of_line("ahead"),
    )


def first_guess(then: Known, simulated: dict[str, Floats]) -> Floats:
    """The Monte Carlo's median; where the counters' state is unknown the fallback."""
    median = simulated["mc.p50"]
    return np.where(np.isnan(median), then.of_line("fallback"), median)


@dataclass(frozen=True, slots=True)
class Proof:
    """How both did on the calibration days, learnt from the days before: mean absolute errors, seconds."""

    n: int
    plain_s: float
    corrected_s: float
    share: float = 1.0
    """How far from the plain estimate towards the corrector the calibration days were told best."""

    @property
    def better(self) -> bool:
        """A corrector is used only where it has beaten the plain estimate on days it did not know."""
        return self.share > 0 and self.corrected_s < self.plain_s


@dataclass(frozen=True, slots=True)
class Taught:
    """What a night's learning gives. `plain` are quantiles of the guess's own errors, as SHARES."""

    corrector: Corrector
    plain: tuple[float, ...]
    proof: Proof

    def ranges(self, features: Floats, guess: Floats) -> Ranges:
        """Of rows, before they roll; the guess's own where the corrector has not proved better."""
        found = np.maximum(guess[:, None] + np.array(self.plain), 0.0)
        plain = (found[:, 0], guess, np.maximum(found[:, 2], guess), np.maximum(found[:, 3], guess))
        if not self.proof.better:
            return Ranges(*plain)
        told = self.corrector.predict(features, guess)
        corrected = (told.low, told.median, told.promise, told.high)
        share = self.proof.share
        return Ranges(*(p + share * (c - p) for p, c in zip(plain, corrected, strict=True)))


def teach(
    known_: Table,
    wait: Floats,
    learn: Bools,
    calibrate: Bools,
    growth: Growth = GROWTH,
    progress: Progress = quiet,
) -> tuple[Taught, Taught]:
    """(what the learning rows teach, what they and the calibration rows teach together).

    The first is tried on the calibration rows, which also roll its ranges; the second is used after them.
    """

    def learnt(rows: Bools) -> Corrector:
        rng = np.random.default_rng(SEED)
        return fit(known_.features[rows], known_.guess[rows], wait[rows], rng, growth, progress)

    first = learnt(learn)
    guess = known_.guess[calibrate]
    tried = first.predict(known_.features[calibrate], guess).median
    errors = {
        share: float(np.abs(guess + share * (tried - guess) - wait[calibrate]).mean())
        for share in CORRECTOR_SHARES
    }
    best = min(errors, key=lambda share: errors[share])
    proof = Proof(int(calibrate.sum()), errors[0.0], errors[best], best)
    taught = Taught(first, _errors(known_.guess, wait, learn), proof)
    return taught, replace(taught, corrector=learnt(learn | calibrate))


def taught_again(
    taught: Taught, known_: Table, wait: Floats, rows: Bools, growth: Growth, progress: Progress = quiet
) -> Taught:
    """The same, learnt again from more rows."""
    rng = np.random.default_rng(SEED)
    again = fit(known_.features[rows], known_.guess[rows], wait[rows], rng, growth, progress)
    return replace(taught, corrector=again)


def _errors(guess: Floats, wait: Floats, rows: Bools) -> tuple[float, ...]:
    return tuple(float(q) for q in np.quantile((wait - guess)[rows], SHARES))


def spread(ranges: Ranges, rows: Ints, many: int) -> Ranges:
    """The ranges of some rows among `many`, nan elsewhere."""
    full = [np.full(many, np.nan) for _ in range(4)]
    for column, values in zip(full, (ranges.low, ranges.median, ranges.promise, ranges.high), strict=True):
        column[rows] = values
    return Ranges(*full)


def rolled(log: Log, raw: Ranges, ahead: Floats, asked: Ints, judged: Bools, factors: Rolling) -> Ranges:
    """`raw` as shown: the factors at an issue have heard of every call before it, of none at it or after.

    Of the rows `asked`, only those `judged` teach `factors`, which go on from where they stood.
    """
    issues = [(int(log.day[n]), float(log.issued[n]), 0, int(n)) for n in asked]
    calls = [(int(log.day[n]), float(log.called[n]), 1, int(n)) for n in asked[judged[asked]]]
    shown: dict[int, Range] = {}
    low, promise, high = raw.low.copy(), raw.promise.copy(), raw.high.copy()
    for _, _, called, n in sorted(issues + calls):
        keys = keys_of(log.offices[log.office[n]], log.services[log.service[n]], float(ahead[n]))
        if called:
            factors.heard(shown[n], float(log.wait_of(n)), keys)
            continue
        estimate = Range(float(raw.low[n]), float(raw.median[n]), float(raw.promise[n]), float(raw.high[n]))
        told = shown[n] = factors.told(estimate, keys)
        low[n], promise[n], high[n] = told.low, told.promise, told.high
    return replace(raw, low=low, promise=promise, high=high)
