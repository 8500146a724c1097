"""A printer on a serial port (RS-232, or a USB adapter by its /dev/serial/by-id name)."""

import termios
from datetime import timedelta

from escpos.exceptions import DeviceNotFoundError
from serial import Serial as Port
from serial import SerialTimeoutException

from devices.line import LineDown

TIMEOUT = timedelta(seconds=3)
_BITS_A_BYTE = 11


class SerialLine:
    """`Line` over a serial port. At 9600 baud a slip of 50 kB takes 52 s: prefer USB or the network."""

    two_way = True

    def __init__(self, device: str, baud: int = 115200, timeout: timedelta = TIMEOUT) -> None:
        from escpos.printer import Serial  # reads tables of all printers: a third of an agent's start

        self._printer = Serial(devfile=device, baudrate=baud, timeout=0, dsrdtr=False)
        self._baud = baud
        self._timeout = timeout.total_seconds()
        self._port: Port | None = None

    def open(self) -> None:
        self.close()
        try:
            self._printer.open()
        except (DeviceNotFoundError, OSError, termios.error) as error:
            raise LineDown("offline", str(error)) from error
        if not isinstance(self._printer.device, Port):
            raise LineDown("offline", "no serial port")
        self._port = self._printer.device

    def write(self, data: bytes) -> None:
        port = self._opened()
        try:
            port.write_timeout = self._timeout + len(data) * _BITS_A_BYTE / self._baud
            port.write(data)
        except SerialTimeoutException as error:
            raise LineDown("timeout", "the printer takes no more bytes") from error
        except (OSError, termios.error) as error:
            raise LineDown("offline", str(error)) from error

    def read(self, within: float) -> bytes:
        port = self._opened()
        try:
            port.timeout = within
            first = port.read(1)
            return bytes(first + port.read(port.in_waiting)) if first else b""
        except (OSError, termios.error) as error:
            raise LineDown("offline", str(error)) from error

    def close(self) -> None:
        """Without waiting for bytes that the printer does not take."""
        if self._port is None:
            return
        try:
            self._port.reset_output_buffer()
            self._port.close()
        except (OSError, termios.error):
            self._port.fd = None
        self._printer._device = False
        self._port = None

    def _opened(self) -> Port:
        if self._port is None:
            raise LineDown("offline", "not open")
        return self._port
