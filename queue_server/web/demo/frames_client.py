"""Asks an offscreen kiosk for what is on its glass and touches it; standard library only, no Kivy."""

from __future__ import annotations

import json
import socket
import threading
from pathlib import Path
from typing import Any

TIMEOUT_S = 5.0


class FramesClient:
    """One connection, opened when needed and again after a loss; threads may share it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._version = 0
        self._frame: bytes | None = None

    def latest(self) -> bytes | None:
        """The newest frame as JPEG; the one before when nothing was drawn since; None without a kiosk."""
        answer = self._ask({"op": "frame", "since": self._version})
        if answer is None:
            return None
        header, body = answer
        if body:
            self._version, self._frame = int(header["version"]), body
        return self._frame

    def touch(self, x: float, y: float) -> None:
        """Tap the glass at shares 0–1 of its width and height from the top left; nothing without a kiosk."""
        self._ask({"op": "touch", "x": x, "y": y, "phase": "tap"})

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes] | None:
        with self._lock:
            try:
                return self._exchange(request)
            except (OSError, ValueError, KeyError):
                self._drop()
                return None

    def _exchange(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        if self._socket is None:
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._socket.settimeout(TIMEOUT_S)
            self._socket.connect(str(self._path))
        self._socket.sendall(json.dumps(request).encode() + b"\n")
        with self._socket.makefile("rb", buffering=0) as stream:
            header = json.loads(_line(stream))
            return header, _exactly(stream, int(header["bytes"]))

    def _drop(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
            self._version = 0
            self._frame = None


def _line(stream: Any) -> bytes:
    line = bytearray()
    while not line.endswith(b"\n"):
        byte = stream.read(1)
        if not byte:
            raise ConnectionError("the kiosk hung up")
        line += byte
    return bytes(line)


def _exactly(stream: Any, count: int) -> bytes:
    body = bytearray()
    while len(body) < count:
        part = stream.read(count - len(body))
        if not part:
            raise ConnectionError("the kiosk hung up")
        body += part
    return bytes(body)
