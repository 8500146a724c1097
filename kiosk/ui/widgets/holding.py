"""How to hold a receipt to the reader, drawn: the device, its light, two hands, a sheet with its code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from kivy.graphics import Color, Rectangle
from PIL import Image, ImageDraw

from kiosk.ui import skins, textures
from kiosk.ui.geometry import Box
from kiosk.ui.theme import Look, Rgb
from kiosk.ui.typeset import font
from kiosk.ui.widgets.block import Skinned
from kiosk.ui.widgets.qr import modules
from kiosk.ui.widgets.text import Text

FINE = 2
"""Drawn this many times larger, then reduced."""
SKIN: Rgb = (236, 205, 176)
LIGHT: Rgb = (252, 231, 184)
LINES: Rgb = (205, 198, 186)
SAMPLE = "H99.16-261117-0023"
SHEET = (480, 372)
"""The receipt in design px, before it is tilted."""
SCENE = (968, 448)
TILT = 2.0
Points = Sequence[tuple[float, float]]


class Holding(Skinned):
    """The device's name and the distance are words of their own; the rest is one picture."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.reader, self.paper = "scanner", ""
        self.slot = Text(fixed=28, role="on_inverse", anchor="middle")
        self.distance = Text(style="h2", weight=700, keep=False, anchor="middle")
        with self.canvas:
            Color(1, 1, 1, 1)
            self._rectangle = Rectangle(pos=self.pos, size=(0, 0))
        for part in (self.slot, self.distance):
            self.add_widget(part)

    def bear(self, reader: str, slot: str, paper: str, distance: str) -> None:
        self.reader, self.paper = reader, paper
        self.slot.say(slot)
        self.distance.say(distance)

    def place(self, look: Look, box: Box) -> None:
        super().place(look, box)
        head = look.px(112)
        if not self.shown or self.height < head + look.px(120):
            self._rectangle.size = (0, 0)
            self.wear(skins.Skin(None, 0))
            self.slot.show(False)
            self.distance.show(False)
            return
        border = look.hairline_px
        self.wear(
            skins.Skin(
                look.rgb("inverse"), look.radius("card"), look.rgb("line"), border,
                lower=look.rgb("surface"), split=int(self.height) - head,
            )
        )  # fmt: skip
        width, height = int(self.width) - 2 * border, int(self.height) - border
        scale = min(width / SCENE[0], (height - head) / SCENE[1])
        room = self.width / 2 - scale * 130 - look.px(38)
        self.slot.show(bool(self.slot.text))
        self.slot.place(look, Box(self.x + look.px(38), self.top - head, room, head))
        key = (
            "holding",
            id(look.theme),
            width,
            height,
            look.contrast,
            look.language,
            self.reader,
            self.paper,
        )
        painted = textures.picture(key, lambda: self._scene(look, width, height, head, scale))
        self._rectangle.texture = painted.texture
        self._rectangle.size = (width, height)
        self._rectangle.pos = (round(self.x + border), round(self.y + border))
        x = self.x + border + width / 2 + scale * 244
        room = self.right - look.px(16) - x
        self.distance.show(True)
        self.distance.fit(look, room, look.px(80), ("h2", "card_title", "minimum"))
        middle = self.top - head - scale * 88
        self.distance.place(look, Box(x, middle - look.px(40), room, look.px(80)))

    def _scene(self, look: Look, width: int, height: int, head: int, scale: float) -> Image.Image:
        """Everything but words and box, transparent where nothing is drawn; top row first."""
        picture = Image.new("RGBA", (width * FINE, height * FINE), (0, 0, 0, 0))
        pen = ImageDraw.Draw(picture)
        ink, gold = look.rgb("text"), look.rgb("attention")
        unit, top, middle = scale * FINE, head * FINE, width * FINE / 2

        def at(points: Points) -> list[tuple[float, float]]:
            """Scene px, measured from the middle of the device's lower edge."""
            return [(middle + x * unit, top + y * unit) for x, y in points]

        line = max(2, round(4 * unit))
        if not look.contrast:
            pen.polygon(at([(-74, 0), (62, 0), (108, 110), (-110, 110)]), fill=LIGHT)
        slot = [(middle - 112 * unit, top - 82 * FINE * head / 112), (middle + 112 * unit, top - 18 * FINE)]
        slot_fill = look.rgb("inverse") if look.contrast else (43, 50, 61)
        pen.rounded_rectangle(slot, radius=12 * unit, fill=slot_fill, outline=gold, width=line)
        cx, cy = middle, (slot[0][1] + slot[1][1]) / 2
        wide = 22 if self.reader == "camera" else 14
        pen.ellipse((cx - wide * unit, cy - wide * unit, cx + wide * unit, cy + wide * unit), fill=gold)
        dot = wide * 0.4
        pen.ellipse((cx - dot * unit, cy - dot * unit, cx + dot * unit, cy + dot * unit), fill=slot_fill)
        sheet = self._sheet(look, unit)
        picture.alpha_composite(sheet, (round(middle - 346 * unit), round(top + 70 * unit)))
        skin = look.rgb("surface") if look.contrast else SKIN
        left = [(-484, 410), (-420, 372), (-340, 320), (-306, 312), (-268, 316), (-258, 332), (-262, 348),
                (-290, 356), (-318, 360), (-334, 392), (-352, 430), (-366, 520), (-484, 520)]  # fmt: skip
        right = [(484, 520), (470, 462), (340, 430), (260, 410), (180, 340), (152, 332), (126, 332),
                 (112, 346), (118, 362), (146, 370), (170, 396), (196, 430), (230, 520)]  # fmt: skip
        for hand in (left, right):
            points = at(_smooth(hand))
            pen.polygon(points, fill=skin)
            pen.line(points, fill=ink, width=line, joint="curve")
        gauge = at([(193, 16), (227, 16), (210, 16), (210, 160), (193, 160), (227, 160)])
        pen.line(gauge[:2], fill=ink, width=line)
        pen.line(gauge[2:4], fill=ink, width=line)
        pen.line(gauge[4:], fill=ink, width=line)
        return picture.resize((width, height), Image.Resampling.BOX)

    def _sheet(self, look: Look, unit: float) -> Image.Image:
        """The receipt, tilted a little."""
        width, height = round(SHEET[0] * unit), round((SHEET[1] + 20) * unit)
        sheet = Image.new("RGBA", (width, height), (0, 0, 0, 0))
        pen = ImageDraw.Draw(sheet)
        ink, line = look.rgb("text"), max(2, round(4 * unit))
        pen.rounded_rectangle(
            (0, 0, width - 1, height - 1), 6 * unit, fill=look.rgb("surface"), outline=ink, width=line
        )
        size = max(8, round(24 * unit))
        face = font("Be Vietnam Pro", 700, size)
        words, lines = self.paper.split(), [""]
        for word in words:
            longer = f"{lines[-1]} {word}".strip()
            if face.getlength(longer) > 200 * unit and lines[-1]:
                lines.append(word)
            else:
                lines[-1] = longer
        for n, text in enumerate(lines[:4]):
            pen.text((30 * unit, (34 + 30 * n) * unit), text, fill=ink, font=face)
        grey = look.rgb("line") if look.contrast else LINES
        for n, length in enumerate((190, 200, 162, 336, 310, 240)):
            y = (170 + 32 * n) * unit
            x = 30 * unit if n < 5 else 100 * unit
            pen.rounded_rectangle((x, y, x + length * unit, y + 11 * unit), 5 * unit, fill=grey)
        self._code(look, pen, (264, 34, 196), unit)
        return sheet.rotate(TILT, Image.Resampling.BICUBIC, expand=True)

    def _code(self, look: Look, pen: ImageDraw.ImageDraw, place: tuple[int, int, int], unit: float) -> None:
        """A small QR in a red rim."""
        x, y, side = (n * unit for n in place)
        rim = max(2, round(8 * unit))
        pen.rounded_rectangle(
            (x, y, x + side, y + side),
            10 * unit,
            fill=(255, 255, 255),
            outline=look.rgb("primary"),
            width=rim,
        )
        dots = _dots()
        module = (side - 5 * rim) / len(dots)
        for row, cells in enumerate(dots):
            for column, dark in enumerate(cells):
                if dark:
                    left, top = x + 2.5 * rim + column * module, y + 2.5 * rim + row * module
                    pen.rectangle((left, top, left + module, top + module), fill=(0, 0, 0))


@cache
def _dots() -> tuple[tuple[bool, ...], ...]:
    """The sample's code without its light rim."""
    rows = modules(SAMPLE)
    return tuple(tuple(row[4:-4]) for row in rows[4:-4])


def _smooth(points: Points, rounds: int = 3) -> list[tuple[float, float]]:
    """Corners cut several times (Chaikin); both ends stay."""
    line = list(points)
    for _ in range(rounds):
        cut = [line[0]]
        for (ax, ay), (bx, by) in pairwise(line):
            cut.append((0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by))
            cut.append((0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by))
        line = [*cut, line[-1]]
    return line
