"""Past days' figures kept in tables: cells by day, merged by month and year, read for any range."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

import sqlalchemy as sa

from queue_server.storage.database import Database
from queue_server.storage.day_figures_tables import figure_cells as fc
from queue_server.storage.day_figures_tables import figure_periods as fp
from queue_server.storage.tables import day_heads, journal, visits
from queue_server.storage.tables import days as d
from queue_server.waits.cells import Cells
from queue_server.waits.cover import Stored, month_of, year_of
from queue_server.waits.groups import Dimension
from queue_server.waits.packed import FORMAT, Cell, cell_of, packed, together, unpacked

CHANGES = ""
"""The row of `figure_periods` that counts changes."""
LOOK_BACK = timedelta(days=45)
"""How far back days are looked at for what happened to their visits later."""
_IN_ONE_GO = 500


class SqlDayFigures:
    """Reads are safe from any thread and process; `put` and `merge` come from one at a time."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine

    def changes(self) -> int:
        """Grows with every change: what was read at the same count is still true."""
        with self._engine.connect() as connection:
            return _changes(connection)

    def stored(self) -> Stored:
        """What is there of this program's format."""
        with self._engine.connect() as connection:
            return Stored.of(_periods(connection))

    def opened(self) -> tuple[date, ...]:
        """Every local day the office has opened, in order."""
        with self._engine.connect() as connection:
            return _opened(connection)

    def read(
        self, periods: Collection[str], dimension: Dimension, scopes: Collection[str] = ("",)
    ) -> list[tuple[str, str, dict[str, Cell]]]:
        """(period, scope, key → cell), as of one instant. Raises BadCell."""
        wanted, found = list(periods), []
        with self._engine.connect() as connection:
            for first in range(0, len(wanted), _IN_ONE_GO):
                query = sa.select(fc.c.period, fc.c.scope, fc.c.data).where(
                    fc.c.dimension == dimension.value,
                    fc.c.scope.in_(list(scopes)),
                    fc.c.period.in_(wanted[first : first + _IN_ONE_GO]),
                )
                found += [
                    (period, scope, unpacked(data)) for period, scope, data in connection.execute(query)
                ]
        return found

    def put(self, day: date, cells: Cells, seq: int) -> None:
        """In place of what is there of the day; its month and year are no longer merged.

        `seq` is the journal's position that was seen. One transaction.
        """
        name = day.isoformat()
        rows = [
            _row(name, scope, dimension, {key: cell_of(one, day) for key, one in sums.items()})
            for (scope, dimension), sums in cells.items()
            if sums
        ]
        self._replace((name, month_of(day), year_of(day)), name, rows, seq)

    def merge(self) -> int:
        """Merge every month and year that is not; how many were."""
        months = self._unmerged(7)
        for month in months:
            self._merge(month, [day.isoformat() for day in self.stored().days if month_of(day) == month])
        years = self._unmerged(4)
        for year in years:
            self._merge(year, sorted(n for n in self.stored().merged if len(n) == 7 and n[:4] == year))
        return len(months) + len(years)

    def over(self) -> list[date]:
        """Days that are over, or closed by a person, in order."""
        with self._engine.connect() as connection:
            return _over(connection)

    def stale(self) -> list[date]:
        """Of those the ones that are not stored, of another format, or changed since."""
        with self._engine.connect() as connection:
            over = _over(connection)
            stored: dict[str, int] = {
                name: seq
                for name, format_, seq in connection.execute(sa.select(fp.c.period, fp.c.format, fp.c.seq))
                if format_ == FORMAT
            }
            since = (over[-1] - LOOK_BACK).isoformat() if over else ""
            query = (
                sa.select(visits.c.day, sa.func.max(visits.c.changed_seq).label("changed"))
                .where(visits.c.day >= since)
                .group_by(visits.c.day)
            )
            changed = {row.day: row.changed for row in connection.execute(query)}
        return [
            day
            for day in over
            if (name := day.isoformat()) not in stored or changed.get(name, 0) > stored[name]
        ]

    def last_change_of(self, day: date) -> int:
        """The position of the last event that changed one of the day's visits, 0 for none."""
        query = sa.select(sa.func.max(visits.c.changed_seq)).where(visits.c.day == day.isoformat())
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar() or 0)

    def last_seq(self) -> int:
        with self._engine.connect() as connection:
            return int(connection.execute(sa.select(sa.func.max(journal.c.seq))).scalar() or 0)

    def _unmerged(self, length: int) -> list[str]:
        stored = self.stored()
        return sorted({day.isoformat()[:length] for day in stored.days} - stored.merged)

    def _merge(self, name: str, of: Collection[str]) -> None:
        """A month of its days, or a year of its months: every scope and dimension."""
        parts: dict[tuple[str, str], list[dict[str, Cell]]] = {}
        query = sa.select(fc.c.scope, fc.c.dimension, fc.c.data).where(fc.c.period.in_(list(of)))
        with self._engine.connect() as connection:
            for scope, dimension, data in connection.execute(query.order_by(fc.c.period)):
                parts.setdefault((scope, dimension), []).append(unpacked(data))
        rows = [
            _row(name, scope, Dimension(dimension), together(cells))
            for (scope, dimension), cells in parts.items()
        ]
        self._replace((name,), name, rows, 0)

    def _replace(self, gone: Collection[str], name: str, rows: list[dict[str, object]], seq: int) -> None:
        with self._engine.begin() as connection:
            count = _changes(connection) + 1
            connection.execute(sa.delete(fc).where(fc.c.period.in_(list(gone))))
            connection.execute(sa.delete(fp).where(fp.c.period.in_([*gone, CHANGES])))
            if rows:
                connection.execute(sa.insert(fc), rows)
            connection.execute(
                sa.insert(fp),
                [
                    {"period": name, "format": FORMAT, "seq": seq},
                    {"period": CHANGES, "format": FORMAT, "seq": count},
                ],
            )


def _changes(connection: sa.Connection) -> int:
    return int(connection.execute(sa.select(fp.c.seq).where(fp.c.period == CHANGES)).scalar() or 0)


def _periods(connection: sa.Connection) -> list[str]:
    query = sa.select(fp.c.period).where(fp.c.format == FORMAT, fp.c.period != CHANGES)
    return [period for (period,) in connection.execute(query)]


def _opened(connection: sa.Connection) -> tuple[date, ...]:
    rows = connection.execute(sa.select(d.c.day).order_by(d.c.first_seq))
    return tuple(date.fromisoformat(day) for (day,) in rows)


def _over(connection: sa.Connection) -> list[date]:
    opened = _opened(connection)
    closed = {day for (day,) in connection.execute(sa.select(day_heads.c.day).distinct())}
    return [day for day in opened if day != opened[-1] or day.isoformat() in closed]


def _row(period: str, scope: str, dimension: Dimension, cells: Mapping[str, Cell]) -> dict[str, object]:
    return {"dimension": dimension.value, "scope": scope, "period": period, "data": packed(cells)}
