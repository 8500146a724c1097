"""A printer on the network (raw TCP, usually port 9100)."""

import socket
from datetime import timedelta

from escpos.exceptions import DeviceNotFoundError
from escpos.printer import Network

from devices.printer.line import LineDown

TIMEOUT = timedelta(seconds=3)
_SEND_BUFFER = 16 * 1024
"""Bytes. Left to itself the system takes megabytes, and a stalled printer would look like a fast one."""


class NetworkLine:
    """`Line` over TCP: three seconds for connecting and for every write, small packets at once."""

    two_way = True

    def __init__(self, host: str, port: int = 9100, timeout: timedelta = TIMEOUT) -> None:
        self._printer = Network(host, port, timeout=timeout.total_seconds())
        self._timeout = timeout.total_seconds()
        self._socket: socket.socket | None = None

    def open(self) -> None:
        self.close()
        try:
            self._printer.open()
        except DeviceNotFoundError as error:
            raise LineDown("offline", str(error)) from error
        opened = self._printer.device
        if not isinstance(opened, socket.socket):
            raise LineDown("offline", "no connection to the printer")
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        self._socket = opened

    def write(self, data: bytes) -> None:
        opened = self._opened()
        try:
            opened.settimeout(self._timeout)
            opened.sendall(data)
        except TimeoutError as error:
            raise LineDown("timeout", "the printer takes no more bytes") from error
        except OSError as error:
            raise LineDown("offline", str(error)) from error

    def read(self, within: float) -> bytes:
        opened = self._opened()
        try:
            opened.settimeout(within)
            arrived = opened.recv(64)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise LineDown("offline", str(error)) from error
        if not arrived:
            raise LineDown("offline", "the printer closed the connection")
        return arrived

    def close(self) -> None:
        if self._socket is not None:
            self._printer.close()
            self._socket = None

    def _opened(self) -> socket.socket:
        if self._socket is None:
            raise LineDown("offline", "not connected")
        return self._socket
