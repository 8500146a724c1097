"""Without a display nothing waits for a picture: each frame is drawn to its end before the next begins.

A swap on a display waits for what was drawn. SDL's offscreen surface does not, so the software
rasteriser falls behind frame by frame and holds up to 64 of them, 30 MB each.
"""

from __future__ import annotations

import os
from typing import Any

from kivy.graphics.opengl import glFinish


def pace(window: Any) -> None:
    """Let an offscreen window's frames wait for their drawing; a real window is left alone."""
    if os.environ.get("SDL_VIDEODRIVER") == "offscreen":
        window.bind(on_flip=_drawn)


def _drawn(*_: object) -> None:
    glFinish()
