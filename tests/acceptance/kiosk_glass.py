"""A citizen in front of a running kiosk: looks at the real pixels and puts a finger on them."""

import io
import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PIL import Image, ImageGrab

from queue_server.web.demo.frames_client import FramesClient
from tests.acceptance.office_process import DEADLINE_S, until

SIZE = (1080, 1920)
GOLD, GOLD_TINT = (0xF0, 0xB4, 0x29), (0xFF, 0xF4, 0xD6)
RED, INK, PAPER = (0xA8, 0x12, 0x1A), (0x12, 0x16, 0x1C), (0xFF, 0xFF, 0xFF)
NEAR = 24
"""Colours this near in each channel are the same to a JPEG."""
AGAIN_AFTER_S = 4.0
"""A touch while a screen settles is ignored by design, so it is made again."""
LOOK_S = 0.35
"""Between two looks: longer than a screen settles, and a picture of 1080 × 1920 px is not for nothing."""

Place = tuple[float, float]
"""Shares of width and height from the top left."""


class Glass(Protocol):
    """What is on a kiosk of 1080 × 1920 px, and a finger."""

    def picture(self) -> Image.Image: ...
    def touch(self, place: Place) -> None: ...


class RealWindow:
    """The window on an X display, touched as a mouse or a touch panel does."""

    def __init__(self, display: str) -> None:
        self._display = display
        self._env = {**os.environ, "DISPLAY": display}

    def picture(self) -> Image.Image:
        return ImageGrab.grab(xdisplay=self._display).convert("RGB")

    def touch(self, place: Place) -> None:
        x, y = round(place[0] * SIZE[0]), round(place[1] * SIZE[1])
        words = ["mousemove", str(x), str(y), "mousedown", "1", "sleep", "0.05", "mouseup", "1"]
        subprocess.run(["xdotool", *words], env=self._env, check=True)


class Offscreen:
    """The demo's kiosk, over its frames socket."""

    def __init__(self, socket: Path) -> None:
        self._client = FramesClient(socket)

    def picture(self) -> Image.Image:
        frame = self._client.latest()
        return Image.open(io.BytesIO(frame)).convert("RGB") if frame else Image.new("RGB", SIZE)

    def touch(self, place: Place) -> None:
        self._client.touch(*place)

    def close(self) -> None:
        self._client.close()


@dataclass(frozen=True)
class Screen:
    """A screen is known by colours at places where no letter stands."""

    name: str
    marks: Sequence[tuple[Place, tuple[int, int, int]]]

    def on(self, picture: Image.Image) -> bool:
        return all(_near(picture, place, colour) for place, colour in self.marks)


HOME = Screen("home", [((0.30, 0.360), RED), ((0.93, 0.48), RED), ((0.7, 0.56), PAPER)])
SERVICES = Screen("services", [((0.08, 0.349), INK), ((0.08, 0.473), INK), ((0.08, 0.598), INK)])
PRIORITY = Screen("priority", [((0.10, 0.72), RED), ((0.90, 0.80), RED), ((0.40, 0.36), PAPER)])
TICKET = Screen(
    "ticket", [((0.07, 0.36), INK), ((0.93, 0.42), INK), ((0.08, 0.86), RED), ((0.92, 0.83), RED)]
)
PRINTER_FAILED = Screen(
    "printer failed",
    [((0.056, 0.57), GOLD), ((0.93, 0.56), GOLD_TINT), ((0.54, 0.80), RED), ((0.93, 0.36), INK)],
)

TAKE_NUMBER: Place = (0.5, 0.42)
FIRST_SERVICE: Place = (0.27, 0.36)
ORDINARY: Place = (0.5, 0.76)
DONE: Place = (0.5, 0.857)
TRY_AGAIN: Place = (0.27, 0.83)


def _near(picture: Image.Image, place: Place, colour: tuple[int, int, int]) -> bool:
    at = picture.getpixel((int(place[0] * (picture.width - 1)), int(place[1] * (picture.height - 1))))
    assert isinstance(at, tuple)
    return all(abs(a - b) <= NEAR for a, b in zip(at, colour, strict=True))


def seen(
    glass: Glass, wanted: Callable[[Image.Image], bool], what: str, within_s: float = DEADLINE_S
) -> Image.Image:
    """The first picture of the glass that is wanted."""
    picture: Image.Image = until(
        lambda: found if wanted(found := glass.picture()) else None, what, within_s, LOOK_S
    )
    return picture


def look_for(glass: Glass, screen: Screen) -> Image.Image:
    """The picture once this screen is on the glass."""
    return seen(glass, screen.on, f"{screen.name} on the kiosk")


def press(glass: Glass, on: Screen, place: Place, then: Callable[[Image.Image], bool]) -> Image.Image:
    """Touch a place of a screen, again as long as that screen stands; the picture that came of it."""
    look_for(glass, on)
    threading.Event().wait(LOOK_S)
    for _ in range(15):
        glass.touch(place)
        try:
            return seen(glass, then, "", AGAIN_AFTER_S)
        except AssertionError:
            if not on.on(glass.picture()):
                return seen(glass, then, f"what follows a touch on {on.name}")
    raise AssertionError(f"{on.name} does not answer to a touch at {place}")


@contextmanager
def offscreen(socket: Path) -> Iterator[Offscreen]:
    made = Offscreen(socket)
    try:
        yield made
    finally:
        made.close()
