"""Serves what is on the glass, and takes touches for it, over a local socket: the demo page's kiosk."""

from __future__ import annotations

import io
import json
import logging
import os
import socketserver
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels
from PIL import Image

from kiosk.ui.injected import Finger

log = logging.getLogger(__name__)
WAIT_S = 2.0
"""How long a client waits for a frame to be drawn."""
JPEG_QUALITY = 88
LONGEST_REQUEST = 4096
POLL_S = 0.05
"""Closing waits as long as this at most."""


@dataclass(frozen=True)
class Shot:
    """One frame as it was drawn: RGBA rows from the bottom, and its number."""

    version: int
    width: int
    height: int
    pixels: bytes


class Camera:
    """Copies the glass right before it flips, but only when somebody asked."""

    def __init__(self) -> None:
        self._version = 1
        self._shot: Shot | None = None
        self._wanted = threading.Event()
        self._taken = threading.Condition()
        Window.bind(on_flip=self._on_flip)

    def close(self) -> None:
        Window.unbind(on_flip=self._on_flip)

    def shot(self, since: int) -> Shot | None:
        """The newest frame when it is newer than `since`, from any thread; None when nothing changed."""
        with self._taken:
            if self._shot is not None and self._shot.version == self._version:
                return self._shot if self._version > since else None
            if self._version <= since:
                return None
            self._wanted.set()
            Clock.schedule_once(self._ask, 0)
            self._taken.wait_for(lambda: not self._wanted.is_set(), WAIT_S)
            return self._shot

    def _ask(self, _dt: float) -> None:
        Window.canvas.ask_update()

    def _on_flip(self, *_: object) -> None:
        wanted = self._wanted.is_set()
        if not wanted:
            self._version += 1
            return
        width, height = int(Window.width), int(Window.height)
        pixels = glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE)
        with self._taken:
            self._version += 1
            self._shot = Shot(self._version, width, height, bytes(pixels))
            self._wanted.clear()
            self._taken.notify_all()


def jpeg(shot: Shot) -> bytes:
    """The frame as JPEG, top row first."""
    image = Image.frombytes("RGBA", (shot.width, shot.height), shot.pixels)
    out = io.BytesIO()
    upright = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM).convert("RGB")
    upright.save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()


class _Handler(socketserver.StreamRequestHandler):
    server: FrameServer

    def handle(self) -> None:
        while line := self.rfile.readline(LONGEST_REQUEST):
            try:
                request = json.loads(line)
                header, body = self.server.answer(request)
            except (ValueError, KeyError, TypeError):
                header, body = {"error": "bad_request"}, b""
            self.wfile.write(json.dumps({**header, "bytes": len(body)}).encode() + b"\n" + body)


class FrameServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """A line of JSON asks: {"op": "frame", "since": n} or {"op": "touch", "x": 0–1, "y": 0–1, "phase": …}.

    `x`, `y` are measured from the top left. The answer is a line of JSON with `bytes`, then so many bytes.
    """

    daemon_threads = True

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._path = path
        self._camera = Camera()
        self._finger = Finger("frames")
        self._encoded: tuple[int, bytes] = (0, b"")
        old = os.umask(0o177)
        try:
            super().__init__(str(path), _Handler)
        finally:
            os.umask(old)
        self._thread = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": POLL_S}, name="frames", daemon=True
        )

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Stop serving and remove the socket."""
        self.shutdown()
        self.server_close()
        self._camera.close()
        self._path.unlink(missing_ok=True)

    def handle_error(self, request: Any, client_address: Any) -> None:
        log.info("a frame client left")

    def answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """One request's header and bytes. Raises KeyError, ValueError, TypeError on nonsense."""
        match request["op"]:
            case "frame":
                since = int(request.get("since", 0))
                shot = self._camera.shot(since)
                if shot is None:
                    return {"version": since, "type": ""}, b""
                if self._encoded[0] != shot.version:
                    self._encoded = (shot.version, jpeg(shot))
                return {"version": shot.version, "type": "image/jpeg"}, self._encoded[1]
            case "touch":
                x, y = _share(request["x"]), 1 - _share(request["y"])
                self._touch(str(request.get("phase", "tap")), x, y)
                return {"ok": True}, b""
        raise ValueError("unknown op")

    def _touch(self, phase: str, x: float, y: float) -> None:
        match phase:
            case "tap":
                Clock.schedule_once(lambda _dt: self._finger.put("down", x, y), 0)
                Clock.schedule_once(lambda _dt: self._finger.put("up", x, y), 0.06)
            case "down" | "move" | "up":
                Clock.schedule_once(lambda _dt: self._finger.put(phase, x, y), 0)
            case _:
                raise ValueError("unknown phase")


def _share(value: Any) -> float:
    number = float(value)
    if not 0 <= number <= 1:
        raise ValueError("a share is from 0 to 1")
    return number
