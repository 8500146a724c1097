"""One measurement of the kiosk in its own process, offscreen at 1080×1920; prints one JSON line."""

from __future__ import annotations

import time

BORN = time.perf_counter()

import gc  # noqa: E402
import json  # noqa: E402
import sys  # noqa: E402
from datetime import timedelta  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

SIZE = (1080, 1920)
EARLY, WARM = 200, 400
"""Visits after which memory is looked at: every screen was drawn; the caches are full."""


def window(home: str) -> Any:
    from kiosk.ui.environment import WindowOptions, prepare

    prepare(WindowOptions(*SIZE, offscreen=True), Path(home) / "kivy")
    from kivy.base import EventLoop
    from kivy.core.window import Window

    from kiosk.ui.pacing import pace

    EventLoop.window = Window
    pace(Window)
    return Window


class Bench:
    """The real glass over a real session, driven frame by frame."""

    def __init__(self, home: str) -> None:
        self.window = window(home)
        from fakes.kiosk_visits import Visitor, an_office
        from kivy.base import EventLoop

        from assets.theme import load_theme
        from kiosk.presenters.present import present
        from kiosk.ui.glass import Glass
        from kiosk.ui.injected import Finger

        self.visitor: Visitor = an_office()
        self.loop, self._present = EventLoop, present
        self.changed = False
        self.glass = Glass(load_theme(), self._dispatch)
        self.window.add_widget(self.glass)
        self.finger = Finger()
        EventLoop.start()

    def _dispatch(self, action: Any) -> None:
        self.visitor.now += timedelta(seconds=0.6)
        self.visitor.dispatch(action)
        self.changed = True

    def show(self) -> None:
        self.glass.show(self._present(self.visitor.session, self.visitor.now))

    def frame(self) -> None:
        """What Kivy does in a frame, with what the bridge does in it."""
        if self.changed:
            self.changed = False
            self.show()
        self.loop.idle()

    def settle(self, seconds: float = 0.7) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.frame()

    def place(self, key: str) -> tuple[float, float]:
        box = self.glass.live()[key].box
        return (box.x + box.w / 2) / SIZE[0], (box.y + box.h / 2) / SIZE[1]

    def pixels(self, box: tuple[int, int, int, int]) -> bytes:
        from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels

        return bytes(glReadPixels(*box, GL_RGBA, GL_UNSIGNED_BYTE))


def touch(options: dict[str, Any]) -> dict[str, Any]:
    """Milliseconds from a finger's lifting to pixels that differ, and from its coming down."""
    bench = Bench(options["home"])
    bench.show()
    bench.settle(1.0)
    ms: list[float] = []
    for _ in range(int(options.get("rounds", 12))):
        for _step in ("home", "services", "priority", "ticket"):
            view = bench.glass.view
            assert view is not None
            x, y = bench.place(view.touches[0].key)
            spot = (int(x * SIZE[0]) - 60, int(y * SIZE[1]) - 40, 120, 80)
            for phase in ("down", "up"):
                before = bench.pixels(spot)
                started = time.perf_counter()
                bench.finger.put(phase, x, y)  # type: ignore[arg-type]
                for _ in range(60):
                    bench.frame()
                    if bench.pixels(spot) != before:
                        break
                ms.append((time.perf_counter() - started) * 1000)
                if phase == "down":
                    bench.settle(0.1)
            bench.settle(0.7)
    return {"ms": ms}


def start(options: dict[str, Any]) -> dict[str, Any]:
    """Seconds from the process' first line to the first frame with a screen on it."""
    bench = Bench(options["home"])
    done: list[float] = []
    bench.window.bind(on_flip=lambda *_: done.append(time.perf_counter()))
    bench.show()
    while not done:
        bench.loop.idle()
    return {"seconds": done[0] - BORN}


def _frame_ms(loop: Any, win: Any, frames: int = 90) -> dict[str, Any]:
    """Milliseconds from frame to frame, all drawn anew, as the loop paces them; and for drawing alone."""
    from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels

    paced, drawing = [], []
    for _ in range(frames):
        win.canvas.ask_update()
        started = time.perf_counter()
        loop.idle()
        paced.append((time.perf_counter() - started) * 1000)
    for _ in range(frames // 3):
        win.canvas.ask_update()
        started = time.process_time()
        win.dispatch("on_draw")
        glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE)
        drawing.append((time.process_time() - started) * 1000)
    return {"ms": _middle(paced), "drawing_cpu_ms": _middle(drawing)}


def _middle(values: list[float]) -> float:
    """The mean of the middle half."""
    ordered = sorted(values)
    half = ordered[len(ordered) // 4 : -len(ordered) // 4]
    return sum(half) / len(half)


def empty(options: dict[str, Any]) -> dict[str, Any]:
    """A frame of a window with one empty widget."""
    win = window(options["home"])
    from kivy.base import EventLoop
    from kivy.uix.widget import Widget

    win.add_widget(Widget())
    EventLoop.start()
    EventLoop.idle()
    return _frame_ms(EventLoop, win)


def frame(options: dict[str, Any]) -> dict[str, Any]:
    """A frame of the fullest screen, the eight services."""
    from kiosk.session.actions import TakeNumber

    bench = Bench(options["home"])
    bench.visitor.dispatch(TakeNumber())
    bench.show()
    bench.settle(0.6)
    return _frame_ms(bench.loop, bench.window)


def memory(options: dict[str, Any]) -> dict[str, Any]:
    """MB resident after 200 visits, and what the visits after the 400th add; every ticket is another."""
    import psutil

    from kiosk.session.actions import ChoosePriority, ChooseService, Finish, SetLanguage, TakeNumber

    bench = Bench(options["home"])
    process = psutil.Process()
    resident = {EARLY: 0.0, WARM: 0.0}
    visits = int(options["visits"])
    info = bench.visitor.session.world.office
    assert info is not None
    names = [service.id for service in info.services]
    for n in range(visits):
        language = "en" if n % 5 == 0 else "vi"
        for action in (
            SetLanguage(language),
            TakeNumber(),
            ChooseService(names[n % len(names)]),
            ChoosePriority(None),
            Finish(),
        ):
            bench.visitor.now += timedelta(seconds=1)
            bench.visitor.dispatch(action)
            bench.show()
            bench.loop.idle()
        bench.loop.idle()
        bench.visitor.done.clear()
        bench.visitor.printing.clear()
        bench.visitor.asked.clear()
        bench.visitor.tickets.clear()
        if n % 200 == 199:
            gc.collect()
            bench.loop.idle()
            if n + 1 in resident:
                resident[n + 1] = process.memory_info().rss / 1e6
    gc.collect()
    late = process.memory_info().rss / 1e6
    return {"early": resident[EARLY], "growth": late - resident[WARM], "late": late}


PROBES = {"touch": touch, "start": start, "empty": empty, "frame": frame, "memory": memory}

if __name__ == "__main__":
    print(json.dumps(PROBES[sys.argv[1]](json.loads(sys.argv[2]))))
