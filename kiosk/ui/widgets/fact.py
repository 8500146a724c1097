"""One fact of a dossier: a label, its value, and a chip behind it."""

from __future__ import annotations

from kiosk.presenters.view_dossier import Line
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look
from kiosk.ui.widgets.block import Block
from kiosk.ui.widgets.mark import Mark
from kiosk.ui.widgets.text import Text


class Fact(Block):
    """A label, its value, and a chip behind it; the label above in a narrow place."""

    stacked = False

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.label = Text(role="text_2", style="body")
        self.value = Text(weight=700, style="body", private=True)
        self.chip = Mark(style="minimum")
        for part in (self.label, self.value, self.chip):
            self.add_widget(part)

    def bear(self, line: Line | None) -> None:
        self.show(line is not None)
        self.label.say(line.label if line else "")
        self.value.say(line.value if line else "")
        self.chip.bear(line.chip if line else None)

    def _plan(self, look: Look, width: float) -> tuple[float, float, bool]:
        """How much of the width the label takes (0: it stands above), what is left, the chip below?"""
        wide = float(look.px(270 if look.large else 230))
        left = 0.0 if self.stacked else max(wide, self.label.width_for(look, width) + look.px(24))
        room = width - left
        if left > width * 0.5 or self.chip.wants(look) > room:
            left, room = 0.0, width
        chip_w, _ = self.chip.size_for(look, room)
        value_w = self.value.width_for(look, room)
        return left, room, bool(chip_w) and value_w + look.px(16) + chip_w > room

    def height_for(self, look: Look, width: float) -> float:
        if not self.shown:
            return 0.0
        left, room, below = self._plan(look, width)
        value_h = self.value.height_for(look, room)
        chip_h = self.chip.size_for(look, room)[1]
        label_h = self.label.height_for(look, left or width)
        tall = value_h + look.px(6) + chip_h if below else max(value_h, chip_h)
        return max(label_h, tall) if left else label_h + tall

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        if not self.shown:
            return
        left, room, below = self._plan(look, self.width)
        label_h = self.label.height_for(look, left or self.width)
        self.label.place(look, Box(self.x, self.top - label_h, left or self.width, label_h))
        top = self.top if left else self.top - label_h
        x = self.x + left
        value_h = self.value.height_for(look, room)
        value_w = self.value.width_for(look, room)
        self.value.place(look, Box(x, top - value_h, room if below else value_w + 2, value_h))
        if not self.chip.shown:
            return
        chip_w, chip_h = self.chip.size_for(look, room)
        if below:
            self.chip.place(look, Box(x, top - value_h - look.px(6) - chip_h, chip_w, chip_h))
            return
        chip_x = x + (value_w + look.px(16) if value_w else 0)
        middle = top - (value_h or chip_h) / 2
        self.chip.place(look, Box(chip_x, middle - chip_h / 2, chip_w, chip_h))
