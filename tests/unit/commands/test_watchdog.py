"""What systemd hears of an office: ready, alive, and silence when it hangs."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from queue_server.commands.watchdog import watch
from queue_server.office_dir import OfficeDir, Running


class Health:
    """The page /healthz of an office, its parts set by the test."""

    def __init__(self) -> None:
        self.parts = {"ok": True, "engine": True, "journal": True, "broker": True}
        outer = self

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = json.dumps(outer.parts).encode()
                self.send_response(200 if outer.parts["ok"] else 503)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                return None

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def health() -> Iterator[Health]:
    made = Health()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as heard:
        heard.bind(str(tmp_path / "notify"))
        heard.settimeout(5)
        yield heard


def asked(tmp_path: Path) -> dict[str, str]:
    return {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "60000", "PATH": "/bin"}


def running(tmp_path: Path, health: Health) -> None:
    port = health.server.server_address[1]
    OfficeDir(tmp_path).note_running(Running(("127.0.0.1", port), ("127.0.0.1", 1), "thanh-binh", 1))


def test_an_office_says_that_it_is_ready_and_then_that_it_lives(
    tmp_path: Path, health: Health, systemd: socket.socket
) -> None:
    running(tmp_path, health)
    environment = asked(tmp_path)
    watchdog = watch(tmp_path, environment)
    assert watchdog is not None and environment == {"PATH": "/bin"}
    assert systemd.recv(100).startswith(b"READY=1")
    assert systemd.recv(100) == b"WATCHDOG=1" == systemd.recv(100)
    watchdog.stop()
    watchdog.join(5)


def test_without_its_broker_an_office_lives_and_without_its_engine_it_is_silent(
    tmp_path: Path, health: Health, systemd: socket.socket
) -> None:
    running(tmp_path, health)
    health.parts |= {"ok": False, "broker": False}
    watchdog = watch(tmp_path, asked(tmp_path))
    assert watchdog is not None
    assert systemd.recv(100).startswith(b"READY=1")
    assert systemd.recv(100) == b"WATCHDOG=1"
    health.parts |= {"engine": False}
    systemd.settimeout(0.3)
    with pytest.raises(TimeoutError):
        for _ in range(100):
            systemd.recv(100)
    watchdog.stop()
    watchdog.join(5)


def test_where_nobody_asked_there_is_no_watchdog(tmp_path: Path) -> None:
    assert watch(tmp_path, {"PATH": "/bin"}) is None


def test_a_proxy_of_the_environment_is_not_asked_for_the_pages_of_this_machine(
    tmp_path: Path, health: Health, systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    running(tmp_path, health)
    watchdog = watch(tmp_path, asked(tmp_path))
    assert watchdog is not None and systemd.recv(100).startswith(b"READY=1")
    watchdog.stop()
    watchdog.join(5)
