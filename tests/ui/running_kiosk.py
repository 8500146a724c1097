"""Starts the driver, waits for what it notes, and ends it; on a display of its own when asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.ui.driver import ROOT, Options, write

PATIENCE_S = 90.0
SOON_S = 1.0


class Kiosk:
    """A running driver; `notes` is all it has said."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self._log = log

    @property
    def notes(self) -> list[dict[str, Any]]:
        if not self._log.exists():
            return []
        lines = self._log.read_text(encoding="utf-8").splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def until(self, wanted: Callable[[list[dict[str, Any]]], Any], what: str) -> Any:
        """Wait until the notes satisfy; what `wanted` gave. Fails with the notes after the deadline."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            found = wanted(self.notes)
            if found:
                return found
            if self.process.poll() is not None and not wanted(self.notes):
                break
            time.sleep(0.02)
        lately = [note for note in self.notes if "live" not in note][-20:]
        raise AssertionError(f"never {what}; notes: {lately}, exit {self.process.poll()}")

    def soon(self, wanted: Callable[[list[dict[str, Any]]], Any]) -> bool:
        """Whether the notes satisfy before long: what may not come at all."""
        end = time.monotonic() + SOON_S
        while not (found := bool(wanted(self.notes))) and time.monotonic() < end:
            time.sleep(0.02)
        return found

    def shown(self, name: str) -> dict[str, Any]:
        """Wait for a screen; where its presses are."""

        def newest(notes: list[dict[str, Any]]) -> dict[str, Any] | None:
            screens = [note for note in notes if "shown" in note]
            return screens[-1] if screens and screens[-1]["shown"] == name else None

        found: dict[str, Any] = self.until(newest, f"showed {name}")
        return found

    def count(self, action: str) -> int:
        return sum(1 for note in self.notes if note.get("action") == action)

    @property
    def asked(self) -> list[str]:
        return [note["asked"] for note in self.notes if "asked" in note]

    def ended(self) -> int:
        """Wait for the end of the process; its exit code."""
        return self.process.wait(PATIENCE_S)


@contextmanager
def running(folder: Path, display: str | None = None, **changes: Any) -> Iterator[Kiosk]:
    """A kiosk that is ready; stopped at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "notes.jsonl"
    options = Options(str(log), str(folder / "home"), offscreen=display is None, **changes)
    path = folder / "options.json"
    write(options, path)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    if display is not None:
        env["DISPLAY"] = display
    with (folder / "errors.txt").open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.driver", str(path)], cwd=ROOT, env=env, stderr=errors
        )
        kiosk = Kiosk(process, log)
        try:
            kiosk.until(lambda notes: any("ready" in note for note in notes), "ready")
            yield kiosk
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(30)


@contextmanager
def a_display(width: int, height: int) -> Iterator[str]:
    """An Xvfb on a free number; its DISPLAY."""
    read, write_end = os.pipe()
    with tempfile.TemporaryFile() as errors:
        server = subprocess.Popen(
            [
                "Xvfb",
                "-displayfd",
                str(write_end),
                "-screen",
                "0",
                f"{width}x{height}x24",
                "-nolisten",
                "tcp",
            ],
            pass_fds=(write_end,),
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        os.close(write_end)
        try:
            with os.fdopen(read, encoding="ascii") as number:
                yield f":{number.readline().strip()}"
        finally:
            server.terminate()
            server.wait(30)
