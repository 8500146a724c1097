"""Televisions paired by a code: a read-only session for one display, which the office can take back."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from queue_server.domain.ids import OfficerId
from queue_server.storage.codec import instant_of, instant_text
from queue_server.storage.database import Database
from queue_server.storage.keys import digest
from queue_server.storage.tables import pairings as p

CODE_LIFE = timedelta(minutes=10)
LETTERS = "ACDEFHJKLMNPQRTUVWXY34679"
"""No letter or digit that looks like another one on a television across the hall."""
_CODE_LENGTH = 6
_MOST_PENDING = 200
"""Codes shown at once at most; anyone in the network may ask for one, and the oldest goes first."""


class Pairings:
    """The part of Accounts for televisions."""

    def __init__(
        self,
        database: Database,
        new_id: Callable[[], str],
        secret: Callable[[], str],
        below: Callable[[int], int],
    ) -> None:
        self._engine = database.engine
        self._new_id, self._secret, self._below = new_id, secret, below

    def pairing_code(self, now: datetime) -> tuple[str, str]:
        """(device secret, six-character code shown on the TV until someone on the staff confirms it)."""
        device = self._secret()
        pending = sa.and_(p.c.display.is_(None), p.c.code.is_not(None))
        newest = sa.select(p.c.id).where(pending).order_by(p.c.expires_at.desc()).limit(_MOST_PENDING - 1)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(p).where(pending, p.c.expires_at <= instant_text(now)))
            connection.execute(sa.delete(p).where(pending, p.c.id.not_in(newest)))
            taken = set(connection.execute(sa.select(p.c.code).where(pending)).scalars())
            code = self._code()
            while code in taken:
                code = self._code()
            connection.execute(
                sa.insert(p).values(
                    id=self._new_id(),
                    secret=digest(device),
                    code=code,
                    expires_at=instant_text(now + CODE_LIFE),
                    revoked=False,
                )
            )
        return device, code

    def _code(self) -> str:
        return "".join(LETTERS[self._below(len(LETTERS))] for _ in range(_CODE_LENGTH))

    def confirm_pairing(self, code: str, display: str, by: OfficerId, now: datetime) -> bool:
        """Whether the code was shown by a television and not older than ten minutes; it serves once."""
        typed = code.strip().upper().replace(" ", "").replace("-", "")
        with self._engine.begin() as connection:
            done = connection.execute(
                sa.update(p)
                .where(p.c.code == typed, p.c.display.is_(None), p.c.expires_at > instant_text(now))
                .values(display=display, confirmed_by=by, since=instant_text(now), code=None)
            )
        return bool(done.rowcount)

    def paired_display(self, device_secret: str, now: datetime) -> str | None:
        """The display id this TV is paired to, None if not (yet, or revoked)."""
        query = sa.select(p.c.display).where(p.c.secret == digest(device_secret), sa.not_(p.c.revoked))
        with self._engine.connect() as connection:
            return connection.execute(query).scalar()

    def pairings(self) -> Sequence[tuple[str, str, datetime]]:
        """(pairing id, display, since) of those in force."""
        query = sa.select(p.c.id, p.c.display, p.c.since).where(
            p.c.display.is_not(None), sa.not_(p.c.revoked)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(p.c.since))
            return [(id_, display, instant_of(since)) for id_, display, since in rows]

    def revoke_pairing(self, pairing_id: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.update(p).where(p.c.id == pairing_id).values(revoked=True))
