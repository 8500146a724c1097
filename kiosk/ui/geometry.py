"""Boxes and the zones of a kiosk panel: where to read, where to touch, where the bar stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

PORTRAIT = (1080, 1920)
LANDSCAPE = (1920, 1080)
LOW_REACH_SHARE = 0.6
"""In low-reach mode everything that can be touched stands in this lower share of the glass."""


class Arrangement(Enum):
    """How the zones lie: one column, a third beside two thirds, or a strip above the full width."""

    COLUMN = "column"
    SIDE_BY_SIDE = "side_by_side"
    STRIP = "strip"


@dataclass(frozen=True)
class Box:
    """A rectangle in px, measured as Kivy does: `y` is its lower edge."""

    x: float
    y: float
    w: float
    h: float

    @property
    def top(self) -> float:
        return self.y + self.h

    @property
    def right(self) -> float:
        return self.x + self.w

    def inset(
        self, left: float, top: float | None = None, right: float | None = None, bottom: float | None = None
    ) -> Box:
        """The box inside margins; the missing ones are `left` (right) and `top` (bottom)."""
        top = left if top is None else top
        right = left if right is None else right
        bottom = top if bottom is None else bottom
        return Box(self.x + left, self.y + bottom, self.w - left - right, self.h - top - bottom)

    def slice_top(self, height: float, gap: float = 0) -> tuple[Box, Box]:
        """The upper `height` px and what is left below a gap."""
        rest = Box(self.x, self.y, self.w, self.h - height - gap)
        return Box(self.x, self.top - height, self.w, height), rest

    def middle(self, width: float, height: float) -> Box:
        """A box of that size around the same centre."""
        return Box(self.x + (self.w - width) / 2, self.y + (self.h - height) / 2, width, height)

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.right and self.y <= y <= self.top

    def within(self, other: Box, slack: float = 0.5) -> bool:
        """Whether this box lies inside the other, give or take `slack` px."""
        return (
            self.x >= other.x - slack
            and self.y >= other.y - slack
            and self.right <= other.right + slack
            and self.top <= other.top + slack
        )

    def overlaps(self, other: Box, slack: float = 0.5) -> bool:
        return (
            self.x < other.right - slack
            and other.x < self.right - slack
            and self.y < other.top - slack
            and other.y < self.top - slack
        )


@dataclass(frozen=True)
class Zones:
    """The parts of the glass in px. `page` is all that is not band, header or bar."""

    band: Box
    header: Box
    reading: Box
    touch: Box
    bar: Box
    page: Box


@dataclass(frozen=True)
class Measures:
    """Design lengths in kiosk px that the zones are cut from."""

    band: int = 14
    header_bottom: int = 176
    touch_top: int = 640
    bar: int = 176
    margin: int = 56


def scale_for(width: int, height: int) -> float:
    """Px of this panel for one design px: 1.0 at 1080×1920 and at 1920×1080."""
    design = PORTRAIT if height >= width else LANDSCAPE
    return min(width / design[0], height / design[1])


def arrangement_for(width: int, height: int, low_reach: bool) -> Arrangement:
    if height >= width:
        return Arrangement.COLUMN
    return Arrangement.STRIP if low_reach else Arrangement.SIDE_BY_SIDE


def zones_for(width: int, height: int, measures: Measures, low_reach: bool) -> Zones:
    """Cut a panel of `width` × `height` px into zones; margins are inside reading, touch and bar."""
    scale = scale_for(width, height)
    band_h, bar_h, margin = (round(n * scale) for n in (measures.band, measures.bar, measures.margin))
    band = Box(0, height - band_h, width, band_h)
    reach_top = round(height * LOW_REACH_SHARE)
    match arrangement_for(width, height, low_reach):
        case Arrangement.COLUMN:
            header_y = height - round(measures.header_bottom * scale)
            header = Box(0, header_y, width, band.y - header_y)
            bar = Box(0, 0, width, bar_h)
            touch_top = reach_top if low_reach else height - round(measures.touch_top * scale)
            touch = Box(margin, bar_h, width - 2 * margin, touch_top - bar_h)
            reading = Box(margin, touch_top, width - 2 * margin, header_y - touch_top)
            page = Box(0, bar_h, width, header_y - bar_h)
        case Arrangement.SIDE_BY_SIDE:
            third = round(width / 3)
            header_h = round(176 * scale)
            header = Box(0, band.y - header_h, third, header_h)
            bar = Box(third, 0, width - third, bar_h)
            side = round(40 * scale)
            touch = Box(third + side, bar_h, width - third - 2 * side, band.y - bar_h)
            reading = Box(side, 0, third - 2 * side, header.y)
            page = Box(third, bar_h, width - third, band.y - bar_h)
        case Arrangement.STRIP:
            header_h = round((measures.header_bottom - measures.band) * scale)
            header = Box(0, band.y - header_h, width, header_h)
            bar = Box(0, 0, width, bar_h)
            touch = Box(margin, bar_h, width - 2 * margin, reach_top - bar_h)
            reading = Box(margin, reach_top, width - 2 * margin, header.y - reach_top)
            page = Box(0, bar_h, width, header.y - bar_h)
    return Zones(band, header, reading, touch, bar, page)


def grid(area: Box, count: int, columns: int, gap: float, row_height: float | None = None) -> list[Box]:
    """`count` equal cells, row by row from the top left; a last lonely cell keeps its column width.

    Rows share the height of the area unless `row_height` says less.
    """
    rows = -(-count // columns)
    width = (area.w - gap * (columns - 1)) / columns
    fair = (area.h - gap * (rows - 1)) / max(1, rows)
    height = fair if row_height is None else min(fair, row_height)
    return [
        Box(
            area.x + (n % columns) * (width + gap),
            area.top - (n // columns + 1) * height - (n // columns) * gap,
            width,
            height,
        )
        for n in range(count)
    ]


def rows(area: Box, weights: Sequence[float], gap: float) -> list[Box]:
    """The area cut into rows from the top, heights in proportion to `weights`."""
    free = area.h - gap * (len(weights) - 1)
    total = sum(weights) or 1
    boxes = []
    top = area.top
    for weight in weights:
        height = free * weight / total
        boxes.append(Box(area.x, top - height, area.w, height))
        top -= height + gap
    return boxes


def columns(area: Box, weights: Sequence[float], gap: float) -> list[Box]:
    """The area cut into columns from the left, widths in proportion to `weights`."""
    free = area.w - gap * (len(weights) - 1)
    total = sum(weights) or 1
    boxes = []
    x = area.x
    for weight in weights:
        width = free * weight / total
        boxes.append(Box(x, area.y, width, area.h))
        x += width + gap
    return boxes
