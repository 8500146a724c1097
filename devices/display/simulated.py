"""LED displays without LEDs: each shows its text in a file of a folder, and can be made missing."""

import json
from dataclasses import asdict
from pathlib import Path

from devices.display.ports import NoAnswer, Report, Shown
from devices.line import LineDown

FAULT_FILE = "fault"


class FolderDisplays:
    """`Displays` in `<folder>/<address>.json`; an address in the folder's `fault` file does not answer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LineDown("offline", str(error.strerror)) from error

    def show(self, address: int, shown: Shown) -> None:
        self._there(address)
        part = self._folder / f".{address}.json"
        try:
            part.write_text(json.dumps(asdict(shown)), encoding="utf-8")
            part.replace(self._file(address))
        except OSError as error:
            raise LineDown("offline", str(error.strerror)) from error

    def ask(self, address: int) -> Report:
        self._there(address)
        try:
            return Report(
                Shown(**json.loads(self._file(address).read_text(encoding="utf-8"))), firmware="sim"
            )
        except FileNotFoundError:
            return Report(Shown(), firmware="sim")
        except (OSError, ValueError, TypeError) as error:
            raise LineDown("offline", str(error)) from error

    def close(self) -> None:
        """Nothing is kept open."""

    def _file(self, address: int) -> Path:
        return self._folder / f"{address}.json"

    def _there(self, address: int) -> None:
        try:
            missing = (self._folder / FAULT_FILE).read_text(encoding="utf-8").split()
        except OSError:
            return
        if str(address) in missing:
            raise NoAnswer("switched off in the fault file")
