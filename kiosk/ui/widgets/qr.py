"""A QR code in whole pixels with its quiet zone, always dark on white."""

from __future__ import annotations

import qrcode
from kivy.graphics import Color, Rectangle
from kivy.properties import StringProperty
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

from kiosk.ui import textures
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block

QUIET = 4


def modules(payload: str) -> list[list[bool]]:
    """The code's modules with four light ones around, error level M. Raises ValueError when too long."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(payload)
    code.make(fit=True)
    return [[bool(dot) for dot in row] for row in code.get_matrix()]


def picture(payload: str) -> Image.Image:
    """The code with one px a module, to be drawn enlarged by a whole factor."""
    dots = modules(payload)
    image = Image.new("1", (len(dots), len(dots)), 1)
    image.putdata([0 if dot else 1 for row in dots for dot in row])
    return image


class Qr(Block):
    payload = StringProperty("")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        with self.canvas:
            Color(1, 1, 1, 1)
            self._ground = Rectangle(pos=self.pos, size=(0, 0))
            self._rectangle = Rectangle(pos=self.pos, size=(0, 0))

    def place(self, look: Look, box: Box) -> None:
        """Drawn square in the middle of the box."""
        px = int(min(box.w, box.h))
        super().place(look, box.middle(px, px))
        if not self.payload or px < 10:
            self._rectangle.size = self._ground.size = (0, 0)
            return
        payload = self.payload
        code = textures.picture(("qr", payload), lambda: picture(payload), sharp=True).texture
        side = code.width * max(1, px // code.width)
        self._ground.pos, self._ground.size = self.pos, (px, px)
        self._rectangle.texture = code
        self._rectangle.size = (side, side)
        self._rectangle.pos = (self.x + (px - side) // 2, self.y + px - (px - side) // 2 - side)
