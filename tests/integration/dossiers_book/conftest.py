"""The book on SQLite and on a real PostgreSQL."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from fakes.ready_database import ready_database

from queue_server.storage.database import Database
from queue_server.storage.dossier_book import SqlBook
from tests.integration.storage.conftest import (  # noqa: F401 (fixtures of the same PostgreSQL)
    postgres_directory,
    postgres_template,
    postgres_url,
)

KEY = b"k" * 32


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        made = ready_database(tmp_path)
    else:
        made = Database(request.getfixturevalue("postgres_url"))
    yield made
    made.close()


@pytest.fixture
def opened(database: Database) -> Iterator[Callable[..., SqlBook]]:
    """More books on the same database, each with its own connections, as of other officers."""
    others: list[Database] = []

    def open_(step: Callable[[str], None] = lambda _name: None) -> SqlBook:
        url = database.url.render_as_string(hide_password=False).replace("+psycopg", "")
        others.append(Database(url))
        return SqlBook(others[-1], KEY, step)

    yield open_
    for other in others:
        other.close()
