"""Days are learnt from, calibrate and judge in the order of time."""

from datetime import date, timedelta

import pytest

from queue_server.evaluate.splits import NotEnoughDays, split


def dates(first: date, many: int) -> tuple[int, ...]:
    return tuple((first + timedelta(days=n)).toordinal() for n in range(many))


def test_a_month_is_learnt_to_the_15th_and_judged_from_the_21st() -> None:
    found = split(dates(date(2026, 1, 1), 31))
    assert [date.fromordinal(found.learn[-1]).day, date.fromordinal(found.test[0]).day] == [15, 21]
    assert len(found.calibrate) == 5


def test_a_day_can_be_chosen_from_which_on_is_judged() -> None:
    days = dates(date(2026, 1, 1), 20)
    found = split(days, test_from=days[12], calibrate_days=3)
    assert (found.learn, found.calibrate, found.test) == (days[:9], days[9:12], days[12:])


def test_a_day_can_be_chosen_until_which_is_learnt() -> None:
    days = dates(date(2026, 1, 1), 20)
    found = split(days, learn_until=days[8], calibrate_days=4)
    assert (found.learn, found.calibrate, found.test) == (days[:9], days[9:13], days[13:])
    assert len(split(days, learn_until=days[8]).calibrate) == 3


@pytest.mark.parametrize("many", range(4, 40))
def test_any_log_of_four_days_on_is_split_without_overlap(many: int) -> None:
    days = dates(date(2026, 1, 1), many)
    found = split(days)
    assert found.learn + found.calibrate + found.test == days


def test_a_log_too_short_to_split_is_refused_with_what_to_do() -> None:
    for days in ((), dates(date(2026, 1, 1), 2)):
        with pytest.raises(NotEnoughDays, match="Give a longer log, or choose --learn-until"):
            split(days)
    with pytest.raises(NotEnoughDays, match="0 to judge"):
        split(dates(date(2026, 1, 1), 9), test_from=date(2026, 2, 1).toordinal())
