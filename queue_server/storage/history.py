"""Past days read back from the journal: which there are, and what happened on each."""

from collections.abc import Iterator, Sequence
from datetime import date

import sqlalchemy as sa

from queue_server.domain.events import OfficeConfigured
from queue_server.domain.ids import TicketId
from queue_server.domain.office_config import OfficeConfig
from queue_server.engine.ports import Recorded
from queue_server.storage.chain import recorded_of
from queue_server.storage.database import Database
from queue_server.storage.tables import days as d
from queue_server.storage.tables import journal as j


class History:
    """Reads beside the running engine; every call sees what is committed by then."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine

    def days(self) -> Sequence[date]:
        """The local days the office has opened, oldest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(d.c.day).order_by(d.c.first_seq))
            return [date.fromisoformat(day) for (day,) in rows]

    def of_day(self, day: date) -> Iterator[Recorded]:
        """A day's events in order, from its opening until the next day's; none for a day never opened."""
        span = self._span(day)
        return iter(()) if span is None else self.between(*span)

    def of_ticket(self, ticket: TicketId, day: date) -> Sequence[Recorded]:
        """What happened to one ticket on a day, in order."""
        span = self._span(day)
        if span is None:
            return ()
        mark = f'%"ticket":"{_escaped(ticket)}"%'
        query = _query(*span).where(j.c.data.like(mark, escape="\\"))
        with self._engine.connect() as connection:
            return [recorded_of(tuple(row)) for row in connection.execute(query)]

    def between(self, first_seq: int, last_seq: int | None = None) -> Iterator[Recorded]:
        """The events from `first_seq` to `last_seq` inclusive, or to the end."""
        with self._engine.connect().execution_options(yield_per=1000) as connection:
            for row in connection.execute(_query(first_seq, last_seq)):
                yield recorded_of(tuple(row))

    def config_before(self, seq: int) -> OfficeConfig | None:
        """The office file in force just before a position, None before the first."""
        of_offices: sa.ColumnElement[str] = sa.literal_column("'office.configured'")  # as the index has it
        query = sa.select(j).where(j.c.type == of_offices, j.c.seq < seq).order_by(j.c.seq.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        event = recorded_of(tuple(row)).event
        return event.config if isinstance(event, OfficeConfigured) else None

    def span(self, day: date) -> tuple[int, int | None] | None:
        """The first and last position of a day's events; the last is None for the latest day."""
        return self._span(day)

    def _span(self, day: date) -> tuple[int, int | None] | None:
        with self._engine.connect() as connection:
            first = connection.execute(sa.select(d.c.first_seq).where(d.c.day == day.isoformat())).scalar()
            if first is None:
                return None
            after = sa.select(sa.func.min(d.c.first_seq)).where(d.c.first_seq > first)
            then = connection.execute(after).scalar()
        return first, None if then is None else then - 1


def _query(first_seq: int, last_seq: int | None) -> sa.Select[tuple[object, ...]]:
    query = sa.select(j).where(j.c.seq >= first_seq).order_by(j.c.seq)
    return query if last_seq is None else query.where(j.c.seq <= last_seq)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
