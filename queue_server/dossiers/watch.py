"""The watched folder: a register's file that has stopped growing is imported by itself, by another process.

An imported file is deleted, because it holds names and phones; its report, which does not, is left. A file
that could not be imported goes to `rejected/` with the reason beside it.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LOOK_EVERY_S = 5.0
KINDS = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
REJECTED = "rejected"
REPORT = ".report.txt"

Importer = Callable[[Path], tuple[bool, str]]
"""Imports one file: whether it went in, and its report."""


@dataclass(frozen=True, slots=True)
class _Looks:
    size: int
    changed: int


class Watch:
    """`look` once, or `start` a thread that does. `done` is told (went in) of every file, never its name."""

    def __init__(self, folder: Path, importer: Importer, done: Callable[[bool], None]) -> None:
        self._folder, self._importer, self._done = folder, importer, done
        self._seen: dict[Path, _Looks] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="dossier-watch", daemon=True)

    def start(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def look(self) -> int:
        """Import what looks as it did the time before; how many files were taken."""
        now = {path: look for path in self._files() if (look := _look(path)) is not None}
        ready = [path for path, look in now.items() if self._seen.get(path) == look and look.size]
        self._seen = {path: look for path, look in now.items() if path not in ready}
        for path in ready:
            self._take(path)
        return len(ready)

    def _files(self) -> list[Path]:
        try:
            found = sorted(self._folder.iterdir())
        except OSError:
            return []
        return [path for path in found if _named_so(path) and _plain(path)]

    def _take(self, path: Path) -> None:
        went_in, report = self._importer(path)
        try:
            if went_in:
                path.unlink(missing_ok=True)
                _write(path.with_name(path.name + REPORT), report)
            else:
                rejected = self._folder / REJECTED
                rejected.mkdir(exist_ok=True)
                _write(rejected / (path.name + REPORT), report)
                path.replace(rejected / path.name)
        finally:
            self._done(went_in)

    def _loop(self) -> None:
        while not self._stopping.wait(LOOK_EVERY_S):
            try:
                self.look()
            except Exception:  # a full disk, or a name or report that is no text: the next look goes on
                self._done(False)


def _named_so(path: Path) -> bool:
    """A register by its name: no report of ours, no file that is still copied or open elsewhere."""
    name = path.name
    return path.suffix.lower() in KINDS and not name.endswith(REPORT) and not name.startswith((".", "~$"))


def _plain(path: Path) -> bool:
    """A file itself: what a link points at is not ours to read or delete."""
    return path.is_file() and not path.is_symlink()


def _look(path: Path) -> _Looks | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return _Looks(found.st_size, found.st_mtime_ns)


def _write(path: Path, report: str) -> None:
    path.write_text(report, encoding="utf-8")
    path.chmod(0o600)
