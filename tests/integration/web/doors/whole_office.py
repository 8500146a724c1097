"""The real server's pages in this process: every router wired by main, SQLite, no broker, five accounts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from assets.files import office_path
from queue_server.clock import new_id, random_below, secret
from queue_server.domain.commands import STAFF, Role
from queue_server.main import Options, Server
from queue_server.office_dir import OfficeDir
from queue_server.office_file.load import load_office
from queue_server.storage.accounts import SqlAccounts
from queue_server.storage.passwords import Hasher
from queue_server.web.app import make_app

PASSWORD = "sông Hương núi Ngự"
NAMES = {role: f"Nguyễn Văn {role.value}" for role in STAFF}


@dataclass(frozen=True)
class WholeOffice:
    """`app` is what `motcua server` serves."""

    server: Server
    app: FastAPI

    def client(self, role: Role | None = None, html: bool = False) -> TestClient:
        """Signed in as `role`, with its CSRF token in the headers; None is anybody."""
        accept = "text/html" if html else "application/json"
        client = TestClient(
            self.app,
            base_url="http://office.example",
            headers={"accept": accept},
            follow_redirects=False,
            client=(f"192.0.2.{len(role or '')}", 50_000),
        )
        if role is not None:
            now = self.server.clock.now()
            entered = self.server.accounts.sign_in(f"{role.value}-1", PASSWORD, "192.0.2.1", now)
            client.cookies["motcua"] = entered.session_id
            client.headers["x-csrf-token"] = entered.csrf
        return client

    def routes(self) -> set[tuple[str, str]]:
        """(method, path) of everything that answers."""
        return set(_routes(self.app.router))


def _routes(router: APIRouter) -> Iterator[tuple[str, str]]:
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if isinstance(inner, APIRouter):
            yield from _routes(inner)
            continue
        for method in getattr(route, "methods", None) or ():
            if method != "HEAD":
                yield method, getattr(route, "path", "")


@contextmanager
def whole_office(folder: Path, more: str = "") -> Iterator[WholeOffice]:
    """A started server of the sample commune that is open at any hour; `more` ends its office file."""
    text = office_path("commune").read_text("utf-8").replace("[hours]\n", "[hours]\nalways_open = true\n", 1)
    office = folder / "office.toml"
    office.write_text(f"{text}\n{more}", "utf-8")
    OfficeDir(folder).prepare()
    server = Server(Options(folder, office, ("127.0.0.1", 8080), ("127.0.0.1", 1)), load_office(office))
    cheap = Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    server.accounts = SqlAccounts(
        server.database, server.keys, new_id=new_id, secret=secret, below=random_below, hasher=cheap
    )
    server.start_engine()
    try:
        for role in STAFF:
            now = server.clock.now()
            server.accounts.create(f"{role.value}-1", NAMES[role], role, PASSWORD, now, must_change=False)
        app = make_app(server._web_deps(), server._routers(), burst=100_000)
        yield WholeOffice(server, app)
        app.state.streams.close()
    finally:
        server.engine.drain(30)
        server.database.close()
