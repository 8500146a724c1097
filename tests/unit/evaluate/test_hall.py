"""The hall rebuilt from a calls log: who shares counters, what a service takes, who is away; by hand."""

from dataclasses import replace

import numpy as np
from fakes.queue_logs import FIRST_DAY

from queue_server.domain.office_calling import Calling, PolicyName
from queue_server.waits.features import pools
from queue_server.waits.hall import monte_carlo
from queue_server.waits.history import sums, usual
from queue_server.waits.learnt import taken_s
from queue_server.waits.log import Log, Visit, log_of

DAYS = tuple(FIRST_DAY + n for n in range(3))


def served(service: str, counter: str, at: float, called: float, ended: float, day: int = 0) -> Visit:
    return Visit("o", service, DAYS[day], at, called, ended=ended, counter=counter)


def test_services_that_share_a_counter_are_one_pool() -> None:
    rows = [
        served("a", "1", 0, 0, 9),
        served("b", "1", 10, 10, 19),
        served("c", "2", 20, 20, 29),
        served("b", "3", 30, 30, 39),
        served("d", "3", 40, 40, 49),
    ]
    a, b, c, d = pools(log_of(rows, {}), DAYS[:2]).tolist()
    assert a == b == d != c


def test_a_service_takes_until_its_end_or_until_the_next_who_waited_is_called() -> None:
    rows = [
        served("a", "1", 0, 0, 100),
        served("a", "1", 50, 120, 200),
        served("a", "1", 210, 230, 300),
        served("a", "1", 220, 900, 950),
    ]
    assert taken_s(log_of(rows, {})).tolist() == [120, 80, 70, 50]


def simulated(log: Log, judged: bool = True) -> dict[str, np.ndarray]:  # type: ignore[type-arg]
    return monte_carlo(log, DAYS[:2], Calling(policy=PolicyName.FIFO), np.full(len(log), judged), runs=16)


def test_a_free_counter_that_was_seen_lately_calls_at_once() -> None:
    found = simulated(log_of([served("a", "1", 0, 0, 100), served("a", "1", 150, 150, 200)], {}))
    assert (found["busy"][1], found["idle"][1], found["mc.p50"][1]) == (0, 1, 0)


def test_a_counter_unseen_for_long_is_away_and_then_nothing_is_known() -> None:
    found = simulated(log_of([served("a", "1", 0, 0, 100), served("a", "1", 5000, 5000, 5100)], {}))
    assert (found["idle"][1], found["mc.never"][1]) == (0, 1)
    assert np.isnan(found["mc.p50"][1])


def test_a_free_counter_is_expected_to_take_as_long_as_it_did_on_the_learning_days() -> None:
    rows = []
    for day in range(3):
        for n in range(40):
            at = n * 400.0
            rows.append(served("a", "1", at, at + 30, at + 100, day))
    found = simulated(log_of(rows, {}))
    assert found["mc.p50"][-1] == 30


def test_a_busy_counter_and_those_ahead_are_waited_for() -> None:
    rows = [
        served("a", "1", n * 1000.0, n * 1000.0, n * 1000.0 + 300, day) for day in range(2) for n in range(60)
    ]
    rows += [
        served("a", "1", 0, 0, 300, 2),
        served("a", "1", 50, 300, 600, 2),
        served("a", "1", 100, 600, 900, 2),
    ]
    found = simulated(log_of(rows, {}))
    assert found["busy_elapsed"][-1] == 100
    assert 400 < found["mc.p50"][-1] < 600


def test_who_is_not_judged_asks_for_no_estimate() -> None:
    found = simulated(
        log_of([served("a", "1", 0, 0, 100), served("a", "1", 150, 150, 200)], {}), judged=False
    )
    assert np.isnan(found["mc.p50"]).all()
    assert found["idle"][1] == 1


def test_the_past_of_a_line_is_shrunk_to_that_of_all_lines() -> None:
    line, day = np.repeat([0, 1], [40, 1]), np.zeros(41, dtype=np.int64)
    issued = np.arange(41) * 10.0
    past = sums(line, 2, day, 2, issued, issued + np.where(line == 0, 100.0, 900.0))
    found = usual(past, np.array([0]))
    pooled = (40 * 100 + 900) / 41
    np.testing.assert_allclose(found.wait, [(4000 + 20 * pooled) / 60, (900 + 20 * pooled) / 21])
    np.testing.assert_allclose(found.by_slot[:, 0], [40, 1])
    nothing = usual(past, np.array([1]))
    assert nothing.wait.tolist() == [0, 0]


def test_a_log_that_says_when_counters_called_is_believed() -> None:
    rows = [served("a", "1", 0, 0, 100, day) for day in range(3)] + [served("a", "1", 5000, 5000, 5100, 2)]
    log = log_of(rows, {})
    there, gone = (
        replace(log, duty={DAYS[2]: ((0, 0.0, np.inf),)}),
        replace(log, duty={DAYS[2]: ((0, 0.0, 4000.0),)}),
    )
    assert (simulated(there)["idle"][3], simulated(there)["mc.p50"][3]) == (1, 0)
    assert simulated(gone)["idle"][3] == 0


def test_a_counter_that_has_opened_but_served_nobody_is_free() -> None:
    rows = [served("a", "1", 0, 0, 100, day) for day in range(3)]
    log = replace(log_of(rows, {}), duty={DAYS[2]: ((0, -60.0, np.inf),)})
    assert (simulated(log)["idle"][2], simulated(log)["mc.p50"][2]) == (1, 0)


def test_a_break_that_is_known_beforehand_is_waited_through() -> None:
    rows = [
        served("a", "1", n * 400.0, n * 400.0, n * 400.0 + 300, day) for day in range(2) for n in range(60)
    ]
    rows += [served("a", "1", 0, 0, np.nan, 2), served("a", "1", 50, 9000, 9300, 2)]
    log = log_of(rows, {})
    lunch = replace(log, closed={DAYS[2]: ((200.0, 5600.0),)})
    assert simulated(lunch)["mc.p50"][-1] > simulated(log)["mc.p50"][-1] + 4000
