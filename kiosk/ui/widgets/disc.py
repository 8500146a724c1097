"""A large pictogram on a round tint, centred: the head of a message."""

from __future__ import annotations

from kivy.properties import NumericProperty, StringProperty

from kiosk.ui import skins
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Skinned
from kiosk.ui.widgets.icon import Icon


class Disc(Skinned):
    diameter = NumericProperty(220)
    fill = StringProperty("fault")
    role = StringProperty("fault_icon")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.icon = Icon(size_px=120)
        self.add_widget(self.icon)

    def height_for(self, look: Look, width: float) -> float:
        return look.px(self.diameter) if self.shown else 0.0

    def place(self, look: Look, box: Box) -> None:
        side = min(look.px(self.diameter), int(box.h))
        super().place(look, box.middle(side, side))
        border = look.rgb("fault_edge") if look.contrast else None
        self.wear(skins.Skin(look.rgb(self.fill), side // 2, border, look.border_px if look.contrast else 0))
        self.icon.role = self.role
        self.icon.size_px = self.diameter * 0.54 * side / look.px(self.diameter)
        self.icon.place(look, self.box)
