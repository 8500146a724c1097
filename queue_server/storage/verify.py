"""Checks that nobody has rewritten the journal: the chain, the numbering, the signed days, the answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from queue_server.storage import tables as t
from queue_server.storage.chain import hash_after, recorded_of
from queue_server.storage.codec import CodecError
from queue_server.storage.database import Database
from queue_server.storage.keys import signed_by

Progress = Callable[[int, int], None]
"""Told now and then of (done, all)."""

_PROGRESS_EVERY = 5000


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and at which journal position."""

    seq: int
    code: str
    """`gap`, `hash`, `unreadable`, `head`, `signature`, `answer`, `end`."""
    sentence: str


def _nothing(_done: int, _all: int) -> None:
    return None


def verify(database: Database, public: str, progress: Progress = _nothing) -> list[Problem]:
    """Everything that does not fit, in order of position; empty when the journal is whole.

    `public` is the office's public key in base64, kept where the database's owner cannot change it.
    """
    with database.engine.connect() as connection:
        found = [
            *_chain(connection, progress),
            *_heads(connection, public),
            *_answers(connection),
            *_end(connection),
        ]
    return sorted(found, key=lambda problem: problem.seq)


def _chain(connection: sa.Connection, progress: Progress) -> Iterator[Problem]:
    total = connection.execute(sa.select(sa.func.count()).select_from(t.journal)).scalar_one()
    rows = connection.execution_options(yield_per=1000).execute(
        sa.select(t.journal).order_by(t.journal.c.seq)
    )
    expected, previous = 1, ""
    for count, found in enumerate(rows, 1):
        row = tuple(found)
        seq, stored = row[0], row[12]
        if seq != expected:
            yield Problem(expected, "gap", f"rows {expected} to {seq - 1} are missing")
        if hash_after(previous, row) != stored:
            yield Problem(seq, "hash", f"row {seq} (or the one before it) is not what was written")
        try:
            recorded_of(row)
        except (CodecError, ValueError) as wrong:
            yield Problem(seq, "unreadable", f"row {seq} cannot be read: {wrong}")
        expected, previous = seq + 1, stored
        if count % _PROGRESS_EVERY == 0:
            progress(count, total)
    progress(total, total)


def _heads(connection: sa.Connection, public: str) -> Iterator[Problem]:
    j, h = t.journal, t.day_heads
    both = sa.select(h, j.c.hash.label("now")).select_from(h.outerjoin(j, j.c.seq == h.c.seq))
    for row in connection.execute(both.order_by(h.c.seq)):
        if row.now != row.hash:
            yield Problem(row.seq, "head", f"the journal no longer has the head that closed {row.day}")
        if row.key != public:
            yield Problem(row.seq, "signature", f"{row.day} was signed with another office's key")
        elif not signed_by(public, row.signature, row.day, row.seq, row.hash):
            yield Problem(row.seq, "signature", f"the signature over {row.day} does not fit")
    closed = sa.select(j.c.seq).where(j.c.type == "day.closed", j.c.seq.not_in(sa.select(h.c.seq)))
    for (seq,) in connection.execute(closed):
        yield Problem(seq, "head", f"the day closed by row {seq} has no signed head")


def _answers(connection: sa.Connection) -> Iterator[Problem]:
    j, a = t.journal, t.answers
    made = (
        sa.select(
            j.c.command_id,
            sa.func.count().label("events"),
            sa.func.max(j.c.seq).label("last"),
            sa.func.min(j.c.seq).label("first"),
        )
        .group_by(j.c.command_id)
        .subquery()
    )
    fits = sa.and_(
        made.c.events == a.c.events, made.c.last == a.c.seq, made.c.first == a.c.seq - a.c.events + 1
    )
    unanswered = (
        sa.select(made.c.last)
        .select_from(made.outerjoin(a, a.c.command_id == made.c.command_id))
        .where(sa.or_(a.c.command_id.is_(None), sa.not_(fits)))
    )
    for (seq,) in connection.execute(unanswered):
        yield Problem(seq, "answer", f"the command that made row {seq} has no answer that fits it")
    eventless = (
        sa.select(a.c.seq)
        .select_from(a.outerjoin(made, made.c.command_id == a.c.command_id))
        .where(a.c.events > 0, made.c.command_id.is_(None))
    )
    for (seq,) in connection.execute(eventless):
        yield Problem(seq, "answer", f"an answer points to events up to row {seq} that are not there")


def _end(connection: sa.Connection) -> Iterator[Problem]:
    last = connection.execute(
        sa.select(t.journal.c.seq, t.journal.c.hash).order_by(t.journal.c.seq.desc()).limit(1)
    ).first()
    seq, hash_ = (last[0], last[1]) if last else (0, "")
    epoch = connection.execute(sa.select(t.engine_epoch)).first()
    if epoch is not None and (epoch.last_seq, epoch.last_hash) != (seq, hash_):
        yield Problem(
            seq + 1, "end", f"the engine wrote up to row {epoch.last_seq}; the journal ends at {seq}"
        )
