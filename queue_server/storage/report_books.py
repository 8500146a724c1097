"""What reports read of the books: the quality of the record of a period, and how dossiers stood."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from queue_server.domain.hours import Hours
from queue_server.domain.office_config import OfficeConfig
from queue_server.dossiers.book_due import is_working
from queue_server.dossiers.book_show import dossier_of as of_book
from queue_server.dossiers.dossier import Dossier, When
from queue_server.dossiers.timeliness import Standing, end_of, legal_due, timeliness
from queue_server.reports.ports import OnTime, Record
from queue_server.storage.codec import instant_of, loads
from queue_server.storage.database import Database
from queue_server.storage.dossier_book_rows import by_key, kept_of
from queue_server.storage.dossier_book_seal import Seal
from queue_server.storage.dossier_book_tables import book_dossiers as bd
from queue_server.storage.dossier_book_tables import book_movements as bm
from queue_server.storage.dossier_rows import dossier_of
from queue_server.storage.tables import day_heads, dossier_imports, journal
from queue_server.storage.tables import days as d
from queue_server.storage.tables import dossiers as ds
from queue_server.waits.period import DayRange

_PAGE = 400
_TYPES = ("clock.stepped", "engine.started", "day.closed", "fault.reported")
_TOLD = {Standing.EARLY: OnTime(early=1), Standing.ON_TIME: OnTime(on_time=1), Standing.LATE: OnTime(late=1)}


class SqlReportBooks:
    """Implements reports' `Books`; `config` gives the office file in force."""

    def __init__(self, database: Database, config: Callable[[], OfficeConfig]) -> None:
        self._engine, self._config = database.engine, config

    def record(self, days: DayRange) -> Record:
        with self._engine.connect() as connection:
            span = _span(connection, days)
            if span is None:
                return Record()
            first, last, opened = span
            inside = sa.and_(journal.c.seq >= first, journal.c.seq <= last)
            last_hash = connection.execute(sa.select(journal.c.hash).where(journal.c.seq == last)).scalar()
            heads = sa.select(sa.func.count(sa.distinct(day_heads.c.day))).where(
                day_heads.c.day.between(days.first.isoformat(), days.last.isoformat())
            )
            kept: dict[str, list[tuple[datetime, dict[str, Any]]]] = {name: [] for name in _TYPES}
            columns = (journal.c.type, journal.c.at, journal.c.data)
            for type_, at, data in connection.execute(
                sa.select(*columns).where(inside, journal.c.type.in_(_TYPES)).order_by(journal.c.seq)
            ):
                kept[type_].append((instant_of(at), loads(data)))
            offline = sa.select(journal.c.at, journal.c.data).where(
                inside, journal.c.type == "ticket.issued", journal.c.data.like('%"channel":"offline"%')
            )
            ended = sa.select(sa.func.count()).where(
                inside,
                journal.c.by_role == "system",
                journal.c.type.in_(("ticket.abandoned", "ticket.ended", "ticket.no_show")),
            )
            steps = [abs(float(data["seconds"])) for _, data in kept["clock.stepped"]]
            return Record(
                first_seq=first,
                last_seq=last,
                last_hash=str(last_hash or ""),
                opened_days=opened,
                signed_days=int(connection.execute(heads).scalar() or 0),
                clock_steps=len(steps),
                clock_stepped=timedelta(seconds=sum(steps)),
                clock_doubts=sum(bool(data.get("clock_doubt")) for _, data in kept["engine.started"]),
                starts=len(kept["engine.started"]),
                closed_by_turn=sum(bool(data.get("by_turn")) for _, data in kept["day.closed"]),
                ended_by_system=int(connection.execute(ended).scalar() or 0),
                faults=dict(sorted(Counter(str(x["device"]) for _, x in kept["fault.reported"]).items())),
                kiosk_offline=_offline(connection.execute(offline)),
                server_away=self._away(connection, first, last),
            )

    def on_time(self, days: DayRange) -> Mapping[str, OnTime] | None:
        """Dossiers of the book and of the register whose work ended in these days; the book's word counts."""
        known, found = False, dict[str, OnTime]()
        working = partial(is_working, self._config().hours)
        seen: set[str] = set()
        for dossier in (*self._of_book(days), *self._of_register(days)):
            known = True
            if dossier.code in seen:
                continue
            seen.add(dossier.code)
            end = end_of(dossier)
            if end is None or not days.first <= end.day <= days.last:
                continue
            limit = (
                legal_due(dossier.received, dossier.legal_days, working)
                if dossier.received is not None and dossier.legal_days is not None
                else None
            )
            standing = timeliness(dossier, When(days.last), limit).standing
            field = dossier.field or dossier.procedure_code
            found[field] = found.get(field, OnTime()).plus(_TOLD.get(standing, OnTime(unknown=1)))
        return dict(sorted(found.items())) if known or found else None

    def _of_book(self, days: DayRange) -> Iterator[Dossier]:
        """Without anybody's name: the sealed words are not read."""
        config, unopened = self._config(), Seal(bytes(32))
        query = sa.select(bd).where(bd.c.last_day >= days.first.isoformat()).order_by(bd.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
            for start in range(0, len(rows), _PAGE):
                part = rows[start : start + _PAGE]
                moved = sa.select(bm).where(bm.c.dossier.in_([row.id for row in part]))
                moves = by_key(connection.execute(moved.order_by(bm.c.dossier, bm.c.seq)).all())
                yield from (of_book(kept_of(row, moves[row.id], (), unopened), config) for row in part)

    def _of_register(self, days: DayRange) -> Iterator[Dossier]:
        ended = sa.or_(
            *(
                sa.func.substr(column, 1, 10).between(days.first.isoformat(), days.last.isoformat())
                for column in (ds.c.done, ds.c.returned, ds.c.stopped)
            )
        )
        ending = sa.select(ds.c.code).where(ds.c.last_day >= days.first.isoformat(), ended)
        query = (
            sa.select(ds)
            .join(dossier_imports, dossier_imports.c.generation == ds.c.generation)
            .where(dossier_imports.c.state == "done", ds.c.code.in_(ending))
            .order_by(ds.c.code, ds.c.generation.desc())
        )
        with self._engine.connect().execution_options(yield_per=1000) as connection:
            rows = connection.execute(query).mappings()
            for _code, versions in groupby(rows, key=lambda row: row["code"]):
                yield dossier_of(dict(next(versions)))[0]

    def _away(self, connection: sa.Connection, first: int, last: int) -> timedelta:
        """Open hours between a start and the event before it, where both are of one local day."""
        before = sa.alias(journal)
        query = (
            sa.select(before.c.at, journal.c.at)
            .join(before, before.c.seq == journal.c.seq - 1)
            .where(journal.c.type == "engine.started", journal.c.seq > first, journal.c.seq <= last)
        )
        hours, away = self._config().hours, timedelta()
        for row in connection.execute(query):
            away += _open_between(hours, instant_of(row[0]), instant_of(row[1]))
        return away


def _span(connection: sa.Connection, days: DayRange) -> tuple[int, int, int] | None:
    """First and last position of these days' events, and how many of the days were opened."""
    within = d.c.day.between(days.first.isoformat(), days.last.isoformat())
    query = sa.select(sa.func.min(d.c.first_seq), sa.func.max(d.c.first_seq), sa.func.count()).where(within)
    first, latest, opened = connection.execute(query).one()
    if first is None:
        return None
    after = connection.execute(sa.select(sa.func.min(d.c.first_seq)).where(d.c.first_seq > latest)).scalar()
    end = after - 1 if after else connection.execute(sa.select(sa.func.max(journal.c.seq))).scalar()
    return int(first), int(end or first), int(opened)


def _offline(rows: Iterable[Any]) -> dict[str, timedelta]:
    """Kiosk → the time covered by [issued alone, handed in] of its tickets."""
    spells: dict[str, list[tuple[datetime, datetime]]] = {}
    for row in rows:
        told = loads(row[1])
        spells.setdefault(str(told.get("kiosk") or "?"), []).append(
            (instant_of(told["issued_at"]), instant_of(row[0]))
        )
    found = {}
    for kiosk, pairs in sorted(spells.items()):
        covered, until = timedelta(), None
        for begin, end in sorted(pairs):
            begin = max(begin, until) if until is not None else begin
            if end > begin:
                covered += end - begin
                until = end
        found[kiosk] = covered
    return found


def _open_between(hours: Hours, begin: datetime, end: datetime) -> timedelta:
    day: date = hours.day_of(end)
    if hours.day_of(begin) != day:
        return timedelta()
    parts = (min(end, close) - max(begin, open_) for open_, close in hours.spans(day))
    return sum((part for part in parts if part > timedelta()), timedelta())
