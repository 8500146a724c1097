"""A printed PDF as a person sees it: pages as pictures, words with their places, codes read by camera."""

import re
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import zxingcpp
from PIL import Image, ImageChops

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)


@dataclass(frozen=True)
class Word:
    """In points, from the top left."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Sheet:
    width: float
    height: float
    words: tuple[Word, ...]


class Printed:
    """`pdf` written into a folder and read by poppler's programs."""

    def __init__(self, pdf: bytes, folder: Path) -> None:
        self.path = folder / "form.pdf"
        self.path.write_bytes(pdf)

    def text(self) -> str:
        """All of it in NFC, every run of white space one space."""
        said = self._run("pdftotext", "-enc", "UTF-8", str(self.path), "-").decode()
        return squeezed(said)

    def sheets(self) -> list[Sheet]:
        said = self._run("pdftotext", "-bbox", "-enc", "UTF-8", str(self.path), "-").decode()
        return [
            Sheet(
                float(width),
                float(height),
                tuple(Word(*(float(n) for n in found[:4]), found[4]) for found in _WORD.findall(body)),
            )
            for width, height, body in _PAGE.findall(said)
        ]

    def pictures(self, dpi: int = 150) -> list[Image.Image]:
        self._run("pdftoppm", "-r", str(dpi), "-gray", str(self.path), str(self.path.with_suffix("")))
        return [Image.open(page).convert("L") for page in sorted(self.path.parent.glob("form-*.pgm"))]

    def codes(self) -> list[str]:
        """What is in the QR of every page."""
        return [code.text for page in self.pictures() for code in zxingcpp.read_barcodes(page)]

    def fonts(self) -> list[tuple[str, bool]]:
        """(name, embedded) of every font."""
        rows = self._run("pdffonts", str(self.path)).decode().splitlines()[2:]
        return [(row.split()[0], row.split()[-5] == "yes") for row in rows]

    def _run(self, *command: str) -> bytes:
        return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout


def squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def ink_margins(page: Image.Image) -> tuple[int, int, int, int]:
    """White dots left, above, right and below of all ink."""
    white = Image.new("L", page.size, 255)
    box = (
        ImageChops.difference(page.convert("L"), white)
        .point(lambda level: 255 if level > 40 else 0)
        .getbbox()
    )
    assert box is not None, "an empty page"
    return box[0], box[1], page.width - box[2], page.height - box[3]
