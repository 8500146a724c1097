"""A state in a few words on a tint, with its icon."""

from __future__ import annotations

from kivy.properties import StringProperty

from kiosk.presenters.view_dossier import Chip
from kiosk.ui import skins
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Skinned
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.text import Text


class Mark(Skinned):
    """A chip: tint, icon, a few words; as wide as it needs."""

    style = StringProperty("card_title")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.tone = "grey"
        self.icon = Icon(size_px=44)
        self.label = Text(weight=700, anchor="middle", keep=False, private=True)
        self.add_widget(self.icon)
        self.add_widget(self.label)

    def bear(self, chip: Chip | None) -> None:
        self.show(chip is not None)
        self.label.say(chip.words if chip else "")
        self.icon.use(chip.icon if chip else "")
        self.tone = chip.tone if chip else "grey"

    def wants(self, look: Look) -> float:
        """The least width that breaks no word."""
        if not self.shown:
            return 0.0
        self.label.style = self.style
        icon = look.px(44 + 12) if self.icon.shown else 0
        return self.label.width_for(look, 1) + icon + 2 * look.px(28 if self.icon.shown else 22) + 2

    def size_for(self, look: Look, room: float) -> tuple[float, float]:
        """Width and height of the chip in so much room."""
        if not self.shown:
            return 0.0, 0.0
        icon = look.px(44 + 12) if self.icon.shown else 0
        pad = 2 * look.px(28 if self.icon.shown else 22)
        self.label.style = self.style
        words = self.label.width_for(look, room - icon - pad) + 2
        high = self.label.height_for(look, room - icon - pad)
        return min(room, words + icon + pad), max(high + look.px(8), look.px(48))

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        if not self.shown:
            return
        border = look.rgb("border") if look.contrast else None
        radius = min(int(self.height) // 2, look.px(30))
        self.wear(skins.Skin(look.rgb(self.tone), radius, border, look.border_px if look.contrast else 0))
        self.label.role = self.icon.role = f"on_{self.tone}"
        pad = look.px(28 if self.icon.shown else 22)
        icon = look.px(44) if self.icon.shown else 0
        self.icon.place(look, Box(self.x + pad, self.y, icon, self.height))
        x = self.x + pad + (icon + look.px(12) if icon else 0)
        self.label.place(look, Box(x, self.y, self.right - pad + 2 - x, self.height))
