"""The demo page's kiosk: real frames out, touches in, over a local socket."""

from __future__ import annotations

import io
import json
import socket
from pathlib import Path

import pytest
from PIL import Image

from queue_server.web.demo.frames_client import FramesClient
from tests.ui.running_kiosk import running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_a_frame_is_what_stands_on_the_glass_and_a_touch_changes_it(tmp_path: Path) -> None:
    path = tmp_path / "frames.sock"
    with running(tmp_path, frames=str(path)) as kiosk:
        client = FramesClient(path)
        x, y = kiosk.shown("home")["live"]["home.take_number"]
        first = client.latest()
        assert first is not None
        home = Image.open(io.BytesIO(first))
        assert home.size == (540, 960)
        red = home.convert("RGB").getpixel((round(x * 540), round(y * 960) + 60))
        assert red[0] > 140 and red[1] < 60
        client.touch(x, y)
        kiosk.shown("services")
        kiosk.until(lambda _notes: client.latest() != first, "drew anew")
        assert kiosk.count("TakeNumber") == 1
        client.close()


def test_nobody_else_may_use_the_socket_and_nonsense_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "frames.sock"
    with running(tmp_path, frames=str(path)) as kiosk:
        kiosk.shown("home")
        assert path.stat().st_mode & 0o077 == 0
        with socket.socket(socket.AF_UNIX) as raw:
            raw.settimeout(30)
            raw.connect(str(path))
            for nonsense in (b"{}\n", b"[1]\n", b"not json\n", b'{"op": "touch", "x": 7, "y": 0}\n'):
                raw.sendall(nonsense)
                assert json.loads(raw.makefile("rb").readline())["error"] == "bad_request"


def test_without_a_kiosk_there_is_no_frame(tmp_path: Path) -> None:
    assert FramesClient(tmp_path / "nobody.sock").latest() is None
