"""Accounts of people: made, changed, disabled, and the first administrator's one-time password."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from queue_server.domain.commands import Role
from queue_server.domain.ids import OfficerId
from queue_server.people.ports import Account, LoginName
from queue_server.storage.codec import instant_of, instant_text
from queue_server.storage.database import Database
from queue_server.storage.limits import Limits, login_subject
from queue_server.storage.passwords import Hasher, check
from queue_server.storage.tables import accounts as a
from queue_server.storage.tables import second_factors as f
from queue_server.storage.tables import sessions as s

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
FIRST_LOGIN = "admin"
ACCOUNTS = sa.select(a, f.c.since.label("factor_since")).select_from(a.outerjoin(f, f.c.account == a.c.id))
"""Accounts, with the instant since when each has a second factor."""


def login_of(text: str) -> str:
    """A sign-in name as it is stored: NFC, lower case, no spaces around."""
    return unicodedata.normalize("NFC", text).strip().lower()


class People:
    """The part of Accounts that keeps who there is."""

    def __init__(
        self, database: Database, hasher: Hasher, new_id: Callable[[], str], below: Callable[[int], int]
    ) -> None:
        self._engine = database.engine
        self._hasher, self._new_id, self._below = hasher, new_id, below
        self._limits = Limits(database)

    def create(
        self,
        login: str,
        name: str,
        role: Role,
        password: str,
        now: datetime,
        agency: str | None = None,
        must_change: bool = True,
    ) -> Account:
        """Raises LoginName, WeakPassword."""
        login = login_of(login)
        if not _LOGIN.fullmatch(login):
            raise LoginName(f"a sign-in name is 2 to 32 of a-z 0-9 . _ -, not {login!r}")
        hashed = self._hasher.hash(check(password, login))
        id_ = OfficerId(self._new_id())
        row = sa.insert(a).values(
            id=id_,
            login=login,
            name=unicodedata.normalize("NFC", name).strip(),
            role=role.value,
            agency=agency,
            password_hash=hashed,
            disabled=False,
            must_change_password=must_change,
            created_at=instant_text(now),
        )
        try:
            with self._engine.begin() as connection:
                connection.execute(row)
        except sa.exc.IntegrityError as taken:
            raise LoginName(f"the sign-in name {login!r} is taken") from taken
        return self._known(id_)

    def create_first_administrator(self, now: datetime) -> tuple[str, str] | None:
        """(sign-in name, one-time password) when there is no administrator yet, else None.

        The password must be changed at the first sign-in and is nowhere stored in the clear.
        """
        if any(account.role is Role.ADMINISTRATOR for account in self.all()):
            return None
        groups = ["".join(_READABLE[self._below(len(_READABLE))] for _ in range(4)) for _ in range(4)]
        password, taken = "-".join(groups), {account.login for account in self.all()}
        login = next(n for n in (FIRST_LOGIN, *(f"{FIRST_LOGIN}{i}" for i in range(2, 99))) if n not in taken)
        self.create(login, "Quản trị viên", Role.ADMINISTRATOR, password, now)
        return login, password

    def all(self) -> Sequence[Account]:
        """Everyone, by sign-in name."""
        return self._accounts(ACCOUNTS.order_by(a.c.login))

    def get(self, id_: OfficerId) -> Account | None:
        found = self._accounts(ACCOUNTS.where(a.c.id == id_))
        return found[0] if found else None

    def _accounts(self, query: sa.Select[Any]) -> list[Account]:
        locks = self._limits.locks()
        with self._engine.connect() as connection:
            return [account_of(row, locks) for row in connection.execute(query)]

    def update(
        self,
        id_: OfficerId,
        *,
        name: str | None = None,
        role: Role | None = None,
        agency: str | None = None,
        disabled: bool | None = None,
    ) -> Account:
        """Change what is given. Disabling or another role ends the sessions. Raises LookupError."""
        before = self._known(id_)
        given = {
            "name": name,
            "role": role.value if role else None,
            "agency": agency,
            "disabled": disabled,
        }
        values = {column: value for column, value in given.items() if value is not None}
        with self._engine.begin() as connection:
            if values:
                connection.execute(sa.update(a).where(a.c.id == id_).values(values))
            if disabled or (role is not None and role is not before.role):
                connection.execute(sa.delete(s).where(s.c.account == id_))
        return self._known(id_)

    def set_password(self, id_: OfficerId, password: str, now: datetime, must_change: bool) -> None:
        """Ends all sessions of the account and unlocks it. Raises LookupError, WeakPassword."""
        account = self._known(id_)
        hashed = self._hasher.hash(check(password, account.login))
        values = {"password_hash": hashed, "must_change_password": must_change}
        with self._engine.begin() as connection:
            connection.execute(sa.update(a).where(a.c.id == id_).values(values))
            connection.execute(sa.delete(s).where(s.c.account == id_))
        self._limits.forget(login_subject(account.login))

    def unlock(self, id_: OfficerId) -> None:
        """Raises LookupError."""
        self._limits.forget(login_subject(self._known(id_).login))

    def _known(self, id_: OfficerId) -> Account:
        found = self.get(id_)
        if found is None:
            raise LookupError("no account has this id")
        return found


def account_of(row: Any, locks: Mapping[str, datetime]) -> Account:
    """An account from its row and the locks there are."""
    return Account(
        id=OfficerId(row.id),
        login=row.login,
        name=row.name,
        role=Role(row.role),
        agency=row.agency,
        disabled=row.disabled,
        locked_until=locks.get(login_subject(row.login)),
        must_change_password=row.must_change_password,
        last_sign_in=instant_of(row.last_sign_in) if row.last_sign_in else None,
        second_factor=bool(row.factor_since),
    )
