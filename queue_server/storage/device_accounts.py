"""Accounts of devices at the broker: made, listed, taken back; passwords come from the office's key."""

import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from queue_server.domain.ids import CounterId
from queue_server.storage.codec import instant_text
from queue_server.storage.database import Database
from queue_server.storage.keys import Keys, digest
from queue_server.storage.tables import device_accounts as d

_USER = re.compile(r"[A-Za-z0-9_-]{1,64}")


class DeviceUser(ValueError):
    """A device's user name that is taken or not of the form A-Z a-z 0-9 _ - (1 to 64)."""


@dataclass(frozen=True, slots=True)
class DeviceAccount:
    """`kind` is kiosk, printer-agent, display, keypad or observer; `devices` are what an agent owns."""

    user: str
    kind: str
    devices: tuple[str, ...] = ()
    counter: CounterId | None = None


class DeviceAccounts:
    """A device's password is made from its name, its making and the office's key; the table has its hash."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._engine, self._keys = database.engine, keys

    def create(
        self,
        user: str,
        kind: str,
        now: datetime,
        devices: Sequence[str] = (),
        counter: CounterId | None = None,
    ) -> str:
        """The new account's password (24 characters); a revoked name may be used again. Raises DeviceUser."""
        if not _USER.fullmatch(user):
            raise DeviceUser(f"a device's user name is 1 to 64 of A-Z a-z 0-9 _ -, not {user!r}")
        made_at = instant_text(now)
        password = self._keys.device_password(user, made_at)
        row = {
            "username": user,
            "kind": kind,
            "secret": digest(password),
            "devices": json.dumps(list(devices)),
            "counter": counter,
            "created_at": made_at,
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.delete(d).where(d.c.username == user, d.c.revoked_at.is_not(None)))
                connection.execute(sa.insert(d).values(row))
        except sa.exc.IntegrityError as taken:
            raise DeviceUser(f"the device user {user!r} is taken; revoke it first") from taken
        return password

    def list(self) -> Sequence[DeviceAccount]:
        """Those in force, by name."""
        return [_account(row) for row in self._rows()]

    def passwords(self) -> dict[str, str]:
        """User → password of those in force, for the broker's configuration."""
        return {
            row.username: self._keys.device_password(row.username, row.created_at) for row in self._rows()
        }

    def check(self, user: str, password: str) -> DeviceAccount | None:
        """The account when the password is right and it has not been revoked."""
        row = next((row for row in self._rows() if row.username == user), None)
        if row is None or not hmac.compare_digest(bytes(row.secret), digest(password)):
            return None
        return _account(row)

    def revoke(self, user: str, now: datetime) -> bool:
        """Whether there was such an account in force."""
        with self._engine.begin() as connection:
            done = connection.execute(
                sa.update(d)
                .where(d.c.username == user, d.c.revoked_at.is_(None))
                .values(revoked_at=instant_text(now))
            )
        return bool(done.rowcount)

    def _rows(self) -> Sequence[Any]:
        query = sa.select(d).where(d.c.revoked_at.is_(None)).order_by(d.c.username)
        with self._engine.connect() as connection:
            return connection.execute(query).all()


def _account(row: Any) -> DeviceAccount:
    counter = None if row.counter is None else CounterId(row.counter)
    return DeviceAccount(row.username, row.kind, tuple(json.loads(row.devices)), counter)
