"""Smooth rounded boxes, dashes, strips and rings as small pictures that stretch (nine parts)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageDraw

from kiosk.ui.theme import Rgb

FINE = 4
"""Drawn this many times larger, then reduced: smooth edges without multisampling."""


@dataclass(frozen=True)
class Skin:
    """How a box is painted, lengths in px. `edge` is a strip of colour along the left side.

    `split` > 0 paints the lowest `split` px in `lower`. No fill leaves the inside empty.
    """

    fill: Rgb | None
    radius: int
    border: Rgb | None = None
    border_px: int = 0
    dashed: bool = False
    edge: Rgb | None = None
    edge_px: int = 0
    lower: Rgb | None = None
    split: int = 0
    corners: tuple[bool, bool, bool, bool] = (True, True, True, True)
    """Which are round: top left, top right, bottom right, bottom left."""


@dataclass(frozen=True)
class NinePart:
    """A picture and how much of it (left, top, right, bottom px) is not stretched; all 0: exact size."""

    image: Image.Image
    fixed: tuple[int, int, int, int]


def nine_part(skin: Skin) -> NinePart:
    """The stretchable picture of a plain or edged skin. Raises ValueError for dashes: use `exact`."""
    if skin.dashed:
        raise ValueError("dashes do not stretch")
    side = max(skin.radius, skin.border_px) + 2
    left = max(side, skin.edge_px + 2)
    bottom = max(side, skin.split + 2) if skin.lower else side
    image = _box(skin, left + side + 2, side + bottom + 2)
    return NinePart(image, (left, side, side, bottom))


def exact(skin: Skin, width: int, height: int) -> NinePart:
    """The picture of a skin at one size, dashes and all."""
    image = _box(skin, width, height)
    if skin.dashed and skin.border:
        image.alpha_composite(_dashes(skin, width, height))
    return NinePart(image, (0, 0, 0, 0))


def _mask(
    width: int, height: int, inset: float, radius: float, corners: tuple[bool, bool, bool, bool]
) -> Image.Image:
    mask = Image.new("L", (width * FINE, height * FINE), 0)
    ImageDraw.Draw(mask).rounded_rectangle(
        (inset * FINE, inset * FINE, (width - inset) * FINE - 1, (height - inset) * FINE - 1),
        radius=max(0.0, radius) * FINE,
        fill=255,
        corners=corners,
    )
    return mask.resize((width, height), Image.Resampling.BOX)


def _box(skin: Skin, width: int, height: int) -> Image.Image:
    solid_border = skin.border if skin.border and not skin.dashed else None
    fill = skin.fill
    outer = _mask(width, height, 0, skin.radius, skin.corners)
    base = solid_border or fill or (0, 0, 0)
    if solid_border is None and fill is None:
        return Image.new("RGBA", (width, height), (0, 0, 0, 0))
    inside = Image.new("RGB", (width, height), fill or base)
    paint = ImageDraw.Draw(inside)
    if skin.edge:
        paint.rectangle((0, 0, skin.edge_px - 1, height), fill=skin.edge)
    if skin.lower:
        paint.rectangle((0, height - skin.split, width, height), fill=skin.lower)
    if solid_border is None:
        inside.putalpha(outer)
        return inside
    inner = _mask(width, height, skin.border_px, skin.radius - skin.border_px, skin.corners)
    picture = Image.new("RGB", (width, height), base)
    if fill is not None:
        picture.paste(inside, mask=inner)
        picture.putalpha(outer)
        return picture
    hollow = Image.new("L", (width, height), 0)
    hollow.paste(outer)
    hollow.paste(0, mask=inner)
    picture.putalpha(hollow)
    return picture


def _dashes(skin: Skin, width: int, height: int) -> Image.Image:
    """Even dashes along the rounded outline, as many as fit whole."""
    assert skin.border is not None
    line, half = skin.border_px, skin.border_px / 2
    points = _outline(width, height, half, skin.radius - half)
    length = sum(math.dist(a, b) for a, b in pairwise(points))
    count = max(4, round(length / (line * 4.2)))
    period = length / count
    fine = Image.new("L", (width * FINE, height * FINE), 0)
    pen = ImageDraw.Draw(fine)
    walked = 0.0
    for a, b in pairwise(points):
        step = math.dist(a, b)
        if (walked % period) < period * 0.6 and step:
            nx, ny = (b[1] - a[1]) / step * half, (a[0] - b[0]) / step * half
            quad = [
                (a[0] + nx, a[1] + ny),
                (b[0] + nx, b[1] + ny),
                (b[0] - nx, b[1] - ny),
                (a[0] - nx, a[1] - ny),
            ]
            pen.polygon([(x * FINE, y * FINE) for x, y in quad], fill=255)
        walked += step
    picture = Image.new("RGB", (width, height), skin.border)
    picture.putalpha(fine.resize((width, height), Image.Resampling.BOX))
    return picture


def _outline(width: float, height: float, inset: float, radius: float) -> list[tuple[float, float]]:
    """The outline as points about one px apart, clockwise from the top left."""
    radius = max(0.1, radius)
    left, top, right, bottom = inset + radius, inset + radius, width - inset - radius, height - inset - radius
    points: list[tuple[float, float]] = []

    def straight(x0: float, y0: float, x1: float, y1: float) -> None:
        steps = max(1, round(math.hypot(x1 - x0, y1 - y0)))
        points.extend((x0 + (x1 - x0) * n / steps, y0 + (y1 - y0) * n / steps) for n in range(steps))

    def corner(cx: float, cy: float, start: float) -> None:
        steps = max(4, round(radius * math.pi / 2))
        for n in range(steps):
            angle = start + math.pi / 2 * n / steps
            points.append((cx + radius * math.cos(angle), cy + radius * math.sin(angle)))

    straight(left, inset, right, inset)
    corner(right, top, -math.pi / 2)
    straight(width - inset, top, width - inset, bottom)
    corner(right, bottom, 0)
    straight(right, height - inset, left, height - inset)
    corner(left, bottom, math.pi / 2)
    straight(inset, bottom, inset, top)
    corner(left, top, math.pi)
    points.append(points[0])
    return points


def ring(diameter: int, line: int, share: float, colour: Rgb, track: Rgb, track_alpha: int) -> Image.Image:
    """A ring whose first `share` (0–1, clockwise from the top) is in `colour`, the rest in the track."""
    fine = 3
    size = diameter * fine
    arc = (0, 0, size - 1, size - 1)

    def band(start: float, end: float) -> Image.Image:
        mask = Image.new("L", (size, size), 0)
        ImageDraw.Draw(mask).arc(arc, start, end, fill=255, width=line * fine)
        return mask.resize((diameter, diameter), Image.Resampling.BOX)

    picture = Image.new("RGBA", (diameter, diameter), (*colour, 0))
    whole = Image.new("RGBA", (diameter, diameter), (*track, 0))
    whole.putalpha(band(0, 360).point(lambda level: level * track_alpha // 255))
    picture.alpha_composite(whole)
    if share > 0:
        live = Image.new("RGBA", (diameter, diameter), (*colour, 0))
        live.putalpha(band(-90, -90 + 360 * min(1.0, share)))
        picture.alpha_composite(live)
    return picture
