"""What a line shows at each issue, and the simple rules on it, by hand."""

import numpy as np

from queue_server.waits.line import fallback, gamma_wait, gaps_of, line
from queue_server.waits.simple import eappointment, head_of_line, last_to_enter_service, queue_length

ISSUED = np.array([0.0, 60.0, 120.0, 130.0, 600.0, 660.0])
CALLED = np.array([30.0, 90.0, 150.0, 400.0, np.nan, np.nan])
OUT = np.array([30.0, 90.0, 150.0, 400.0, 650.0, np.inf])


def shown() -> dict[str, np.ndarray]:  # type: ignore[type-arg]
    return line(ISSUED, CALLED, OUT, np.full(6, 60.0))


def test_those_ahead_are_the_issued_who_have_not_left() -> None:
    assert shown()["ahead"].tolist() == [0, 0, 0, 1, 0, 0]


def test_les_is_the_wait_of_the_last_called() -> None:
    np.testing.assert_equal(shown()["les"], [np.nan, 30, 30, 30, 270, 270])


def test_hol_is_how_long_the_first_in_line_has_waited() -> None:
    assert shown()["hol"].tolist() == [0, 0, 0, 10, 0, 0]
    assert head_of_line(shown()["hol"]).tolist() == [0, 0, 0, 10, 0, 0]


def test_hol_looks_past_those_called_out_of_turn() -> None:
    found = line(
        np.array([0.0, 10.0, 50.0]),
        np.array([np.nan, 20.0, np.nan]),
        np.array([np.inf, 20.0, np.inf]),
        np.ones(3),
    )
    assert found["hol"][2] == 50
    assert found["ahead"][2] == 1


def test_means_of_the_last_called_are_of_those_called_before() -> None:
    np.testing.assert_allclose(shown()["mean_3"], [np.nan, 30, 30, 30, 110, 110])
    np.testing.assert_allclose(shown()["mean_today"][-1], 90)


def test_windows_count_calls_and_issues_before_the_moment() -> None:
    found = shown()
    assert found["calls_600"].tolist() == [0, 1, 2, 2, 4, 3]
    assert found["arrivals_600"].tolist() == [0, 1, 2, 3, 4, 4]


def test_the_time_between_calls_starts_when_the_ticket_came_if_nobody_waited() -> None:
    np.testing.assert_equal(gaps_of(ISSUED, CALLED), [30, 30, 30, 250, np.nan, np.nan])


def test_the_gamma_estimate_moves_from_the_prior_to_what_was_seen() -> None:
    ahead = np.array([3.0])
    assert gamma_wait(ahead, np.zeros(1), np.zeros(1), np.array([60.0]))[0] == 240
    seen = gamma_wait(ahead, np.array([1000.0]), np.array([120_000.0]), np.array([60.0]))[0]
    assert abs(seen - 480) < 3


def test_the_gamma_estimate_of_a_line_uses_calls_so_far_and_the_stall() -> None:
    found = shown()
    assert found["gamma_10"][0] == 60
    assert found["gamma_10"][3] == 2 * (5 * 60 + 30 + 30 + 10) / (5 + 2)


def test_the_fallback_starts_as_the_mean_and_trusts_whoever_errs_less_today() -> None:
    issued = np.arange(40.0) * 10
    called = issued + 300
    right, wrong = np.full(40, 300.0), np.full(40, 900.0)
    found = fallback((right, wrong), issued, called, np.full(40, 100.0))
    np.testing.assert_allclose(found[:31], 600.0, err_msg="nobody had been called before")
    assert 300 < found[39] < found[35] < found[31] < 600


def test_the_fallback_puts_the_usual_wait_for_an_estimate_it_does_not_have() -> None:
    nothing, some = np.full(2, np.nan), np.full(2, 50.0)
    found = fallback((nothing, some), np.array([0.0, 1.0]), np.full(2, np.nan), np.array([30.0, 30.0]))
    np.testing.assert_allclose(found, [40, 40])


def test_the_queue_length_rule_divides_by_at_least_one_counter() -> None:
    found = queue_length(np.array([3.0, 0.0]), np.array([120.0, 120.0]), np.array([2.0, 0.0]))
    assert found.tolist() == [240, 120]


def test_les_before_the_first_call_is_the_usual_wait() -> None:
    assert last_to_enter_service(np.array([np.nan, 7.0]), np.array([50.0, 50.0])).tolist() == [50, 7]


def test_eappointment_shows_position_times_twelve_minutes_by_counters_from_80_percent() -> None:
    early, late = eappointment(np.array([4.0]), np.array([3.0]))
    assert (early[0], late[0]) == (960, 1200)
