"""Forgets what has had its time: sessions, failed sign-ins, page tokens, pairings, revoked devices."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from queue_server.storage import tables as t
from queue_server.storage.codec import instant_text
from queue_server.storage.database import Database
from queue_server.storage.sessions import IDLE

FAILURES_KEPT = timedelta(days=1)


def forget(database: Database, now: datetime, today: date) -> dict[str, int]:
    """Delete rows past their time; `today` is the office's local date. Returns table → rows deleted."""
    p, s, f, k = t.pairings, t.sessions, t.sign_in_failures, t.page_tokens
    due = {
        s: sa.or_(s.c.expires_at <= instant_text(now), s.c.seen_at <= instant_text(now - IDLE)),
        f: f.c.since <= instant_text(now - FAILURES_KEPT),
        k: k.c.day < today.isoformat(),
        p: sa.or_(p.c.revoked, sa.and_(p.c.display.is_(None), p.c.expires_at <= instant_text(now))),
    }
    with database.engine.begin() as connection:
        return {
            table.name: connection.execute(sa.delete(table).where(condition)).rowcount
            for table, condition in due.items()
        }
