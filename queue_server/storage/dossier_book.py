"""The office's own book over a database: one transaction a call, numbers without gaps, names sealed."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from queue_server.codes.given import code_of, period_of
from queue_server.codes.normal import normalise
from queue_server.domain.office_dossiers import BookRules
from queue_server.dossiers.book_movements import CITIZEN, DESK, NOTHING_SAID, Movement, No, fold
from queue_server.dossiers.book_ports import BookFailed, Decide, Kept, RegisterBookName
from queue_server.dossiers.book_reception import Private, Reception
from queue_server.dossiers.book_table import Kind
from queue_server.storage.database import Database, database_errors
from queue_server.storage.dossier_book_rows import (
    by_key,
    dossier_row,
    kept_of,
    movement_of,
    movement_row,
    sealed_rows,
)
from queue_server.storage.dossier_book_seal import Seal, Sealed
from queue_server.storage.dossier_book_tables import book_dossiers as d
from queue_server.storage.dossier_book_tables import book_movements as m
from queue_server.storage.dossier_book_tables import book_numbers as n
from queue_server.storage.dossier_book_tables import book_words as w
from queue_server.storage.tables import dossiers as imported

_PAGE = 400


def dossier_id(command: str) -> str:
    """The opaque id of the dossier that a command writes: the same for the same command."""
    return "d" + hashlib.sha256(command.encode()).hexdigest()[:24]


class SqlBook:
    """BookStore over a database. `step` is called between the writes of a transaction, for tests."""

    def __init__(
        self, database: Database, key: bytes, step: Callable[[str], None] = lambda _name: None
    ) -> None:
        self._database, self._engine, self._seal, self._step = database, database.engine, Seal(key), step

    def receive(self, command: str, made: Reception, rules: BookRules) -> str:
        id_ = dossier_id(command)
        if self.written(command):
            return id_
        year = made.day.year
        series = {
            "receipt": f"receipt:{year}",
            "control": f"control:{year}",
            "line": f"line:{year}:{made.field}",
        }
        try:
            with self._writing() as connection:
                numbers = self._next(connection, series)
                code = self._code(connection, rules.code, made.day)
                row = dossier_row(id_, command, code, made, rules, numbers)
                connection.execute(sa.insert(d), row)
                self._step("dossier")
                first = Movement(1, Kind.RECEIVED, made.received_at, made.by, CITIZEN, DESK, amount=made.fee)
                connection.execute(sa.insert(m), movement_row(id_, command, year, first))
                connection.execute(sa.insert(w), sealed_rows(id_, {0: made.private}, self._seal))
                self._step("words")
        except sa.exc.IntegrityError as twice:
            if self.written(command):
                return id_  # the same press came twice at one moment
            raise BookFailed("a number was given twice; nothing was written") from twice
        return id_

    def written(self, command: str) -> str | None:
        id_ = dossier_id(command)
        with self._reading() as connection:
            return id_ if connection.execute(sa.select(d.c.id).where(d.c.id == id_)).first() else None

    def move(
        self, command: str, id_: str, day: date, decide: Decide, private: Private | None = None
    ) -> tuple[Movement, ...] | No | None:
        with self._writing() as connection:
            held = sa.update(d).where(d.c.id == id_).values(last_day=d.c.last_day)
            if connection.execute(held).rowcount == 0:
                return None
            row = connection.execute(sa.select(d).where(d.c.id == id_)).one()
            before = connection.execute(sa.select(m).where(m.c.dossier == id_).order_by(m.c.seq)).all()
            repeated = tuple(movement_of(one) for one in before if one.command == command)
            if repeated:
                return repeated
            if row.forgotten:
                return No.FORGOTTEN
            decided = decide(fold([movement_of(one) for one in before]))
            if isinstance(decided, No):
                return decided
            made = tuple(self._numbered(connection, one, day) for one in decided)
            connection.execute(sa.insert(m), [movement_row(id_, command, day.year, one) for one in made])
            self._step("movements")
            said: dict[int, object] = {one.seq: one.said for one in made if one.said != NOTHING_SAID}
            if private is not None:
                connection.execute(sa.delete(w).where(w.c.dossier == id_, w.c.seq == 0))
                said[0] = private
            if said:
                connection.execute(sa.insert(w), sealed_rows(id_, said, self._seal))
            last = max(row.last_day, day.isoformat())
            connection.execute(sa.update(d).where(d.c.id == id_).values(last_day=last))
            self._step("moved")
            return made

    def load(self, id_: str) -> Kept | None:
        return self._one(d.c.id == id_)

    def by_code(self, code: str) -> Kept | None:
        return self._one(sa.and_(d.c.code == code, ~d.c.forgotten))

    def by_receipt(self, number: int, year: int) -> Kept | None:
        return self._one(sa.and_(d.c.receipt == number, d.c.year == year))

    def latest(self, most: int) -> Sequence[Kept]:
        return self._many(sa.select(d).order_by(d.c.received_at.desc(), d.c.receipt.desc()).limit(most))

    def registers(self) -> Sequence[RegisterBookName]:
        count = sa.func.count().label("dossiers")
        query = sa.select(d.c.field, d.c.year, count).group_by(d.c.field, d.c.year)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        names = [RegisterBookName(row.field, row.year, row.dossiers) for row in rows]
        return sorted(names, key=lambda name: (-name.year, name.field))

    def register(self, field: str, year: int) -> Sequence[Kept]:
        return self._many(sa.select(d).where(d.c.field == field, d.c.year == year).order_by(d.c.line))

    def forget(self, before: date) -> int:
        old = sa.select(d.c.id).where(d.c.last_day < before.isoformat(), ~d.c.forgotten).limit(_PAGE)
        gone = 0
        while True:
            with self._writing() as connection:
                ids = list(connection.execute(old).scalars())
                if self._database.is_sqlite:
                    connection.exec_driver_sql("PRAGMA secure_delete=ON")
                if ids:
                    connection.execute(sa.delete(w).where(w.c.dossier.in_(ids)))
                    connection.execute(sa.update(d).where(d.c.id.in_(ids)).values(forgotten=True))
            gone += len(ids)
            if not ids:
                break
        if gone and self._database.is_sqlite:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    def _one(self, where: sa.ColumnElement[bool]) -> Kept | None:
        found = self._many(sa.select(d).where(where))
        return found[0] if found else None

    def _many(self, query: sa.Select[Any]) -> list[Kept]:
        """Dossiers with their movements and words, in the query's order."""
        with self._reading() as connection:
            rows = connection.execute(query).all()
            found: list[Kept] = []
            for start in range(0, len(rows), _PAGE):
                part = rows[start : start + _PAGE]
                ids = [row.id for row in part]
                moved = sa.select(m).where(m.c.dossier.in_(ids)).order_by(m.c.dossier, m.c.seq)
                moves = by_key(connection.execute(moved).all())
                words = by_key(connection.execute(sa.select(w).where(w.c.dossier.in_(ids))).all())
                try:
                    found += [kept_of(r, moves[r.id], words.get(r.id, ()), self._seal) for r in part]
                except Sealed as wrong:
                    raise BookFailed(str(wrong)) from wrong
        return found

    def _numbered(self, connection: sa.Connection, movement: Movement, day: date) -> Movement:
        if movement.kind is not Kind.SUPPLEMENT_ASKED:
            return movement
        numbers = self._next(connection, {"guidance": f"guidance:{day.year}"})
        return replace(movement, number=numbers["guidance"])

    def _next(self, connection: sa.Connection, series: Mapping[str, str]) -> dict[str, int]:
        """The next number of each series, held until the transaction ends; always taken in one order."""
        insert = self._database.insert
        numbers: dict[str, int] = {}
        for name, key in sorted(series.items(), key=lambda item: item[1]):
            fresh = insert(n).values(series=key, last=1)
            taken = fresh.on_conflict_do_update(index_elements=["series"], set_={"last": n.c.last + 1})
            numbers[name] = int(connection.execute(taken.returning(n.c.last)).scalar_one())
            self._step(name)
        return numbers

    def _code(self, connection: sa.Connection, pattern: str, day: date) -> str:
        """The next code that neither this book nor an imported register has."""
        key = f"code:{pattern}:{period_of(pattern, day)}"
        while True:
            code = code_of(pattern, day, self._next(connection, {"code": key})["code"])
            taken = sa.union_all(
                sa.select(sa.literal(1)).where(d.c.code == normalise(code)),
                sa.select(sa.literal(1)).where(imported.c.code == normalise(code)),
            )
            if connection.execute(taken.limit(1)).first() is None:
                return code

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except database_errors() as failed:
            raise BookFailed("the book cannot be read") from failed

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.IntegrityError:
            raise
        except database_errors() as failed:
            raise BookFailed("the book cannot be written; nothing changed") from failed
