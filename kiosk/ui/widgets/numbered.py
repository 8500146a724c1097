"""One numbered step of an explanation: a dark disc with its number, and the sentence."""

from __future__ import annotations

from kiosk.ui import skins
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block, Skinned
from kiosk.ui.widgets.text import Text

DISC, GAP = 60, 28


class Numbered(Block):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.disc = Skinned()
        self.number = Text(fixed=32, weight=700, role="on_inverse", align="center", anchor="middle")
        self.words = Text(style="body", anchor="middle")
        for part in (self.disc, self.number, self.words):
            self.add_widget(part)

    def bear(self, number: int, words: str) -> None:
        """Nothing is shown without words."""
        self.show(bool(words))
        self.number.say(str(number) if words else "")
        self.words.say(words)

    def height_for(self, look: Look, width: float) -> float:
        if not self.shown:
            return 0.0
        return max(look.px(DISC), self.words.height_for(look, width - look.px(DISC + GAP)))

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        if not self.shown:
            return
        side = look.px(DISC)
        disc = Box(self.x, self.y + (self.height - side) / 2, side, side)
        self.disc.place(look, disc)
        self.disc.wear(skins.Skin(look.rgb("inverse"), side // 2))
        self.number.place(look, disc)
        x = self.x + look.px(DISC + GAP)
        self.words.place(look, Box(x, self.y, self.right - x, self.height))
