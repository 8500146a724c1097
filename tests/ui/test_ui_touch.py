"""Fingers on a real window: what counts as a press, and that nothing gets a citizen two tickets or out."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ui.running_kiosk import Kiosk, a_display, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
SIZE = (540, 960)
Xdo = Callable[..., None]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with a_display(*SIZE) as number:
        yield number


@pytest.fixture
def kiosk(display: str, tmp_path: Path) -> Iterator[Kiosk]:
    with running(tmp_path, display, width=SIZE[0], height=SIZE[1]) as kiosk:
        yield kiosk


@pytest.fixture
def xdo(display: str) -> Xdo:
    def run(*words: object) -> None:
        subprocess.run(
            ["xdotool", *(str(word) for word in words)], env={**os.environ, "DISPLAY": display}, check=True
        )

    return run


def at(kiosk: Kiosk, screen: str, key: str) -> tuple[int, int]:
    x, y = kiosk.shown(screen)["live"][key]
    return round(x * SIZE[0]), round(y * SIZE[1])


def touch(kiosk: Kiosk, xdo: Xdo, screen: str, key: str) -> None:
    """Touch until it took: a touch during the settling of a screen is meant to be ignored."""
    x, y = at(kiosk, screen, key)
    before = len([note for note in kiosk.notes if note.get("action") not in (None, "Touched", "Tick")])

    def acted(notes: list[dict[str, object]]) -> bool:
        return len([n for n in notes if n.get("action") not in (None, "Touched", "Tick")]) > before

    settled = kiosk.count("Touched")
    for _ in range(20):
        xdo("mousemove", x, y, "mousedown", 1, "mouseup", 1)
        settled += 1
        kiosk.until(lambda notes, n=settled: kiosk.count("Touched") >= n, "felt the touch")
        if kiosk.soon(acted):
            return
    raise AssertionError(f"{key} never acted")


def test_many_quick_touches_make_one_ticket(kiosk: Kiosk, xdo: Xdo) -> None:
    touch(kiosk, xdo, "home", "home.take_number")
    services = kiosk.shown("services")
    key = next(key for key in services["live"] if key not in ("help", "more") and "bar." not in key)
    touch(kiosk, xdo, "services", key)
    x, y = at(
        kiosk,
        "priority",
        "priority.none"
        if "priority.none" in kiosk.shown("priority")["live"]
        else next(k for k in kiosk.shown("priority")["live"] if "none" in k or "ordinary" in k),
    )
    for _ in range(6):
        xdo("mousemove", x, y, "click", "--repeat", 4, "--delay", 30, 1)
        if kiosk.asked:
            break
    kiosk.shown("ticket")
    xdo("mousemove", x, y, "click", "--repeat", 6, "--delay", 20, 1)
    kiosk.until(lambda _notes: kiosk.count("Touched") >= 6, "felt the touches")
    assert len(kiosk.asked) == 1


def test_sliding_off_cancels_and_pressing_elsewhere_does_nothing(kiosk: Kiosk, xdo: Xdo) -> None:
    x, y = at(kiosk, "home", "home.take_number")
    xdo("mousemove", x, y, "mousedown", 1)
    kiosk.until(lambda notes: {"held": ["home.take_number"]} in notes, "lit up")
    xdo("mousemove", 20, 300)
    kiosk.until(lambda notes: {"held": []} in notes, "went dark")
    xdo("mousemove", x, y, "mouseup", 1)
    xdo("mousemove", 20, 300, "click", 1)
    kiosk.until(lambda _notes: kiosk.count("Touched") == 2, "felt the second finger")
    assert kiosk.count("TakeNumber") == 0
    touch(kiosk, xdo, "home", "home.take_number")
    kiosk.shown("services")


def test_holding_long_presses_once_on_release(kiosk: Kiosk, xdo: Xdo) -> None:
    x, y = at(kiosk, "home", "home.take_number")
    xdo("mousemove", x, y, "mousedown", 1, "sleep", 1.2)
    assert kiosk.count("TakeNumber") == 0
    xdo("mouseup", 1)
    kiosk.shown("services")
    assert kiosk.count("TakeNumber") == 1


def test_no_key_leads_out_and_a_close_request_is_refused(kiosk: Kiosk, xdo: Xdo, display: str) -> None:
    kiosk.shown("home")
    window = subprocess.run(
        ["xdotool", "search", "--pid", str(kiosk.process.pid)],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()[-1]
    xdo("windowfocus", window)
    for key in ("Escape", "F1", "F11", "alt+F4", "ctrl+q", "super"):
        xdo("key", key)
    touch(kiosk, xdo, "home", "home.take_number")
    kiosk.shown("services")
    assert kiosk.process.poll() is None


def test_arrows_and_ok_reach_and_press(kiosk: Kiosk, xdo: Xdo, display: str) -> None:
    kiosk.shown("home")
    window = subprocess.run(
        ["xdotool", "search", "--pid", str(kiosk.process.pid)],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()[-1]
    xdo("windowfocus", window, "key", "Down")
    kiosk.until(lambda _notes: kiosk.count("Touched") >= 1, "felt the key")
    xdo("key", "Return")
    kiosk.shown("services")
    assert kiosk.count("TakeNumber") == 1


def test_a_keyboard_scanner_is_heard_without_any_focus_and_a_person_at_the_keys_is_not(
    kiosk: Kiosk, xdo: Xdo
) -> None:
    kiosk.shown("home")
    xdo("type", "--args", 1, "--delay", 120, "H99.16-261117-0099", "key", "Return")
    xdo("type", "--args", 1, "--delay", 5, "H99.16-261117-0023", "key", "Return")
    code = "H99.16-261117-0023"
    kiosk.until(lambda notes: {"scanned": code} in notes, "heard the scanner")
    assert [note["scanned"] for note in kiosk.notes if "scanned" in note] == [code]


def test_sigterm_ends_the_window_cleanly(kiosk: Kiosk) -> None:
    kiosk.shown("home")
    kiosk.process.send_signal(signal.SIGTERM)
    assert kiosk.ended() == 0
    assert kiosk.notes[-1] == {"ended": 0}
