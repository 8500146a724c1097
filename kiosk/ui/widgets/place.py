"""Where else to go: an ink tile with a pictogram, a name and two lines. Not touchable."""

from __future__ import annotations

from kiosk.presenters.view_parts import PlaceView
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block
from kiosk.ui.widgets.icon import Tile
from kiosk.ui.widgets.text import Text


class PlaceRow(Block):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.tile = Tile(fill="inverse", corner_px=24, keep=1)
        self.tile.icon.role = "on_inverse"
        self.tile.icon.size_px = 78
        self.name = Text(style="h2", tight=1.16)
        self.line = Text(style="banner", role="text_2", tight=1.36)
        self.second = Text(style="banner", role="text_2", tight=1.36)
        for part in (self.tile, self.name, self.line, self.second):
            self.add_widget(part)

    def bear(self, view: PlaceView | None) -> None:
        """Show this place; None hides it."""
        self.show(view is not None)
        if view is None:
            return
        self.tile.icon.use(view.icon)
        self.name.say(view.name)
        self.line.say(view.line)
        self.second.say(view.second)

    def _words(self, look: Look, width: float) -> list[tuple[Text, float]]:
        self.second.show(bool(self.second.text) and not look.large)
        inner = width - look.px(150 + 40)
        return [(part, part.height_for(look, inner)) for part in (self.name, self.line, self.second)]

    def height_for(self, look: Look, width: float) -> float:
        if not self.shown:
            return 0.0
        return max(look.px(150), sum(height for _, height in self._words(look, width)))

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        if not self.shown:
            return
        side = min(look.px(150), int(self.height))
        self.tile.place(look, Box(self.x, self.y + (self.height - side) / 2, side, side))
        x = self.x + look.px(150 + 40)
        words = self._words(look, self.width)
        top = self.y + (self.height + sum(height for _, height in words)) / 2
        for part, height in words:
            part.place(look, Box(x, top - height, self.right - x, height))
            top -= height
