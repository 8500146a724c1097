"""A printer without a printer: every slip becomes its bytes and a picture in a folder."""

import os
from pathlib import Path

from PIL import Image

from devices.health import LOST, Health
from devices.ports import Outcome
from devices.printer.encode import encode
from devices.printer.status import with_detail

FAULT_FILE = "fault"
"""A file of this name in the folder makes the printer unwell; its first word says how."""
_FAULTS: dict[str, Health] = {
    "paper_out": Health(reachable=True, paper="out", cover="closed"),
    "near_end": Health(reachable=True, paper="near_end", cover="closed"),
    "cover_open": Health(reachable=True, paper="ok", cover="open"),
    "offline": LOST,
}
_WELL = Health(reachable=True, paper="ok", cover="closed")


class SimulatedPrinter:
    """`SlipPrinter` into a folder: `<job>.bin` and `<job>.png`, each there whole or not at all.

    `unproven` in the fault file makes it print and stay silent about it.
    """

    def __init__(self, folder: Path, dots: int) -> None:
        self._folder = folder
        self._dots = dots

    @property
    def dots(self) -> int:
        return self._dots

    def print_slip(self, image: Image.Image, job: str) -> Outcome:
        health = self.health()
        if not health.can_print:
            if health.paper == "out":
                return Outcome("failed", "paper_out")
            return Outcome("failed", "cover_open" if health.cover == "open" else "offline")
        try:
            _put(self._folder / f"{job}.bin", b"".join(encode(image)))
            picture = self._folder / f".{job}.png"
            image.save(picture, "PNG")
            picture.replace(self._folder / f"{job}.png")
        except OSError:
            return Outcome("failed", "offline")
        return Outcome("unconfirmed", "no_proof") if self._fault() == "unproven" else Outcome("printed")

    def health(self) -> Health:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return with_detail(LOST, str(error.strerror))
        if not os.access(self._folder, os.W_OK):
            return with_detail(LOST, "the folder cannot be written")
        return _FAULTS.get(self._fault(), _WELL)

    def close(self) -> None:
        """Nothing is kept open."""

    def _fault(self) -> str:
        try:
            return (self._folder / FAULT_FILE).read_text(encoding="utf-8").split()[0]
        except (OSError, IndexError, UnicodeDecodeError):
            return ""


def _put(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}")
    part.write_bytes(data)
    part.replace(path)
