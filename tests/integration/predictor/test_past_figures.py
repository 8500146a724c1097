"""Figures of ranges beside a running office: equal to the visits' own, today included; days are kept."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from fakes.fake_clock import FakeClock
from fakes.ready_database import ready_database
from fakes.running import Heard, ask, running
from fakes.small_office import (
    CIVIL,
    COUNTER,
    LAN,
    LAND,
    OFFICER,
    call_next,
    command_id,
    issue,
    open_counter,
    sign_on,
)
from typer.testing import CliRunner

from queue_server.cli import app
from queue_server.domain import commands as c
from queue_server.domain.ids import ServiceId
from queue_server.engine.writer import SingleWriter
from queue_server.predictor.figures import SEED, LiveFigures
from queue_server.predictor.keeper import Keeper
from queue_server.predictor.past import Figured
from queue_server.storage.database import Database
from queue_server.storage.day_figures import SqlDayFigures
from queue_server.storage.day_figures_rebuild import rebuild, visits_of
from queue_server.storage.history import History
from queue_server.storage.journal import SqlJournal
from queue_server.storage.keys import Keys
from queue_server.waits.groups import Dimension, grouped
from queue_server.waits.period import Asked, DayRange
from queue_server.waits.tally import figures

MORNING = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
FIRST = date(2026, 11, 27)
TODAY = FIRST + timedelta(days=6)
DEADLINE_S = 30.0


@dataclass
class Office:
    engine: SingleWriter
    clock: FakeClock
    database: Database
    live: LiveFigures
    figured: Figured

    def told(self) -> None:
        heard = Heard()
        stop = self.engine.subscribe(heard)
        last = ask(self.engine, c.ReportFault(id=command_id(), by=c.SYSTEM, device="d", fault="f")).seq
        heard.until(lambda news: any(one.seq >= last for one in news))
        stop()

    def serve(self, wait_s: float, service: ServiceId) -> None:
        assert ask(self.engine, issue(service=service)).refusal is None
        self.clock.advance(timedelta(seconds=wait_s))
        for command in (
            call_next(),
            c.StartService(id=command_id(), by=OFFICER, counter=COUNTER),
            c.EndService(id=command_id(), by=OFFICER, counter=COUNTER),
        ):
            self.clock.advance(timedelta(seconds=7.5))
            assert ask(self.engine, command).refusal is None

    def begin_day(self) -> None:
        for command in (sign_on(), open_counter()):
            assert ask(self.engine, command).refusal is None


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Six days that are over and one under way; nothing is stored yet."""
    database, clock = ready_database(tmp_path), FakeClock(MORNING)
    with running(SqlJournal(database, Keys.open(tmp_path)), clock) as engine:
        live = LiveFigures(engine, History(database).of_day, clock, lambda day: visits_of(database, day))
        live.start()
        made = Office(engine, clock, database, live, Figured(engine, live, SqlDayFigures(database)))
        for number in range(7):
            made.begin_day()
            for wait_s, service in ((60.0 * number, CIVIL), (1300.125, LAND), (30.0, CIVIL)):
                made.serve(wait_s, service)
            ask(engine, issue())
            if number < 6:
                clock.advance(MORNING + timedelta(days=number + 1) - clock.now())
                ask(engine, c.Tick(id=command_id(), by=c.SYSTEM))
        made.told()
        yield made
        live.stop()
    database.close()


def test_every_dimension_of_a_range_has_the_figures_of_its_visits(office: Office) -> None:
    rebuild(office.database)
    for services in (None, frozenset({CIVIL}), frozenset({CIVIL, LAND})):
        for by in Dimension:
            compare(office, by, services)


def compare(office: Office, by: Dimension, services: frozenset[ServiceId] | None) -> None:
    config = office.engine.office.config
    assert config is not None
    for first, last in ((0, 6), (1, 4), (6, 6), (0, 3)):
        days = DayRange(FIRST + timedelta(days=first), FIRST + timedelta(days=last))
        visits = [
            visit
            for number in range(first, last + 1)
            for visit in office.live.visits(FIRST + timedelta(days=number))
            if services is None or visit.service in services
        ]
        groups = grouped(visits, by, config.hours, config)
        answer = office.figured.figures_for(Asked(days, by, services))
        assert answer.not_yet == 0
        assert {key: group.figures for key, group in answer.by_key.items() if group.figures.n} == {
            key: found
            for key, mine in groups.items()
            if (found := figures(mine, [], np.random.default_rng(SEED))).n
        }


def test_the_same_question_is_answered_from_memory_until_a_day_changes(office: Office) -> None:
    rebuild(office.database)
    asked = Asked(DayRange(FIRST, FIRST + timedelta(days=2)), Dimension.SERVICE)
    first = office.figured.figures_for(asked)
    assert office.figured.figures_for(asked) is first
    rebuild(office.database, [FIRST])
    again = office.figured.figures_for(asked)
    assert again is not first and again == first


def test_days_that_are_not_made_yet_are_counted(office: Office) -> None:
    rebuild(office.database, [FIRST])
    answer = office.figured.figures_for(Asked(DayRange(FIRST, TODAY)))
    assert (answer.not_yet, answer.groups[0].days, answer.groups[0].figures.n) == (5, 2, 6)
    assert office.figured.first_day() == FIRST


def test_nothing_is_known_of_days_to_come(office: Office) -> None:
    later = DayRange(TODAY + timedelta(days=1), TODAY + timedelta(days=9))
    answer = office.figured.figures_for(Asked(later))
    assert (answer.groups[0].figures.n, answer.groups[0].figures.mean_s, answer.not_yet) == (0, None, 0)
    assert office.figured.figures_for(Asked(later, Dimension.HOUR)).groups == ()


def test_today_moves_with_every_visit_and_its_counters_work(office: Office) -> None:
    asked = Asked(DayRange(TODAY, TODAY), Dimension.COUNTER)
    before = office.figured.figures_for(asked).by_key[COUNTER]
    office.serve(90, LAND)
    office.told()
    after = office.figured.figures_for(asked).by_key[COUNTER]
    assert (before.figures.n, after.figures.n) == (3, 4)
    assert after.total.work["serving"] == before.total.work["serving"] + 7_500_000
    by_officer = office.figured.figures_for(Asked(DayRange(TODAY, TODAY), Dimension.OFFICER))
    assert by_officer.by_key[LAN].total.work == after.total.work
    whole = office.figured.figures_for(Asked(DayRange(TODAY, TODAY))).groups[0]
    assert whole.total.work == after.total.work
    assert sum(whole.total.lengths.values()) > 0


class Done:
    """A rebuild that is done where it is begun."""

    def __init__(self, office: Office, done: Callable[[], None]) -> None:
        rebuild(office.database)
        done()

    def poll(self) -> int | None:
        return 0

    def terminate(self) -> None:
        raise AssertionError("it was over already")


def test_days_are_kept_at_start_and_at_each_turn(office: Office) -> None:
    store, made = SqlDayFigures(office.database), threading.Semaphore(0)
    keeper = Keeper(office.engine, store.stale, lambda: Done(office, made.release), settle_s=0.01)
    keeper.start()
    try:
        assert made.acquire(timeout=DEADLINE_S)
        assert store.stored().days == tuple(FIRST + timedelta(days=n) for n in range(6))
        office.clock.advance(timedelta(days=1))
        ask(office.engine, c.Tick(id=command_id(), by=c.SYSTEM))
        assert made.acquire(timeout=DEADLINE_S)
        assert store.stored().days[-1] == TODAY
    finally:
        keeper.stop()


def test_the_command_makes_every_day_again(office: Office, tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["waits", "rebuild", "--dir", str(tmp_path), "--to", "2026-11-29"])
    assert (run.exit_code, run.stdout) == (0, "3 days made from the journal, 2 months and years merged.\n")
    run = CliRunner().invoke(app, ["waits", "rebuild", "--dir", str(tmp_path), "--stale"])
    assert run.stdout.startswith("3 days made")
    run = CliRunner().invoke(app, ["waits", "rebuild", "--dir", str(tmp_path), "--stale"])
    assert run.stdout.startswith("0 days made")
