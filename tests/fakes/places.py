"""Where a journal lives in a test, seen alike: opened several times, its lock cut, its rows looked at."""

from pathlib import Path
from typing import Protocol

import psycopg
import sqlalchemy as sa

from queue_server.engine.ports import Journal
from queue_server.storage import tables as t
from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.journal import SLOW_S, SqlJournal
from queue_server.storage.keys import Keys
from queue_server.storage.locks import lock_file
from queue_server.storage.memory import MemoryJournal, MemoryStore

KEYS = Keys.of(b"s" * 32, b"p" * 32)


class Place(Protocol):
    def journal(self) -> Journal:
        """Another journal on the same office."""
        ...

    def cut(self, journal: Journal) -> None:
        """The journal's lock is lost while its engine believes that it holds it."""
        ...

    def rows(self) -> list[tuple[int, str]]:
        """(seq, command) of everything that is written."""
        ...

    def close(self) -> None: ...


class MemoryPlace:
    def __init__(self) -> None:
        self.store = MemoryStore()

    def journal(self) -> MemoryJournal:
        return MemoryJournal(self.store)

    def cut(self, journal: Journal) -> None:
        assert isinstance(journal, MemoryJournal)
        journal.lose_lock()

    def rows(self) -> list[tuple[int, str]]:
        return [(one.seq, one.command_id) for one in self.store.recorded]

    def close(self) -> None:
        return None


class SqlitePlace:
    """A lock on a file is lost when somebody deletes the file. With `slow_s` 0 every disk is a slow one."""

    def __init__(self, directory: Path, url: str = "", slow_s: float = SLOW_S) -> None:
        self.url, self._slow_s = url or sqlite_url(directory), slow_s
        self.database = Database(self.url)
        self._opened: list[SqlJournal] = []

    def journal(self) -> SqlJournal:
        made = SqlJournal(self.database, KEYS, self._slow_s)
        self._opened.append(made)
        return made

    def cut(self, journal: Journal) -> None:
        lock_file(self.database.path).unlink()

    def rows(self) -> list[tuple[int, str]]:
        j = t.journal
        with self.database.engine.connect() as connection:
            rows = connection.execute(sa.select(j.c.seq, j.c.command_id).order_by(j.c.seq))
            return [(seq, command) for seq, command in rows]

    def close(self) -> None:
        for journal in self._opened:
            journal.close()
        self.database.close()


class PostgresPlace(SqlitePlace):
    """A lock in PostgreSQL is lost with the connection that holds it."""

    def cut(self, journal: Journal) -> None:
        with psycopg.connect(self.url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND"
                " database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            while other.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone() != (
                0,
            ):
                pass
