"""Which dossier a ticket is about, and who opened it: beside the journal, because both are forgotten.

A ticket's dossier is written by the journal in the very transaction that makes the ticket (`dossiers_of`): a
ticket that pretends to have a dossier, or a dossier without its ticket, cannot be left by a crash, and a
repeated request, which makes no event, writes nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.office import Office
from queue_server.dossiers.factor import code_digest
from queue_server.dossiers.ports import Opening, SourceUnavailable
from queue_server.engine.ports import Append
from queue_server.storage.codec import instant_of, instant_text
from queue_server.storage.database import Database, database_errors
from queue_server.storage.dossier_tables import dossier_openings as op
from queue_server.storage.dossier_tables import ticket_dossiers as td

KEPT_DAYS = 1
"""Whole days after a ticket's own for which its dossier is kept."""


def dossiers_of(one: Append, office: Office) -> Iterator[tuple[str, str, str]]:
    """The rows of `ticket_dossiers` that a command adds; `office` is the state after it."""
    command = one.command
    if not isinstance(command, c.IssueTicket) or not command.dossier:
        return
    for recorded in one.recorded:
        if isinstance(recorded.event, e.TicketIssued):
            hours = office.config.hours if office.config else None
            day = hours.day_of(recorded.at) if hours else recorded.at.date()
            yield recorded.event.ticket, command.dossier, day.isoformat()


class SqlTicketDossiers:
    """Implements TicketDossiers over a database; each call is a short transaction."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database, self._engine, self._key = database, database.engine, key

    def of(self, ticket: str) -> str:
        query = sa.select(td.c.code).where(td.c.ticket == ticket)
        with self._or_unavailable(), self._engine.connect() as connection:
            return connection.execute(query).scalar() or ""

    def attach(self, ticket: str, code: str, day: date) -> None:
        with self._or_unavailable(), self._engine.begin() as connection:
            self._leave_nothing(connection)
            connection.execute(sa.delete(td).where(td.c.ticket == ticket))
            if code:
                connection.execute(sa.insert(td).values(ticket=ticket, code=code, day=day.isoformat()))

    def note(self, opening: Opening) -> None:
        row = {"act": opening.act, "officer": opening.officer, "counter": opening.counter}
        digest = code_digest(self._key, opening.code)
        with self._or_unavailable(), self._engine.begin() as connection:
            connection.execute(
                sa.insert(op).values(
                    id=opening.id, at=instant_text(opening.at), ticket=opening.ticket, dossier=digest, **row
                )
            )

    def openings(self, code: str = "", most: int = 1000) -> list[Opening]:
        """Who opened dossiers, of one code or of all (then without their codes), the newest first."""
        query = sa.select(op).order_by(op.c.at.desc()).limit(most)
        if code:
            query = query.where(op.c.dossier == code_digest(self._key, code))
        with self._engine.connect() as connection:
            return [
                Opening(r.id, instant_of(r.at), r.act, r.officer, r.counter, r.ticket, code)
                for r in connection.execute(query)
            ]

    @contextmanager
    def _or_unavailable(self) -> Iterator[None]:
        try:
            yield
        except database_errors() as failed:
            raise SourceUnavailable("the tables of tickets and dossiers cannot be used") from failed

    def forget(self, today: date, openings_before: datetime) -> dict[str, int]:
        """Delete what has had its time, so that on SQLite nothing of it stays in the file; table → rows."""
        old = (today - timedelta(days=KEPT_DAYS)).isoformat()
        with self._engine.begin() as connection:
            self._leave_nothing(connection)
            deleted = {
                td.name: connection.execute(sa.delete(td).where(td.c.day < old)).rowcount,
                op.name: connection.execute(
                    sa.delete(op).where(op.c.at < instant_text(openings_before))
                ).rowcount,
            }
        if any(deleted.values()) and self._database.is_sqlite:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return deleted

    def _leave_nothing(self, connection: sa.Connection) -> None:
        """What is deleted is overwritten in SQLite's file, not only taken out of its tree."""
        if self._database.is_sqlite:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
