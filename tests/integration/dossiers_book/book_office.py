"""The staff's web with the office's own book on SQLite."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from fakes.dossier_book import RULES, config
from fakes.ready_database import ready_database
from fastapi import FastAPI
from fastapi.testclient import TestClient

from queue_server.domain import commands as c
from queue_server.domain.commands import Role
from queue_server.dossiers.book import DossierBook
from queue_server.people.ports import Account
from queue_server.storage.dossier_book import SqlBook
from queue_server.web.app import make_app
from queue_server.web.dossier_book.router import book_router
from queue_server.web.staff import STAFF_ROUTERS
from tests.integration.web.staff.staff_office import StaffOffice

KEY = b"k" * 32
BIRTH, MARITAL, WILL = "1.001193", "1.004873", "2.001019"


class BookOffice(StaffOffice):
    """`recorded` is the audit trail: (what, subject)."""

    def __init__(self, directory: Path, code: str = RULES.code, **options: Any) -> None:
        super().__init__(**options)
        self.database = ready_database(directory)
        self.store = SqlBook(self.database, KEY)
        self.book = DossierBook(
            self.store,
            lambda: self.engine.office.config,
            lambda id_: next((a.name for a in self.accounts.all() if a.id == id_), ""),
            KEY,
        )
        before = self.now.config
        assert before is not None
        made = config()
        made = replace(
            before,
            hours=made.hours,
            services=made.services,
            counters=made.counters,
            agencies=made.agencies,
            groups=made.groups,
            zones=made.zones,
            kiosks=(),
            displays=(),
            dossiers=made.dossiers,
            book=replace(RULES, code=code),
        )
        self.do(c.ConfigureOffice, by=c.SYSTEM, config=made)
        self.recorded: list[tuple[str, str]] = []
        submit = self.engine.submit

        def heard(command: c.Command) -> Any:
            if isinstance(command, c.RecordAct):
                self.recorded.append((command.what, command.subject))
            return submit(command)

        self.engine.submit = heard  # type: ignore[method-assign]

    def app(self, tls: bool = False) -> FastAPI:
        return make_app(self.deps, (*STAFF_ROUTERS, book_router(self.book, self._new_press)), tls=tls)

    def _new_press(self) -> str:
        return f"press-{self._new_id()}-0000"

    def close(self) -> None:
        super().close()
        self.database.close()

    def officer(self, role: Role = Role.OFFICER) -> tuple[TestClient, Account]:
        account = self.account(role)
        return self.signed_in(account, html=True), account
