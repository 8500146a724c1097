"""Replays a log: what each rule would have told every ticket, with only what was known at its issue."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import numpy as np

from queue_server.domain.office_calling import Calling, PolicyName
from queue_server.evaluate.score import Score, score, with_range
from queue_server.evaluate.splits import Split
from queue_server.waits import simple
from queue_server.waits.conformal import Rolling
from queue_server.waits.corrector import GROWTH, Ranges, trees_of
from queue_server.waits.features import Known
from queue_server.waits.hall import RUNS
from queue_server.waits.history import SHRINK
from queue_server.waits.log import Bools, Floats, Ints, Log
from queue_server.waits.ours import rolled, spread, table, taught_again, teach
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
    nightly: bool = True
    """The corrector learns again after every judging day, as it does in an office."""


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
        calling = Calling(policy=settings.policy)
        given, then, simulated = table(log, split.learn, calling, asking, settings.runs, done)
    told = _simple(log, then, simulated, wait, learn, calibrate, settings)
    told[GUESS] = with_range(given.guess, wait, calibrate)
    nights = split.test[1:] if settings.nightly else ()
    with step("Corrector", (2 + len(nights)) * trees_of(settings.growth)) as done:
        first, taught = teach(given, wait, learn, calibrate, settings.growth, done)
        factors, parts = Rolling(), [(first, split.calibrate)]
        for day in nights:
            parts.append((taught, (day_before(split, day),)))
            rows = judged & (log.day < day)
            taught = taught_again(taught, given, wait, rows, settings.growth, done)
        parts.append((taught, split.test[len(nights) :]))
    ours = [np.full(len(log), np.nan) for _ in range(4)]
    for model, days in parts:
        asked = np.flatnonzero(np.isin(log.day, days))
        raw = spread(model.ranges(given.features[asked], given.guess[asked]), asked, len(log))
        shown = rolled(log, raw, given.ahead, asked, judged, factors)
        for column, name in zip(ours, ("low", "median", "promise", "high"), strict=True):
            column[asked] = getattr(shown, name)[asked]
    told[OURS] = Ranges(*ours)
    return Replayed(told, test, wait)


def day_before(split: Split, day: int) -> int:
    """The judging day before a judging day."""
    return split.test[split.test.index(day) - 1]


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
