"""How a program opens the kiosk's window: settings first, then Kivy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from assets.theme import Theme
from kiosk.ports import Present, SessionStore, Speaker
from kiosk.ui.environment import WindowOptions, prepare


@dataclass(frozen=True)
class UiOptions:
    """`home` is a folder for Kivy's own files; `frames` the socket that serves the glass, if any."""

    theme: Theme
    home: Path
    window: WindowOptions = field(default_factory=WindowOptions)
    frames: Path | None = None
    on_scan: Callable[[str], None] = lambda _text: None


class KioskUi:
    """A kiosk.ports.Ui. Making one imports Kivy; make one only, on the main thread."""

    def __init__(self, options: UiOptions) -> None:
        prepare(options.window, options.home)
        from kiosk.ui.speaker import KivySpeaker

        self._options = options
        self.speaker: Speaker = KivySpeaker()

    def __call__(
        self,
        store: SessionStore,
        present: Present,
        now: Callable[[], datetime],
        on_ready: Callable[[Callable[[], None]], None],
    ) -> int:
        """Run the window until it ends; 0, or 3 when the supervisor should start it anew."""
        from kiosk.ui.app import KioskApp

        options = self._options
        app = KioskApp(
            options.theme, store, present, now, on_ready, frames=options.frames, on_scan=options.on_scan
        )
        app.run()
        return app.exit_code
