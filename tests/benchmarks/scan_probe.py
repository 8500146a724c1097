"""A real kiosk in its own process, offscreen at 1080×1920: codes on its line until the answer's pixels.

Run as `python -m tests.benchmarks.scan_probe PLAN.json`; prints one JSON line: milliseconds of each
scan, and of them what went by until the kiosk had heard it, and until the office had answered.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import tty
from pathlib import Path
from typing import Any

PATIENCE_S = 10.0
SETTLED_S = 0.4
"""Home must stand this long, so that its cross-fade is not measured."""


def main(plan: dict[str, Any]) -> None:
    from assets.theme import load_theme
    from devices import clock
    from kiosk.agent_client import AgentPrinter
    from kiosk.config import read_arguments
    from kiosk.main import Program, kivy_window, link_of
    from kiosk.readers.hub import build
    from kiosk.session.actions import GoHome
    from kiosk.session.state import Home, Looking, Result, Session

    ours, theirs = os.openpty()
    tty.setraw(theirs)
    config = read_arguments([*plan["arguments"], "--offscreen", "--reader", f"serial://{os.ttyname(theirs)}"])
    readers = build(config.readers, clock.monotonic)
    window = kivy_window(config, load_theme(), Path(plan["home"]) / "window", readers.typed)
    program = Program(config, link_of(config), AgentPrinter(None, clock.monotonic), window, readers)
    drawn = threading.Event()
    took: list[float] = []
    stages: list[tuple[float, float]] = []
    at: dict[str, float] = {}
    state: dict[str, Any] = {"sent": 0.0, "code": "", "before": b""}

    from kivy.core.window import Window
    from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels

    def pixels() -> bytes:
        """Where the code of the answer stands: its own letters, on the card."""
        return bytes(glReadPixels(600, 1620, 400, 50, GL_RGBA, GL_UNSIGNED_BYTE))

    def flipped(*_: object) -> None:
        place = program.store.session.place
        if not state["sent"] or drawn.is_set() or not isinstance(place, Result):
            return
        glass = next(child for child in Window.children if type(child).__name__ == "Glass")
        if getattr(glass.view.body, "code", "") == state["code"] and pixels() != state["before"]:
            took.append((time.perf_counter() - state["sent"]) * 1000)
            stages.append(((at["heard"] - state["sent"]) * 1000, (at["told"] - at["heard"]) * 1000))
            drawn.set()

    def changed(session: Session) -> None:
        place = session.place
        if isinstance(place, Looking):
            at.setdefault("heard", time.perf_counter())
        elif isinstance(place, Result):
            at.setdefault("told", time.perf_counter())

    Window.bind(on_flip=flipped)
    program.store.subscribe(changed)

    def wait(true: Any) -> None:
        end = time.perf_counter() + PATIENCE_S
        while not true():
            if time.perf_counter() > end:
                raise TimeoutError(f"{program.store.session.place}")
            time.sleep(0.01)

    def scan_all() -> None:
        from kivy.clock import Clock

        try:
            wait(lambda: program.store.session.world.readers)
            wait(lambda: program.store.session.world.server == "ready" and program.store.session.world.office)
            time.sleep(2.0)
            for code in plan["codes"]:
                seen = threading.Event()
                Clock.schedule_once(lambda _dt, e=seen: (state.update(before=pixels()), e.set()), 0)
                seen.wait(PATIENCE_S)
                drawn.clear()
                at.clear()
                state.update(code=code, sent=time.perf_counter())
                os.write(ours, f"{code}\r".encode())
                if not drawn.wait(PATIENCE_S):
                    raise TimeoutError(f"no answer for {code}: {program.store.session.place}")
                state["sent"] = 0.0
                time.sleep(0.35)
                program.store.dispatch(GoHome())
                wait(lambda: isinstance(program.store.session.place, Home))
                time.sleep(SETTLED_S)
        finally:
            program.stop()

    worker = threading.Thread(target=scan_all, daemon=True)
    worker.start()
    program.run()
    worker.join(5)
    print(json.dumps({"ms": took, "stages": stages}), flush=True)


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text("utf-8")))
