"""The hot path's SQL, compiled once per database from the tables, for the driver's own `executemany`."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from queue_server.storage import tables as t
from queue_server.storage.database import insert_of
from queue_server.storage.dossier_tables import ticket_dossiers


@dataclass(frozen=True, slots=True)
class Statements:
    """SQL texts; parameters are positional, in the order of each table's columns unless said otherwise."""

    begin: str
    claim: str
    """(last seq, last hash, epoch, expected last seq): moves the one row, or touches none."""
    journal: str
    answers: str
    visits: str
    legs: str
    fewer_legs: str
    """(ticket, highest number that stays)"""
    gone: str
    """(state, seq, ticket)"""
    flags: str
    tokens: str
    dossiers: str
    days: str
    heads: str
    answer_to: str
    """(command id): the usual question, a tenth of the time of the next"""
    answers_to: str
    """One parameter: JSON array (SQLite) or list (PostgreSQL) of command ids."""
    events_between: str
    """(first seq, last seq)"""


def statements(is_sqlite: bool) -> Statements:
    """The statements for SQLite's or PostgreSQL's driver."""
    dialect: Any
    insert = insert_of(is_sqlite)
    if is_sqlite:
        from sqlalchemy.dialects import sqlite

        dialect, mark = sqlite.dialect(), "?"
    else:
        from sqlalchemy.dialects.postgresql import psycopg

        make: Any = psycopg.PGDialect_psycopg
        dialect, mark = make(paramstyle="format"), "%s"

    def text(statement: Any) -> str:
        return str(statement.compile(dialect=dialect))

    def upsert(table: sa.Table) -> str:
        made: Any = insert(table)
        keys = [c.name for c in table.primary_key]
        rest = {c.name: made.excluded[c.name] for c in table.columns if c.name not in keys}
        if not rest:
            return text(made.on_conflict_do_nothing(index_elements=keys))
        return text(made.on_conflict_do_update(index_elements=keys, set_=rest))

    def once(table: sa.Table) -> str:
        made: Any = insert(table)
        return text(made.on_conflict_do_nothing(index_elements=[c.name for c in table.primary_key]))

    columns = ", ".join(c.name for c in t.answers.columns)
    events = ", ".join(c.name for c in t.journal.columns)
    chosen = "IN (SELECT value FROM json_each(?))" if is_sqlite else "= ANY(%s)"
    raw = {
        "claim": "UPDATE engine_epoch SET last_seq = ?, last_hash = ?"
        " WHERE id = 1 AND epoch = ? AND last_seq = ?",
        "gone": "UPDATE visits SET state = ?, changed_seq = ? WHERE ticket = ?",
        "fewer_legs": "DELETE FROM legs WHERE ticket = ? AND number > ?",
        "events_between": f"SELECT {events} FROM journal WHERE seq BETWEEN ? AND ? ORDER BY seq",
    }
    return Statements(
        begin="BEGIN IMMEDIATE" if is_sqlite else "BEGIN",
        journal=text(sa.insert(t.journal)),
        answers=text(sa.insert(t.answers)),
        visits=upsert(t.visits),
        legs=upsert(t.legs),
        flags=upsert(t.visit_flags),
        tokens=once(t.page_tokens),
        dossiers=once(ticket_dossiers),
        days=once(t.days),
        heads=once(t.day_heads),
        answer_to=f"SELECT {columns} FROM answers WHERE command_id = {mark}",
        answers_to=f"SELECT {columns} FROM answers WHERE command_id {chosen}",
        **{name: sql.replace("?", mark) for name, sql in raw.items()},
    )


_ROW = re.compile(r"(?<= VALUES )\(\?(?:, \?)*\)")
"""The one row of an INSERT in SQLite's words."""


@cache
def of_rows(statement: str, count: int) -> str:
    """An INSERT of one row as one of `count` rows; empty for a statement of another kind."""
    row = _ROW.search(statement)
    if row is None:
        return ""
    return statement[: row.start()] + ", ".join([row.group()] * count) + statement[row.end() :]
