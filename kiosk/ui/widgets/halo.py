"""The focus ring: gold inside, ink outside, so that it shows on every fill."""

from __future__ import annotations

from kivy.graphics import BorderImage, Color

from kiosk.ui import skins, textures
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block

RING_PX, OUTER_PX = 6, 4


class Halo(Block):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        with self.canvas:
            self._tints, self._lines = [], []
            for _ in range(2):
                self._tints.append(Color(1, 1, 1, 0))
                self._lines.append(BorderImage(auto_scale="off", pos=(0, 0), size=(0, 0)))

    def around(self, look: Look | None, box: Box | None) -> None:
        """Draw the ring around a box; None draws nothing."""
        for tint in self._tints:
            tint.a = 0
        if look is None or box is None:
            return
        near, far = look.px(RING_PX), look.px(OUTER_PX)
        radius = look.radius("card")
        for n, (role, out, line) in enumerate((("ring_outer", near + far, far), ("ring", near, near))):
            part = textures.box(skins.Skin(None, radius + out, look.rgb(role), line), 0, 0)
            left, top, right, bottom = part.fixed
            grown = box.inset(-out)
            self._lines[n].texture = part.texture
            self._lines[n].border = (bottom, right, top, left)
            self._lines[n].pos, self._lines[n].size = (grown.x, grown.y), (grown.w, grown.h)
            self._tints[n].a = 1
