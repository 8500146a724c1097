"""A countdown: a ring that empties and the seconds in it, in cells so that nothing jumps."""

from __future__ import annotations

from kivy.graphics import Color, Rectangle
from kivy.properties import NumericProperty, StringProperty

from kiosk.presenters.view_parts import Countdown
from kiosk.ui import skins, textures
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block
from kiosk.ui.widgets.text import Text

STEPS = 60
"""The ring moves in this many steps, so that its pictures can be kept."""


class Ring(Block):
    """`diameter` in design px; on a filled button the track is the button's text colour, paler."""

    diameter = NumericProperty(72)
    role = StringProperty("attention")
    track = StringProperty("track")
    track_alpha = NumericProperty(255)
    text_role = StringProperty("text")
    text_px = NumericProperty(34)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._count: Countdown | None = None
        with self.canvas:
            Color(1, 1, 1, 1)
            self._rectangle = Rectangle(pos=self.pos, size=(0, 0))
        self._seconds = Text(anchor="middle", align="center", cells=True, weight=700)
        self.add_widget(self._seconds)

    def count(self, countdown: Countdown | None) -> None:
        """Show these seconds from the next placing on; None hides the ring."""
        self._count = countdown
        self.show(countdown is not None)
        self._seconds.say(str(countdown.seconds) if countdown else "")

    def height_for(self, look: Look, width: float) -> float:
        return look.px(self.diameter) if self.shown else 0.0

    def place(self, look: Look, box: Box) -> None:
        px = look.px(self.diameter)
        super().place(look, box.middle(px, px))
        if self._count is None:
            return
        share = round(max(0.0, min(1.0, self._count.share)) * STEPS) / STEPS
        colour, track = look.rgb(self.role), look.rgb(self.track)
        line, alpha = max(3, px // 11), int(self.track_alpha)
        painted = textures.picture(
            ("ring", px, line, share, colour, track, alpha),
            lambda: skins.ring(px, line, share, colour, track, alpha),
        )
        self._rectangle.texture = painted.texture
        self._rectangle.pos, self._rectangle.size = self.pos, (px, px)
        self._seconds.role = self.text_role
        self._seconds.fixed = self.text_px
        self._seconds.place(look, self.box)
