"""A printer as a device file (such as /dev/usb/lp0), or a plain file that collects the bytes."""

import errno
import os
import select
import stat
from datetime import timedelta
from pathlib import Path

from devices.line import LineDown

TIMEOUT = timedelta(seconds=3)
_NEVER_WAIT = os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


class FileLine:
    """`Line` over a file. A character device is two-way; any other file grows and never answers.

    With `append` a plain file is made when it is missing; without, a missing one is a lost printer.
    """

    def __init__(self, path: Path, timeout: timedelta = TIMEOUT, *, append: bool = False) -> None:
        self._path = path
        self._append = append
        self._timeout = timeout.total_seconds()
        self._file: int | None = None
        self._two_way = False

    @property
    def two_way(self) -> bool:
        return self._two_way

    def open(self) -> None:
        self.close()
        try:
            self._two_way = not self._append and stat.S_ISCHR(self._path.stat().st_mode)
            way = os.O_RDWR if self._two_way else os.O_WRONLY | os.O_APPEND
            made = os.O_CREAT if self._append else 0
            self._file = os.open(self._path, way | made | _NEVER_WAIT, 0o600)
        except OSError as error:
            raise LineDown("offline", str(error.strerror)) from error

    def write(self, data: bytes) -> None:
        file = self._opened()
        left = memoryview(data)
        while left:
            _, ready, _ = select.select([], [file], [], self._timeout)
            if not ready:
                raise LineDown("timeout", "the printer takes no more bytes")
            try:
                left = left[os.write(file, left) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise LineDown("offline", str(error.strerror)) from error

    def read(self, within: float) -> bytes:
        file = self._opened()
        ready, _, _ = select.select([file], [], [], within)
        if not ready:
            return b""
        try:
            return os.read(file, 64)
        except BlockingIOError:
            return b""
        except OSError as error:
            if error.errno in (errno.EINVAL, errno.EBADF):
                return b""
            raise LineDown("offline", str(error.strerror)) from error

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _opened(self) -> int:
        if self._file is None:
            raise LineDown("offline", "not open")
        return self._file
