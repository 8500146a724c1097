"""An office in memory for the public pages: engine, figures, predictions, accounts without people."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from queue_server.domain.commands import Role
from queue_server.domain.ids import (
    OfficerId,
    TicketId,
)
from queue_server.domain.office_config import OfficeConfig
from queue_server.people.ports import Account, SignedIn
from queue_server.web.ports import WebDeps
from tests.integration.web.public.sample_config import NOW
from tests.integration.web.public.sample_engine import SampleClock, SampleEngine
from tests.integration.web.public.sample_figures import SampleFigures, SamplePredictions, SampleRanges


class SampleAccounts:
    """Pairings, page tokens and sessions, kept in dictionaries."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.paired: dict[str, str] = {}
        self.tokens: dict[str, tuple[TicketId, date]] = {}
        self.sessions: dict[str, SignedIn] = {}
        self.demo_accounts: list[Account] = []

    def pairing_code(self, now: datetime) -> tuple[str, str]:
        code = f"K{len(self.codes) + 1:02d}P7M"
        secret = f"secret-{code}"
        self.codes[code] = secret
        return secret, code

    def confirm_pairing(self, code: str, display: str, by: OfficerId, now: datetime) -> bool:
        self.paired[self.codes[code]] = display
        return True

    def paired_display(self, device_secret: str, now: datetime) -> str | None:
        return self.paired.get(device_secret)

    def revoke_pairing(self, pairing_id: str) -> None:
        del self.paired[pairing_id]

    def page_token(self, ticket: TicketId, day: date) -> str:
        token = f"token-of-{ticket}"
        self.tokens[token] = (ticket, day)
        return token

    def ticket_of(self, token: str, today: date, kept: Iterable[TicketId] = ()) -> TicketId | None:
        found = self.tokens.get(token)
        return found[0] if found and (found[1] == today or found[0] in kept) else None

    def session(self, session_id: str, now: datetime) -> SignedIn | None:
        return self.sessions.get(session_id)

    def all(self) -> Sequence[Account]:
        return self.demo_accounts


class SampleOffice:
    """Everything the routers get, and the handles to move it."""

    def __init__(self, folder: str, demo: bool = False, config: OfficeConfig | None = None) -> None:
        self.clock = SampleClock()
        self.engine = SampleEngine(self.clock, config)
        self.predictions = SamplePredictions(self.clock)
        self.figures = SampleFigures()
        self.accounts = SampleAccounts()
        self.devices: dict[str, dict[str, object]] = {}
        self.deps = WebDeps(
            engine=self.engine,
            clock=self.clock,
            accounts=self.accounts,  # type: ignore[arg-type]
            predictions=self.predictions,
            figures=self.figures,
            figures_for=SampleRanges(self.figures, self.engine, self.clock),
            figures_token="a token for programs",
            office_dir=folder,
            demo=demo,
            boot_id="boot",
            device_states=self.devices,
        )

    def sign_in(self, role: Role) -> str:
        """A session of somebody with this role; its id is the cookie's value."""
        account = Account(OfficerId(f"demo-{role.value}"), role.value, "Nguyễn Văn Bình", role)
        session = f"session-{role.value}"
        self.accounts.sessions[session] = SignedIn(account, session, "csrf", NOW + timedelta(hours=8))
        return session
