"""Second factors of accounts: an app's sealed secret, recovery codes as digests, no code taken twice."""

import hmac
import os
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from queue_server.domain.ids import OfficerId
from queue_server.people.ports import BadCode
from queue_server.people.totp import SECRET_BYTES, step_of
from queue_server.storage.codec import instant_text
from queue_server.storage.database import Database
from queue_server.storage.keys import Keys, digest
from queue_server.storage.limits import Limits
from queue_server.storage.tables import recovery_codes as r
from queue_server.storage.tables import second_factors as f
from queue_server.storage.tables import sessions as s

TRIES = 5
"""Wrong codes of one account until it has to wait (`limits.LOCK`)."""
RECOVERY_CODES = 8
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_LETTERS = 24
"""118 random bits: enough for a digest without salt (ASVS 6.5.2)."""
_NONCE = 12


def factor_subject(id_: str) -> str:
    return "factor:" + digest(id_).hex()


def plain(code: str) -> str:
    """What was typed, without the spaces and hyphens that make it readable."""
    return "".join(code.lower().split()).replace("-", "")


class Factors:
    """The part of Accounts that asks for a code after the password."""

    def __init__(self, database: Database, keys: Keys, below: Callable[[int], int]) -> None:
        self._engine, self._below = database.engine, below
        self._limits = Limits(database)
        self._cipher = AESGCM(hmac.digest(keys.pages, b"second-factors", "sha256"))

    def secret(self, id_: OfficerId) -> bytes | None:
        """The secret to enrol with, the same until it is confirmed; None when one is in use."""
        with self._engine.begin() as connection:
            row = _row(connection, id_)
            if row is not None:
                return None if row.since else self._opened(id_, row.secret)
            made = os.urandom(SECRET_BYTES)
            nonce = os.urandom(_NONCE)
            sealed = nonce + self._cipher.encrypt(nonce, made, id_.encode())
            connection.execute(sa.insert(f).values(account=id_, secret=sealed, since=None, last_step=-1))
        return made

    def enrol(self, id_: OfficerId, code: str, now: datetime, keep: str = "") -> Sequence[str]:
        """Put the secret in use: the recovery codes, told once. Raises BadCode, LockedOut."""
        self._limits.attempt(factor_subject(id_), TRIES, now)
        with self._engine.begin() as connection:
            row = _row(connection, id_)
            step = step_of(self._opened(id_, row.secret), plain(code), now) if row is not None else None
            if row is None or row.since or step is None:
                raise BadCode
            connection.execute(
                sa.update(f).where(f.c.account == id_).values(since=instant_text(now), last_step=step)
            )
            codes = [self._recovery_code() for _ in range(RECOVERY_CODES)]
            connection.execute(sa.delete(r).where(r.c.account == id_))
            connection.execute(
                sa.insert(r), [{"account": id_, "digest": digest(plain(code))} for code in codes]
            )
            connection.execute(sa.delete(s).where(s.c.account == id_, s.c.session != digest(keep)))
        self._limits.forget(factor_subject(id_))
        return codes

    def _recovery_code(self) -> str:
        letters = "".join(_ALPHABET[self._below(len(_ALPHABET))] for _ in range(_LETTERS))
        return "-".join(letters[at : at + 4] for at in range(0, _LETTERS, 4))

    def check(self, id_: OfficerId, code: str, now: datetime) -> str:
        """How the code was right: `app`, or `recovery`, which is used up. Raises BadCode, LockedOut."""
        self._limits.attempt(factor_subject(id_), TRIES, now)
        typed = plain(code)
        with self._engine.begin() as connection:
            row = _row(connection, id_)
            if row is None or not row.since:
                raise BadCode
            secret = self._opened(id_, row.secret)
            step = step_of(secret, typed, now, after=row.last_step)
            if step is not None and _first_to_use(connection, id_, step):
                how = "app"
            elif connection.execute(
                sa.delete(r).where(r.c.account == id_, r.c.digest == digest(typed))
            ).rowcount:
                how = "recovery"
            else:
                raise BadCode(used=step_of(secret, typed, now) is not None)
        self._limits.forget(factor_subject(id_))
        return how

    def recovery_left(self, id_: OfficerId) -> int:
        with self._engine.connect() as connection:
            query = sa.select(sa.func.count()).select_from(r).where(r.c.account == id_)
            return int(connection.execute(query).scalar_one())

    def remove(self, id_: OfficerId) -> None:
        """Forget app and recovery codes; the sessions end."""
        with self._engine.begin() as connection:
            for table in (r, f, s):
                connection.execute(sa.delete(table).where(table.c.account == id_))
        self._limits.forget(factor_subject(id_))

    def _opened(self, id_: str, sealed: bytes) -> bytes:
        data = bytes(sealed)
        return self._cipher.decrypt(data[:_NONCE], data[_NONCE:], id_.encode())


def _first_to_use(connection: sa.Connection, id_: str, step: int) -> bool:
    """Whether no other request with the same code was quicker."""
    change = sa.update(f).where(f.c.account == id_, f.c.last_step < step).values(last_step=step)
    return bool(connection.execute(change).rowcount)


def _row(connection: sa.Connection, id_: str) -> Any:
    return connection.execute(sa.select(f).where(f.c.account == id_)).first()
