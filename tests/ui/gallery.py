"""Draws sample screens in a process of its own, measures them, writes PNGs and figures.

Run as `python -m tests.ui.gallery JOB.json`; prints nothing, writes `figures.json` beside the PNGs.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
KEEP_MEMORY = ((M_MMAP_THRESHOLD, 32 * 1024 * 1024), (M_TRIM_THRESHOLD, 1024 * 1024 * 1024))
"""glibc's mallopt settings, bytes: a picture of the glass is 8 MB, and new pages for each cost most of it."""
KEEP_TEXTURES = 200_000_000


@dataclass(frozen=True)
class Shot:
    """One picture to take. A screen `visit/x` is a real visit of fakes.kiosk_screens, else a sample view."""

    file: str
    screen: str
    language: str = "vi"
    contrast: bool = False
    large: bool = False
    low: bool = False


@dataclass(frozen=True)
class Job:
    """Pictures of one panel size, into `out`; without `save` only the figures are written."""

    width: int
    height: int
    out: str
    shots: tuple[Shot, ...]
    save: bool = True
    theme: str = ""
    """A brand's theme file; the packaged one without."""


def write(job: Job, path: Path) -> None:
    path.write_text(json.dumps(asdict(job)), encoding="utf-8")


def read(path: Path) -> Job:
    table = json.loads(path.read_text(encoding="utf-8"))
    shots = tuple(Shot(**shot) for shot in table.pop("shots"))
    return Job(**table, shots=shots)


def main(path: Path) -> None:
    job = read(path)
    out = Path(job.out)
    out.mkdir(parents=True, exist_ok=True)
    from kiosk.ui.environment import WindowOptions, prepare

    prepare(WindowOptions(job.width, job.height, offscreen=True), out / "kivy-home")
    haste()
    from kivy.base import EventLoop
    from kivy.core.window import Window

    from assets.theme import load_theme
    from kiosk.ui.glass import Glass
    from tests.ui.measure import Pixels, measure

    glass = Glass(load_theme(Path(job.theme) if job.theme else None), lambda _action: None)
    Window.add_widget(glass)
    EventLoop.window = Window
    EventLoop.start()
    figures: dict[str, Any] = {}
    for shot in job.shots:
        glass.view = None
        glass.show(view_of(shot))
        settle(glass, EventLoop)
        seen = Pixels.of(Window)
        if job.save:
            seen.picture().save(out / f"{shot.file}.png", optimize=False)
        figures[shot.file] = measure(glass, seen)
    (out / "figures.json").write_text(json.dumps(figures, ensure_ascii=False), encoding="utf-8")


def haste() -> None:
    """A kiosk gives memory back and waits for the next frame; hundreds of pictures need neither."""
    import ctypes

    from kivy.config import Config

    Config.set("graphics", "maxfps", "0")  # read once, by the first who imports Kivy's clock
    from kiosk.ui import textures

    libc = ctypes.CDLL(None)
    for name, value in KEEP_MEMORY:
        libc.mallopt(name, value)
    textures.CACHE = textures.TextureCache(KEEP_TEXTURES)


def view_of(shot: Shot) -> Any:
    """The ScreenView of a shot."""
    from tests.ui.sample_views import screen

    if not shot.screen.startswith("visit/"):
        return screen(shot.screen, shot.language, contrast=shot.contrast, large=shot.large, low=shot.low)  # type: ignore[arg-type]
    from fakes.kiosk_screens import SCREENS

    from kiosk.presenters.present import present
    from kiosk.session.state import Aids

    visitor = SCREENS[shot.screen.removeprefix("visit/")]()
    aids = Aids(shot.language, shot.large, shot.contrast, shot.low)  # type: ignore[arg-type]
    return present(replace(visitor.session, aids=aids), visitor.now)


def settle(glass: Any, loop: Any) -> None:
    """Frames until the cross-fade is over."""
    from kivy.clock import Clock

    end = Clock.get_time() + 2.0
    loop.idle()
    while Clock.get_time() < end:
        pages = [child for child in glass.children if type(child).__name__.endswith("Page")]
        if len(pages) <= (2 if glass.dialog else 1):
            break
        loop.idle()
    loop.idle()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    main(Path(sys.argv[1]))
