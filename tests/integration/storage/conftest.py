"""The places where an office's journal may live: memory, SQLite, and a real PostgreSQL run for the tests."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import psycopg
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from fakes.fake_clock import FakeClock
from fakes.places import MemoryPlace, Place, PostgresPlace, SqlitePlace
from fakes.ready_database import ready_database
from fakes.running import ask, running
from fakes.small_office import call_next, issue, open_counter, sign_on

from queue_server.domain.ids import TicketId
from queue_server.storage.database import Database

_names = count(1)


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    pytest.fail("PostgreSQL is not installed; these tests need it: apt-get install postgresql", pytrace=False)


def _as_nobody() -> list[str]:
    """initdb and postgres refuse to run as root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]


@pytest.fixture(scope="session")
def postgres_directory() -> Iterator[Path]:
    """A PostgreSQL that listens on a socket in this directory, for the whole run."""
    binaries, prefix = _binaries(), _as_nobody()
    directory = Path(tempfile.mkdtemp(prefix="motcua-pg-"))
    if prefix:
        shutil.chown(directory, "nobody", "nogroup")

    def run(*words: str) -> None:
        subprocess.run([*prefix, *words], check=True, capture_output=True, cwd="/", timeout=60)

    data, sockets = str(directory / "data"), f"-k {directory} -c listen_addresses= -c fsync=off"
    try:
        run(str(binaries / "initdb"), "-D", data, "-U", "motcua", "--auth=trust", "-E", "UTF8", "--no-sync")
        log = str(directory / "log")
        run(str(binaries / "pg_ctl"), "-D", data, "-o", sockets, "-l", log, "-w", "start")
        try:
            yield directory
        finally:
            run(str(binaries / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _create(directory: Path, name: str, like: str = "template1") -> str:
    with psycopg.connect(f"host={directory} user=motcua dbname=postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy")
    return f"postgresql://motcua@/{name}?host={directory}"


@pytest.fixture(scope="session")
def postgres_template(postgres_directory: Path) -> str:
    """The name of a database with today's tables, made once: others are copies of it."""
    database = Database(_create(postgres_directory, "migrated"))
    database.migrate()
    database.close()
    return "migrated"


@pytest.fixture
def postgres_url(postgres_directory: Path, postgres_template: str) -> str:
    """A fresh database with empty tables."""
    return _create(postgres_directory, f"office_{next(_names)}", postgres_template)


@pytest.fixture
def bare_postgres_url(postgres_directory: Path) -> str:
    """A fresh database without tables."""
    return _create(postgres_directory, f"office_{next(_names)}")


@pytest.fixture(params=["memory", "sqlite", "sqlite, slow", "postgresql", "postgresql, slow"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    yield from _opened(request, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def sql_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    yield from _opened(request, tmp_path)


@pytest.fixture(params=["sqlite, slow", "postgresql, slow"])
def slow_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Every commit but the first is waited for beside."""
    yield from _opened(request, tmp_path)


@pytest.fixture(params=["bare sqlite", "bare postgresql"])
def bare_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A database without tables."""
    yield from _opened(request, tmp_path)


def _opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param.startswith("sqlite"):
        ready_database(tmp_path).close()
    made = _place(request, tmp_path)
    yield made
    made.close()


def _place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    match request.param:
        case "memory":
            return MemoryPlace()
        case "sqlite" | "bare sqlite":
            return SqlitePlace(tmp_path)
        case "sqlite, slow":
            return SqlitePlace(tmp_path, slow_s=0.0)
        case "postgresql, slow":
            return PostgresPlace(tmp_path, request.getfixturevalue("postgres_url"), slow_s=0.0)
        case "postgresql":
            return PostgresPlace(tmp_path, request.getfixturevalue("postgres_url"))
        case _:
            return PostgresPlace(tmp_path, request.getfixturevalue("bare_postgres_url"))


@pytest.fixture
def two_days(sql_place: SqlitePlace) -> Iterator[tuple[SqlitePlace, list[TicketId]]]:
    """Two local days: two tickets on the first (one called), one on the second; the engine has stopped."""
    clock = FakeClock(datetime(2026, 11, 20, 16, 0, tzinfo=UTC))
    with running(sql_place.journal(), clock) as engine:
        first, second, third = issue(), issue(), issue()
        for command in (first, second, sign_on(), open_counter(), call_next()):
            assert ask(engine, command).refusal is None
        clock.advance(timedelta(hours=1, minutes=1))
        assert ask(engine, third).refusal is None
    yield sql_place, [one.ticket for one in (first, second, third)]
