"""A rectangle that is told its place and paints itself in a look; no hidden layout passes."""

from __future__ import annotations

from collections.abc import Iterator

from kivy.graphics import Color, Rectangle
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.ui import skins, textures
from kiosk.ui.fill import Fill, NineParts, inside_of
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

    def visible(self) -> bool:
        """Whether it and all it stands in are shown."""
        block: object = self
        while isinstance(block, Block):
            if not block.shown:
                return False
            block = block.parent
        return True

    def fade(self, fading: bool) -> None:
        """Be told that this block is, or is no more, less than opaque."""


class Skinned(Block):
    """A block with a painted box behind its children."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._skin: tuple[skins.Skin, float, float, float, float] | None = None
        self._fading = False
        with self.canvas.before:
            Color(1, 1, 1, 1)
            self._inside = Fill(self.visible)
            self._paint = NineParts()

    def wear(self, skin: skins.Skin) -> None:
        """Paint this skin over the whole box."""
        worn = (skin, self.x, self.y, self.width, self.height)
        if worn == self._skin:
            return
        self._skin = worn
        self._draw()

    def fade(self, fading: bool) -> None:
        if fading != self._fading:
            self._fading = fading
            self._draw()

    def _draw(self) -> None:
        self._inside.clear()
        if self._skin is None:
            return
        skin, *area = self._skin
        x, y, width, height = area
        if width < 1 or height < 1 or (skin.fill is None and skin.border is None):
            self._paint.clear()
            return
        painted = textures.box(skin, int(width), int(height))
        middle = inside_of(painted, (x, y, width, height))
        hollow = middle is not None and skin.fill is None
        if middle is not None and skin.fill is not None and not self._fading:
            self._inside.put(middle, skin.fill)
            hollow = True
        self._paint.put(painted, (x, y, width, height), inside=not hollow)


class Plain(Block):
    """A flat rectangle in one role's colour."""

    role = StringProperty("ground")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        with self.canvas.before:
            self._colour = Color(1, 1, 1, 1)
            self._rectangle = Rectangle(pos=self.pos, size=(0, 0))
            self._fill = Fill(self.visible)

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        self._colour.rgba = look.rgba(self.role)
        self._fill.put((self.x, self.y, self.width, self.height), look.rgb(self.role))
        if self._rectangle.size != (0, 0):
            self.fade(True)

    def fade(self, fading: bool) -> None:
        """Fading it is a rectangle that mixes, else a filling."""
        self._fill.switch(not fading)
        self._rectangle.pos = self.pos
        self._rectangle.size = self.size if fading else (0, 0)


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
