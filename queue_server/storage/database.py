"""One office's database: opened by its URL, brought to today's tables, with the driver's own connections."""

import sqlite3
import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from queue_server.engine.ports import StorageFailed
from queue_server.storage.tables import HEAD

BUSY_S = 10.0
"""How long a SQLite connection waits for another's write."""
WAL_PAGES = 8000
"""How far SQLite's write-ahead file grows (32 MB) before a commit takes the time to fold it in: a ticket
writes some ten pages, so at the usual 1000 one commit in a hundred would."""

WRITER_CACHE_KB = 8_000
"""Pages of the day the writer keeps in memory: of SQLite's usual 2,000 some are read anew at every ticket."""


def sqlite_url(directory: Path) -> str:
    """The URL of the office's own SQLite file."""
    return sqlite_file(directory / "office.db")


def sqlite_file(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{path}"


def insert_of(is_sqlite: bool) -> Any:
    """INSERT with ON CONFLICT, of SQLite or PostgreSQL; what is not used is not imported."""
    if is_sqlite:
        from sqlalchemy.dialects import sqlite

        return sqlite.insert
    from sqlalchemy.dialects import postgresql

    return postgresql.insert


class Database:
    """SQLAlchemy's engine and the raw connections of one database.

    `url` is a SQLAlchemy URL: `sqlite:///…/office.db` or `postgresql://user:password@host/database`.
    """

    def __init__(self, url: str) -> None:
        made = sa.make_url(url)
        if made.drivername == "postgresql":
            made = made.set(drivername="postgresql+psycopg")
        self.url = made
        self.is_sqlite = made.get_backend_name() == "sqlite"
        options: dict[str, Any] = {"connect_args": {"timeout": BUSY_S}} if self.is_sqlite else {}
        self.engine = sa.create_engine(made, hide_parameters=True, **options)
        if self.is_sqlite:
            sa.event.listen(self.engine, "connect", _sqlite_durable)

    @property
    def insert(self) -> Any:
        """The dialect's INSERT, which knows ON CONFLICT."""
        return insert_of(self.is_sqlite)

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return Path(self.url.database or "")

    def migrate(self) -> None:
        """Bring the tables to today's shape; raises StorageFailed when a newer program has changed them."""
        self._make_private()
        with self.engine.connect() as connection:
            found = revision(connection)
        if found == HEAD:
            return
        from queue_server.storage import migrate  # Alembic takes 0.2 s to import

        migrate.upgrade(self.engine, found)

    def raw(self) -> Any:
        """A driver connection in autocommit mode, for hand-written transactions."""
        if self.is_sqlite:
            self._make_private()
            connection = sqlite3.connect(
                self.path,
                timeout=BUSY_S,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=256,
            )
            _sqlite_durable(connection, None)
            connection.execute(f"PRAGMA cache_size=-{WRITER_CACHE_KB}")
            return connection
        import psycopg  # an optional extra

        url = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(url, autocommit=True)

    def _make_private(self) -> None:
        """The file holds password hashes: it is its owner's alone from the first byte."""
        if self.is_sqlite and not self.path.exists():
            self.path.touch(mode=0o600)

    def close(self) -> None:
        self.engine.dispose()


def revision(connection: sa.Connection) -> str | None:
    """The migration the database stands at, None when it is empty."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def database_errors() -> tuple[type[Exception], ...]:
    """What SQLAlchemy and the drivers raise. PostgreSQL's raises nothing where it is not imported, and its
    import takes a start 0.1 s."""
    common = (sqlite3.Error, sa.exc.SQLAlchemyError, OSError, StorageFailed)
    psycopg = sys.modules.get("psycopg")
    return common if psycopg is None else (*common, psycopg.Error)


def _sqlite_durable(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint={WAL_PAGES}")
