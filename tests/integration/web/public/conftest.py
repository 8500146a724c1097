"""The sample office behind a real server on an ephemeral port, and a real Chromium."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from queue_server.web.app import RouterFactory, make_app
from queue_server.web.hall.router import router as hall
from tests.integration.web.public.sample_office import SampleOffice

ROUTERS: tuple[RouterFactory, ...] = (hall,)


@pytest.fixture
def office(tmp_path: Path) -> SampleOffice:
    return SampleOffice(str(tmp_path))


class Served:
    """A running server; `stop` ends it as a crash would, streams included."""

    def __init__(self, office: SampleOffice) -> None:
        self.app = make_app(office.deps, ROUTERS)
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(self.app, log_level="warning", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [self._socket]})
        self._thread.start()

    def stop(self) -> None:
        self.app.state.streams.close()
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()


@pytest.fixture
def serve() -> Iterator[Callable[[SampleOffice], Served]]:
    running: list[Served] = []

    def start(office: SampleOffice) -> Served:
        running.append(Served(office))
        return running[-1]

    yield start
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
        )
        yield browser
        browser.close()
