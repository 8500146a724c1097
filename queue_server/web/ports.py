"""What the pages need: the engine, words and figures of the day, predictions, accounts. Wired in main."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from queue_server.domain.commands import Role
from queue_server.domain.ids import OfficerId, ServiceId, TicketId
from queue_server.domain.ticket import Told
from queue_server.engine.ports import Clock, Engine
from queue_server.waits.figures import Figures, VisitRecord


class Predictions(Protocol):
    """The latest predictions, made in their own process; None is "not known"."""

    def newcomer(self, service: ServiceId) -> Told | None: ...

    def ticket(self, ticket: TicketId) -> Told | None:
        """Minutes from `made_at` until the call of a waiting ticket."""
        ...

    def hall_mean(self) -> Told | None:
        """The predicted mean wait of everyone who is in the hall now (whole visit wait, minutes)."""
        ...

    def made_at(self) -> datetime | None: ...


class DayFigures(Protocol):
    """Visits and figures by waits/measure, from the journal."""

    def visits(self, day: date) -> Sequence[VisitRecord]: ...

    def figures(self, visits: Sequence[VisitRecord]) -> Figures: ...


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


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A server-side session: `csrf` is the token every changing request must carry."""

    account: Account
    session_id: str
    csrf: str
    expires_at: datetime


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

    def ticket_of(self, token: str, today: date) -> TicketId | None:
        """The ticket of a token, None when unknown or of another day."""
        ...


class WeakPassword(ValueError):
    """Shorter than 10 characters, or the sign-in name itself, or one of the commonest."""


class BadSignIn(Exception):
    """Unknown name, wrong password or disabled account: the caller cannot tell which."""


class LockedOut(Exception):
    """Too many tries; `until` says when the next one is heard."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many tries")
        self.until = until


class OfficeFile(Protocol):
    """The office's TOML file: the same checks as the command line's, every mistake with its line."""

    def text(self) -> str: ...

    def check(self, text: str) -> Sequence[str]:
        """Every mistake as a sentence with its line; empty when the text may be applied."""
        ...

    def apply(self, text: str) -> Sequence[str]:
        """Check, write the file and reload the office; the mistakes (nothing changed) or nothing."""
        ...


@dataclass(frozen=True)
class WebDeps:
    """Everything a router factory gets: `router(deps) -> APIRouter`."""

    engine: Engine
    clock: Clock
    accounts: Accounts
    predictions: Predictions
    figures: DayFigures
    office_dir: str
    demo: bool = False
    boot_id: str = ""
    css: str = ""
    """The brand theme as CSS custom properties."""
    device_states: Mapping[str, Mapping[str, object]] | None = None
    """Latest `device/<device>/state` payloads, by device id."""
    health: Callable[[], dict[str, bool]] | None = None
    """What `/healthz` reports: part by name → does it answer."""
    office_file: OfficeFile | None = None
    """None where the office file cannot be changed from the web."""
