"""Days cut into cells, packed and merged: the figures are those of the visits, to the last digit."""

from collections import Counter
from dataclasses import fields, replace
from datetime import date, timedelta

import numpy as np
import pytest
from fakes.office_day import C1, C2, HOURS, OPENING, OfficeDay
from fakes.random_days import DAYS, Act, play
from fakes.small_office import CIVIL, LAND
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import commands as c
from queue_server.domain.ids import CounterId, OfficerId, PriorityGroupId, ServiceId, TicketId
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket import Channel
from queue_server.waits.cells import ALL, IN_SCOPES, STORED, Day, cells, split
from queue_server.waits.figures import LegRecord, Outcome, VisitRecord
from queue_server.waits.groups import KEYS, Dimension
from queue_server.waits.lengths import lengths
from queue_server.waits.measure import measure
from queue_server.waits.packed import (
    HISTOGRAMS,
    NAMED,
    SCALARS,
    BadCell,
    Cell,
    cell_of,
    packed,
    pool_of,
    together,
    unpacked,
)
from queue_server.waits.tally import DayTally, figures, figures_of_pool
from queue_server.waits.work import WorkBook

FIRST = date(2026, 11, 9)
TARGETS = (20.0, 15.0)


def _visit(
    day: int,
    minute: int,
    service: ServiceId,
    counters: list[str],
    wait_s: float,
    outcome: Outcome,
    told: tuple[int, int, int, int] | None,
    service_class: ServiceClass,
) -> VisitRecord:
    at = OPENING + timedelta(days=(FIRST - OPENING.date()).days + day, minutes=minute)
    called = None if outcome is Outcome.ABANDONED else at + timedelta(seconds=wait_s)
    waited = None if called is None else wait_s
    legs = tuple(
        LegRecord(
            n,
            service,
            CounterId(counter),
            OfficerId(f"o{counter}"),
            at,
            called,
            called,
            called,
            waited,
            waited,
            wait_s / 9,
            wait_s / 3,
        )
        for n, counter in enumerate(counters, 1)
    )
    return VisitRecord(
        TicketId(f"{day}-{minute}"),
        "A001",
        FIRST + timedelta(days=day),
        at,
        outcome,
        service,
        service_class,
        PriorityGroupId("elderly") if service_class is ServiceClass.PRIORITY else None,
        Channel.KIOSK,
        None,
        legs,
        waited,
        waited,
        waited,
        told,
        frozenset({"out_of_turn"}) if wait_s > 2000 else frozenset(),
        None if outcome is Outcome.OPEN else wait_s,
    )


VISITS = st.lists(
    st.builds(
        _visit,
        st.integers(0, 12),
        st.integers(0, 400),
        st.sampled_from([CIVIL, LAND]),
        st.lists(st.sampled_from(["c1", "c2"]), min_size=1, max_size=2, unique=True),
        st.floats(0, 8000).map(lambda s: round(s, 6)),
        st.sampled_from(Outcome),
        st.none() | st.just((5, 9, 14, 12)) | st.just((30, 45, 70, 60)),
        st.sampled_from(ServiceClass),
    ),
    max_size=80,
)


def days_of(visits: list[VisitRecord]) -> list[Day]:
    dates = sorted({visit.day for visit in visits})
    return [Day(day, [v for v in visits if v.day == day], HOURS) for day in dates]


def rows(days: list[Day], scope: str, dimension: Dimension) -> list[dict[str, Cell]]:
    """What storage would give back of each day."""
    found = []
    for day in days:
        sums = cells(day).get((scope, dimension), {})
        found.append(unpacked(packed({key: cell_of(one, day.day) for key, one in sums.items()})))
    return found


def rng() -> np.random.Generator:
    return np.random.default_rng(20)


@given(VISITS, st.sampled_from(STORED))
def test_merged_days_have_the_figures_of_their_visits(visits: list[VisitRecord], by: Dimension) -> None:
    merged = together(rows(days_of(visits), ALL, by))
    for key, cell in merged.items():
        mine = [v for v in visits if key in split(Day(v.day, [v], HOURS), by)]
        assert figures_of_pool(pool_of([cell]), TARGETS, rng()) == figures(mine, TARGETS, rng())
    assert set(merged) >= {key for day in days_of(visits) for key in split(day, by)}


@given(VISITS, st.integers(0, 10))
def test_it_does_not_matter_in_which_steps_a_period_is_merged(visits: list[VisitRecord], at: int) -> None:
    parts = rows(days_of(visits), ALL, Dimension.SERVICE)
    once = packed(together(parts))
    halves = [unpacked(packed(together(parts[:at]))), unpacked(packed(together(parts[at:])))]
    assert packed(together(halves)) == once
    assert packed(together(reversed(halves))) == once


@given(VISITS)
def test_services_together_are_the_office(visits: list[VisitRecord]) -> None:
    days = days_of(visits)
    by_service = together(rows(days, ALL, Dimension.SERVICE))
    found = figures_of_pool(pool_of(list(by_service.values())), TARGETS, rng())
    assert found == figures(visits, TARGETS, rng())


@given(VISITS, st.sampled_from(IN_SCOPES))
def test_a_services_own_cells_are_of_its_visits_only(visits: list[VisitRecord], by: Dimension) -> None:
    days = days_of(visits)
    mine = [v for v in visits if v.service == LAND]
    for key, cell in together(rows(days, LAND, by)).items():
        of_key = [v for v in mine if key in split(Day(v.day, [v], HOURS), by)]
        assert figures_of_pool(pool_of([cell]), TARGETS, rng()) == figures(of_key, TARGETS, rng())


@given(VISITS)
def test_everything_that_is_counted_comes_back(visits: list[VisitRecord]) -> None:
    for day in days_of(visits):
        day = replace(day, counters={"c1": Counter({"serving": 7, "idle": 2})})
        for key, sums in split(day, Dimension.OFFICE).items():
            (row,) = [unpacked(packed({key: cell_of(sums, day.day)}))]
            assert pool_of([row[key]]).total == sums


def test_every_sum_of_a_day_is_packed() -> None:
    assert {*SCALARS, *HISTOGRAMS, *NAMED} == {field.name for field in fields(DayTally)}


def test_every_dimension_of_visits_is_stored() -> None:
    assert set(KEYS) < set(STORED)


def test_bytes_of_something_else_are_refused() -> None:
    with pytest.raises(BadCell):
        unpacked(b"nonsense")


def test_nothing_is_an_empty_period() -> None:
    assert unpacked(packed({})) == {}
    assert figures_of_pool(pool_of([]), TARGETS, rng()).n == 0


def test_the_queue_is_counted_at_every_five_minutes() -> None:
    day = OfficeDay()
    day.until(8)
    day.issue()
    day.issue()
    day.wait(7 * 60)
    day.serve(C1)
    visits = measure(day.journal)
    eight = 8 * 12
    found = lengths(visits, OPENING.date(), HOURS, day.at)
    assert {mark - eight: n for mark, n in found.items()} == {0: 2, 1: 2, 2: 1}


def test_those_who_were_never_called_are_in_the_queue_until_they_left() -> None:
    day = OfficeDay()
    day.until(8)
    day.issue()
    day.until(8, 20)
    assert day.do(c.CloseDay)
    found = lengths(measure(day.journal), OPENING.date(), HOURS, None)
    assert sorted(found) == [96, 97, 98, 99]


def worked(day: OfficeDay) -> dict[str, dict[str, float]]:
    book = WorkBook(HOURS)
    for recorded in day.journal:
        book.hear(recorded)
    counters, _ = book.until(day.at)
    return {id_: {s: us / 1e6 for s, us in times.items()} for id_, times in counters.items()}


def test_the_day_of_a_counter_is_made_of_its_states() -> None:
    day = OfficeDay()
    day.issue()
    day.wait(100)
    day.serve(C1, walk=20, service=300)
    day.wait(60)
    assert day.do(c.PauseCounter, counter=C1, reason="Nghỉ")
    day.wait(500)
    found = worked(day)
    assert found["c1"] == {"idle": 160, "calling": 20, "serving": 300, "paused": 500}
    assert found["c2"] == {"idle": 980}


def test_an_act_taken_back_gives_the_counter_its_state_back() -> None:
    day = OfficeDay()
    day.issue()
    assert day.do(c.CallNext, counter=C2)
    day.wait(5)
    assert day.do(c.Undo, counter=C2)
    day.wait(55)
    assert worked(day)["c2"] == {"calling": 5, "idle": 55}


def test_who_forgot_to_sign_off_is_counted_until_the_office_closed() -> None:
    day = OfficeDay()
    day.until(16)
    day.wait(24 * 3600)
    assert day.do(c.Tick, by=c.SYSTEM)
    assert worked(day)["c1"] == {"idle": 9.5 * 3600}


@given(DAYS)
def test_counters_are_in_one_state_at_a_time(acts: list[Act]) -> None:
    day = OfficeDay()
    for act in acts:
        play(day, act)
    elapsed = (day.at - OPENING).total_seconds()
    for counter, times in worked(day).items():
        assert sum(times.values()) == pytest.approx(elapsed, abs=1e-3), counter
        now = day.office.counters[CounterId(counter)].state.value
        before = sum(times.values())
        day.wait(10)
        later = worked(day)[counter]
        assert later[now] == pytest.approx(times.get(now, 0) + 10) and sum(later.values()) > before
        day.at -= timedelta(seconds=10)
