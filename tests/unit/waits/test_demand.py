"""How many will come: what the days before say, and what the day so far adds."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest

from queue_server.domain.hours import Hours, Season, Session
from queue_server.domain.ids import ServiceId
from queue_server.waits.counts import quantile
from queue_server.waits.demand import BLOCK, BlockForecast, Past, forecast

A, B = ServiceId("a"), ServiceId("b")
OPEN = (Session(time(7, 30), time(11, 30)), Session(time(13, 0), time(17, 0)))
HOURS = Hours("UTC", (Season("year", (1, 1), (12, 31), ((OPEN,) * 5) + ((), ())),))
MONDAY = date(2026, 3, 2)
BLOCKS = [*range(15, 23), *range(26, 34)]


def steady(days: int, per_block: int = 4, of: float = 1.0) -> dict[date, dict[tuple[ServiceId, int], int]]:
    """Weekdays before 30 March: the same number in every open half hour, of B a quarter of A's."""
    found: dict[date, dict[tuple[ServiceId, int], int]] = {}
    day = date(2026, 3, 30)
    while len(found) < days:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            found[day] = {(A, b): round(per_block * of) for b in BLOCKS}
            found[day] |= {(B, b): 1 for b in BLOCKS}
    return found


def at(hour: int, minute: int = 0, day: date = date(2026, 3, 30)) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


def means(found: tuple[BlockForecast, ...], service: ServiceId) -> list[float]:
    return [block.mean for block in found if block.service == service]


def test_days_that_were_always_alike_are_forecast_to_be_alike_again() -> None:
    found = forecast(steady(10), HOURS, date(2026, 3, 30), at(6))

    assert means(found, A) == pytest.approx([4.0] * 16)
    assert means(found, B) == pytest.approx([1.0] * 16)
    assert [block.start for block in found if block.service == A] == [at(0) + n * BLOCK for n in BLOCKS], (
        "every open half hour, in order"
    )


def test_a_closed_day_and_a_holiday_have_no_forecast() -> None:
    holiday = Hours("UTC", HOURS.seasons, frozenset({date(2026, 3, 30)}))

    assert forecast(steady(10), HOURS, date(2026, 4, 4), at(6)) == ()
    assert forecast(steady(10), holiday, date(2026, 3, 30), at(6)) == ()


def test_a_make_up_day_is_forecast_although_it_is_a_saturday() -> None:
    made_up = Hours("UTC", HOURS.seasons, make_up_days=((date(2026, 4, 4), 0),))

    assert sum(means(forecast(steady(10), made_up, date(2026, 4, 4), at(6)), A)) == pytest.approx(
        64, rel=0.01
    )


def test_nobody_is_forecast_where_nothing_is_known() -> None:
    assert forecast({}, HOURS, date(2026, 3, 30), at(6)) == ()


def test_days_of_closure_teach_nothing() -> None:
    past: Past = steady(10) | {date(2026, 3, 22): {(A, 20): 500}, date(2026, 3, 29): {}}

    assert means(forecast(past, HOURS, date(2026, 3, 30), at(6)), A) == pytest.approx([4.0] * 16)


def test_a_day_that_begins_twice_as_busy_is_forecast_to_go_on_busier() -> None:
    past = steady(10)
    past[date(2026, 3, 30)] = {(A, b): 8 for b in range(15, 21)} | {(B, b): 2 for b in range(15, 21)}

    plain = means(forecast(past, HOURS, date(2026, 3, 30), at(10, 30), rescaled=False), A)
    found = means(forecast(past, HOURS, date(2026, 3, 30), at(10, 30)), A)

    assert len(found) == len(plain) == 10
    assert plain == pytest.approx([4.0] * 10)
    assert all(4.8 < mean < 8.0 for mean in found)


def test_the_half_hour_that_has_begun_counts_who_has_come() -> None:
    past = steady(10)
    past[date(2026, 3, 30)] = {(A, 15): 7}

    first = forecast(past, HOURS, date(2026, 3, 30), at(7, 45))[0]

    assert (first.service, first.so_far) == (A, 7)
    assert first.mean == pytest.approx(7 + 2.0)
    assert first.low >= 7


def test_todays_counts_teach_nothing_of_another_day() -> None:
    past = steady(10)
    busy = past | {date(2026, 3, 30): {(A, b): 40 for b in BLOCKS}}

    assert forecast(busy, HOURS, date(2026, 3, 31), at(12)) == forecast(
        past, HOURS, date(2026, 3, 31), at(12)
    )


def test_a_weekday_that_is_always_busier_is_forecast_busier_but_less_so_than_it_was() -> None:
    past = steady(20)
    for day in past:
        if day.weekday() == 0:
            past[day] = {key: 2 * count for key, count in past[day].items()}

    monday = sum(means(forecast(past, HOURS, date(2026, 3, 30), at(6)), A))
    tuesday = sum(means(forecast(past, HOURS, date(2026, 3, 31), at(6)), A))

    assert 1.3 < monday / tuesday < 2.0


def test_ranges_hold_four_fifths_of_over_dispersed_days() -> None:
    rng = np.random.default_rng(5)
    inside, all_ = 0, 0
    for _ in range(40):
        past = {}
        for day in (*steady(15), date(2026, 3, 30)):
            factor = rng.gamma(25, 1 / 25)
            past[day] = {(A, b): int(rng.poisson(12 * factor * rng.gamma(20, 1 / 20))) for b in BLOCKS}
        true = past.pop(date(2026, 3, 30))
        for block, n in zip(forecast(past, HOURS, date(2026, 3, 30), at(6)), BLOCKS, strict=True):
            inside += block.low <= true[A, n] <= block.high
            all_ += 1

    assert 0.76 < inside / all_ < 0.93


@pytest.mark.parametrize("size", [0.5, 3.0, 40.0, float("inf")])
@pytest.mark.parametrize("mean", [0.1, 2.5, 30.0, 900.0])
def test_quantiles_are_those_of_drawn_counts(mean: float, size: float) -> None:
    rng = np.random.default_rng(7)
    rate = np.full(40_000, mean) if np.isinf(size) else rng.gamma(size, mean / size, 40_000)
    drawn = rng.poisson(rate)

    for share in (0.1, 0.5, 0.9):
        found = quantile(mean, size, share)
        spread = 0.012
        assert (drawn <= found).mean() >= share - spread
        assert found == 0 or (drawn <= found - 1).mean() < share + spread
