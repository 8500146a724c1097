"""The journal in SQLite or PostgreSQL: one transaction a batch, appended to by one engine alone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from time import monotonic
from typing import Any

import sqlalchemy as sa

from queue_server import memory
from queue_server.domain.ids import CommandId
from queue_server.domain.office import Office
from queue_server.domain.refusals import Refusal
from queue_server.engine.ports import Answer, Append, Displaced, Recorded, StorageFailed, done
from queue_server.storage import tables as t
from queue_server.storage.chain import linked, recorded_of
from queue_server.storage.codec import CodecError, dumps, from_json, instant_of, instant_text, to_json
from queue_server.storage.database import Database, database_errors
from queue_server.storage.dossier_tickets import dossiers_of
from queue_server.storage.keys import Keys
from queue_server.storage.locks import FileLock, lock_file, take_advisory
from queue_server.storage.projections import Rows, project
from queue_server.storage.snapshots import office_of, shape, snapshot_of
from queue_server.storage.statements import of_rows, statements

_KEEP_SNAPSHOTS = 3
SLOW_S = 0.003
"""After a commit that took longer, the next one is waited for by a thread of its own."""
_TOGETHER = (32, 8, 2)
"""Rows a statement; more kinds would cost more in preparing them than they spare."""


class SqlJournal:
    """Implements the engine's `Journal`. `keys` sign the days and make page tokens; None leaves both out.

    `begin`, `append`, `answer_to` and `answers_to` belong to one thread; `save_snapshot` may be called from
    another. `slow_s` is how long a commit may take before the next one is waited for beside.
    """

    def __init__(self, database: Database, keys: Keys | None = None, slow_s: float = SLOW_S) -> None:
        self._db, self._keys = database, keys
        self._sql = statements(database.is_sqlite)
        self._errors = database_errors()
        self._connection: Any = None
        self._reader: Any = None
        self._waiter: ThreadPoolExecutor | None = None
        self._under_way: Future[tuple[Recorded, ...]] = done(())
        self._slow_s, self._is_slow = slow_s, False
        self._lock: FileLock | None = None
        self._epoch = 0
        self._seq, self._hash = 0, ""

    def open(self, boot_id: str) -> int:
        """Take the office and bring its tables to today's shape; raises OfficeTaken, StorageFailed."""
        try:
            if self._db.is_sqlite:
                self._lock = FileLock(lock_file(self._db.path))
            self._connection = self._db.raw()
            if not self._db.is_sqlite:
                take_advisory(self._connection)
            self._db.migrate()
            self._epoch = self._take_epoch(boot_id)
        except self._errors as failed:
            self.close()
            raise _as_failure(failed) from failed
        except BaseException:
            self.close()
            raise
        return self._epoch

    def _take_epoch(self, boot_id: str) -> int:
        epochs = t.engine_epoch
        with self._db.engine.begin() as connection:
            self._seq, self._hash = _last(connection)
            before = connection.execute(sa.select(epochs.c.epoch)).scalar()
            values = {
                "epoch": (before or 0) + 1,
                "boot_id": boot_id,
                "last_seq": self._seq,
                "last_hash": self._hash,
            }
            if before is None:
                connection.execute(sa.insert(epochs).values(id=1, **values))
            else:
                connection.execute(sa.update(epochs).values(**values))
        return (before or 0) + 1

    def load(self) -> tuple[Office, Iterator[Recorded]]:
        """The newest snapshot that this program can read and whose row is there, and the events after it."""
        s, j = t.snapshots, t.journal
        usable = (
            sa.select(s.c.data)
            .join(j, sa.and_(j.c.seq == s.c.seq, j.c.hash == s.c.hash))
            .where(s.c.shape == shape())
            .order_by(s.c.seq.desc())
        )
        office = Office()
        with self._db.engine.connect() as connection:
            for (data,) in connection.execute(usable):
                try:
                    office = office_of(data)
                except CodecError:
                    continue
                break
        return office, self._events_after(office.seq)

    def _events_after(self, seq: int) -> Iterator[Recorded]:
        query = sa.select(t.journal).where(t.journal.c.seq > seq).order_by(t.journal.c.seq)
        with self._db.engine.connect().execution_options(yield_per=1000) as connection:
            for row in connection.execute(query):
                yield recorded_of(tuple(row))

    def answer_to(self, command_id: CommandId) -> Answer | None:
        return self.answers_to([command_id]).get(command_id)

    def answers_to(self, command_ids: Collection[CommandId]) -> Mapping[CommandId, Answer]:
        """Raises StorageFailed."""
        ids = list(command_ids)
        try:
            asked = self._connection if self._under_way.done() else self._beside()
            if len(ids) == 1:
                found = asked.execute(self._sql.answer_to, ids).fetchall()
            else:
                found = asked.execute(
                    self._sql.answers_to, (dumps(ids) if self._db.is_sqlite else ids,)
                ).fetchall()
            return {row[0]: self._answer(row, asked) for row in found}
        except self._errors as failed:
            raise _as_failure(failed) from failed

    def _beside(self) -> Any:
        """A connection to read with while the other one commits."""
        if self._reader is None:
            self._reader = self._db.raw()
        return self._reader

    def _answer(self, row: Sequence[Any], asked: Any) -> Answer:
        command_id, at, seq, events, refusal, outcome = row
        rows = asked.execute(self._sql.events_between, (seq - events + 1, seq)).fetchall() if events else ()
        return Answer(
            command_id=CommandId(command_id),
            at=instant_of(at),
            events=tuple(recorded_of(tuple(r)).event for r in rows),
            refusal=from_json(Refusal, refusal) if refusal else None,
            seq=seq,
            outcome=outcome,
        )

    def append(self, batch: Sequence[Append], state: Office) -> tuple[Recorded, ...]:
        return self.begin(batch, state).result()

    def begin(self, batch: Sequence[Append], state: Office) -> "Future[tuple[Recorded, ...]]":
        recorded, rows = linked((r for one in batch for r in one.recorded), self._hash)
        last_seq = recorded[-1].seq if recorded else self._seq
        last_hash = recorded[-1].hash if recorded else self._hash
        projected = project(recorded, state, self._keys)
        answers = [_answer_row(one) for one in batch]
        about = [row for one in batch for row in dossiers_of(one, state)]
        sql, cursor = self._sql, self._connection.cursor()
        try:
            cursor.execute(sql.begin)
            cursor.execute(sql.claim, (last_seq, last_hash, self._epoch, self._seq))
            if cursor.rowcount != 1:
                cursor.execute("ROLLBACK")
                raise Displaced("another engine has taken over this office; nothing was written")
            for statement, values in (
                (sql.journal, rows),
                (sql.answers, answers),
                (sql.visits, projected.visits),
                (sql.legs, projected.legs),
                (sql.fewer_legs, projected.fewer_legs),
                (sql.gone, projected.gone),
                (sql.flags, projected.flags),
                (sql.tokens, projected.tokens),
                (sql.dossiers, about),
                (sql.days, projected.days),
                (sql.heads, projected.heads),
            ):
                self._put(cursor, statement, values)
        except Displaced:
            raise
        except Exception as failed:
            self._undo()
            raise _as_failure(failed) from failed
        if not self._is_slow:
            return done(self._commit(recorded, last_seq, last_hash))
        if self._waiter is None:
            self._waiter = ThreadPoolExecutor(1, "commit")
        self._under_way = self._waiter.submit(self._commit, recorded, last_seq, last_hash)
        return self._under_way

    def _commit(self, recorded: tuple[Recorded, ...], last_seq: int, last_hash: str) -> tuple[Recorded, ...]:
        began = monotonic()
        try:
            self._connection.execute("COMMIT")
        except Exception as failed:
            found = self._undo()
            if not recorded or found != (last_seq, last_hash):
                raise _as_failure(failed) from failed
        self._is_slow = monotonic() - began > self._slow_s
        self._seq, self._hash = last_seq, last_hash
        return recorded

    def _put(self, cursor: Any, statement: str, rows: Rows) -> None:
        """Many rows a statement: SQLite's driver lets go of the interpreter at each, and a busy server may
        take milliseconds to give it back."""
        at = 0
        for count in _TOGETHER if self._db.is_sqlite and of_rows(statement, 1) else ():
            while len(rows) - at >= count:
                values = [value for row in rows[at : at + count] for value in row]
                cursor.execute(of_rows(statement, count), values)
                at += count
        if at < len(rows):
            cursor.executemany(statement, rows[at:])

    def _undo(self) -> tuple[int, str] | None:
        """After an error: roll back, and look with fresh eyes where the journal ends; None when it cannot be
        seen. Raises Displaced when the office is another's."""
        with suppress(*self._errors):
            self._connection.execute("ROLLBACK")
        try:
            with self._db.engine.connect() as connection:
                row = connection.execute(sa.select(t.engine_epoch)).one()
        except self._errors:
            return None
        if row.epoch != self._epoch:
            raise Displaced("another engine has taken over this office; nothing was written")
        return row.last_seq, row.last_hash

    def last(self) -> tuple[int, str]:
        return self._seq, self._hash

    def save_snapshot(self, state: Office) -> None:
        """Raises StorageFailed. A state whose last event is not in the journal is not kept."""
        data = snapshot_of(state)
        s, j = t.snapshots, t.journal
        try:
            with self._db.engine.begin() as connection:
                hash_ = connection.execute(sa.select(j.c.hash).where(j.c.seq == state.seq)).scalar()
                if hash_ is None:
                    return
                connection.execute(sa.delete(s).where(s.c.seq == state.seq))
                connection.execute(sa.insert(s).values(seq=state.seq, hash=hash_, shape=shape(), data=data))
                kept = sa.select(s.c.seq).order_by(s.c.seq.desc()).limit(_KEEP_SNAPSHOTS)
                connection.execute(sa.delete(s).where(s.c.seq.not_in(kept)))
        except sa.exc.SQLAlchemyError as failed:
            raise _as_failure(failed) from failed
        del data
        memory.give_back()  # a day's state as text is megabytes that nobody needs until the next time

    def close(self) -> None:
        """Give the office back; the database stays open for others."""
        if self._waiter is not None:
            self._waiter.shutdown()
            self._waiter = None
        for connection in (self._reader, self._connection):
            if connection is not None:
                connection.close()
        self._reader = self._connection = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def _last(connection: sa.Connection) -> tuple[int, str]:
    j = t.journal
    row = connection.execute(sa.select(j.c.seq, j.c.hash).order_by(j.c.seq.desc()).limit(1)).first()
    return (row[0], row[1]) if row else (0, "")


def _answer_row(one: Append) -> tuple[Any, ...]:
    answer = one.answer
    return (
        answer.command_id,
        instant_text(answer.at),
        answer.seq,
        len(one.recorded),
        to_json(answer.refusal) if answer.refusal else None,
        answer.outcome,
    )


def _as_failure(failed: Exception) -> StorageFailed:
    if isinstance(failed, StorageFailed):
        return failed
    return StorageFailed(f"the database did not take it: {failed}")
