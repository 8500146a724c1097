"""A drawn slip as ESC/POS bytes: the same for every driver."""

from escpos.constants import ESC, GS, HW_INIT, PAPER_FULL_CUT
from escpos.image import EscposImage
from PIL import Image

BAND_ROWS = 240
"""Rows a raster command: small printers hold no more than this at 576 dots."""
_NO_AUTOMATIC_STATUS: bytes = GS + b"a\x00"
_LINES_TO_CUTTER = 5


def encode(image: Image.Image) -> tuple[bytes, ...]:
    """One slip of an image of mode "1", in pieces that a printer takes one after the other.

    Start fresh, raster in bands (GS v 0), feed to the cutter, cut. Black is where the image is 0.
    """
    picture = EscposImage(image)
    dots, width = picture.to_raster_format(), picture.width_bytes
    size = width * BAND_ROWS
    return (
        HW_INIT + _NO_AUTOMATIC_STATUS,
        *(_band(dots[start : start + size], width) for start in range(0, len(dots), size)),
        ESC + b"d" + bytes([_LINES_TO_CUTTER]) + PAPER_FULL_CUT,
    )


def _band(dots: bytes, width: int) -> bytes:
    """GS v 0 with `width` bytes a row."""
    rows = len(dots) // width
    return bytes(GS + b"v0\x00" + width.to_bytes(2, "little") + rows.to_bytes(2, "little") + dots)
