"""The imported register and the wrong second factors, in ordinary tables that may be forgotten."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Dossier
from queue_server.dossiers.factor import code_digest
from queue_server.dossiers.ports import Found, SourceUnavailable
from queue_server.storage.codec import instant_of, instant_text
from queue_server.storage.database import Database, database_errors
from queue_server.storage.dossier_rows import COLUMNS, dossier_of, row_of
from queue_server.storage.tables import dossier_imports as i
from queue_server.storage.tables import dossier_tries as tr
from queue_server.storage.tables import dossiers as d

NAME = Words("Sổ theo dõi hồ sơ", "Register of dossiers")
TRIES_KEPT = timedelta(days=1)
"""How long wrong second factors are remembered."""
LEFT_LYING = timedelta(hours=6)
"""A generation that is loading for longer belongs to a program that died."""
_PAGE = 4000


class SqlRegister:
    """DossierSource, RegisterBook over a database; each call is a short transaction."""

    name = NAME

    def __init__(self, database: Database) -> None:
        self._database, self._engine = database, database.engine
        mark = "?" if database.is_sqlite else "%s"
        marks = ", ".join([mark] * len(COLUMNS))
        self._insert = f"INSERT INTO dossiers ({', '.join(COLUMNS)}) VALUES ({marks})"
        self._find = (
            sa.select(d, i.c.at)
            .join(i, i.c.generation == d.c.generation)
            .where(d.c.code == sa.bindparam("code"), i.c.state == "done")
            .order_by(d.c.generation.desc())
            .limit(1)
        )

    def find(self, code: str) -> Found | None:
        """The dossier as the newest finished file has it. Raises SourceUnavailable."""
        try:
            with self._engine.connect() as connection:
                row: Any = connection.execute(self._find, {"code": code}).mappings().first()
        except database_errors() as failed:
            raise SourceUnavailable("the register's table cannot be read") from failed
        if row is None:
            return None
        dossier, digests = dossier_of(row)
        return Found(dossier, instant_of(row["at"]), digests)

    def codes(self, most: int) -> list[str]:
        """The first codes of the register, for the demo."""
        query = sa.select(d.c.code).join(i, i.c.generation == d.c.generation).where(i.c.state == "done")
        with self._engine.connect() as connection:
            return list(connection.execute(query.distinct().order_by(d.c.code).limit(most)).scalars())

    def begin(self, name: str, now: datetime) -> int:
        while True:
            try:
                with self._engine.begin() as connection:
                    last = connection.execute(sa.select(sa.func.max(i.c.generation))).scalar() or 0
                    values = {"generation": last + 1, "name": name, "state": "loading"}
                    connection.execute(sa.insert(i).values(**values, at=instant_text(now), good=0, bad=0))
            except sa.exc.IntegrityError:
                continue  # another import began at the same moment
            return int(last) + 1

    def add(self, generation: int, rows: Sequence[tuple[Dossier, tuple[bytes, ...]]]) -> None:
        values = [row_of(generation, dossier, digests) for dossier, digests in rows]
        with self._engine.begin() as connection:
            connection.exec_driver_sql(self._insert, values)

    def finish(self, generation: int, rows: int, bad: int, now: datetime) -> None:
        done = {"state": "done", "at": instant_text(now), "good": rows, "bad": bad}
        with self._engine.begin() as connection:
            connection.execute(sa.update(i).where(i.c.generation == generation).values(**done))

    def abandon(self, generation: int) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.update(i).where(i.c.generation == generation).values(state="abandoned"))
        self._delete_all(generation)

    def clear(self, now: datetime) -> int:
        """Delete rows that nobody sees any more: superseded, abandoned, left by a dead program; how many."""
        with self._engine.connect() as connection:
            found = connection.execute(sa.select(i.c.generation, i.c.state, i.c.at)).all()
        lying = instant_text(now - LEFT_LYING)
        dead = {g for g, state, at in found if state == "abandoned" or (state == "loading" and at < lying)}
        done = {g for g, state, _ in found if state == "done"}
        deleted = sum(self._delete_all(generation) for generation in sorted(dead))
        if len(done) > 1:
            for page in self._pages():
                deleted += self._delete(list(_superseded(page, done)))
        self._forget_empty()
        return deleted

    def forget(self, before: date) -> int:
        """Delete dossiers whose last date is before a day, so that on SQLite nothing stays in the file."""
        query = sa.select(d.c.code, d.c.generation).where(d.c.last_day < before.isoformat())
        with self._engine.connect() as connection:
            gone = [(code, generation) for code, generation in connection.execute(query)]
        for start in range(0, len(gone), _PAGE):
            self._delete(gone[start : start + _PAGE])
        self._forget_empty()
        if gone and self._database.is_sqlite:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return len(gone)

    def _pages(self) -> Iterator[Sequence[tuple[str, int]]]:
        """(code, generation), newest generation first; rows of one code stay on one page."""
        last = ""
        query = sa.select(d.c.code, d.c.generation).order_by(d.c.code, d.c.generation.desc())
        while True:
            with self._engine.connect() as connection:
                rows = connection.execute(query.where(d.c.code > last).limit(_PAGE)).all()
            if not rows:
                return
            full = len(rows) == _PAGE
            if full and rows[0].code != rows[-1].code:
                rows = [row for row in rows if row.code != rows[-1].code]
            yield [(row.code, row.generation) for row in rows]
            if not full:
                return
            last = rows[-1].code

    def _delete(self, keys: Sequence[tuple[str, int]]) -> int:
        if not keys:
            return 0
        mark = "?" if self._database.is_sqlite else "%s"
        with self._engine.begin() as connection:
            if self._database.is_sqlite:
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
            connection.exec_driver_sql(
                f"DELETE FROM dossiers WHERE code = {mark} AND generation = {mark}", list(keys)
            )
        return len(keys)

    def _delete_all(self, generation: int) -> int:
        deleted = 0
        chosen = sa.select(d.c.code).where(d.c.generation == generation).limit(_PAGE)
        while True:
            with self._engine.connect() as connection:
                codes = list(connection.execute(chosen).scalars())
            if not codes:
                return deleted
            deleted += self._delete([(code, generation) for code in codes])

    def _forget_empty(self) -> None:
        """Files of which no row is left."""
        used = sa.select(d.c.generation).where(d.c.generation == i.c.generation).exists()
        with self._engine.begin() as connection:
            connection.execute(sa.delete(i).where(i.c.state != "loading", ~used))


def _superseded(page: Sequence[tuple[str, int]], done: set[int]) -> Iterator[tuple[str, int]]:
    """Of rows by code, newest generation first: all finished ones but the newest."""
    current = ""
    for code, generation in page:
        if generation in done:
            if code == current:
                yield code, generation
            current = code


class SqlTries:
    """Wrong second factors, by a keyed digest of the code."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._engine, self._key = database.engine, key

    def wrong(self, code: str, now: datetime) -> int:
        with self._engine.connect() as connection:
            return self._count(connection, code_digest(self._key, code), now)

    def count(self, code: str, now: datetime) -> int:
        digest = code_digest(self._key, code)
        with self._engine.begin() as connection:
            tries = self._count(connection, digest, now)
            if tries:
                connection.execute(sa.update(tr).where(tr.c.dossier == digest).values(tries=tries + 1))
            else:
                connection.execute(sa.delete(tr).where(tr.c.dossier == digest))
                connection.execute(sa.insert(tr).values(dossier=digest, tries=1, since=instant_text(now)))
        return tries + 1

    def forget(self, code: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.delete(tr).where(tr.c.dossier == code_digest(self._key, code)))

    def sweep(self, now: datetime) -> int:
        """Forget what is older than TRIES_KEPT; how many."""
        with self._engine.begin() as connection:
            old = tr.c.since <= instant_text(now - TRIES_KEPT)
            return connection.execute(sa.delete(tr).where(old)).rowcount

    def _count(self, connection: sa.Connection, digest: bytes, now: datetime) -> int:
        row = connection.execute(sa.select(tr.c.tries, tr.c.since).where(tr.c.dossier == digest)).first()
        if row is None or now - instant_of(row.since) >= TRIES_KEPT:
            return 0
        return int(row.tries)
