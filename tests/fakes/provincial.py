"""A provincial system over real HTTP on loopback that behaves as it is told: well, slowly, wrongly, never."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from fakes.dossiers import CODE, NAME, PHONE

RECORD: dict[str, Any] = {
    "MaHoSo": CODE,
    "TenTTHC": "Cấp Giấy xác nhận tình trạng hôn nhân",
    "ChuHoSo": NAME,
    "SoDienThoai": PHONE,
    "NgayTiepNhan": "20261117091200",
    "NgayHenTra": "20261120170000",
    "TrangThaiHoSo": "9",
    "NgayKetThucXuLy": "20261119102000",
    "DonViXuLy": "Tư pháp - Hộ tịch",
}

SILENT_S = 60.0


@dataclass
class Asked:
    """One request as it came: path, headers in lower case, parsed body."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Provincial:
    """`way` is how it answers now: well, none, silent, drip, late_headers, error, wrong_json, half, huge,
    redirect, other_kind, packed, shut_out, other_dossier, cut."""

    url: str = ""
    record: dict[str, Any] = field(default_factory=lambda: dict(RECORD))
    way: str = "well"
    asked: list[Asked] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)
    """Requests that came to where it redirects to."""
    elsewhere: str = ""
    going: threading.Event = field(default_factory=threading.Event)
    """Set when the tests end: whoever dawdles stops."""


def _answers(system: Provincial) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._take(None)

        def do_POST(self) -> None:
            self._take(json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0")))))

        def _take(self, body: Any) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            system.asked.append(Asked(self.command, self.path, headers, body))
            with suppress(OSError):
                getattr(self, "_" + system.way)()

        def _say(self, body: bytes, status: int = 200, kind: str = "application/json", **more: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in more.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        def _json(self, data: Any, **more: Any) -> None:
            self._say(json.dumps(data).encode(), **more)

        def _well(self) -> None:
            self._json({"error_code": "0", "result": [system.record]})

        def _none(self) -> None:
            self._json({"error_code": "0", "result": []})

        def _silent(self) -> None:
            system.going.wait(SILENT_S)

        def _drip(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "100000")
            self.end_headers()
            while not system.going.wait(0.05):
                self.wfile.write(b" ")
                self.wfile.flush()

        def _late_headers(self) -> None:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not system.going.wait(0.05):
                self.wfile.write(b"X-A: b\r\n")
                self.wfile.flush()

        def _error(self) -> None:
            self._json({"message": f"{NAME} {CODE}"}, status=500)

        def _wrong_json(self) -> None:
            self._say(b'{"result": [{"MaHoSo": ')

        def _half(self) -> None:
            body = json.dumps({"result": [system.record]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True

        def _cut(self) -> None:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True

        def _huge(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            while not system.going.is_set():
                self.wfile.write(b" " * 65_536)

        def _packed(self) -> None:
            self._say(b"\x1f\x8b", Content_Encoding="gzip")

        def _redirect(self) -> None:
            self._say(b"", status=302, Location=system.elsewhere)

        def _other_kind(self) -> None:
            self._say(json.dumps({"result": [system.record]}).encode(), kind="text/html; charset=utf-8")

        def _shut_out(self) -> None:
            self._json({"error": "token"}, status=401)

        def _other_dossier(self) -> None:
            self._json({"result": [{**system.record, "MaHoSo": "H99.16-261117-0024"}]})

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@contextmanager
def provincial(tls: Path | None = None) -> Iterator[Provincial]:
    """The system on an ephemeral loopback port; with `tls` a PEM file of key and certificate."""
    system, trap = Provincial(), Provincial()
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _answers(one)) for one in (system, trap)]
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
        servers[0].socket = context.wrap_socket(servers[0].socket, server_side=True)
    threads = []
    for server in servers:
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threads.append(threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True))
        threads[-1].start()
    scheme = "https" if tls else "http"
    system.url = f"{scheme}://127.0.0.1:{servers[0].server_address[1]}/tracuu"
    system.elsewhere = f"http://127.0.0.1:{servers[1].server_address[1]}/elsewhere"
    try:
        yield system
        system.followed = [one.path for one in trap.asked]
    finally:
        system.going.set()
        trap.going.set()
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            server.server_close()
            thread.join(30)
