"""Pictures on the graphics card: text, boxes and icons are drawn once and kept while they are used."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from kivy.graphics.texture import Texture
from PIL import Image

from assets.files import icon_png
from kiosk.ui import skins
from kiosk.ui.ink import draw
from kiosk.ui.theme import Rgb
from kiosk.ui.typeset import Setting

KEEP_BYTES = 16_000_000
"""How much the cache may hold; textures still on a screen live on with their widget."""


@dataclass(frozen=True)
class Painted:
    """A texture, where its left top stands in its box (px), and its unstretched parts (l, t, r, b).

    `tint` is the colour of a grey texture, 0–255; coloured ones have none.
    """

    texture: Texture
    left: int = 0
    top: int = 0
    fixed: tuple[int, int, int, int] = (0, 0, 0, 0)
    tint: Rgb | None = None


class TextureCache:
    """Least recently used textures go first once there are more than `limit` bytes."""

    def __init__(self, limit: int = KEEP_BYTES) -> None:
        self._limit = limit
        self._held = 0
        self._kept: OrderedDict[Hashable, tuple[Painted, int]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Painted]) -> Painted:
        """The painted thing of a key, made on first use."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept[0]
        painted = make()
        weight = painted.texture.width * painted.texture.height * BYTES[painted.texture.colorfmt]
        self._kept[key] = (painted, weight)
        self._held += weight
        while self._held > self._limit and len(self._kept) > 1:
            _, (_, freed) = self._kept.popitem(last=False)
            self._held -= freed
        return painted


CACHE = TextureCache()
BYTES = {"rgba": 4, "luminance_alpha": 2}
"""Bytes a pixel by Kivy's name of the format."""


def upload(image: Image.Image, sharp: bool = False) -> Texture:
    """A texture with the picture's top at the top, of an RGBA or LA picture.

    `sharp` ones are drawn pixel for pixel, or stretched where they are of one colour: cheaper in software.
    """
    colours = "luminance_alpha" if image.mode == "LA" else "rgba"
    texture = Texture.create(size=image.size, colorfmt=colours, bufferfmt="ubyte")
    texture.blit_buffer(image.tobytes(), colorfmt=colours, bufferfmt="ubyte")
    texture.flip_vertical()
    if sharp:
        texture.mag_filter = texture.min_filter = "nearest"
    return texture


def text(setting: Setting, width: float, keep: bool = True) -> Painted:
    """A setting's pixels; without `keep` nothing of it stays once its widget lets go."""
    whole = round(width)

    def make() -> Painted:
        drawn = draw(setting, whole)
        return Painted(upload(drawn.image, sharp=True), drawn.left, drawn.top, tint=drawn.tint)

    return CACHE.get(("text", setting, whole), make) if keep else make()


def box(skin: skins.Skin, width: int, height: int) -> Painted:
    """A box's skin; dashed ones are drawn at their exact size."""
    if skin.dashed:
        return CACHE.get(
            ("exact", skin, width, height),
            lambda: Painted(upload(skins.exact(skin, max(1, width), max(1, height)).image, sharp=True)),
        )

    def make() -> Painted:
        part = skins.nine_part(skin)
        return Painted(upload(part.image, sharp=True), fixed=part.fixed)

    return CACHE.get(("nine", skin), make)


def icon(name: str, px: int) -> Painted:
    """A white pictogram to be tinted, exactly `px` wide. Raises MissingAsset."""

    def make() -> Painted:
        with Image.open(icon_png(name, px)) as file:
            shape = file.convert("RGBA").getchannel("A")
        if shape.width != px:
            shape = shape.resize((px, px), Image.Resampling.LANCZOS)
        white = Image.new("L", (px, px), 255)
        return Painted(upload(Image.merge("LA", (white, shape)), sharp=True))

    return CACHE.get(("icon", name, px), make)


def picture(key: Hashable, make: Callable[[], Image.Image], sharp: bool = False) -> Painted:
    """Any other picture under a key of the caller's."""
    return CACHE.get(key, lambda: Painted(upload(make().convert("RGBA"), sharp)))
