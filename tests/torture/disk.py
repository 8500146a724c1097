"""The disk under a program: slow, full, or without power, as one process (or the machine) would see it."""

import os
import random
import shutil
import struct
import subprocess
from pathlib import Path

SECTOR = 512
WATCHED = ("office.db", "office.db-wal")
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
SOURCE = Path(__file__).with_name("disk.c")


def build(folder: Path) -> Path:
    """Compiled with the machine's C compiler."""
    out = folder / "disk.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", out, SOURCE, "-ldl", "-lpthread"], check=True)
    return out


class Disk:
    """What one program's files go through. `files` are those that a loss of power may tear."""

    def __init__(self, library: Path, work: Path, prefix: Path, files: tuple[Path, ...]) -> None:
        work.mkdir(parents=True, exist_ok=True)
        self._library, self._prefix, self._files = library, prefix, files
        self._control, self._shadow, self._clock = work / "control", work / "shadow", work / "clock"
        self._control.write_bytes(bytes(12))
        self.set_clock(0)

    def environment(self, clock: bool = True) -> dict[str, str]:
        """With `clock` the program's wall clock is libfaketime's, without it the machine's.

        libfaketime 0.9.10 "mends" waits on the monotonic clock by adding the time since the epoch, so that
        every one of them ends at once: two Python threads that share the interpreter then take 25 times the
        processor time. Hence FORCE_MONOTONIC_FIX=0. That it lets every `time.sleep` fail is mended in disk.c.
        """
        preload = [str(self._library), *([str(FAKETIME)] if clock else [])]
        return {
            "LD_PRELOAD": ":".join(preload),
            "TORTURE_CONTROL": str(self._control),
            "TORTURE_PREFIX": str(self._prefix),
            "TORTURE_SHADOW": str(self._shadow),
            "FAKETIME_TIMESTAMP_FILE": str(self._clock),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
            "FAKETIME_CACHE_DURATION": "1",
            "NO_FAKE_STAT": "1",
        }

    def set(self, *, full: bool = False, slow_ms: int = 0) -> None:
        """At once, for the running program and its children."""
        with self._control.open("r+b") as file:
            file.write(struct.pack("iii", full, slow_ms, 0))

    def set_clock(self, seconds: int) -> None:
        """The program's wall clock stands so far from the machine's."""
        beside = self._clock.with_suffix(".new")
        beside.write_text(f"{seconds:+d}\n")
        beside.replace(self._clock)

    def remember(self) -> None:
        """Before a start: what is on the disk now is there for good (it is synced here)."""
        shutil.rmtree(self._shadow, ignore_errors=True)
        self._shadow.mkdir(parents=True)
        for path in self._files:
            if path.exists():
                with path.open("rb") as file:
                    os.fsync(file.fileno())
                shutil.copyfile(path, self._shadow / path.name)

    def cut_power(self, chance: random.Random) -> int:
        """After the kill: of what was not synced every sector is there or not by a throw of the dice, and
        the file is as long as before or after. Returns how many sectors were thrown for."""
        thrown = 0
        for path in self._files:
            if path.exists():
                thrown += _tear(path, self._shadow / path.name, chance)
        for path in self._files:
            path.with_name(path.name + "-shm").unlink(missing_ok=True)
        return thrown


def _tear(path: Path, shadow: Path, chance: random.Random) -> int:
    now = path.read_bytes()
    kept = shadow.read_bytes() if shadow.exists() else b""
    if now == kept:
        return 0
    length = chance.choice((len(now), len(kept)))
    lucky, thrown, out = chance.random(), 0, bytearray()
    for at in range(0, length, SECTOR):
        new, old = now[at : at + SECTOR], kept[at : at + SECTOR]
        if new != old:
            thrown += 1
        sector = new if new == old or chance.random() < lucky else old
        out += sector.ljust(min(SECTOR, length - at), b"\0")[: length - at]
    with path.open("r+b") as file:
        file.write(out)
        file.truncate(length)
        os.fsync(file.fileno())
    return thrown
