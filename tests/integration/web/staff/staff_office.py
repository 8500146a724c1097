"""A whole office for the staff's pages: the real engine and rules, accounts in memory, a clock that runs."""

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from queue_server.domain import commands as c
from queue_server.domain.commands import Actor, Command, Role
from queue_server.domain.decide import decide
from queue_server.domain.evolve import evolve
from queue_server.domain.ids import CommandId, CounterId, DeviceId, ServiceId, TicketId
from queue_server.domain.office import Office
from queue_server.domain.office_devices import Printer
from queue_server.domain.ticket import Told
from queue_server.domain.words import Words
from queue_server.engine.batch import Behaviour
from queue_server.engine.ports import Answer
from queue_server.engine.writer import SingleWriter
from queue_server.people.ports import (
    Account,
)
from queue_server.storage.memory import MemoryJournal, MemoryStore
from queue_server.waits.figures import Figures, VisitRecord
from queue_server.web.app import make_app
from queue_server.web.ports import WebDeps
from queue_server.web.staff import STAFF_ROUTERS
from tests.integration.web.public.sample_config import sample_config
from tests.integration.web.staff.memory_accounts import MemoryAccounts

NINE_FORTY_TWO = datetime(2026, 11, 20, 2, 42, tzinfo=UTC)
"""Friday, 09:42 in the office."""
PASSWORD = "mot-cua-2026-ok"
KIOSK = Actor(Role.DEVICE, "kiosk-1", "test")


class RunningClock:
    """09:42 at its making, running at the machine's pace; `advance` jumps."""

    def __init__(self, start: datetime = NINE_FORTY_TWO, frozen: bool = False) -> None:
        self._start, self._from, self._ahead, self._frozen = start, time.monotonic(), 0.0, frozen

    def advance(self, **span: float) -> None:
        self._ahead += timedelta(**span).total_seconds()

    def monotonic(self) -> float:
        return self._ahead + (0.0 if self._frozen else time.monotonic() - self._from)

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.monotonic())

    def wall_step(self) -> float:
        return 0.0

    def synchronised(self) -> bool:
        return True


class SetPredictions:
    """What is foretold, as a test sets it."""

    def __init__(self) -> None:
        self.hall: Told | None = None

    def newcomer(self, service: ServiceId) -> Told | None:
        return None

    def ticket(self, ticket: TicketId) -> Told | None:
        return None

    def hall_mean(self) -> Told | None:
        return self.hall

    def made_at(self) -> datetime | None:
        return None


class SetFigures:
    """Figures as a test sets them."""

    def __init__(self) -> None:
        self.told = Figures(0, None, None, None, None)
        self.records: list[VisitRecord] = []

    def visits(self, day: date) -> Sequence[VisitRecord]:
        return self.records

    def figures(self, visits: Sequence[VisitRecord]) -> Figures:
        return self.told


class MemoryOfficeFile:
    """An office file whose only mistakes are lines that hold the word `sai`."""

    def __init__(self) -> None:
        self.kept = 'name = "Một cửa"\n'

    def text(self) -> str:
        return self.kept

    def check(self, text: str) -> Sequence[Words]:
        wrong = [i for i, line in enumerate(text.splitlines(), 1) if "sai" in line]
        return [Words(f"dòng {i}: sai", f"line {i}: wrong") for i in wrong]

    def apply(self, text: str) -> Sequence[Words]:
        mistakes = self.check(text)
        if not mistakes:
            self.kept = text
        return mistakes


class StaffOffice:
    """The office, and the handles to move it."""

    def __init__(self, start: datetime = NINE_FORTY_TWO, frozen: bool = False, demo: bool = False) -> None:
        self.clock = RunningClock(start, frozen)
        self.accounts, self.predictions, self.figures = MemoryAccounts(), SetPredictions(), SetFigures()
        self.office_file = MemoryOfficeFile()
        self._ids = 0
        self._app: tuple[WebDeps, FastAPI] | None = None
        self.engine = SingleWriter(
            MemoryJournal(MemoryStore()),
            self.clock,
            Behaviour(decide, evolve),
            new_id=self._new_id,
            boot_id="boot",
        )
        self.engine.start()
        printers = (
            Printer(DeviceId("may-in-1"), Words("Máy in quầy Hướng dẫn", "Desk printer"), "simulated:"),
        )
        self.do(c.ConfigureOffice, by=c.SYSTEM, config=sample_config(printers=printers))
        self.do(c.Tick, by=c.SYSTEM)  # the day is open before a test looks, not some time later
        self.deps = WebDeps(
            engine=self.engine,
            clock=self.clock,
            accounts=self.accounts,
            predictions=self.predictions,
            figures=self.figures,
            office_dir="",
            demo=demo,
            boot_id="boot",
            office_file=self.office_file,
        )

    def _new_id(self) -> str:
        self._ids += 1
        return f"id-{self._ids}"

    @property
    def now(self) -> Office:
        return self.engine.office

    def close(self) -> None:
        assert self.engine.drain(30)

    def ask(self, kind: type[Command], by: Actor = KIOSK, **fields: Any) -> Answer:
        command = kind(id=CommandId(self._new_id()), by=by, **fields)
        return self.engine.submit(command).result(30)

    def do(self, kind: type[Command], by: Actor = KIOSK, **fields: object) -> Answer:
        answer = self.ask(kind, by, **fields)
        assert answer.refusal is None, answer.refusal
        return answer

    def issue(self, service: str = "chung-thuc", **fields: Any) -> TicketId:
        ticket = TicketId(f"ticket-{self._new_id()}")
        self.do(c.IssueTicket, ticket=ticket, services=(ServiceId(service),), **fields)
        return ticket

    def account(
        self, role: Role, login: str = "", must_change: bool = False, name: str = "Trần Thị Lan"
    ) -> Account:
        return self.accounts.create(
            login or role.value, name, role, PASSWORD, self.clock.now(), must_change=must_change
        )

    def sit(self, account: Account, number: int, opened: bool = True) -> None:
        by, counter = Actor(account.role, account.id, "test"), CounterId(f"quay-{number}")
        self.do(c.SignOn, by, counter=counter, officer=account.id)
        if opened:
            self.do(c.OpenCounter, by, counter=counter)

    def app(self, tls: bool = False) -> FastAPI:
        return make_app(self.deps, STAFF_ROUTERS, tls=tls)

    def client(self, app: FastAPI | None = None, html: bool = False) -> TestClient:
        accept = "text/html" if html else "application/json"
        return TestClient(app or self._own_app(), headers={"Accept": accept}, follow_redirects=False)

    def _own_app(self) -> FastAPI:
        """One for all who come without another; a new one when the office got other parts."""
        if self._app is None or self._app[0] is not self.deps:
            self._app = (self.deps, self.app())
        return self._app[1]

    def signed_in(self, account: Account, app: FastAPI | None = None, html: bool = False) -> TestClient:
        """A client with this account's session; `client.headers` carries the CSRF token."""
        client = self.client(app, html)
        answer = client.post("/sign-in", data={"login": account.login, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        session = client.cookies["motcua"]
        client.headers["x-csrf-token"] = f"csrf-of-{session}"
        return client


@contextmanager
def served(office: StaffOffice) -> Iterator[str]:
    """The office's web on an ephemeral loopback port; yields its address."""
    app = office.app()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2)
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            app.state.streams.close()
            server.should_exit = True
            thread.join(30)
            assert not thread.is_alive()
