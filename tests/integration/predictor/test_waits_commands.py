"""`motcua waits learn | rebuild | demand`, really run on a small journal and on a small log."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from fakes.office_day import OfficeDay
from fakes.small_office import CIVIL, LAND
from typer.testing import CliRunner, Result

from queue_server.cli import app
from queue_server.clock import SystemClock
from queue_server.domain import commands as c
from queue_server.domain import ids
from queue_server.domain.events import TicketEnded
from queue_server.engine.ports import Answer, Append
from queue_server.predictor import learning
from queue_server.predictor.model_file import NAME, read
from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.day_figures import SqlDayFigures
from queue_server.storage.journal import SqlJournal
from queue_server.waits.trees import Growth

DAYS, A_DAY = 7, 50
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def some_days(days: int) -> OfficeDay:
    """Two counters, two services, days that end two days before today: midnight may pass meanwhile."""
    today = SystemClock().now().astimezone(HANOI).date()
    first = datetime.combine(today - timedelta(days=days + 1), time(7, 30), HANOI)
    day, rng = OfficeDay(at=first), np.random.default_rng(3)
    for number in range(days):
        if number:
            for counter in (1, 2):
                day.do(c.SignOff, counter=f"c{counter}")
            day.at = first + timedelta(days=number)
            day.do(c.Tick)
            for counter in (1, 2):
                day.do(c.SignOn, counter=f"c{counter}", officer=f"o{counter}")
                day.do(c.OpenCounter, counter=f"c{counter}")
        for _ in range(A_DAY):
            day.issue((CIVIL, LAND)[int(rng.integers(2))])
            day.wait(float(rng.exponential(60)))
        for served in range(A_DAY):
            counter = ids.CounterId(f"c{served % 2 + 1}")
            day.serve(counter, walk=10, service=float(rng.exponential(90)))
    day.at = first + timedelta(days=days)
    day.do(c.Tick)  # the last day is over
    return day


def kept(day: OfficeDay, folder: Path) -> Path:
    """The directory of an office with this journal."""
    database = Database(sqlite_url(folder))
    database.migrate()
    journal = SqlJournal(database, None)
    journal.open("boot")
    tick = c.Tick(id=ids.CommandId("all-of-it"), by=c.SYSTEM)
    journal.append(
        [Append(tick, tuple(day.journal), Answer(tick.id, day.at, seq=day.office.seq))], day.office
    )
    journal.close()
    database.close()
    return folder


@pytest.fixture(scope="module")
def past() -> OfficeDay:
    return some_days(DAYS)


@pytest.fixture
def folder(past: OfficeDay, tmp_path: Path) -> Path:
    return kept(past, tmp_path)


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Few trees and few runs."""
    quick = partial(learning.learn, growth=Growth(trees=6, depth=3, least=10), runs=4)
    monkeypatch.setattr(learning, "learn", quick)
    yield


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["waits", *map(str, words)])


def test_learn_leaves_a_model_of_the_journal_and_says_what_it_proved(folder: Path, past: OfficeDay) -> None:
    said = run("learn", "--dir", folder)
    assert said.exit_code == 0, said.output
    assert f"Learnt from {DAYS * A_DAY} visits. Error on the last {2 * A_DAY}:" in said.stdout
    assert "it is used" in said.stdout or "it is not used, because it is no better" in said.stdout
    model = read(folder / NAME)
    last = max(one.at for one in past.journal if isinstance(one.event, TicketEnded))
    assert model.until == last.astimezone(HANOI).date().toordinal()
    assert [name for _, name in model.names.services] == sorted([CIVIL, LAND])
    assert model.taught.proof.n == 2 * A_DAY


def test_learn_says_that_a_few_days_are_too_few_and_leaves_nothing(tmp_path: Path) -> None:
    said = run("learn", "--dir", kept(some_days(2), tmp_path))
    assert said.exit_code == 0
    assert "Nothing learnt: 100 visits on 2 days are too few" in said.stdout
    assert not (tmp_path / NAME).exists()


def test_learn_and_rebuild_say_what_to_do_where_there_is_no_journal(tmp_path: Path) -> None:
    for command in ("learn", "rebuild"):
        said = run(command, "--dir", tmp_path)
        assert said.exit_code == 1
        assert "start the office once" in said.stderr


def test_rebuild_makes_every_day_that_is_over_then_only_what_is_asked_for(folder: Path) -> None:
    assert "7 days made from the journal" in run("rebuild", "--dir", folder).stdout
    database = Database(sqlite_url(folder))
    store = SqlDayFigures(database)
    days = store.over()
    assert len(days) == DAYS and store.stale() == []
    database.close()
    assert "0 days made" in run("rebuild", "--dir", folder, "--stale").stdout
    some = run("rebuild", "--dir", folder, "--from", days[2], "--to", days[4])
    assert "3 days made from the journal" in some.stdout, some.output


def log_file(folder: Path, days: int) -> Path:
    rows = ["date,service,issued,called"]
    for day in range(1, days + 1):
        for n in range(40):
            at = 8 * 60 + 6 * n
            called = at + n % 9
            row = (
                f"2026-03-{day:02},s{n % 2}",
                f"{at // 60}:{at % 60:02}",
                f"{called // 60}:{called % 60:02}",
            )
            rows.append(",".join(row))
    file = folder / "log.csv"
    file.write_text("\n".join(rows) + "\n", "utf-8")
    return file


def test_demand_says_how_wrong_each_forecast_of_arrivals_would_have_been(tmp_path: Path) -> None:
    said = run("demand", "--format", "tickets", log_file(tmp_path, 14))
    assert said.exit_code == 0, said.output
    assert "5 days forecast" in said.stdout
    assert "every half hour, told before the day" in said.stdout and "rescaled" in said.stdout


def test_demand_says_what_to_do_with_a_log_that_is_too_short(tmp_path: Path) -> None:
    said = run("demand", "--format", "tickets", log_file(tmp_path, 2))
    assert (said.exit_code, "Give a longer log" in said.stderr) == (2, True)
