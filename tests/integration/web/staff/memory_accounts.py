"""Accounts and pairings in memory, as the pages of the staff see them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from queue_server.domain.commands import Role
from queue_server.domain.ids import OfficerId, TicketId
from queue_server.people.ports import (
    Account,
    BadSignIn,
    LockedOut,
    LoginName,
    SignedIn,
    WeakPassword,
)


class MemoryAccounts:
    """The shape of Accounts: passwords in the clear, three tries a name, sessions of 900 idle seconds."""

    IDLE = timedelta(seconds=900)

    def __init__(self) -> None:
        self.accounts: dict[OfficerId, Account] = {}
        self.passwords: dict[OfficerId, str] = {}
        self.sessions: dict[str, tuple[OfficerId, datetime]] = {}
        self.failures: dict[str, list[datetime]] = {}
        self.codes: dict[str, str] = {}
        self.paired: dict[str, tuple[str, datetime]] = {}
        self._made = 0

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
        if not login.isascii() or len(login) < 2 or any(a.login == login for a in self.accounts.values()):
            raise LoginName(login)
        if len(password) < 10:
            raise WeakPassword
        account = Account(
            OfficerId(f"acc-{len(self.accounts) + 1}"),
            login,
            name,
            role,
            agency,
            must_change_password=must_change,
        )
        self.accounts[account.id], self.passwords[account.id] = account, password
        return account

    def all(self) -> Sequence[Account]:
        return list(self.accounts.values())

    def get(self, id_: OfficerId) -> Account | None:
        return self.accounts.get(id_)

    def update(
        self,
        id_: OfficerId,
        *,
        name: str | None = None,
        role: Role | None = None,
        agency: str | None = None,
        disabled: bool | None = None,
    ) -> Account:
        old = self.accounts[id_]
        self.accounts[id_] = replace(
            old,
            name=old.name if name is None else name,
            role=old.role if role is None else role,
            agency=old.agency if agency is None else agency,
            disabled=old.disabled if disabled is None else disabled,
        )
        return self.accounts[id_]

    def set_password(self, id_: OfficerId, password: str, now: datetime, must_change: bool) -> None:
        if len(password) < 10:
            raise WeakPassword
        self.passwords[id_] = password
        self.accounts[id_] = replace(self.accounts[id_], must_change_password=must_change)

    def unlock(self, id_: OfficerId) -> None:
        self.failures.pop(self.accounts[id_].login, None)
        self.accounts[id_] = replace(self.accounts[id_], locked_until=None)

    def sign_in(self, login: str, password: str, where: str, now: datetime) -> SignedIn:
        tries = self.failures.setdefault(login, [])
        if len(tries) >= 3 and now < tries[-1] + timedelta(minutes=5):
            raise LockedOut(tries[-1] + timedelta(minutes=5))
        found = next((a for a in self.accounts.values() if a.login == login), None)
        if found is None or found.disabled or self.passwords[found.id] != password:
            tries.append(now)
            raise BadSignIn
        self.failures.pop(login, None)
        self._made += 1
        session = f"session-{self._made}"
        self.sessions[session] = (found.id, now)
        return self._signed_in(session, now)

    def _signed_in(self, session: str, now: datetime) -> SignedIn:
        account = self.accounts[self.sessions[session][0]]
        return SignedIn(account, session, f"csrf-of-{session}", now + self.IDLE)

    def session(self, session_id: str, now: datetime) -> SignedIn | None:
        found = self.sessions.get(session_id)
        if found is None or now - found[1] >= self.IDLE:
            return None
        self.sessions[session_id] = (found[0], now)
        return self._signed_in(session_id, now)

    def sign_out(self, session_id: str) -> None:
        self.sessions.pop(session_id, None)

    def pairing_code(self, now: datetime) -> tuple[str, str]:
        code = f"K{len(self.codes) + 1:02d}P7M"
        self.codes[code] = f"secret-{code}"
        return self.codes[code], code

    def confirm_pairing(self, code: str, display: str, by: OfficerId, now: datetime) -> bool:
        if code not in self.codes:
            return False
        self.paired[self.codes.pop(code)] = (display, now)
        return True

    def paired_display(self, device_secret: str, now: datetime) -> str | None:
        found = self.paired.get(device_secret)
        return found[0] if found else None

    def pairings(self) -> Sequence[tuple[str, str, datetime]]:
        return [(secret, display, since) for secret, (display, since) in self.paired.items()]

    def revoke_pairing(self, pairing_id: str) -> None:
        self.paired.pop(pairing_id, None)

    def page_token(self, ticket: TicketId, day: date) -> str:
        return f"token-{ticket}"

    def ticket_of(self, token: str, today: date, kept: Iterable[TicketId] = ()) -> TicketId | None:
        return None
