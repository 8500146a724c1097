"""Forgets what has had its time: sessions, failed sign-ins, page tokens, pairings, names of who left."""

from datetime import date, datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa

from queue_server.storage import tables as t
from queue_server.storage.codec import instant_text
from queue_server.storage.database import Database
from queue_server.storage.sessions import IDLE

FAILURES_KEPT = timedelta(days=1)
FORGOTTEN = "—"
"""Stands in the place of a name."""


def forget(
    database: Database, now: datetime, today: date, names_kept: timedelta | None = None
) -> dict[str, int]:
    """Delete rows past their time; `today` is the office's local date. Returns table → rows deleted, and
    under `names` how many people's. Names of disabled accounts go `names_kept` after they last signed in (or
    were made); None keeps them."""
    p, s, f, k = t.pairings, t.sessions, t.sign_in_failures, t.page_tokens
    due = {
        s: sa.or_(s.c.expires_at <= instant_text(now), s.c.seen_at <= instant_text(now - IDLE)),
        f: f.c.since <= instant_text(now - FAILURES_KEPT),
        k: k.c.day < today.isoformat(),
        p: sa.or_(p.c.revoked, sa.and_(p.c.display.is_(None), p.c.expires_at <= instant_text(now))),
    }
    with database.engine.begin() as connection:
        deleted = {
            table.name: connection.execute(sa.delete(table).where(condition)).rowcount
            for table, condition in due.items()
        }
        return deleted | {"names": _names(connection, now - names_kept) if names_kept else 0}


def _names(connection: sa.Connection, before: datetime) -> int:
    """Name, sign-in name and password of people who left: the opaque id stays, as the journal has it."""
    a = t.accounts
    left = sa.select(a.c.id).where(
        a.c.disabled,
        a.c.name != FORGOTTEN,
        sa.func.coalesce(a.c.last_sign_in, a.c.created_at) <= instant_text(before),
    )
    gone = list(connection.execute(left).scalars())
    for id_ in gone:
        mark = sha256(id_.encode()).hexdigest()[:16]
        changed = {"name": FORGOTTEN, "login": f"gone-{mark}", "password_hash": ""}
        connection.execute(sa.update(a).where(a.c.id == id_).values(**changed))
        for table in (t.recovery_codes, t.second_factors):
            connection.execute(sa.delete(table).where(table.c.account == id_))
    return len(gone)
