"""The sample office behind a real server on an ephemeral port, and a real Chromium."""

import math
import socket
import struct
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from fastapi.testclient import TestClient

from queue_server.page_server import LiveHttp
from queue_server.web.app import RouterFactory, make_app
from queue_server.web.hall.announce import SOUNDS, check_clips
from queue_server.web.hall.router import router as hall
from queue_server.web.manager.router import router as manager
from queue_server.web.ports import WebDeps
from queue_server.web.ticket.router import router as ticket
from tests.integration.web.public.sample_config import sample_config
from tests.integration.web.public.sample_office import SampleOffice

ROUTERS: tuple[RouterFactory, ...] = (hall, ticket, manager)
RATE, CLIP_S = 8000, 0.1
ALL = 100_000
"""Requests of one address: on the office's standing clock no bucket fills again."""
LOOPBACK, ELSEWHERE = ("127.0.0.1", 50000), ("192.168.1.20", 50000)


@pytest.fixture
def office(tmp_path: Path) -> SampleOffice:
    return SampleOffice(str(tmp_path))


class Served:
    """A running server; `stop` ends it as a crash would, streams included."""

    def __init__(self, office: SampleOffice, *more: RouterFactory, burst: int = ALL) -> None:
        self.app = make_app(office.deps, (*ROUTERS, *more), burst=burst)
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(self.app, http=LiveHttp, log_level="warning", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [self._socket]})
        self._thread.start()

    def stop(self) -> None:
        """Safe to call twice."""
        self.app.state.streams.close()
        self._server.should_exit = True
        self._thread.join(30)
        self._socket.close()


Serve = Callable[..., Served]


@pytest.fixture
def serve() -> Iterator[Serve]:
    running: list[Served] = []

    def start(office: SampleOffice, *more: RouterFactory, burst: int = ALL) -> Served:
        running.append(Served(office, *more, burst=burst))
        return running[-1]

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def ask(office: SampleOffice) -> Callable[..., TestClient]:
    """A client of the application without a network; `client` is the address it comes from."""

    def of(
        *more: RouterFactory, client: tuple[str, int] = ELSEWHERE, deps: WebDeps | None = None
    ) -> TestClient:
        app = make_app(deps or office.deps, (*ROUTERS, *more))
        return TestClient(app, client=client, follow_redirects=False)

    return of


@pytest.fixture
def recordings(office: SampleOffice) -> None:
    """Short audible clips in place of every one that the office may need."""
    folder = Path(office.deps.office_dir) / "sounds"
    samples = [int(9000 * math.sin(2 * math.pi * 440 * i / RATE)) for i in range(int(RATE * CLIP_S))]
    body = struct.pack(f"<{len(samples)}h", *samples)
    for clip in [*check_clips(sample_config()), {"url": f"{SOUNDS}/vi/call.again.wav"}]:
        file = folder / str(clip["url"]).removeprefix(f"{SOUNDS}/")
        file.parent.mkdir(parents=True, exist_ok=True)
        with wave.open(str(file), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(body)
