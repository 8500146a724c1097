"""Puts runs of text and rules below one another, so that no ink ever touches other ink."""

from collections.abc import Sequence
from typing import Literal

from devices.receipts.page import Bar, Box, Ink, Item, Measure, Text
from devices.receipts.style import Face
from devices.receipts.wrap import wrap

Align = Literal["left", "centre"]
_CAPITAL = 0.74
"""Height of a capital without a mark, in em."""
_TAIL = 0.2
"""Depth of a letter's tail, in em."""
_PITCH = 1.32
"""Baseline to baseline in em; more where two stacked marks would meet."""
_AIR = 3
"""White dots kept between the ink of two lines."""


class Pen:
    """A column being written from the top down. `y` is the first free dot row."""

    def __init__(self, x: int, y: int, width: int, measure: Measure) -> None:
        self.x = x
        self.y = y
        self.width = width
        self.items: list[Item] = []
        self.measure = measure

    def down(self, dots: int) -> None:
        """Leaves `dots` rows white."""
        self.y += dots

    def rule(self, thickness: int) -> None:
        """A line over the whole column."""
        self.items.append(Bar(Box(self.x, self.y, self.width, thickness)))
        self.y += thickness

    def lines_of(self, text: str, face: Face, balanced: bool = True, spacing: int = 0) -> tuple[str, ...]:
        """`text` broken for this column."""
        return wrap(text, self.width, lambda line: self.ink(line, face, spacing).width, balanced)

    def ink(self, line: str, face: Face, spacing: int = 0) -> Ink:
        """How much room a line takes."""
        return self.measure(line, face.size, face.weight, spacing)

    def write(
        self,
        text: str,
        face: Face,
        align: Align = "centre",
        *,
        white: bool = False,
        spacing: int = 0,
        balanced: bool = True,
    ) -> None:
        """Wraps `text` and writes all of it; nothing for an empty text."""
        lines = self.lines_of(text, face, balanced, spacing)
        self.write_lines(lines, face, align, white=white, spacing=spacing)

    def write_lines(
        self,
        lines: Sequence[str],
        face: Face,
        align: Align = "centre",
        *,
        white: bool = False,
        spacing: int = 0,
    ) -> None:
        """Writes lines that are known to fit."""
        baseline, floor = 0, self.y
        for number, line in enumerate(lines):
            ink = self.ink(line, face, spacing)
            if number == 0:
                baseline = self.y + max(ink.over, round(_CAPITAL * face.size))
            else:
                baseline = max(baseline + round(_PITCH * face.size), floor + _AIR + ink.over)
            start = self.x if align == "left" else self.x + (self.width - ink.width) // 2
            self.put(line, face, start - ink.left, baseline, white=white, spacing=spacing)
            floor = baseline + ink.under
            self.y = max(floor, baseline + round(_TAIL * face.size))

    def put(
        self, line: str, face: Face, x: int, baseline: int, *, white: bool = False, spacing: int = 0
    ) -> Ink:
        """One run with its origin at (x, baseline); `y` stays. Returns its ink."""
        ink = self.ink(line, face, spacing)
        box = Box(x + ink.left, baseline - ink.over, ink.width, ink.over + ink.under)
        self.items.append(Text(box, line, face.size, face.weight, x, baseline, spacing, white))
        return ink
