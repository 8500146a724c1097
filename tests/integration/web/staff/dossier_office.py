"""An office whose counters see dossiers: a source that knows names, tries and tickets in memory."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parents[3]))

from fakes.dossiers import NAME, FakeSource, FakeTries, day

from assets.files import office_path
from queue_server.domain import commands as c
from queue_server.domain.commands import Actor, Role
from queue_server.domain.ids import CounterId, TicketId
from queue_server.dossiers.dossier import Dossier, Status, SupplementRequest
from queue_server.dossiers.officers import OfficerDesk
from queue_server.dossiers.ports import Opening, SourceUnavailable
from queue_server.dossiers.sources import Sources
from queue_server.office_file.load import load_office
from tests.integration.web.staff.staff_office import StaffOffice

BEHIND: dict[str, Any] = {
    "status": Status.SUPPLEMENT_ASKED,
    "due": day(18),
    "fee_due": 500_000,
    "contact": "Quầy 1",
    "result_place": "Quầy 3",
    "result_method": "counter",
    "forwarded": day(17, "14:05"),
    "supplements": (SupplementRequest("Bản sao Giấy khai sinh của con", day(18)),),
}
"""A dossier with something in every row of the panel."""


class NamedSource(FakeSource):
    """A source that knows the applicant's full name."""

    def applicant(self, code: str) -> str | None:
        return NAME if self.find(code) else None

    def id_of(self, code: str) -> str | None:
        return f"id-of-{code[-4:]}" if self.find(code) else None


class MemoryTickets:
    """TicketDossiers in memory; `fails` makes it as a database that cannot be read."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.openings: list[Opening] = []
        self.fails = False

    def of(self, ticket: str) -> str:
        if self.fails:
            raise SourceUnavailable("told to fail")
        return self.codes.get(ticket, "")

    def attach(self, ticket: str, code: str, day: date) -> None:
        self.codes[ticket] = code

    def note(self, opening: Opening) -> None:
        self.openings.append(opening)


class WithDossiers:
    """Makes an office see dossiers, and lets officer Lan at counter 3 call a ticket about one."""

    def __init__(
        self, office: StaffOffice, *dossiers: Dossier, source: type[FakeSource] = NamedSource
    ) -> None:
        self.office, self.tries, self.tickets = office, FakeTries(), MemoryTickets()
        self.source = source(*dossiers)
        self._made = 0
        self.desk = OfficerDesk(Sources({"register": self.source}), self.tries, self.tickets, self._new_id)
        office.deps = replace(office.deps, dossiers=self.desk)
        rules = load_office(office_path("commune")).dossiers
        config = office.now.config
        assert config is not None
        office.do(c.ConfigureOffice, by=c.SYSTEM, config=replace(config, dossiers=rules))
        self.account = office.account(Role.OFFICER, "lan")

    def _new_id(self) -> str:
        self._made += 1
        return f"opening-{self._made}"

    def officer_calls(self, code: str) -> tuple[TestClient, TicketId]:
        """The officer's client, and the ticket about `code` that is now at counter 3."""
        if self.office.now.counters[CounterId("quay-3")].officer is None:
            self.office.sit(self.account, 3)
        ticket = self.office.issue()
        if code:
            self.tickets.codes[ticket] = code
        by = Actor(Role.OFFICER, self.account.id, "test")
        self.office.do(c.CallNext, by, counter=CounterId("quay-3"))
        return self.office.signed_in(self.account), ticket
