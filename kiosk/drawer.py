"""Small texts on this kiosk's disk, one file each: written whole or not at all; no failure stops anybody."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

_log = logging.getLogger(__name__)
MOST = 500


class Drawer:
    """Without a folder nothing is kept. A full disk is logged and stops nobody."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                for half_written in folder.glob("*.new"):
                    half_written.unlink()
            except OSError as problem:
                _log.error("%s: %s; nothing is kept there over a restart", folder.name, problem.strerror)
                self._folder = None

    def put(self, name: str, text: str) -> None:
        """On the disk when this returns; only its owner can read it."""
        if self._folder is None:
            return
        path = self._folder / f"{name}.json"
        beside = path.with_suffix(".new")
        try:
            with open(beside, "w", encoding="utf-8", opener=_private) as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as problem:
            _log.error("%s: %s is not kept: %s", self._folder.name, name, problem.strerror)

    def remove(self, name: str) -> None:
        if self._folder is not None:
            try:
                (self._folder / f"{name}.json").unlink(missing_ok=True)
            except OSError as problem:
                _log.error("%s: %s stays: %s", self._folder.name, name, problem.strerror)

    def left_over(self) -> Iterator[tuple[str, str]]:
        """Name and text of what is there, oldest first; what cannot be read is removed."""
        if self._folder is None:
            return
        found = sorted(self._folder.glob("*.json"), key=lambda path: (_written_at(path), path.name))
        for path in found[-MOST:]:
            try:
                yield path.stem, path.read_text(encoding="utf-8")
            except (OSError, ValueError):
                self.drop(path.stem)

    def drop(self, name: str) -> None:
        """Nobody can make sense of it."""
        _log.error("%s: %s cannot be read and is dropped", self._folder.name if self._folder else "", name)
        self.remove(name)


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # it will not be readable either
        return 0.0


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
