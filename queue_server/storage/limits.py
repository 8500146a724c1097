"""How often a sign-in may be tried: per name and per address, counted before the password is looked at."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa

from queue_server.people.ports import LockedOut
from queue_server.storage.codec import instant_of, instant_text
from queue_server.storage.database import Database
from queue_server.storage.tables import sign_in_failures as f

LOGIN_TRIES = 5
ADDRESS_TRIES = 20
"""An office's officers share one address."""
LOCK = timedelta(minutes=15)
"""How long a lock holds, and how long failures are remembered."""


def login_subject(login: str) -> str:
    return "login:" + sha256(login.encode()).hexdigest()


def address_subject(where: str) -> str:
    return "where:" + sha256(where.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Limits:
    """Failures per subject; what was typed as a name is never stored, only its hash."""

    database: Database

    def attempt(self, subject: str, tries: int, now: datetime) -> None:
        """Count a try as failed until `passed`; raises LockedOut when there have been too many."""
        fresh = self.database.insert(f).values(subject=subject, failures=0, since=instant_text(now))
        with self.database.engine.begin() as connection:
            held = fresh.on_conflict_do_update(index_elements=["subject"], set_={"failures": f.c.failures})
            connection.execute(held)  # the row stays ours: who forgets it meanwhile waits
            row = connection.execute(sa.select(f).where(f.c.subject == subject)).one()
            locked_until = instant_of(row.locked_until) if row.locked_until else None
            if locked_until is not None and locked_until > now:
                raise LockedOut(locked_until)
            stale = locked_until is not None or now - instant_of(row.since) > LOCK
            failures = 1 if stale else row.failures + 1
            values = {
                "failures": failures,
                "since": instant_text(now) if stale else row.since,
                "locked_until": instant_text(now + LOCK) if failures >= tries else None,
            }
            connection.execute(sa.update(f).where(f.c.subject == subject).values(values))

    def passed(self, subject: str) -> None:
        """The try just counted was right after all."""
        with self.database.engine.begin() as connection:
            connection.execute(
                sa.update(f)
                .where(f.c.subject == subject, f.c.failures > 0)
                .values(failures=f.c.failures - 1, locked_until=None)
            )

    def forget(self, subject: str) -> None:
        with self.database.engine.begin() as connection:
            connection.execute(sa.delete(f).where(f.c.subject == subject))

    def locks(self) -> dict[str, datetime]:
        """Subject → the end of its lock, of those that were ever locked and not forgotten."""
        with self.database.engine.connect() as connection:
            rows = connection.execute(
                sa.select(f.c.subject, f.c.locked_until).where(f.c.locked_until.is_not(None))
            )
            return {subject: instant_of(until) for subject, until in rows}
