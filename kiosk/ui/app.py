"""The window and its life: opened without a way out, ended only by a signal, by main, or to start anew."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from kivy.app import App
from kivy.base import ExceptionManager
from kivy.clock import Clock
from kivy.core.window import Window

from assets.theme import Theme
from kiosk.ports import Present, SessionStore
from kiosk.presenters.views import MessageView, ScreenView
from kiosk.session.actions import Action
from kiosk.session.heard import Crashed
from kiosk.signals import call_on_signals
from kiosk.ui.bridge import Bridge
from kiosk.ui.frames import FrameServer
from kiosk.ui.glass import Glass
from kiosk.ui.keyboard import Keyboard
from kiosk.ui.pacing import pace
from kiosk.ui.safe import LONGEST_S, RESTART_CODE, SHOWN_S, Catch, last_resort

log = logging.getLogger(__name__)
PREBUILD_EVERY_S = 0.15


class KioskApp(App):
    """Kivy's App without its settings, its own files and its way out."""

    title = "Kiosk"
    use_kivy_settings = False

    def __init__(
        self,
        theme: Theme,
        store: SessionStore,
        present: Present,
        now: Callable[[], datetime],
        on_ready: Callable[[Callable[[], None]], None],
        frames: Path | None = None,
        on_scan: Callable[[str], None] = lambda _text: None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._on_ready = on_ready
        self._frames_path = frames
        self._frames: FrameServer | None = None
        self.exit_code = 0
        self._crashed_at: float | None = None
        self._last_resort = False
        self._catch = Catch(self._caught)
        self.bridge = Bridge(store, present, now, self._show)
        self._keyboard = Keyboard(self._arrow, self._ok, on_scan)
        self.glass: Glass | None = None

    # Kivy's own doors, shut

    def open_settings(self, *_: object) -> bool:
        return False

    def build_settings(self, settings: object) -> None:
        """No settings."""

    def load_config(self) -> None:
        """No file of its own."""

    # Life

    def build(self) -> Glass:
        self.glass = Glass(self._theme, self._dispatch)
        return self.glass

    def on_start(self) -> None:
        ExceptionManager.add_handler(self._catch)
        Window.bind(on_request_close=self._veto, on_resize=self._resized)
        pace(Window)
        self._keyboard.bind(Window)
        self._signals()
        if self._frames_path is not None:
            self._frames = FrameServer(self._frames_path)
            self._frames.start()
        self.bridge.start()
        self._prebuild = Clock.schedule_interval(self._build_next, PREBUILD_EVERY_S)
        self._on_ready(self.request_stop)

    def on_stop(self) -> None:
        self._prebuild.cancel()
        self.bridge.stop()
        if self._frames is not None:
            self._frames.close()
        self._keyboard.unbind(Window)
        Window.unbind(on_request_close=self._veto, on_resize=self._resized)
        ExceptionManager.remove_handler(self._catch)

    def request_stop(self) -> None:
        """End the loop soon; any thread, but no signal handler: the clock has a lock."""
        Clock.schedule_once(lambda _dt: self.stop(), 0)

    def _signals(self) -> None:
        """Take signals back from SDL: main's handlers where it has some, else stop."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            before = signal.getsignal(number)
            if not callable(before) or before is signal.default_int_handler:
                call_on_signals(self.request_stop)
                return
            signal.signal(number, before)

    def _veto(self, *_: object, **__: object) -> bool:
        return True

    def _resized(self, *_: object) -> None:
        Clock.schedule_once(lambda _dt: self.glass.redraw() if self.glass else None, 0)

    def _build_next(self, _dt: float) -> bool:
        return self.glass is not None and self.glass.rack.build_next()

    # Showing and pressing

    def _show(self, view: ScreenView) -> None:
        if self.glass is None or self._last_resort:
            return
        if self._crashed_at is not None:
            self._watch_safe(view)
        self.glass.show(view)

    def _dispatch(self, action: Action) -> None:
        if not self._last_resort:
            self.bridge.dispatch(action)

    def _arrow(self, arrow: Any) -> None:
        if self.glass is not None:
            self.glass.arrow(arrow)

    def _ok(self) -> None:
        if self.glass is not None:
            self.glass.ok()

    # When something breaks

    def _caught(self, error: Exception) -> None:
        """First the session's safe screen, which keeps a number readable; then UI's own; then a new start."""
        if self._last_resort:
            return
        if self._crashed_at is not None:
            self._give_up()
            return
        self._crashed_at = Clock.get_time()
        try:
            self.bridge.dispatch(Crashed("ui"))
            view = self.bridge.view()
            assert self.glass is not None
            self.glass.show(view)
        except Exception:
            log.exception("the safe screen failed")
            self._give_up()

    def _give_up(self) -> None:
        self._last_resort = True
        try:
            assert self.glass is not None
            self.glass.show(last_resort(self._theme.brand.office_name))
        finally:
            Clock.schedule_once(lambda _dt: self._restart(), SHOWN_S)

    def _watch_safe(self, view: ScreenView) -> None:
        """Once the safe screen has done its service, the program starts anew."""
        age = Clock.get_time() - (self._crashed_at or 0.0)
        safe = isinstance(view.body, MessageView) and view.body.name == "safe"
        if (age >= SHOWN_S and not safe) or age >= LONGEST_S:
            self._restart()

    def _restart(self) -> None:
        self.exit_code = RESTART_CODE
        self.stop()
