"""Arrows and OK move and press; every other key is swallowed; what a wedge scanner types is collected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock

from kiosk.ui.focus import Arrow

ARROWS: dict[int, Arrow] = {273: "up", 274: "down", 275: "right", 276: "left"}
OK = frozenset({13, 271})
TAB = 9
BURST_S = 0.5
"""A scanner types a whole code and its Enter faster than this."""
LONGEST = 512


class Keyboard:
    """`on_scan` gets the characters typed before an Enter or Tab that came in one burst."""

    def __init__(
        self, arrow: Callable[[Arrow], None], ok: Callable[[], None], on_scan: Callable[[str], None]
    ) -> None:
        self._arrow, self._ok, self._on_scan = arrow, ok, on_scan
        self._typed = ""
        self._typed_at = 0.0

    def bind(self, window: Any) -> None:
        window.bind(on_keyboard=self._key, on_key_down=self._key_down, on_textinput=self._text)

    def unbind(self, window: Any) -> None:
        window.unbind(on_keyboard=self._key, on_key_down=self._key_down, on_textinput=self._text)

    def _text(self, _window: Any, text: str) -> None:
        now = Clock.get_time()
        if now - self._typed_at > BURST_S:
            self._typed = ""
        self._typed_at = now
        self._typed = (self._typed + text)[:LONGEST]

    def _key_down(self, _window: Any, key: int, *_: object) -> bool:
        if key in OK or key == TAB:
            typed, self._typed = self._typed, ""
            if len(typed) > 1 and Clock.get_time() - self._typed_at <= BURST_S:
                self._on_scan(typed)
            elif key in OK:
                self._ok()
        elif key in ARROWS:
            self._arrow(ARROWS[key])
        return True

    def _key(self, *_: object) -> bool:
        """Kivy's shortcuts (Escape, F1, F11, F12) end here."""
        return True
