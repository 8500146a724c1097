"""Signing in and out: server-side sessions of 12 hours, ended after 2 idle ones."""

import base64
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from queue_server.people.ports import BadSignIn, SignedIn
from queue_server.storage.codec import instant_of, instant_text
from queue_server.storage.database import Database
from queue_server.storage.keys import digest
from queue_server.storage.limits import ADDRESS_TRIES, LOGIN_TRIES, Limits, address_subject, login_subject
from queue_server.storage.passwords import Hasher
from queue_server.storage.people import ACCOUNTS as _ACCOUNTS
from queue_server.storage.people import account_of, login_of
from queue_server.storage.tables import accounts as a
from queue_server.storage.tables import second_factors as sf
from queue_server.storage.tables import sessions as s

LIFE = timedelta(hours=12)
IDLE = timedelta(hours=2)
CODE_WITHIN = timedelta(minutes=5)
"""How long a session waits for the code after the password."""
_SEEN_EVERY = timedelta(minutes=1)
"""A session's last use is written at most this often, so that pages do not write at every request."""


class Sessions:
    """The part of Accounts that lets people in. A session id is known to its browser only."""

    def __init__(self, database: Database, hasher: Hasher, secret: Callable[[], str]) -> None:
        self._engine = database.engine
        self._hasher, self._secret = hasher, secret
        self._limits = Limits(database)

    def sign_in(self, login: str, password: str, where: str, now: datetime) -> SignedIn:
        """Raises BadSignIn, LockedOut (rate limits per login and per address), both in constant work."""
        login = login_of(login)
        subjects = ((address_subject(where), ADDRESS_TRIES), (login_subject(login), LOGIN_TRIES))
        for subject, tries in subjects:
            self._limits.attempt(subject, tries, now)
        with self._engine.connect() as connection:
            row: Any = connection.execute(sa.select(a).where(a.c.login == login)).first()
        fits = self._hasher.verify(row.password_hash if row else None, password)
        if row is None or not fits or row.disabled:
            raise BadSignIn("the sign-in name or the password is not right")
        self._limits.passed(subjects[0][0])
        self._limits.forget(subjects[1][0])
        return self._begin(row, now, self._has_factor(row.id))

    def complete(self, session_id: str, now: datetime) -> SignedIn:
        """A whole session in place of one whose code was due, which ends. Raises BadSignIn."""
        found = self.session(session_id, now)
        if found is None or not found.factor_due:
            raise BadSignIn("no session waits for a code")
        self.sign_out(session_id)
        with self._engine.connect() as connection:
            row: Any = connection.execute(sa.select(a).where(a.c.id == found.account.id)).one()
        return self._begin(row, now, factor_due=False)

    def _has_factor(self, account: str) -> bool:
        query = sa.select(sf.c.since).where(sf.c.account == account)
        with self._engine.connect() as connection:
            return bool(connection.execute(query).scalar())

    def _begin(self, row: Any, now: datetime, factor_due: bool) -> SignedIn:
        session_id, expires_at = self._secret(), now + (CODE_WITHIN if factor_due else LIFE)
        with self._engine.begin() as connection:
            connection.execute(
                sa.insert(s).values(
                    session=digest(session_id),
                    account=row.id,
                    expires_at=instant_text(expires_at),
                    seen_at=instant_text(now),
                    factor_due=factor_due,
                )
            )
            connection.execute(sa.update(a).where(a.c.id == row.id).values(last_sign_in=instant_text(now)))
            row = connection.execute(_ACCOUNTS.where(a.c.id == row.id)).one()
        return SignedIn(account_of(row, {}), session_id, _csrf(session_id), expires_at, factor_due)

    def session(self, session_id: str, now: datetime) -> SignedIn | None:
        """The session if it is alive; extends its idle life."""
        key = digest(session_id)
        query = (
            _ACCOUNTS.add_columns(s.c.expires_at, s.c.seen_at, s.c.factor_due)
            .join(s, s.c.account == a.c.id)
            .where(s.c.session == key)
        )
        with self._engine.connect() as connection:
            row: Any = connection.execute(query).first()
        if row is None or row.disabled:
            return None
        expires_at, seen_at = instant_of(row.expires_at), instant_of(row.seen_at)
        if now >= expires_at or now - seen_at >= IDLE:
            self.sign_out(session_id)
            return None
        if now - seen_at >= _SEEN_EVERY:
            with self._engine.begin() as connection:
                connection.execute(sa.update(s).where(s.c.session == key).values(seen_at=instant_text(now)))
        return SignedIn(
            account_of(row, {}), session_id, _csrf(session_id), expires_at, factor_due=bool(row.factor_due)
        )

    def sign_out(self, session_id: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.delete(s).where(s.c.session == digest(session_id)))


def _csrf(session_id: str) -> str:
    """The token of a session's forms: made from the id, of no use for guessing it."""
    mac = hmac.digest(session_id.encode(), b"csrf", "sha256")
    return base64.urlsafe_b64encode(mac[:16]).rstrip(b"=").decode()
