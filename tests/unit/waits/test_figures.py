"""Figures over visits: exact percentiles, misses counted, periods merged and not averaged."""

from dataclasses import replace
from datetime import date, timedelta
from math import ceil

import numpy as np
import pytest
from fakes.office_day import HOURS, OPENING, office_config
from fakes.small_office import CIVIL, LAND
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.ids import CounterId, OfficerId, TicketId
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket import Channel
from queue_server.waits.figures import Figures, LegRecord, Outcome, VisitRecord
from queue_server.waits.groups import CALENDAR, KEYS, Dimension, grouped
from queue_server.waits.tally import figures, figures_of, merge, tally

DAY = date(2026, 11, 20)
CONFIG = office_config()
EMPTY = {Dimension.AGENCY, Dimension.PRIORITY_GROUP, Dimension.KIOSK}
TARGETS = (20.0, 15.0)


def visit(
    wait_s: float | None,
    outcome: Outcome = Outcome.SERVED,
    day: date = DAY,
    waited_s: float | None = None,
    **changes: object,
) -> VisitRecord:
    leg = LegRecord(
        1, CIVIL, CounterId("c1"), OfficerId("o1"), OPENING, None, None, None, wait_s, wait_s, 20.0, 300.0
    )
    record = VisitRecord(
        TicketId("t"),
        "A001",
        day,
        OPENING,
        outcome,
        CIVIL,
        ServiceClass.ORDINARY,
        None,
        Channel.KIOSK,
        None,
        (leg,),
        wait_s,
        wait_s,
        wait_s,
        waited_s=wait_s if waited_s is None else waited_s,
    )
    return replace(record, **changes)  # type: ignore[arg-type]


def measured(visits: list[VisitRecord]) -> Figures:
    return figures(visits, TARGETS, np.random.default_rng(1))


def test_no_visits_is_no_data_and_never_nought() -> None:
    assert measured([]) == Figures(0, None, None, None, None)


def test_only_served_visits_are_in_the_mean_and_all_are_in_the_worst_case() -> None:
    found = measured(
        [
            visit(600),
            visit(1200),
            visit(None, Outcome.ABANDONED, waited_s=3000),
            visit(300, Outcome.NO_SHOW),
            visit(None, Outcome.CANCELLED, waited_s=10),
            visit(None, Outcome.OPEN, waited_s=None),
        ]
    )
    assert (found.n, found.mean_s, found.abandoned, found.no_show, found.cancelled) == (2, 900, 1, 1, 1)
    assert found.worst_case_mean_s == (600 + 1200 + 3000 + 300) / 4


def test_an_abandoned_visit_is_a_miss_within_the_target() -> None:
    found = measured([visit(600), visit(1200), visit(1201), visit(None, Outcome.ABANDONED, waited_s=60)])
    assert found.share_within == {20.0: 0.5, 15.0: 0.25}


def test_a_wait_a_moment_over_the_target_is_over_it() -> None:
    assert measured([visit(1200.001)]).share_within[20.0] == 0
    assert measured([visit(1200.0)]).share_within[20.0] == 1


def test_over_an_hour_counts_those_who_gave_up_after_it_too() -> None:
    found = measured([visit(3600), visit(3601), visit(None, Outcome.ABANDONED, waited_s=3700), visit(1)])
    assert found.share_over_60 == 0.5


@given(st.lists(st.floats(0, 9000), min_size=1, max_size=300))
def test_percentiles_are_by_nearest_rank_to_the_second(waits: list[float]) -> None:
    found = measured([visit(w) for w in waits])
    seconds = sorted(ceil(round(w * 1e6) / 1e6) for w in waits)
    for percent, value in ((50, found.p50_s), (90, found.p90_s), (95, found.p95_s)):
        assert value == seconds[ceil(percent * len(seconds) / 100) - 1]


VISITS = st.builds(
    lambda wait, outcome, day: visit(
        wait if outcome is not Outcome.ABANDONED else None,
        outcome,
        DAY + timedelta(days=day),
        waited_s=wait,
        flags=frozenset({"out_of_turn"}) if wait > 4000 else frozenset(),
    ),
    st.floats(0, 8000),
    st.sampled_from(Outcome),
    st.integers(0, 9),
)


@given(st.lists(st.lists(VISITS, max_size=30), max_size=5))
def test_merging_periods_is_measuring_the_union(periods: list[list[VisitRecord]]) -> None:
    union = [v for period in periods for v in period]
    merged = merge(tally(period) for period in periods)
    assert figures_of(merged, TARGETS, np.random.default_rng(3)) == figures(
        union, TARGETS, np.random.default_rng(3)
    )


def test_a_period_is_never_an_average_of_daily_averages() -> None:
    later = DAY + timedelta(days=1)
    found = measured([visit(0), visit(0), visit(0), visit(1000, day=later)])
    assert found.mean_s == 250


def test_the_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    rng = np.random.default_rng(7)
    waits = rng.exponential(900, 80)
    visits = [visit(float(w)) for w in waits]
    first, second = measured(visits), measured(visits)
    assert first == second
    assert first.ci_low_s is not None and first.ci_high_s is not None and first.mean_s is not None
    assert first.ci_low_s < first.mean_s < first.ci_high_s
    normal = 1.96 * waits.std() / np.sqrt(80)
    assert (first.ci_high_s - first.ci_low_s) / 2 == pytest.approx(normal, rel=0.2)


def test_from_five_days_on_the_interval_knows_that_days_differ() -> None:
    visits = [
        visit(60.0 * (day + 1) * 3, day=DAY + timedelta(days=day)) for day in range(6) for _ in range(50)
    ]
    four = [v for v in visits if v.day < DAY + timedelta(days=4)]
    by_days, by_visits = measured(visits), measured(four)
    assert by_days.ci_low_s is not None and by_days.ci_high_s is not None
    assert by_visits.ci_low_s is not None and by_visits.ci_high_s is not None
    assert by_days.ci_high_s - by_days.ci_low_s > 3 * (by_visits.ci_high_s - by_visits.ci_low_s)


def test_one_visit_has_a_mean_and_no_interval() -> None:
    found = measured([visit(600)])
    assert (found.mean_s, found.ci_low_s, found.ci_high_s) == (600, None, None)


def test_every_dimension_has_its_key() -> None:
    assert {*KEYS, *CALENDAR, Dimension.AGENCY, Dimension.GROUP} == set(Dimension)
    assert all(grouped([visit(60)], dimension, HOURS, CONFIG) for dimension in set(Dimension) - EMPTY)


def test_a_visit_of_two_counters_stands_in_both() -> None:
    one = visit(60)
    both = replace(
        one, legs=(*one.legs, replace(one.legs[0], number=2, counter=CounterId("c2"), service=LAND))
    )
    groups = grouped([one, both], Dimension.COUNTER, HOURS, CONFIG)
    assert {key: len(found) for key, found in groups.items()} == {"c1": 2, "c2": 1}
    assert set(grouped([both], Dimension.SERVICE, HOURS, CONFIG)) == {CIVIL}


def test_hours_and_weekdays_are_the_offices_own() -> None:
    assert set(grouped([visit(60)], Dimension.HOUR, HOURS, CONFIG)) == {"07"}
    assert set(grouped([visit(60)], Dimension.WEEKDAY, HOURS, CONFIG)) == {"4"}


def test_a_day_stands_in_its_week_month_quarter_and_year() -> None:
    new_year = visit(60, day=date(2027, 1, 1))
    keys = {
        dimension: next(iter(grouped([new_year], dimension, HOURS, CONFIG)))
        for dimension in (Dimension.WEEK, Dimension.MONTH, Dimension.QUARTER, Dimension.YEAR)
    }
    assert list(keys.values()) == ["2026-W53", "2027-01", "2027-Q1", "2027"]
