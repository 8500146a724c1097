"""Replays a log: what each rule would have told every ticket, with only what was known at its issue."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

import numpy as np

from queue_server.domain.office_config import PolicyName
from queue_server.evaluate.features import Known, known
from queue_server.evaluate.hall import RUNS, monte_carlo
from queue_server.evaluate.history import SHRINK
from queue_server.evaluate.log import Bools, Floats, Ints, Log
from queue_server.evaluate.score import Score, score, with_range
from queue_server.evaluate.splits import Split
from queue_server.waits import simple
from queue_server.waits.conformal import Range, Rolling, bucket
from queue_server.waits.corrector import GROWTH, SEED, Corrector, Ranges, fit, trees_of
from queue_server.waits.trees import Growth

OURS = "ours"
GUESS = "ours, uncorrected"
BY_COUNTERS = "queue × service ÷ counters"
EXTRA = "queue × usual pace"
"""Service ÷ counters by the time between calls on other days: learnt, so not one of the simple rules."""
UNKNOWN_SHARE = 0.5
"""Of the tickets without service time or counters; with more the rule that needs them is left out."""
Step = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""(title, of how many) → a context with a function that hears of so many more done."""


class NothingToJudge(Exception):
    """No ticket of some part of the split has a wait."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a log is replayed."""

    everyone: bool = True
    """Also those who were called at the instant they came; a telephone exchange asks for no estimate then."""
    policy: PolicyName = PolicyName.FIFO
    configured_s: float = simple.CONFIGURED_S
    runs: int = RUNS
    growth: Growth = GROWTH


@dataclass(frozen=True, slots=True)
class Replayed:
    """Rule → what it told, a value a row of the log; only rows of `test` are meant."""

    told: dict[str, Ranges]
    test: Bools
    wait: Floats


def no_steps(_title: str, _many: int) -> AbstractContextManager[Callable[[int], None]]:
    return nullcontext(lambda _done: None)


def replay(log: Log, split: Split, settings: Settings, step: Step = no_steps) -> Replayed:
    """Raises NothingToJudge."""
    wait = log.wait
    judged = np.isfinite(wait) & ((wait > 0) | settings.everyone)
    learn, calibrate, test = (
        judged & np.isin(log.day, days) for days in (split.learn, split.calibrate, split.test)
    )
    if min(learn.sum(), calibrate.sum(), test.sum()) == 0:
        raise NothingToJudge("The learning, calibration and test days each need tickets that were called.")
    asking = settings.everyone | ~(wait <= 0)
    with step("What was known", len(log)) as done:
        then = known(log, split)
        done(len(log))
    with step("Monte Carlo", len(log)) as done:
        simulated = monte_carlo(log, split, settings.policy, asking, settings.runs, done)
    told = _simple(log, then, simulated, wait, learn, calibrate, settings)
    guess = first_guess(then, simulated)
    told[GUESS] = with_range(guess, wait, calibrate)
    features = np.column_stack([then.matrix(), *simulated.values()])
    with step("Corrector", trees_of(settings.growth)) as done:
        model = fit(
            features[learn], guess[learn], wait[learn], np.random.default_rng(SEED), settings.growth, done
        )
    asked = np.flatnonzero(np.isin(log.day, (*split.calibrate, *split.test)))
    with step("Ranges", len(asked)) as done:
        raw = predicted(model, features, guess, asked, len(log))
        told[OURS] = rolled(log, raw, then.of_line("ahead"), asked, judged)
        done(len(asked))
    return Replayed(told, test, wait)


def first_guess(then: Known, simulated: dict[str, Floats]) -> Floats:
    """The Monte Carlo's median, else the fallback of ticket logs: the mean of LES and the Gamma estimate."""
    median = simulated["mc.p50"]
    return np.where(np.isnan(median), then.of_line("fallback"), median)


def predicted(model: Corrector, features: Floats, guess: Floats, rows: Ints, many: int) -> Ranges:
    """The corrector's ranges of some rows, nan elsewhere."""
    ranges = model.predict(features[rows], guess[rows])
    full = [np.full(many, np.nan) for _ in range(4)]
    for column, values in zip(full, (ranges.low, ranges.median, ranges.promise, ranges.high), strict=True):
        column[rows] = values
    return Ranges(*full)


def rolled(log: Log, raw: Ranges, ahead: Floats, asked: Ints, judged: Bools) -> Ranges:
    """`raw` as shown: the factors at an issue have heard of every call before it, of none at it or after.

    Of the rows `asked`, only those `judged` teach them.
    """
    issues = [(int(log.day[n]), float(log.issued[n]), 0, int(n)) for n in asked]
    calls = [(int(log.day[n]), float(log.called[n]), 1, int(n)) for n in asked[judged[asked]]]
    factors = Rolling()
    shown: dict[int, Range] = {}
    low, promise, high = raw.low.copy(), raw.promise.copy(), raw.high.copy()
    for _, _, called, n in sorted(issues + calls):
        position = (int(log.service[n]), bucket(float(ahead[n])))
        keys = ("all", ("office", int(log.office[n])), position)
        if called:
            factors.heard(shown[n], float(log.wait[n]), keys)
            continue
        estimate = Range(float(raw.low[n]), float(raw.median[n]), float(raw.promise[n]), float(raw.high[n]))
        told = shown[n] = factors.told(estimate, keys)
        low[n], promise[n], high[n] = told.low, told.promise, told.high
    return replace(raw, low=low, promise=promise, high=high)


def _simple(
    log: Log,
    then: Known,
    simulated: dict[str, Floats],
    wait: Floats,
    learn: Bools,
    calibrate: Bools,
    settings: Settings,
) -> dict[str, Ranges]:
    usual = usual_of(log.service, wait, learn)
    ahead, hol, les = then.of_line("ahead"), then.of_line("hol"), then.of_line("les")
    seen = simulated["busy"] + simulated["idle"]
    counters = np.where(np.isnan(seen), then.columns["open"], seen)
    service = np.where(np.isnan(seen), then.columns["declared"], simulated["service_s"])
    points = {
        "naive mean": usual,
        BY_COUNTERS: simple.queue_length(ahead, service, np.nan_to_num(counters, nan=1.0)),
        "LES": simple.last_to_enter_service(les, usual),
        "HOL": simple.head_of_line(hol),
        EXTRA: then.of_line("paced"),
    }
    unknown = np.isnan(service) | (service <= 0)
    if unknown[learn].mean() > UNKNOWN_SHARE:
        del points[BY_COUNTERS]
    else:
        points[BY_COUNTERS] = np.where(unknown, points[EXTRA], points[BY_COUNTERS])
    told = {name: with_range(estimate, wait, calibrate) for name, estimate in points.items()}
    early, late = simple.eappointment(ahead, np.nan_to_num(counters, nan=1.0), settings.configured_s)
    told["eappointment"] = Ranges(early, late, late, late)
    return told


def usual_of(service: Ints, wait: Floats, learn: Bools) -> Floats:
    """Per row the mean wait of its service on the learning days, shrunk towards that of all."""
    many = int(service.max()) + 1
    count = np.bincount(service[learn], minlength=many)
    total = np.bincount(service[learn], wait[learn], many)
    of_service: Floats = (total + SHRINK * wait[learn].mean()) / (count + SHRINK)
    return of_service[service]


def scores(replayed: Replayed, rows: Bools) -> dict[str, Score]:
    """Rule → its score on the test tickets among `rows`."""
    chosen = replayed.test & rows
    return {name: score(told, replayed.wait, chosen) for name, told in replayed.told.items()}


def best_simple(found: dict[str, Score]) -> str:
    """The rule of least mean absolute error among those the product is measured against."""
    return min(
        (name for name in found if name not in (OURS, GUESS, EXTRA)), key=lambda name: found[name].mae_s
    )
