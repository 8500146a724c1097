"""A scanner on a serial line, or on USB that looks like one; unplugged and plugged in again at any time."""

import logging
import termios
import threading
from collections.abc import Callable
from typing import Protocol

import serial

from kiosk.readers.framing import Framer
from kiosk.readers.ports import Kind, Read, There

_log = logging.getLogger(__name__)

READ_S = 0.2
BACK_OFF_S = (0.25, 0.5, 1.0, 2.0, 4.0)
"""How long to wait before the next try to open; the last one again and again."""
MOST_BYTES = 1024
_GONE = (OSError, termios.error)
"""Pyserial's errors are OSErrors; one that is pulled out while it is set up raises the terminal's own."""


class Port(Protocol):
    """The part of pyserial's Serial that is used here."""

    @property
    def in_waiting(self) -> int: ...

    def read(self, size: int) -> bytes:
        """Waits for a byte, READ_S at the most."""

    def close(self) -> None: ...


def open_port(path: str, baud: int) -> Port:
    """Raises OSError (pyserial's errors are such), ValueError and termios.error."""
    port: Port = serial.Serial(path, baud, timeout=READ_S, exclusive=True)
    return port


class SerialScanner:
    """`kiosk.readers.ports.Reader`. Name the device by its `/dev/serial/by-id/…`, which stays the same."""

    kind: Kind = "scanner"

    def __init__(
        self,
        path: str,
        baud: int,
        monotonic: Callable[[], float],
        open_: Callable[[str, int], Port] = open_port,
    ) -> None:
        self._path, self._baud, self._monotonic, self._open = path, baud, monotonic, open_
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, read: Read, there: There) -> None:
        self._thread = threading.Thread(
            target=self._run, args=(read, there), name="kiosk-scanner", daemon=True
        )
        self._thread.start()

    def want(self, wanted: bool) -> None:
        """A scanner lights up by itself; what it reads unasked is dropped by the session."""

    def stop(self) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join(2 * READ_S)

    def _run(self, read: Read, there: There) -> None:
        failed = 0
        while not self._over.is_set():
            try:
                port = self._open(self._path, self._baud)
            except (*_GONE, ValueError) as problem:
                if failed == 0:
                    _log.warning("scanner %s: cannot be opened (%s)", self._path, type(problem).__name__)
                self._over.wait(BACK_OFF_S[min(failed, len(BACK_OFF_S) - 1)])
                failed += 1
                continue
            failed = 0
            _log.info("scanner %s: there", self._path)
            there(True)
            self._listen(port, read)
            there(False)
            if not self._over.is_set():
                _log.warning("scanner %s: gone", self._path)

    def _listen(self, port: Port, read: Read) -> None:
        """Until it is unplugged: pyserial then raises SerialException, `in_waiting` a plain OSError."""
        framer = Framer()
        try:
            while not self._over.is_set():
                data = port.read(max(1, min(port.in_waiting, MOST_BYTES)))
                framer, texts = framer.feed(data, self._monotonic())
                for text in texts:
                    read(text)
        except (*_GONE, TypeError):
            pass
        finally:
            try:
                port.close()
            except _GONE:
                _log.info("scanner %s: was closed already", self._path)
