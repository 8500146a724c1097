"""A service's letter: white on ink, outlined when the service is closed."""

from __future__ import annotations

from kivy.properties import BooleanProperty

from kiosk.ui import skins
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Skinned
from kiosk.ui.widgets.text import Text


class Badge(Skinned):
    closed = BooleanProperty(False)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.letter = Text(align="center", anchor="middle", weight=800, tight=1.0, shrink=True)
        self.add_widget(self.letter)

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        if self.closed:
            self.wear(
                skins.Skin(look.rgb("surface"), look.px(14), look.rgb("closed_border"), max(2, look.px(3)))
            )
        else:
            self.wear(skins.Skin(look.rgb("inverse"), look.px(14)))
        self.letter.role = "on_closed" if self.closed else "on_inverse"
        self.letter.fixed = 46 if self.height >= look.px(70) else 40
        self.letter.place(look, self.box)
