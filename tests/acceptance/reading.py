"""What a person reads: the slip that came out of the printer, the number on a screen, the code on both."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from assets.files import font_path
from tests.integration.devices.test_slip_bytes import image_of, judged

DARK = 110
UNLIKE = 0.12
"""A number is read when at most so large a share of its dots differs."""


@dataclass(frozen=True)
class Slip:
    """The picture an outside parser makes of a slip's bytes, and the address in its code."""

    picture: Image.Image
    page: str

    @property
    def path(self) -> str:
        return urlsplit(self.page).path


def slip_of(data: bytes) -> Slip:
    """Reads ESC/POS bytes back into dots, and the code from the dots."""
    [raster] = judged(data)["rasters"]
    picture = image_of(raster).convert("L")
    return Slip(picture, code_on(picture))


def code_on(picture: Image.Image) -> str:
    """The text of the one code in a picture."""
    [code] = zxingcpp.read_barcodes(picture)
    return code.text


def number_on_kiosk(picture: Image.Image, candidates: Sequence[str]) -> str:
    """Which of these numbers stands on the kiosk's ticket or printer-failed screen."""
    width, height = picture.size
    return read_number(
        picture.crop((width // 12, round(height * 0.16), width * 11 // 12, height)), candidates
    )


def number_on_slip(slip: Slip, candidates: Sequence[str]) -> str:
    """Which of these numbers is the first tall line of a slip."""
    tall = slip.picture.width // 6
    top, bottom = next(band for band in _bands(_ink(slip.picture)) if band[1] - band[0] > tall)
    return read_number(slip.picture.crop((0, top, slip.picture.width, bottom)), candidates)


def read_number(picture: Image.Image, candidates: Sequence[str]) -> str:
    """The number whose letters in the ticket's own type cover the first line best."""
    ink = _ink(picture)
    top, bottom = _bands(ink)[0]
    line = ink.crop((0, top, ink.width, bottom))
    box = line.getbbox()
    assert box is not None, "nothing is written there"
    seen = line.crop(box)
    found = {text: _difference(seen, _drawn(text)) for text in candidates}
    best = min(found, key=lambda text: found[text])
    assert found[best] < UNLIKE, f"none of {list(candidates)[:3]}… is written there: {found[best]:.2f}"
    return best


def _ink(picture: Image.Image) -> Image.Image:
    """White where it was dark."""
    return picture.convert("L").point(lambda value: 255 if value < DARK else 0)


def _bands(ink: Image.Image) -> list[tuple[int, int]]:
    """Rows with ink, from the top, as (first, after the last)."""
    dark = np.asarray(ink).any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], dark, [False])).astype(int)))
    return [(int(first), int(after)) for first, after in zip(edges[::2], edges[1::2], strict=True)]


def _drawn(text: str) -> Image.Image:
    font = ImageFont.truetype(str(font_path("Be Vietnam Pro", 800)), 400)
    left, top, right, bottom = font.getbbox(text)
    picture = Image.new("L", (round(right - left), round(bottom - top)))
    ImageDraw.Draw(picture).text((-left, -top), text, fill=255, font=font)
    box = picture.getbbox()
    assert box is not None
    return picture.crop(box)


def _difference(seen: Image.Image, drawn: Image.Image) -> float:
    scaled = drawn.resize(seen.size, Image.Resampling.BILINEAR).point(lambda value: 255 if value > 127 else 0)
    differing: float = ImageStat.Stat(ImageChops.difference(seen, scaled)).mean[0] / 255
    return differing
