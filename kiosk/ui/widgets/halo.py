"""The focus ring: gold inside, ink outside, so that it shows on every fill."""

from __future__ import annotations

from kivy.graphics import Color

from kiosk.ui import skins, textures
from kiosk.ui.fill import NineParts
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block

RING_PX, OUTER_PX = 6, 4


class Halo(Block):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        with self.canvas:
            Color(1, 1, 1, 1)
            self._lines = [NineParts(), NineParts()]

    def around(self, look: Look | None, box: Box | None) -> None:
        """Draw the ring around a box; None draws nothing."""
        for line in self._lines:
            line.clear()
        if look is None or box is None:
            return
        near, far = look.px(RING_PX), look.px(OUTER_PX)
        radius = look.radius("card")
        for n, (role, out, thick) in enumerate((("ring_outer", near + far, far), ("ring", near, near))):
            part = textures.box(skins.Skin(None, radius + out, look.rgb(role), thick), 0, 0)
            grown = box.inset(-out)
            self._lines[n].put(part, (grown.x, grown.y, grown.w, grown.h), inside=False)
