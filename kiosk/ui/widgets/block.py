"""A rectangle that is told its place and paints itself in a look; no hidden layout passes."""

from __future__ import annotations

from collections.abc import Iterator

from kivy.graphics import BorderImage, Color, Rectangle
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.ui import skins, textures
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look


class Block(Widget):
    """The parent calls `place` with a look and a box; nothing moves by itself."""

    shown = BooleanProperty(True)

    def height_for(self, look: Look, width: float) -> float:
        """How tall it wants to be at a width, in px."""
        del look, width
        return 0.0

    def place(self, look: Look, box: Box) -> None:
        """Stand in the box and paint."""
        self.pos = (round(box.x), round(box.y))
        self.size = (round(box.right) - round(box.x), round(box.top) - round(box.y))

    @property
    def box(self) -> Box:
        return Box(self.x, self.y, self.width, self.height)

    def blocks(self) -> Iterator[Block]:
        """This block and all blocks in it that are shown, in the order they were added."""
        if not self.shown:
            return
        yield self
        for child in reversed(self.children):
            if isinstance(child, Block):
                yield from child.blocks()

    def show(self, shown: bool) -> None:
        """Hidden blocks keep their content and draw nothing."""
        if shown != self.shown:
            self.shown = shown
            self.opacity = 1 if shown else 0


class Skinned(Block):
    """A block with a painted box behind its children."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._skin: tuple[skins.Skin, float, float, float, float] | None = None
        with self.canvas.before:
            self._tint = Color(1, 1, 1, 0)
            self._paint = BorderImage(auto_scale="off", pos=self.pos, size=(0, 0))

    def wear(self, skin: skins.Skin) -> None:
        """Paint this skin over the whole box."""
        worn = (skin, self.x, self.y, self.width, self.height)
        if worn == self._skin:
            return
        self._skin = worn
        if self.width < 1 or self.height < 1:
            self._tint.a = 0
            return
        painted = textures.box(skin, int(self.width), int(self.height))
        left, top, right, bottom = painted.fixed
        self._tint.a = 1
        self._paint.texture = painted.texture
        self._paint.border = (bottom, right, top, left)
        self._paint.pos = self.pos
        self._paint.size = self.size


class Plain(Block):
    """A flat rectangle in one role's colour."""

    role = StringProperty("ground")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        with self.canvas.before:
            self._colour = Color(1, 1, 1, 1)
            self._rectangle = Rectangle(pos=self.pos, size=(0, 0))

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        self._colour.rgba = look.rgba(self.role)
        self._rectangle.pos = self.pos
        self._rectangle.size = self.size


class Panel(Skinned):
    """A card that only shows: hairline, rounded; or a tile without a border."""

    fill = StringProperty("surface")
    line = StringProperty("line")
    corner = StringProperty("card")
    radius_px = NumericProperty(0)
    """A radius in design px instead of the named corner."""

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        radius = look.px(self.radius_px) if self.radius_px else look.radius(self.corner)
        self.wear(
            skins.Skin(
                fill=look.rgb(self.fill),
                radius=radius,
                border=look.rgb(self.line) if self.line else None,
                border_px=look.hairline_px if self.line else 0,
            )
        )
