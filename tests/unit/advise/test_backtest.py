"""The back-test is fair: a decision sees nothing of what comes after it, and gains are on the same people."""

import json
from dataclasses import replace

import numpy as np
import pytest
from typer.testing import CliRunner
from unit.advise.advise_office import SETTING, SPANS

from queue_server.advise.backtest import FIRST_DAY, Strategy, _Office, backtest, come_then
from queue_server.advise.seen import Seen, hall_at, learn
from queue_server.advise.values import QuietSpell
from queue_server.advise.world import World, day_of, hours_of, made, working_days
from queue_server.cli import app
from queue_server.simulate.hall import run
from queue_server.simulate.hall_day import HallDay
from queue_server.simulate.place import Place, SimulatedCounter, SimulatedService

RNG = np.random.default_rng
PLACE = Place(
    tuple(
        SimulatedService(s.id, w, s.expected_s)
        for s, w in zip(SETTING.services, (50, 20, 15, 15), strict=True)
    ),
    tuple(
        SimulatedCounter(c.id, tuple(SETTING.services[s].id for s in c.services)) for c in SETTING.counters
    ),
    sessions=SPANS,
)


def world(visits: float = 90.0) -> World:
    return replace(made(SETTING, PLACE, visits, RNG(3)), staffed=(0, 1, 2, 3))


def taught(one: World, days: int = 8) -> Seen:
    hours, seen = hours_of(one.spans), Seen()
    seen.taken, seen.called, seen.missed = [[] for _ in range(4)], [0] * 4, [0] * 4
    for number, day in enumerate(working_days(FIRST_DAY, days, hours)):
        truth = day_of(one, number, day, RNG((9, number)))
        learn(seen, one, day, truth, run(SETTING, truth))
    return seen


@pytest.mark.parametrize("at_s", [30_000.0, 34_200.0, 39_000.0, 52_000.0])
def test_what_is_asked_at_an_instant_does_not_change_with_what_comes_after_it(at_s: float) -> None:
    one = world(110.0)
    seen, hours = taught(one), hours_of(one.spans)
    day = working_days(FIRST_DAY, 9, hours)[-1]
    truth = day_of(one, 8, day, RNG(5))
    office = _Office(one, hours, day, seen, 20.0, 4)
    other = HallDay(
        (
            *(c for c in truth.citizens if c.at_s < at_s),
            *(
                replace(c, at_s=c.at_s + 1.0, stays=c.stays[:1])
                for c in truth.citizens
                if at_s <= c.at_s < 50_000
            ),
        ),
        truth.shifts,
    )
    asked, again = (office._now(d, run(SETTING, d), at_s) for d in (truth, other))
    assert asked.waiting or asked.desks
    for name in ("waiting", "measured", "blocks"):
        assert getattr(asked, name) == getattr(again, name), name
    assert [(d.counter, d.serving, d.since_s) for d in asked.desks] == [
        (d.counter, d.serving, d.since_s) for d in again.desks
    ]
    assert len(truth.citizens) != len(other.citizens)


def test_the_hall_at_an_instant_is_what_the_day_shows() -> None:
    one = world(110.0)
    truth = day_of(one, 0, FIRST_DAY, RNG(6))
    result = run(SETTING, truth)
    for at_s in (28_000.0, 33_000.0, 50_000.0):
        waiting, desks, measured = hall_at(one, truth, result, at_s, 20.0)
        came = sum(c.at_s <= at_s for c in truth.citizens)
        first_calls = {call.citizen for call in result.calls if call.at_s <= at_s}
        never_called = sum(w.spent_s == 0 and w.since_s <= at_s for w in waiting)
        assert never_called >= came - len(first_calls)
        assert measured[0] <= len(first_calls) and measured[2] <= measured[0]
        busy = [d for d in desks if d.serving is not None]
        assert len(busy) <= 4 and all(d.since_s <= at_s for d in busy)


def test_at_the_days_end_what_is_measured_is_what_the_day_was() -> None:
    one = world()
    truth = day_of(one, 0, FIRST_DAY, RNG(7))
    result = run(SETTING, truth)
    waiting, _, measured = hall_at(one, truth, result, 86_000.0, 20.0)
    served = result.wait_s[result.came == 0]
    assert measured[0] == len(served)
    assert measured[1] == pytest.approx(served.sum() / 60)
    assert len(waiting) == int((result.came == 2).sum())


def test_citizens_who_heed_advice_come_in_the_hours_advised_and_are_the_same_people() -> None:
    truth = day_of(world(), 0, FIRST_DAY, RNG(8))
    spell = QuietSpell(36_000.0, 39_600.0, 5.0)
    moved = come_then(truth, (spell,), 0.3)
    heeded = [c for c in moved.citizens if c.luck < 0.3]
    assert heeded and all(36_000 <= c.at_s < 39_600 for c in heeded)
    assert sorted((c.luck, c.stays) for c in moved.citizens) == sorted(
        (c.luck, c.stays) for c in truth.citizens
    )
    assert come_then(truth, (), 0.3) is truth


def test_the_adviser_is_judged_on_every_day_and_strategy_with_nothing_as_the_measure() -> None:
    done = []
    found = backtest([world(100.0)], 2, RNG(1), runs=4, progress=lambda: done.append(1))
    assert set(found) == set(Strategy) and len(done) == 2
    nothing = found[Strategy.NOTHING]
    assert (nothing.mean_change.value, nothing.acts) == (0, 0)
    for outcome in found.values():
        assert outcome.mean == pytest.approx(nothing.mean + outcome.mean_change.value)
        assert outcome.within == pytest.approx(nothing.within + outcome.within_change.value)
    again = backtest([world(100.0)], 2, RNG(1), runs=4)
    assert again == found


def test_demand_that_was_made_up_has_weekdays_drift_and_crowds() -> None:
    one = world()
    counts = np.array(
        [
            len(day_of(one, n, day, RNG((2, n))).citizens)
            for n, day in enumerate(working_days(FIRST_DAY, 60, hours_of(SPANS)))
        ]
    )
    assert counts.var() > 2 * counts.mean()
    assert len(set(one.weekday)) == 7 and one.taken_s != tuple(s.expected_s for s in SETTING.services)


def test_the_command_prints_gains_with_intervals() -> None:
    asked = ["simulate", "backtest", "--days", "1", "--offices", "1", "--visits", "60", "--json"]
    said = CliRunner().invoke(app, asked)
    assert said.exit_code == 0, said.output
    found = json.loads(said.stdout)
    assert set(found["strategies"]) == {str(s) for s in Strategy}
    assert len(found["strategies"]["both"]["mean_change"]) == 3
