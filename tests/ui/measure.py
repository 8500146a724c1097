"""What a drawn screen must answer for: text inside its box, boxes apart, touchables large and in reach."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels
from PIL import Image

from kiosk.ui.geometry import Box
from kiosk.ui.glass import Glass
from kiosk.ui.widgets.banner import Banner
from kiosk.ui.widgets.block import Block, Panel
from kiosk.ui.widgets.dossier import DossierCard
from kiosk.ui.widgets.holding import Holding
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.opened import Opened
from kiosk.ui.widgets.pad import CodeField
from kiosk.ui.widgets.press import Touchable
from kiosk.ui.widgets.ring import Ring
from kiosk.ui.widgets.text import Text
from kiosk.ui.widgets.ticket import FactBox, NumberCard, PaperBlock, PhoneBox
from kiosk.ui.widgets.way import Way


@dataclass(frozen=True)
class Pixels:
    """What is on the glass as the card gives it: four bytes a pixel, bottom row first."""

    width: int
    height: int
    data: bytes

    @classmethod
    def of(cls, window: Any) -> Pixels:
        width, height = int(window.width), int(window.height)
        return cls(width, height, bytes(glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE)))

    @property
    def digest(self) -> str:
        """Tells two pictures apart; of eight megabytes a checksum is made in a third of a hash's time."""
        return f"{zlib.crc32(self.data):08x}"

    def colours(self) -> int:
        """How many colours a coarse look finds."""
        whole = Image.frombuffer("RGBX", (self.width, self.height), self.data, "raw", "RGBX", 0, 1)
        return len(whole.reduce(12).getcolors(90 * 160 * 4) or [])

    def picture(self) -> Image.Image:
        """To be looked at: top row first."""
        image = Image.frombytes("RGBA", (self.width, self.height), self.data)
        return image.transpose(Image.Transpose.FLIP_TOP_BOTTOM).convert("RGB")


def measure(glass: Glass, pixels: Pixels) -> dict[str, Any]:
    """Problems as sentences, and figures."""
    return {
        "problems": [*_text(glass), *_apart(glass), *_touch(glass), *_missing(glass)],
        "colours": pixels.colours(),
        "touchables": len(glass.live()),
        "digest": pixels.digest,
        "words": [
            block.text for block in _layers(glass)[0].blocks() if isinstance(block, Text) and block.setting
        ],
    }


def _layers(glass: Glass) -> list[Block]:
    page = glass.dialog or glass.page
    assert page is not None
    around = [] if glass.dialog else [glass.header, glass.bar]
    return [page, *around]


def _drawn(block: Block) -> bool:
    return block.width >= 1 and block.height >= 1


def _text(glass: Glass) -> list[str]:
    problems = []
    glass_box = Box(0, 0, *glass_size(glass))
    for layer in _layers(glass):
        for block in layer.blocks():
            if not isinstance(block, Text) or block.setting is None:
                continue
            wide, tall = block.overflow()
            if wide > 1 or tall > 1.5:
                problems.append(f"{block.text!r} is {wide:.0f} px too wide, {tall:.0f} px too tall")
            parent = block.parent
            if isinstance(parent, Block) and parent is not layer and _drawn(parent):
                if not text_box(block).within(parent.box, 2):
                    problems.append(f"{block.text!r} leaves its {type(parent).__name__}")
                if isinstance(parent.parent, Panel) and not parent.box.within(parent.parent.box, 2):
                    problems.append(f"{block.text!r} leaves its {type(parent.parent).__name__}")
            elif not text_box(block).within(glass_box, 1):
                problems.append(f"{block.text!r} leaves the glass")
    return problems


def glass_size(glass: Glass) -> tuple[int, int]:
    assert glass.look is not None
    return glass.look.width, glass.look.height


def text_box(text: Text) -> Box:
    """Where the lines really stand."""
    assert text.setting is not None
    setting = text.setting
    spare_x = text.width - setting.width
    x = text.x + (spare_x if text.align == "right" else spare_x / 2 if text.align == "center" else 0)
    spare = text.height - setting.height
    drop = 0 if text.anchor == "top" else spare / 2 if text.anchor == "middle" else spare
    return Box(x, text.top - drop - setting.height, setting.width, setting.height)


SOLID = (
    Touchable, Banner, NumberCard, FactBox, PhoneBox, PaperBlock, CodeField, DossierCard,
    Holding, Opened, Way,
)  # fmt: skip


def _apart(glass: Glass) -> list[str]:
    problems = []
    for layer in _layers(glass):
        boxes = [(block, block.box) for block in layer.blocks() if isinstance(block, SOLID) and _drawn(block)]
        whole = Box(0, 0, *glass_size(glass))
        problems += [f"{name(block)} leaves the glass" for block, box in boxes if not box.within(whole, 1)]
        for (a, box_a), (b, box_b) in combinations(boxes, 2):
            if box_a.overlaps(box_b):
                problems.append(f"{name(a)} overlaps {name(b)}")
        loose = [
            block for block in layer.blocks()
            if block.parent is layer and _drawn(block) and (isinstance(block, Text) and block.setting)
        ]  # fmt: skip
        for block in loose:
            for solid, box in boxes:
                if text_box(block).overlaps(box, 1):
                    problems.append(f"{block.text!r} overlaps {name(solid)}")
        for a, b in combinations(loose, 2):
            if text_box(a).overlaps(text_box(b), 1):
                problems.append(f"{a.text!r} overlaps {b.text!r}")
    for layer in _layers(glass):
        for block in layer.blocks():
            parts = [
                child for child in block.children
                if isinstance(child, Text | Icon | Ring) and child.shown and _drawn(child)
                and (not isinstance(child, Text) or child.setting)
            ]  # fmt: skip
            for a, b in combinations(parts, 2) if block is not layer else ():
                box_a = text_box(a) if isinstance(a, Text) else a.box
                box_b = text_box(b) if isinstance(b, Text) else b.box
                if isinstance(a, Icon) or isinstance(b, Icon):
                    box_a, box_b = ink(a, box_a), ink(b, box_b)
                if box_a.overlaps(box_b, 1.5):
                    problems.append(f"{name(a)} overlaps {name(b)} in {name(block)}")
    return problems


def ink(block: Block, box: Box) -> Box:
    """An icon's own square in its box."""
    if not isinstance(block, Icon):
        return box
    side = min(box.w, box.h, block._rectangle.size[0])
    return box.middle(side, side)


def _touch(glass: Glass) -> list[str]:
    look = glass.look
    assert look is not None
    problems = []
    least, gap = 120 * look.scale - 1, 12 * look.scale - 1.5
    touch, bar = look.zones.touch, look.zones.bar
    reach = look.height * 0.6
    live = glass.live()
    for key, part in live.items():
        box = part.box
        if box.w < least or box.h < least:
            problems.append(f"{key} is only {box.w:.0f}×{box.h:.0f} px")
        in_zone = box.within(Box(touch.x, touch.y, touch.w, touch.h), 1) or box.within(bar, 1)
        if not in_zone:
            problems.append(f"{key} stands outside the touch zone")
        if look.low_reach and box.top > reach + 1:
            problems.append(f"{key} is out of low reach")
    halves = {"bar.vietnamese", "bar.english"}
    for (a, part_a), (b, part_b) in combinations(live.items(), 2):
        if {a, b} == halves:
            continue
        grown = part_a.box.inset(-gap / 2)
        if grown.overlaps(part_b.box.inset(-gap / 2), 0.5):
            problems.append(f"{a} and {b} are closer than 12 px")
    return problems


def _missing(glass: Glass) -> list[str]:
    """Whatever a view offers stands somewhere on the glass."""
    assert glass.view is not None
    live = glass.live()
    return [f"{press.key} is nowhere" for press in glass.view.touches if press.key not in live]


def name(block: Block) -> str:
    press = getattr(block, "press", None)
    if press is not None:
        return str(press.key)
    return repr(block.text) if isinstance(block, Text) else getattr(block, "name", "") or type(block).__name__
