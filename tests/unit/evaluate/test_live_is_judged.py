"""Evaluate judges the code that runs live: asked issue by issue, the live office tells the same numbers."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from fakes.queue_logs import made_log

from queue_server.domain.office_calling import Calling, PolicyName
from queue_server.evaluate.replay import OURS, Settings, replay
from queue_server.evaluate.splits import Split
from queue_server.waits.conformal import Range
from queue_server.waits.log import Bools, Log, Names
from queue_server.waits.model import Model, TooLittle, model_of
from queue_server.waits.today import newcomers
from queue_server.waits.trees import Growth

GROWTH = Growth(trees=20, depth=3, least=10)
FIFO = Calling(policy=PolicyName.FIFO)
NAMES = Names(("o0",), (("o0", "s0"), ("o0", "s1")), (("o0", "c0"), ("o0", "c1")))


def only(log: Log, keep: Bools) -> Log:
    return replace(
        log,
        **{
            name: getattr(log, name)[keep]
            for name in ("office", "service", "day", "issued", "called", "left", "ended", "counter", "rank")
        },
        credit=log.credit[keep],
    )


def learnt(log: Log, rows: Bools) -> Model:
    past = only(log, rows)
    asking = np.ones(len(past), dtype=bool)
    found = model_of(past, NAMES, np.isfinite(past.wait), asking, FIFO, GROWTH, runs=8)
    assert isinstance(found, Model)
    return found


@cache
def nine_days(calls: bool) -> Log:
    return made_log(days=9, a_day=60, calls=calls)


@cache
def before_the_ninth(calls: bool) -> Model:
    """Learnt once for all who only read it."""
    log = nine_days(calls)
    return learnt(log, log.day < log.days[8])


@pytest.mark.parametrize("calls", [True, False])
def test_a_live_office_tells_what_evaluate_judges(calls: bool) -> None:
    log = nine_days(calls)
    days = log.days
    judged = replay(
        log, Split(days[:6], days[6:8], days[8:]), Settings(runs=8, growth=GROWTH, policy=PolicyName.FIFO)
    ).told[OURS]
    model = before_the_ninth(calls)
    rows = np.flatnonzero(log.day == days[8])
    shown: dict[int, Range] = {}
    for n, row in enumerate(rows.tolist()):
        known = log.known_at(row)
        today = only(known, (known.day == days[8]) & (np.arange(len(known)) < len(known) - 1))
        told = [(m, one) for m, one in shown.items() if np.isfinite(today.called[m])]
        service = int(log.service[row])
        (found,) = newcomers(model, FIFO, today, float(log.issued[row]), days[8], [service], told, runs=8)
        shown[n] = found
        assert found == Range(
            *(
                pytest.approx(float(getattr(judged, name)[row]), abs=1e-6)
                for name in ("low", "median", "promise", "high")
            )
        ), f"row {n}"
    assert len({round(one.median) for one in shown.values()}) > 20, "it says more than one thing"


def test_asked_for_all_services_at_once_each_is_told_the_same_as_alone() -> None:
    log, model = nine_days(True), before_the_ninth(True)
    today = only(log, (log.day == log.days[8]) & (log.issued < 9.5 * 3600) & (log.called < 9.5 * 3600))
    both = newcomers(model, FIFO, today, 9.5 * 3600, log.days[8], [0, 1], runs=8)
    for service, found in enumerate(both):
        assert newcomers(model, FIFO, today, 9.5 * 3600, log.days[8], [service], runs=8) == [found]


def test_an_empty_morning_is_told_something() -> None:
    log, model = nine_days(True), before_the_ninth(True)
    nobody = only(log, np.zeros(len(log), dtype=bool))
    found = newcomers(model, FIFO, nobody, 8 * 3600.0, log.days[8], [0, 1], runs=8)
    assert all(0 <= one.low <= one.median <= one.high for one in found)


def test_with_too_few_days_nothing_is_learnt_and_it_is_said_why() -> None:
    log = made_log(days=3, a_day=60)
    everyone = np.ones(len(log), dtype=bool)
    found = model_of(log, NAMES, np.isfinite(log.wait), everyone, FIFO, GROWTH)
    assert isinstance(found, TooLittle)
    assert "180 visits" not in str(found) and "on 3 days are too few" in str(found)


def test_a_corrector_that_has_not_beaten_the_plain_estimate_is_not_used() -> None:
    taught = before_the_ninth(True).taught
    features, guess = np.zeros((1, len(taught.corrector.binning.edges))), np.array([700.0])
    worse = replace(taught, proof=replace(taught.proof, corrected_s=taught.proof.plain_s + 1))
    assert taught.proof.better and not worse.proof.better
    assert taught.ranges(features, guess).median[0] != 700
    found = worse.ranges(features, guess)
    assert found.low[0] < found.median[0] == 700 < found.promise[0] < found.high[0]


def test_a_corrector_may_be_taken_in_part() -> None:
    taught = before_the_ninth(True).taught
    features, guess = np.zeros((1, len(taught.corrector.binning.edges))), np.array([700.0])
    half, whole = (
        replace(taught, proof=replace(taught.proof, share=share)).ranges(features, guess).median[0]
        for share in (0.5, 1.0)
    )
    assert half == pytest.approx((700 + whole) / 2)
