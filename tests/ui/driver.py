"""A kiosk in a process of its own for tests: the real window and screens, a visitor's office behind.

Run as `python -m tests.ui.driver OPTIONS.json`. It notes one JSON line for its start, every
action, every ticket asked for and every screen, in the file named in the options.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Options:
    """`offscreen` without a display; `break_at` is an action's name whose dispatch raises in the loop."""

    log: str
    home: str
    width: int = 540
    height: int = 960
    offscreen: bool = True
    frames: str = ""
    break_at: str = ""
    break_present: bool = False
    speed: float = 1.0
    """Seconds of the session in one real second."""


def main(path: Path) -> int:
    options = Options(**json.loads(path.read_text(encoding="utf-8")))
    sys.path.insert(0, str(ROOT / "tests"))
    from fakes.kiosk_visits import an_office

    from assets.theme import load_theme
    from kiosk.presenters.present import present
    from kiosk.presenters.views import ScreenView
    from kiosk.session.heard import Tick
    from kiosk.session.state import Session
    from kiosk.ui.environment import WindowOptions
    from kiosk.ui.launch import KioskUi, UiOptions

    lock = threading.Lock()

    def note(**words: Any) -> None:
        with lock, Path(options.log).open("a", encoding="utf-8") as log:
            log.write(json.dumps(words) + "\n")

    visitor = an_office()
    begun, started = visitor.now, time.monotonic()

    class Store:
        def __init__(self) -> None:
            self._watchers: list[Callable[[Session], None]] = []

        @property
        def session(self) -> Session:
            return visitor.session

        def dispatch(self, action: Any) -> None:
            name = type(action).__name__
            asked = len(visitor.asked)
            visitor.now = begun + timedelta(seconds=(time.monotonic() - started) * options.speed)
            visitor.dispatch(action)
            if name == "Tick":
                for watcher in self._watchers:
                    watcher(visitor.session)
                return
            note(action=name, screen=present(visitor.session, visitor.now).name)
            for ask in visitor.asked[asked:]:
                note(asked=ask.service)
            for watcher in self._watchers:
                watcher(visitor.session)
            if options.break_at == name:
                raise RuntimeError("broken on purpose")

        def subscribe(self, changed: Callable[[Session], None]) -> Callable[[], None]:
            self._watchers.append(changed)
            return lambda: self._watchers.remove(changed)

    def presenting(session: Session, now: datetime) -> ScreenView:
        view = present(session, now)
        if options.break_present and view.body.name == "safe":
            raise RuntimeError("no safe screen either")
        return view

    def ready(_stop: Callable[[], None]) -> None:
        from kivy.core.window import Window

        from kiosk.ui.glass import Glass

        glass = next(child for child in Window.children if isinstance(child, Glass))

        def boxes(_dt: float) -> bool:
            if glass.view is None:
                return True
            live = {
                key: [part.center_x / Window.width, 1 - part.center_y / Window.height]
                for key, part in glass.live().items()
            }
            words = [block.text for block in glass.page.blocks() if getattr(block, "text", "")]
            held = [key for key, part in glass.live().items() if part.held]
            if held != boxes.__dict__.get("held", []):
                boxes.__dict__["held"] = held
                note(held=held)
            seen = (glass.view.name, live)
            if seen != boxes.__dict__.get("seen"):
                boxes.__dict__["seen"] = seen
                note(shown=glass.view.name, live=live, words=words, focus=glass.focused)
            return True

        from kivy.clock import Clock

        Clock.schedule_interval(boxes, 0.02)
        Clock.schedule_interval(lambda _dt: store.dispatch(Tick()), 0.25)
        note(ready=True, size=[int(Window.width), int(Window.height)])

    store = Store()
    window = KioskUi(
        UiOptions(
            load_theme(),
            Path(options.home),
            WindowOptions(options.width, options.height, offscreen=options.offscreen),
            frames=Path(options.frames) if options.frames else None,
            on_scan=lambda text: note(scanned=text),
        )
    )
    code = window(store, presenting, lambda: visitor.now, ready)
    note(ended=code)
    return code


def write(options: Options, path: Path) -> None:
    path.write_text(json.dumps(asdict(options)), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
