"""A database that fails at the start costs no day its figures: today's visits are read until it answers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

from fakes import small_office
from fakes.fake_clock import FakeClock

from queue_server.domain.office import Office
from queue_server.engine.ports import Engine
from queue_server.predictor.book import PredictionBook
from queue_server.storage.database import Database, sqlite_url
from queue_server.waits_room import WaitsRoom


class Listened:
    """Stands for the engine: `again` happens when somebody begins to hear it for the second time."""

    def __init__(self) -> None:
        self.office = Office(day=date(2026, 11, 20), config=small_office.config())
        self.heard, self.again = 0, lambda: None

    def subscribe(self, _told: object) -> Callable[[], None]:
        self.heard += 1
        if self.heard == 2:
            self.again()
        return lambda: None


def opened_on(database: Database, engine: Listened, folder: Path) -> WaitsRoom:
    clock = FakeClock()
    return WaitsRoom(
        database,
        folder,
        folder / "office.toml",
        cast(Engine, engine),
        clock,
        small_office.config(),
        PredictionBook(clock),
        again_s=0,
    )


def test_a_database_that_fails_at_the_start_is_asked_again_until_it_answers(tmp_path: Path) -> None:
    database, engine = Database(sqlite_url(tmp_path)), Listened()
    room = opened_on(database, engine, tmp_path)

    def answers_now() -> None:
        database.migrate()
        room.stop()  # what would think of it all day is not this test's

    engine.again = answers_now
    room.open()
    assert engine.heard == 2 and room.today_is_read
    database.close()


def test_a_server_that_ends_asks_a_failing_database_no_more(tmp_path: Path) -> None:
    database, engine = Database(sqlite_url(tmp_path)), Listened()
    room = opened_on(database, engine, tmp_path)
    room.stop()
    room.open()
    assert engine.heard == 1 and not room.today_is_read
    database.close()
