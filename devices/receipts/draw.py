"""Draws a laid-out slip in black and white with Pillow."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from devices.receipts.page import Bar, Box, Code, Ink, Logo, Page, Text

FontPath = Callable[[int], Path]
"""The TrueType file of a weight."""
_BLACK_BELOW = 128


class Fonts:
    """Loaded fonts by weight and size, and how much ink a run of text leaves. One for a thread."""

    def __init__(self, path_of: FontPath) -> None:
        self._path_of = path_of
        self._loaded: dict[tuple[int, int], ImageFont.FreeTypeFont] = {}
        self.measure = lru_cache(maxsize=4096)(self._ink)

    def font(self, size: int, weight: int) -> ImageFont.FreeTypeFont:
        """Raises OSError when the font file cannot be read."""
        key = (size, weight)
        if key not in self._loaded:
            self._loaded[key] = ImageFont.truetype(str(self._path_of(weight)), size)
        return self._loaded[key]

    def _ink(self, text: str, size: int, weight: int, spacing: int = 0) -> Ink:
        font = self.font(size, weight)
        if not text:
            return Ink(0, 0, 0, 0)
        if spacing:
            return self._spaced(text, font, spacing)
        left, top, right, bottom = _ink_box(text, font)
        return Ink(left, right, max(0, -top), max(0, bottom))

    def _spaced(self, text: str, font: ImageFont.FreeTypeFont, spacing: int) -> Ink:
        inks = [_ink_box(letter, font) for letter in text]
        starts = origins(text, font, spacing)
        return Ink(
            inks[0][0],
            max(start + ink[2] for start, ink in zip(starts, inks, strict=True)),
            max(0, *(-ink[1] for ink in inks)),
            max(0, *(ink[3] for ink in inks)),
        )


def _ink_box(text: str, font: ImageFont.FreeTypeFont) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the ink, from the origin on the baseline; nothing for a space."""
    mask, (x, y) = font.getmask2(text, mode="L", anchor="ls")
    found = mask.getbbox()
    if found is None:
        return 0, 0, 0, 0
    left, top, right, bottom = found
    return x + left, y + top, x + right, y + bottom


def origins(text: str, font: ImageFont.FreeTypeFont, spacing: int) -> list[int]:
    """Where each letter starts when `spacing` dots are added between letters."""
    return [round(font.getlength(text[:place])) + place * spacing for place in range(len(text))]


def draw(page: Page, fonts: Fonts, logo: Image.Image | None = None) -> Image.Image:
    """The page as an image of mode "1": 0 is black. A logo is made black and white, not dithered."""
    grey = Image.new("L", (page.width, page.height), 255)
    pencil = ImageDraw.Draw(grey)
    codes: list[Code] = []
    for item in page.items:
        match item:
            case Bar(box):
                pencil.rectangle(_corners(box), fill=0)
            case Text():
                _write(pencil, item, fonts)
            case Code():
                codes.append(item)
            case Logo(box) if logo is not None:
                grey.paste(_flat(logo, box), (box.x, box.y))
    for code in codes:
        grey.paste(_squares(code), (code.box.x, code.box.y))
    return grey.point(lambda level: 255 if level >= _BLACK_BELOW else 0, "1")


def _corners(box: Box) -> tuple[int, int, int, int]:
    return box.x, box.y, box.right - 1, box.bottom - 1


def _write(pencil: ImageDraw.ImageDraw, item: Text, fonts: Fonts) -> None:
    font = fonts.font(item.size, item.weight)
    fill = 255 if item.white else 0
    if not item.spacing:
        pencil.text((item.x, item.baseline), item.text, font=font, fill=fill, anchor="ls")
        return
    for letter, start in zip(item.text, origins(item.text, font, item.spacing), strict=True):
        pencil.text((item.x + start, item.baseline), letter, font=font, fill=fill, anchor="ls")


def _squares(code: Code) -> Image.Image:
    side = len(code.modules)
    small = Image.new("L", (side, side), 255)
    small.putdata([0 if dark else 255 for row in code.modules for dark in row])
    return small.resize((side * code.module_dots, side * code.module_dots), Image.Resampling.NEAREST)


def _flat(logo: Image.Image, box: Box) -> Image.Image:
    paper = Image.new("RGBA", logo.size, "white")
    paper.alpha_composite(logo.convert("RGBA"))
    return paper.convert("L").resize((box.width, box.height), Image.Resampling.LANCZOS)
