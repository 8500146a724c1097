"""Accounts, sessions, paired televisions and page tokens: what the pages ask and storage keeps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from queue_server.domain.commands import Role
from queue_server.domain.ids import OfficerId, TicketId


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in. `name` is shown on staff pages only, never in hall, logs or topics."""

    id: OfficerId
    login: str
    name: str
    role: Role
    agency: str | None = None
    disabled: bool = False
    locked_until: datetime | None = None
    must_change_password: bool = False
    last_sign_in: datetime | None = None
    second_factor: bool = False
    """Whether a code of an authenticator app is asked for after the password."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A server-side session: `csrf` is the token every changing request must carry."""

    account: Account
    session_id: str
    csrf: str
    expires_at: datetime
    factor_due: bool = False
    """The password was right, the code is still to come: this session opens nothing else."""


class LoginName(ValueError):
    """A sign-in name that is taken or not of the form a-z 0-9 . _ - (2 to 32)."""


class Accounts(Protocol):
    """Accounts, sessions, pairings and page tokens: ordinary tables, forgettable. All times are arguments."""

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
        ...

    def all(self) -> Sequence[Account]: ...

    def get(self, id_: OfficerId) -> Account | None: ...

    def update(
        self,
        id_: OfficerId,
        *,
        name: str | None = None,
        role: Role | None = None,
        agency: str | None = None,
        disabled: bool | None = None,
    ) -> Account: ...

    def set_password(self, id_: OfficerId, password: str, now: datetime, must_change: bool) -> None: ...

    def unlock(self, id_: OfficerId) -> None: ...

    def sign_in(self, login: str, password: str, where: str, now: datetime) -> SignedIn:
        """Raises BadSignIn, LockedOut (rate limits per login and per address), both in constant work."""
        ...

    def session(self, session_id: str, now: datetime) -> SignedIn | None:
        """The session if it is alive; extends its idle life."""
        ...

    def sign_out(self, session_id: str) -> None: ...

    def pairing_code(self, now: datetime) -> tuple[str, str]:
        """(device secret, six-character code shown on the TV until someone on the staff confirms it)."""
        ...

    def confirm_pairing(self, code: str, display: str, by: OfficerId, now: datetime) -> bool: ...

    def paired_display(self, device_secret: str, now: datetime) -> str | None:
        """The display id this TV is paired to, None if not (yet, or revoked)."""
        ...

    def pairings(self) -> Sequence[tuple[str, str, datetime]]:
        """(pairing id, display, since)"""
        ...

    def revoke_pairing(self, pairing_id: str) -> None: ...

    def page_token(self, ticket: TicketId, day: date) -> str:
        """The unguessable token of a ticket's phone page (made once per ticket)."""
        ...

    def ticket_of(self, token: str, today: date, kept: Iterable[TicketId] = ()) -> TicketId | None:
        """The ticket of a token, None when unknown or of another day; `kept` are those that count today as
        well, though they were given on an earlier day."""
        ...


class SecondFactors(Protocol):
    """Authenticator apps and recovery codes: secrets are sealed, recovery codes kept as digests."""

    def secret(self, id_: OfficerId) -> bytes | None:
        """The secret to enrol with, the same until it is confirmed; None when one is in use."""
        ...

    def enrol(self, id_: OfficerId, code: str, now: datetime, keep: str = "") -> Sequence[str]:
        """Put the secret in use: the recovery codes, told once. Every session but `keep` ends.

        Raises BadCode, LockedOut.
        """
        ...

    def check(self, id_: OfficerId, code: str, now: datetime) -> str:
        """How the code was right: `app`, or `recovery`, which is used up. Raises BadCode, LockedOut."""
        ...

    def complete(self, session_id: str, now: datetime) -> SignedIn:
        """A whole session in place of one whose code was due, which ends. Raises BadSignIn."""
        ...

    def recovery_left(self, id_: OfficerId) -> int: ...

    def remove(self, id_: OfficerId) -> None:
        """Forget app and recovery codes; the sessions end."""
        ...


class WeakPassword(ValueError):
    """Shorter than 10 characters, or the sign-in name itself, or one of the commonest."""


class BadSignIn(Exception):
    """Unknown name, wrong password or disabled account: the caller cannot tell which."""


class BadCode(Exception):
    """No code of the app or of recovery, or one used before; `used` is a right one that came again."""

    def __init__(self, used: bool = False) -> None:
        super().__init__("not a code")
        self.used = used


class LockedOut(Exception):
    """Too many tries; `until` says when the next one is heard."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many tries")
        self.until = until
