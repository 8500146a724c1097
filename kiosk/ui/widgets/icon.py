"""A pictogram in one colour, on nothing or on a tile."""

from __future__ import annotations

from kivy.graphics import Color, Rectangle
from kivy.properties import NumericProperty, StringProperty

from kiosk.ui import skins, textures
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block, Skinned


class Icon(Block):
    """Centred in its box at `size_px` design px."""

    name = StringProperty("")
    role = StringProperty("text")
    size_px = NumericProperty(60)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        with self.canvas:
            self._colour = Color(1, 1, 1, 1)
            self._rectangle = Rectangle(pos=self.pos, size=(0, 0))

    def use(self, name: str) -> None:
        """Show this pictogram; an empty name is hidden."""
        self.name = name
        self.show(bool(name))

    def height_for(self, look: Look, width: float) -> float:
        return look.px(self.size_px) if self.shown else 0.0

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        if not self.name or not self.shown:
            self._rectangle.size = (0, 0)
            return
        px = min(look.px(self.size_px), int(self.width), int(self.height))
        if px < look.px(20):
            self._rectangle.size = (0, 0)
            return
        self._colour.rgba = look.rgba(self.role)
        self._rectangle.texture = textures.icon(self.name, px).texture
        self._rectangle.size = (px, px)
        self._rectangle.pos = (round(self.x + (self.width - px) / 2), round(self.y + (self.height - px) / 2))


class Tile(Skinned):
    """An icon on a rounded tile; in high contrast the tile goes and the icon stays, unless `keep`."""

    fill = StringProperty("tile")
    corner_px = NumericProperty(20)
    keep = NumericProperty(0)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.icon = Icon()
        self.add_widget(self.icon)

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        bare = not self.fill or (look.contrast and not self.keep)
        self.wear(skins.Skin(fill=None if bare else look.rgb(self.fill), radius=look.px(self.corner_px)))
        self.icon.place(look, self.box)
