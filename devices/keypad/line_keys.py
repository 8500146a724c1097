"""`Keys` by a decoding over a line, and over a file of the kernel's input events."""

import errno
import fcntl
import os
import select
from contextlib import suppress
from pathlib import Path

from devices.keypad.decoding import Decoding, InputEvents
from devices.keypad.ports import Press
from devices.line import Line, LineDown

_EVIOCGRAB = 0x40044590
"""ioctl: the pad's keys go to this program alone, and not into the kiosk's window."""


class LineKeys:
    """`Keys`: a serial keypad, or a receiver of many."""

    def __init__(self, line: Line, decoding: Decoding) -> None:
        self._line, self._decoding = line, decoding
        self._rest = b""

    def open(self) -> None:
        self._rest = b""
        self._line.open()

    def read(self, within: float) -> tuple[Press, ...]:
        arrived = self._line.read(within)
        if not arrived:
            return ()
        found = self._decoding.decode(self._rest + arrived)
        self._rest = found.rest
        if found.answer:
            self._line.write(found.answer)
        return found.presses

    def close(self) -> None:
        self._line.close()


class EventKeys:
    """`Keys`: a USB number pad by its /dev/input/by-id name, or anything a program writes events into."""

    def __init__(self, path: Path, decoding: Decoding | None = None) -> None:
        self._path, self._decoding = path, decoding or InputEvents()
        self._file: int | None = None
        self._rest = b""

    def open(self) -> None:
        self.close()
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        except OSError as error:
            raise LineDown("offline", str(error.strerror)) from error
        self._rest = b""
        with suppress(OSError):
            fcntl.ioctl(self._file, _EVIOCGRAB, 1)

    def read(self, within: float) -> tuple[Press, ...]:
        if self._file is None:
            raise LineDown("offline", "not open")
        ready, _, _ = select.select([self._file], [], [], within)
        if not ready:
            self._still_there()
            return ()
        try:
            arrived = os.read(self._file, 4096)
        except BlockingIOError:
            return ()
        except OSError as error:
            raise LineDown("offline", os.strerror(error.errno or errno.EIO)) from error
        if not arrived:
            raise LineDown("offline", "the pad is gone")
        found = self._decoding.decode(self._rest + arrived)
        self._rest = found.rest
        return found.presses

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _still_there(self) -> None:
        """A file whose name has gone is that of a pad that was unplugged."""
        if not self._path.exists():
            raise LineDown("offline", "the pad is gone")
