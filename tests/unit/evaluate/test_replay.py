"""A whole replay of a made-up office: simple rules by hand, ours better than they, and the command."""

import json
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from fakes.queue_logs import FIRST_DAY, made_log
from typer.testing import CliRunner

from queue_server.cli import app
from queue_server.evaluate.replay import OURS, NothingToJudge, Settings, best_simple, replay, scores
from queue_server.evaluate.score import Score, score, with_range
from queue_server.evaluate.splits import Split, split
from queue_server.waits.corrector import Ranges
from queue_server.waits.log import Log, Visit, log_of
from queue_server.waits.trees import Growth

QUICK = Settings(runs=8, growth=Growth(trees=30, depth=3, rate=0.1), nightly=False)


def three_days() -> Log:
    """Each day: at 0 called at 100, at 50 called at 200, at 110 called at 300."""
    times = [(0.0, 100.0), (50.0, 200.0), (110.0, 300.0)]
    return log_of([Visit("o", "s", FIRST_DAY + day, *pair) for day in range(5) for pair in times], {})


def test_the_simple_rules_of_a_small_log_are_as_by_hand() -> None:
    days = [FIRST_DAY + n for n in range(5)]
    found = replay(three_days(), Split(tuple(days[:3]), (days[3],), (days[4],)), QUICK)
    last = slice(12, 15)
    mean = (100 + 150 + 190) / 3
    np.testing.assert_allclose(found.told["naive mean"].median[last], mean)
    np.testing.assert_allclose(found.told["HOL"].median[last], [0, 50, 60])
    np.testing.assert_allclose(found.told["LES"].median[last], [mean, mean, 100])
    np.testing.assert_allclose(found.told["eappointment"].high[last], [720, 1440, 1440])
    np.testing.assert_allclose(found.told["eappointment"].low[last], [576, 1152, 1152])
    np.testing.assert_allclose(found.told["queue × usual pace"].median[last], [100, 200, 200])
    assert scores(found, np.ones(15, dtype=bool))["HOL"].mae_s == pytest.approx((100 + 100 + 130) / 3)


def test_without_counters_and_service_times_the_rule_that_needs_them_is_left_out() -> None:
    log = made_log(days=8, calls=False)
    assert "queue × service ÷ counters" not in replay(log, split(log.days), QUICK).told
    log = made_log(days=8, a_day=30, calls=True)
    assert "queue × service ÷ counters" in replay(log, split(log.days), QUICK).told


def test_ours_beats_every_simple_rule_and_covers_80_percent_where_the_past_repeats() -> None:
    log = made_log(days=60, a_day=60, calls=False)
    settings = Settings(growth=Growth(trees=40, depth=4), nightly=False)
    found = scores(replay(log, split(log.days), settings), log.office >= 0)
    assert found[OURS].mae_s < found[best_simple(found)].mae_s
    assert abs(found[OURS].coverage - 0.8) < 0.03
    assert abs(found[OURS].promise_kept - 0.8) < 0.03


def test_the_monte_carlo_is_better_than_not_knowing_the_counters() -> None:
    log = made_log(days=14, a_day=40, calls=True)
    days = split(log.days)
    found = replay(log, days, QUICK)
    mine = scores(found, log.office >= 0)
    assert mine[OURS].mae_s < 0.9 * mine["LES"].mae_s


def test_only_those_who_queued_are_judged_when_so_wished() -> None:
    log = made_log(days=10, calls=False)
    everyone = replay(log, split(log.days), QUICK)
    queued = replay(log, split(log.days), Settings(everyone=False, growth=QUICK.growth, nightly=False))
    assert (everyone.wait[everyone.test] == 0).any()
    assert (queued.wait[queued.test] > 0).all()
    assert queued.test.sum() == (everyone.test & (everyone.wait > 0)).sum()


def test_a_log_in_which_nobody_was_called_cannot_be_judged() -> None:
    log = log_of([Visit("o", "s", FIRST_DAY + n, 10.0, left=20.0) for n in range(8)], {})
    with pytest.raises(NothingToJudge, match="tickets that were called"):
        replay(log, split(log.days), QUICK)


def test_scores_are_of_estimate_minus_wait() -> None:
    told = Ranges(
        np.array([5.0, 0, 0]), np.array([10.0, 20, 30]), np.array([12.0, 25, 40]), np.array([15.0, 30, 50])
    )
    found = score(told, np.array([20.0, 20, 60]), np.ones(3, dtype=bool))
    assert found == Score(
        3, pytest.approx(40 / 3), 30.0, pytest.approx(-40 / 3), pytest.approx(1 / 3), pytest.approx(1 / 3)
    )


def test_a_rule_of_one_number_gets_the_range_of_its_own_errors_while_calibrating() -> None:
    wait = np.concatenate([np.arange(101.0), [500.0]])
    told = with_range(np.full(102, 50.0), wait, wait < 200)
    assert (told.low[0], told.median[0], told.promise[0], told.high[0]) == (10, 50, 80, 90)


def written(path: Path) -> Path:
    log = made_log(days=12, a_day=40, calls=False, offices=2)
    lines = ["office,date,service,issued,called,left"]
    for n in range(len(log)):
        day = 1 + int(log.day[n]) - FIRST_DAY
        called, left = ("" if np.isnan(x) else f"{x:.0f}" for x in (log.called[n], log.left[n]))
        service = log.services[log.service[n]]
        lines.append(
            f"{log.offices[log.office[n]]},2026-03-{day:02},{service},{log.issued[n]:.0f},{called},{left}"
        )
    path.write_text("\n".join([*lines, "o0,2026-03-01,s,9h,,"]), encoding="utf-8")
    return path


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command learns with few small trees: what it prints does not depend on how well it tells."""
    quick = partial(Settings, growth=Growth(trees=6, depth=2, rate=0.1), runs=QUICK.runs)
    monkeypatch.setattr("queue_server.evaluate.replay.Settings", quick)


@pytest.mark.usefixtures("quickly")
def test_the_command_prints_every_rule_and_office_and_says_which_rows_it_left_out(tmp_path: Path) -> None:
    file = written(tmp_path / "log.csv")
    shown = CliRunner().invoke(app, ["waits", "evaluate", "--once", "--format", "tickets", str(file)])
    assert shown.exit_code == 0
    for word in ("naive mean", "LES", "HOL", "eappointment", "ours", "o0", "o1", "2026-03-09"):
        assert word in shown.stdout
    assert "Left out: log.csv, line 962: issued '9h' is not a number" in shown.stderr


@pytest.mark.usefixtures("quickly")
def test_the_command_gives_the_same_as_json(tmp_path: Path) -> None:
    file = written(tmp_path / "log.csv")
    command = ["waits", "evaluate", "--json", "--once", "--format", "tickets"]
    command += ["--test-from", "2026-03-09", str(file)]
    answer = json.loads(CliRunner().invoke(app, command).stdout)
    assert answer["days"]["test"] == [f"2026-03-{day:02}" for day in (9, 10, 11, 12)]
    assert answer["ours_to_best_simple"] == pytest.approx(
        answer["pooled"]["ours"]["mae_s"] / answer["pooled"][answer["best_simple"]]["mae_s"]
    )
    assert sum(found["ours"]["n"] for found in answer["offices"].values()) == answer["pooled"]["ours"]["n"]
    assert answer["left_out"][0]["line"] == 962


def test_the_command_says_what_to_do_when_it_cannot(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("date,service,issued,called\n2026-03-01,s,9:00,9:10\n", encoding="utf-8")
    short = CliRunner().invoke(app, ["waits", "evaluate", "--format", "tickets", str(file)])
    assert (short.exit_code, "Give a longer log" in short.stderr) == (2, True)
    wrong = CliRunner().invoke(app, ["waits", "evaluate", "--format", "calls", str(file)])
    assert (wrong.exit_code, "use --format tickets" in wrong.stderr) == (2, True)
    both = ["--learn-until", "2026-03-01", "--test-from", "2026-03-02"]
    asked = CliRunner().invoke(app, ["waits", "evaluate", "--format", "tickets", *both, str(file)])
    assert (asked.exit_code, "not both" in asked.stderr) == (2, True)
