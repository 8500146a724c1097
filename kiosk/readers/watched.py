"""A keyboard-wedge scanner: its keys come through the window, here only whether it is plugged in."""

import threading
from pathlib import Path

from kiosk.readers.ports import Kind, Read, There

EVERY_S = 2.0


class WedgeScanner:
    """`kiosk.readers.ports.Reader`. Without a device file it counts as there."""

    kind: Kind = "scanner"

    def __init__(self, device: Path | None, every_s: float = EVERY_S) -> None:
        self._device, self._every_s = device, every_s
        self._over = threading.Event()

    def start(self, read: Read, there: There) -> None:
        del read
        if self._device is None:
            there(True)
            return
        threading.Thread(
            target=self._watch, args=(self._device, there), name="kiosk-wedge", daemon=True
        ).start()

    def want(self, wanted: bool) -> None:
        """Keys are taken whenever they come."""

    def stop(self) -> None:
        self._over.set()

    def _watch(self, device: Path, there: There) -> None:
        was: bool | None = None
        while not self._over.is_set():
            here = device.exists()
            if here != was:
                there(here)
                was = here
            self._over.wait(self._every_s)
