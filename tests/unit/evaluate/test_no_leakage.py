"""What is told to a ticket must not change when everything from its issue on is cut from the log."""

import numpy as np
import pytest
from fakes.queue_logs import FIRST_DAY, made_log

from queue_server.domain.office_calling import Calling, PolicyName
from queue_server.evaluate.replay import Settings, replay
from queue_server.evaluate.splits import Split
from queue_server.waits.features import known
from queue_server.waits.hall import monte_carlo
from queue_server.waits.log import Log, Visit, log_of
from queue_server.waits.trees import Growth

FIFO = Calling(policy=PolicyName.FIFO)
DAYS = [FIRST_DAY + n for n in range(8)]
SPLIT = Split(tuple(DAYS[:4]), tuple(DAYS[4:6]), tuple(DAYS[6:]))


def judged_rows(log: Log, many: int) -> list[int]:
    """Waiting tickets of the test days, spread over them."""
    rows = np.flatnonzero(np.isin(log.day, SPLIT.test) & (log.wait > 0))
    return [int(n) for n in rows[len(rows) // (2 * many) :: len(rows) // many][:many]]


def at(log: Log, row: int) -> int:
    """Where a row stands in the log as it was at its issue."""
    kept = log.known_at(row)
    mine = np.flatnonzero((kept.office == log.office[row]) & (kept.day == log.day[row]))
    return int(mine[-1])


@pytest.mark.parametrize("calls", [True, False])
def test_every_column_is_the_same_without_the_future(calls: bool) -> None:
    log = made_log(days=8, a_day=25, counters=1, calls=calls, offices=1 if calls else 2)
    then = known(log, SPLIT.learn).columns | monte_carlo(
        log, SPLIT.learn, FIFO, np.ones(len(log), dtype=bool), runs=4
    )
    for row in judged_rows(log, 4 if calls else 12):
        cut, place = log.known_at(row), at(log, row)
        before = known(cut, SPLIT.learn).columns | monte_carlo(
            cut, SPLIT.learn, FIFO, np.ones(len(cut), dtype=bool), runs=4
        )
        assert before.keys() == then.keys()
        for name, column in then.items():
            np.testing.assert_equal(before[name][place], column[row], err_msg=name)


@pytest.mark.parametrize("calls", [True, False])
def test_what_every_rule_tells_is_the_same_without_the_future(calls: bool) -> None:
    log = made_log(days=8, a_day=20, counters=1, calls=calls, offices=1 if calls else 2)
    settings = Settings(runs=4, growth=Growth(trees=4, depth=3, least=5))
    told = replay(log, SPLIT, settings).told
    for row in judged_rows(log, 2 if calls else 4):
        place = at(log, row)
        cut = replay(log.known_at(row), SPLIT, settings).told
        for rule, ranges in told.items():
            for name in ("low", "median", "promise", "high"):
                now, then = getattr(ranges, name)[row], getattr(cut[rule], name)[place]
                np.testing.assert_equal(then, now, err_msg=f"{rule} {name}")


def test_a_log_cut_at_an_issue_holds_nothing_of_that_instant_or_later() -> None:
    log = made_log(days=8, offices=2)
    row = judged_rows(log, 3)[1]
    cut, place = log.known_at(row), at(log, row)
    today = cut.day == log.day[row]
    assert cut.day.max() == log.day[row]
    for column in (cut.called, cut.left, cut.ended):
        assert not (column[today] >= log.issued[row]).any()
    assert np.isnan(cut.called[place]) and cut.issued[place] == log.issued[row]
    assert cut.issued[today].max() == log.issued[row]


def test_a_call_at_the_instant_of_the_issue_is_not_known_yet() -> None:
    log = log_of([Visit("o", "s", FIRST_DAY, 0.0, 60.0), Visit("o", "s", FIRST_DAY, 60.0, 90.0)], {})
    columns = known(log, (FIRST_DAY,)).columns
    assert columns["service.ahead"].tolist() == [0, 1]
    assert np.isnan(columns["service.les"]).all()


def test_what_counters_showed_at_the_instant_of_the_issue_is_not_known_yet() -> None:
    shown = {("o", "s", FIRST_DAY): [(10.0, 3.0, 15.0), (60.0, 5.0, 15.0)]}
    visits = [Visit("o", "s", FIRST_DAY, moment, 100.0) for moment in (5.0, 60.0, 61.0)]
    columns = known(log_of(visits, shown), (FIRST_DAY,)).columns
    np.testing.assert_equal(columns["open"], [np.nan, 3.0, 5.0])
    np.testing.assert_equal(columns["declared"], [np.nan, 900.0, 900.0])
