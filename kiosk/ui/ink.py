"""Lines of text into pixels: drawn once in white to be tinted, marks never clipped."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw

from kiosk.ui.theme import Rgb
from kiosk.ui.typeset import Run, Setting, cell_width, font, text_width

ASCENT_EM, DESCENT_EM = 1.0, 0.265
"""Vertical metrics of Be Vietnam Pro."""
OVERHANG_EM = 0.26
"""How far stacked marks (Ẩ, Ễ) and descenders under a dot may leave a tight line box."""


@dataclass(frozen=True)
class Drawn:
    """Pixels of a setting, cut to the ink: the picture's left top stands at `left`, `top` px of the box.

    In one colour it is white to be tinted (LA, `tint`), in several it is RGBA.
    """

    image: Image.Image
    left: int
    top: int
    tint: Rgb | None = None


def draw(setting: Setting, width: float) -> Drawn:
    """Draw a setting that is aligned in a box `width` px wide."""
    pad = max(2, round(OVERHANG_EM * setting.size))
    full = (max(1, round(width)) + 2 * pad, max(1, round(setting.height)) + 2 * pad)
    first = setting.lines[0].pieces[0].run.colour if setting.lines and setting.lines[0].pieces else (0, 0, 0)
    mask = Image.new("L", full, 0)
    ink = ImageDraw.Draw(mask)
    others: list[tuple[tuple[float, float, float, float], Rgb]] = []
    lead = (setting.line_px - (ASCENT_EM + DESCENT_EM) * setting.size) / 2
    for row, line in enumerate(setting.lines):
        baseline = pad + row * setting.line_px + lead + ASCENT_EM * setting.size
        spare = width - line.width
        left = pad + (spare if setting.align == "right" else spare / 2 if setting.align == "center" else 0)
        for piece in line.pieces:
            run, x = piece.run, left + piece.x
            if run.colour != first:
                right = x + text_width(run.text, setting.family, run.weight, setting.size, setting.cells)
                top = row * setting.line_px + pad
                others.append(((x, top, right + 1, top + setting.line_px), run.colour))
            _ink(ink, setting, run, x, round(baseline))
    inked = mask.getbbox() or (0, 0, 1, 1)
    rim = (max(0, inked[0] - 1), max(0, inked[1] - 1), inked[2] + 1, inked[3] + 1)
    left, top = rim[0] - pad, rim[1] - pad
    shape = mask.crop(rim)
    if not others:
        return Drawn(Image.merge("LA", (Image.new("L", shape.size, 255), shape)), left, top, tint=first)
    colour = Image.new("RGB", full, first)
    paint = ImageDraw.Draw(colour)
    for place, other in others:
        paint.rectangle(place, fill=other)
    picture = colour.crop(rim)
    picture.putalpha(shape)
    return Drawn(picture, left, top)


def _ink(ink: ImageDraw.ImageDraw, setting: Setting, run: Run, x: float, baseline: int) -> None:
    face = font(setting.family, run.weight, setting.size)
    if not setting.cells:
        ink.text((x, baseline), run.text, fill=255, font=face, anchor="ls")
        return
    for char in run.text:
        cell = cell_width(char, setting.family, run.weight, setting.size)
        spare = (cell - face.getlength(char)) / 2 if char.isdigit() else 0
        ink.text((x + spare, baseline), char, fill=255, font=face, anchor="ls")
        x += cell
