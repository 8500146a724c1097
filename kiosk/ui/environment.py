"""Kivy's settings before Kivy is imported: quiet, no way out, one touch provider."""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
MALLOC = ((M_MMAP_THRESHOLD, 128 * 1024), (M_TRIM_THRESHOLD, 1024 * 1024), (M_ARENA_MAX, 2))
"""glibc's mallopt settings: bytes, bytes, arenas."""


@dataclass(frozen=True)
class WindowOptions:
    """How the window opens. Offscreen draws real pixels without a display. Sizes in px."""

    width: int = 1080
    height: int = 1920
    fullscreen: bool = False
    offscreen: bool = False
    show_cursor: bool = True


def prepare(options: WindowOptions, home: Path) -> None:
    """Set the process up for Kivy; `home` is a folder for Kivy's own files. Call once, before any import
    of Kivy. Raises RuntimeError when Kivy is loaded already."""
    if "kivy" in sys.modules:
        raise RuntimeError("kivy was imported before its settings")
    home.mkdir(parents=True, exist_ok=True)
    return_memory()
    os.environ.update(
        KIVY_HOME=str(home),
        KIVY_NO_ARGS="1",
        KIVY_NO_FILELOG="1",
        KIVY_NO_CONSOLELOG="1",
        KIVY_LOG_MODE="PYTHON",
        KIVY_NO_ENV_CONFIG="1",
    )
    if options.offscreen:
        os.environ["SDL_VIDEODRIVER"] = "offscreen"
        os.environ.pop("DISPLAY", None)
    # Without a window manager no window has the focus, and SDL would swallow touches.
    os.environ["SDL_MOUSE_FOCUS_CLICKTHROUGH"] = "1"
    # A signal is the program's own; SDL would make a closing window of it, which is refused.
    os.environ["SDL_NO_SIGNAL_HANDLERS"] = "1"
    # A finger is a finger and not also a mouse.
    os.environ["SDL_TOUCH_MOUSE_EVENTS"] = "0"
    logging.getLogger("kivy").setLevel(logging.ERROR)

    from kivy.config import Config

    for section, key, value in settings(options):
        Config.set(section, key, value)
    for section in ("modules", "input"):
        for key in list(Config.options(section)):
            Config.remove_option(section, key)
    for key, value in touch_providers(options).items():
        Config.set("input", key, value)


def return_memory() -> None:
    """Let glibc hand freed pictures back at once: else the heap of a kiosk grows with every new number."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    for name, value in MALLOC:
        mallopt(name, value)


def settings(options: WindowOptions) -> tuple[tuple[str, str, str], ...]:
    """Section, key, value."""
    full = options.fullscreen and not options.offscreen
    return (
        ("graphics", "multisamples", "0"),
        ("graphics", "width", str(options.width)),
        ("graphics", "height", str(options.height)),
        ("graphics", "resizable", "0" if full else "1"),
        ("graphics", "borderless", "1" if full else "0"),
        ("graphics", "fullscreen", "auto" if full else "0"),
        ("graphics", "show_cursor", "1" if options.show_cursor and not full else "0"),
        ("graphics", "allow_screensaver", "0"),
        ("graphics", "maxfps", "60"),
        ("graphics", "window_state", "visible"),
        ("kivy", "exit_on_escape", "0"),
        ("kivy", "log_enable", "0"),
        ("kivy", "log_level", "error"),
        ("kivy", "keyboard_mode", ""),
        ("kivy", "pause_on_minimize", "0"),
    )


def touch_providers(options: WindowOptions) -> dict[str, str]:
    """One provider only: SDL's own touches and mouse come through `mouse`."""
    del options
    return {"mouse": "mouse,disable_multitouch"}
