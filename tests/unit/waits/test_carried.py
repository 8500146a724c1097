"""A newcomer's correction carried on: half of it, on the wait to come, for those who have one."""

from math import inf

import numpy as np
import pytest

from queue_server.domain.ids import TicketId
from queue_server.waits.carried import Carried, factor

ONE, OTHER = TicketId("one"), TicketId("other")


def test_half_of_the_distance_is_kept_in_logarithms() -> None:
    assert factor(300.0, 300.0, 60.0) == 1.0
    assert factor(900.0 - 60.0, 100.0 - 60.0, 60.0) == pytest.approx(3.0)
    assert factor(40.0, 840.0, 60.0) == pytest.approx(1 / 3)


def test_the_wait_to_come_is_scaled_never_below_zero_and_never_called_stays_so() -> None:
    runs = np.array([[0.0, 600.0, 240.0], [inf, 60.0, 240.0]])
    shown = Carried(60.0, {ONE: 0.5, OTHER: 2.0}).on(runs, [ONE, OTHER])
    np.testing.assert_allclose(shown, [[0.0, 1260.0, 240.0], [inf, 180.0, 240.0]])


def test_who_has_none_and_newcomers_are_left_to_the_last_bit() -> None:
    runs = np.random.default_rng(3).gamma(2, 200, (20, 3))
    np.testing.assert_array_equal(Carried(60.0, {}).on(runs, [ONE, OTHER]), runs)
    shown = Carried(60.0, {OTHER: 1.2}).on(runs, [ONE, OTHER])
    np.testing.assert_array_equal(shown[:, [0, 2]], runs[:, [0, 2]])
    assert (shown[:, 1] > runs[:, 1]).all()
