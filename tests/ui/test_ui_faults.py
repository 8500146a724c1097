"""When the kiosk's own code breaks: a safe screen, told to the session, then a new start with code 3."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.running_kiosk import Kiosk, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
RESTART = 3


def take_a_number(kiosk: Kiosk, socket: Path) -> None:
    from queue_server.web.demo.frames_client import FramesClient

    x, y = kiosk.shown("home")["live"]["home.take_number"]
    client = FramesClient(socket)
    client.touch(x, y)
    client.close()


def test_an_error_in_a_callback_shows_the_safe_screen_and_is_reported(tmp_path: Path) -> None:
    socket = tmp_path / "frames.sock"
    with running(tmp_path, frames=str(socket), break_at="TakeNumber") as kiosk:
        take_a_number(kiosk, socket)
        shown = kiosk.shown("safe")
        assert kiosk.count("Crashed") == 1
        assert any("Hướng dẫn" in word for word in shown["words"])


def test_after_its_safe_screen_the_kiosk_starts_anew(tmp_path: Path) -> None:
    socket = tmp_path / "frames.sock"
    with running(tmp_path, frames=str(socket), break_at="TakeNumber", speed=4.0) as kiosk:
        take_a_number(kiosk, socket)
        kiosk.shown("safe")
        assert kiosk.ended() == RESTART


def test_a_kiosk_that_cannot_even_show_the_safe_screen_starts_anew(tmp_path: Path) -> None:
    socket = tmp_path / "frames.sock"
    with running(tmp_path, frames=str(socket), break_at="TakeNumber", break_present=True) as kiosk:
        take_a_number(kiosk, socket)
        shown = kiosk.shown("safe")
        assert "Máy tự khởi động lại…" in shown["words"]
        assert kiosk.ended() == RESTART
