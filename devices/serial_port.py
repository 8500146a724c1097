"""A serial port as a `Line`: RS-232, RS-485 adapters and USB, by their /dev/serial/by-id names."""

import termios
from datetime import timedelta
from typing import Literal

import serial

from devices.line import LineDown

Parity = Literal["N", "E", "O"]
TIMEOUT = timedelta(seconds=1)
_MOST_AT_ONCE = 256


class SerialPort:
    """`Line`, opened for this program alone. After an unplug all raises LineDown until `open` works."""

    two_way = True

    def __init__(
        self, device: str, baud: int = 9600, parity: Parity = "N", timeout: timedelta = TIMEOUT
    ) -> None:
        """`timeout` is for a write of any length; nothing is opened yet."""
        self._device, self._baud, self._parity = device, baud, parity
        self._timeout = timeout.total_seconds()
        self._port: serial.Serial | None = None

    def open(self) -> None:
        self.close()
        try:
            self._port = serial.Serial(
                self._device,
                self._baud,
                parity=self._parity,
                timeout=0,
                write_timeout=self._timeout,
                exclusive=True,
            )
        except (OSError, ValueError, termios.error) as error:
            raise LineDown("offline", str(error)) from error

    def write(self, data: bytes) -> None:
        port = self._opened()
        try:
            port.write(data)
        except serial.SerialTimeoutException as error:
            raise LineDown("timeout", "the device takes no more bytes") from error
        except (OSError, termios.error) as error:
            raise LineDown("offline", str(error)) from error

    def read(self, within: float) -> bytes:
        port = self._opened()
        try:
            port.timeout = within
            first = port.read(1)
            return bytes(first + port.read(min(port.in_waiting, _MOST_AT_ONCE))) if first else b""
        except (OSError, termios.error, TypeError) as error:
            raise LineDown("offline", str(error)) from error

    def close(self) -> None:
        if self._port is None:
            return
        try:
            self._port.close()
        except (OSError, termios.error):
            self._port.fd = None
        self._port = None

    def _opened(self) -> serial.Serial:
        if self._port is None:
            raise LineDown("offline", "not open")
        return self._port
