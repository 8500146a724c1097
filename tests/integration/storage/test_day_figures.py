"""Figures of past days in real databases: made from the journal, made again the same, merged exactly."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
import sqlalchemy as sa
from fakes.fake_clock import FakeClock
from fakes.places import SqlitePlace
from fakes.running import ask, running
from fakes.small_office import CIVIL, LAND, OFFICER, call_next, command_id, issue, open_counter, sign_on
from fakes.small_office import COUNTER as C1

from queue_server.domain import commands as c
from queue_server.engine.writer import SingleWriter
from queue_server.storage import tables as t
from queue_server.storage.day_figures import SqlDayFigures
from queue_server.storage.day_figures_rebuild import day_of, rebuild
from queue_server.storage.day_figures_tables import figure_cells, figure_periods
from queue_server.storage.history import History
from queue_server.waits.cover import cover
from queue_server.waits.groups import Dimension
from queue_server.waits.packed import FORMAT, pool_of
from queue_server.waits.period import DayRange
from queue_server.waits.tally import figures, figures_of_pool

MORNING = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)
FIRST = date(2026, 11, 29)
DAYS = [FIRST + timedelta(days=n) for n in range(4)]


def serve(engine: SingleWriter, clock: FakeClock, wait_s: float, service: str) -> None:
    assert ask(engine, issue(service=service)).refusal is None  # type: ignore[arg-type]
    clock.advance(timedelta(seconds=wait_s))
    for command in (
        call_next(),
        c.StartService(id=command_id(), by=OFFICER, counter=C1),
        c.EndService(id=command_id(), by=OFFICER, counter=C1),
    ):
        clock.advance(timedelta(seconds=10))
        assert ask(engine, command).refusal is None


@pytest.fixture
def four_days(sql_place: SqlitePlace) -> Iterator[SqlitePlace]:
    """Three served visits a day, over the end of a month; the last is not over; the engine has stopped."""
    clock = FakeClock(MORNING)
    with running(sql_place.journal(), clock) as engine:
        for number in range(4):
            for command in (sign_on(), open_counter()):
                assert ask(engine, command).refusal is None
            for wait_s, service in ((100 + number, CIVIL), (700.25, LAND), (1500, CIVIL)):
                serve(engine, clock, wait_s, service)
            if number < 3:
                clock.advance(MORNING + timedelta(days=number + 1) - clock.now())
                ask(engine, c.Tick(id=command_id(), by=c.SYSTEM))
    yield sql_place


def everything(place: SqlitePlace) -> list[tuple[object, ...]]:
    query = sa.select(figure_cells).order_by(*figure_cells.primary_key.columns)
    with place.database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_days_that_are_over_are_stored_and_merged_once(four_days: SqlitePlace) -> None:
    store = SqlDayFigures(four_days.database)
    assert store.stale() == DAYS[:3]
    assert rebuild(four_days.database) == (3, 4 - 1)
    assert (store.stale(), store.stored().days) == ([], tuple(DAYS[:3]))
    assert store.stored().merged == {"2026-11", "2026-12", "2026"}
    assert rebuild(four_days.database) == (0, 0)


def test_what_is_read_back_are_the_figures_of_the_visits(four_days: SqlitePlace) -> None:
    rebuild(four_days.database)
    store, history = SqlDayFigures(four_days.database), History(four_days.database)
    for first, last in ((0, 2), (1, 1), (1, 2), (0, 0)):
        periods = cover(DayRange(DAYS[first], DAYS[last]), store.stored())
        rows = store.read(periods, Dimension.SERVICE)
        for service in (CIVIL, LAND):
            visits = [
                visit
                for day in DAYS[first : last + 1]
                for visit in day_of(history, day).visits
                if visit.service == service
            ]
            pooled = pool_of([cells[service] for _, _, cells in rows])
            found = figures_of_pool(pooled, [20.0], np.random.default_rng(1))
            assert found == figures(visits, [20.0], np.random.default_rng(1)) and found.n == len(visits) > 0
    (scoped,) = store.read(["2026-12"], Dimension.COUNTER, [LAND])
    assert (scoped[0], scoped[1], pool_of([scoped[2][C1]]).total.n) == ("2026-12", LAND, 1)


def test_every_day_made_again_is_the_same_to_the_byte(four_days: SqlitePlace) -> None:
    rebuild(four_days.database)
    before = everything(four_days)
    told: list[tuple[int, int]] = []
    assert rebuild(four_days.database, DAYS[:3], lambda *at: told.append(at)) == (3, 3)
    assert everything(four_days) == before and len(before) > 30
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_day_changed_later_is_made_again(four_days: SqlitePlace) -> None:
    store = SqlDayFigures(four_days.database)
    rebuild(four_days.database)
    changes = store.changes()
    visits = t.visits
    with four_days.database.engine.begin() as connection:
        of_day = visits.c.day == DAYS[1].isoformat()
        connection.execute(sa.update(visits).where(of_day).values(changed_seq=store.last_seq() + 1))
    assert store.stale() == [DAYS[1]]
    rebuild(four_days.database)
    assert store.changes() > changes


def test_a_month_is_not_served_merged_while_one_of_its_days_is_newer(four_days: SqlitePlace) -> None:
    rebuild(four_days.database)
    store, history = SqlDayFigures(four_days.database), History(four_days.database)
    store.put(DAYS[1], {}, 1)
    assert store.stored().merged == {"2026-12"}
    assert cover(DayRange(DAYS[0], DAYS[2]), store.stored()) == ["2026-11-29", "2026-11-30", "2026-12"]
    assert day_of(history, DAYS[1]).visits


def test_rows_of_another_format_are_made_again(four_days: SqlitePlace) -> None:
    rebuild(four_days.database)
    with four_days.database.engine.begin() as connection:
        connection.execute(sa.update(figure_periods).values(format=FORMAT + 1))
    store = SqlDayFigures(four_days.database)
    assert (store.stored().days, store.stale()) == ((), DAYS[:3])
    assert rebuild(four_days.database) == (3, 3)


def test_counters_times_are_kept_with_the_day(four_days: SqlitePlace) -> None:
    rebuild(four_days.database)
    store = SqlDayFigures(four_days.database)
    ((_, _, counters),) = store.read([DAYS[0].isoformat()], Dimension.COUNTER)
    times = pool_of([counters[C1]]).total.work
    assert times["calling"] == times["serving"] == 30_000_000
    ((_, _, officers),) = store.read([DAYS[0].isoformat()], Dimension.OFFICER)
    assert pool_of([officers["lan"]]).total.work == times


def test_the_office_file_of_a_past_day_is_found_by_its_index(four_days: SqlitePlace) -> None:
    history = History(four_days.database)
    span = history.span(DAYS[2])
    assert span is not None and history.config_before(span[0]) is not None
    assert history.config_before(1) is None
    if four_days.database.is_sqlite:
        with four_days.database.engine.connect() as connection:
            plan = connection.exec_driver_sql(
                "EXPLAIN QUERY PLAN SELECT * FROM journal WHERE type = 'office.configured' AND seq < 9"
                " ORDER BY seq DESC LIMIT 1"
            ).all()
        assert "journal_configured" in str(plan)
