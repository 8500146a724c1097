"""Arrows and OK move and press; every other key is swallowed; what a wedge scanner types is collected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock

from kiosk.readers.wedge import Wedge
from kiosk.ui.focus import Arrow

ARROWS: dict[int, Arrow] = {273: "up", 274: "down", 275: "right", 276: "left"}
OK = frozenset({13, 271})
TAB = 9
FORGET_S = 1.0
"""Nothing that was typed stays for longer."""


class Keyboard:
    """`on_scan` gets the characters that came in one burst before an Enter or Tab."""

    def __init__(
        self, arrow: Callable[[Arrow], None], ok: Callable[[], None], on_scan: Callable[[str], None]
    ) -> None:
        self._arrow, self._ok, self._on_scan = arrow, ok, on_scan
        self._wedge = Wedge()
        self._forget = Clock.create_trigger(self._forgotten, FORGET_S)

    def bind(self, window: Any) -> None:
        window.bind(on_keyboard=self._key, on_key_down=self._key_down, on_textinput=self._text)

    def unbind(self, window: Any) -> None:
        window.unbind(on_keyboard=self._key, on_key_down=self._key_down, on_textinput=self._text)

    def _text(self, _window: Any, text: str) -> None:
        self._wedge = self._wedge.key(text, Clock.time())
        self._forget.cancel()
        self._forget()

    def _key_down(self, _window: Any, key: int, *_: object) -> bool:
        if key in OK or key == TAB:
            typed, scanned = self._wedge.typed, self._wedge.end(Clock.time())
            self._wedge = Wedge()
            if scanned is not None:
                self._on_scan(scanned)
            elif key in OK and not typed:
                self._ok()
        elif key in ARROWS:
            self._arrow(ARROWS[key])
        return True

    def _forgotten(self, _dt: float) -> None:
        self._wedge = self._wedge.aged(Clock.time())

    def _key(self, *_: object) -> bool:
        """Kivy's shortcuts (Escape, F1, F11, F12) end here."""
        return True
