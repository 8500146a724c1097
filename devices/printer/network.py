"""A printer on the network (raw TCP, usually port 9100)."""

import socket
from contextlib import suppress
from datetime import timedelta

from devices.line import LineDown

TIMEOUT = timedelta(seconds=3)
_SEND_BUFFER = 16 * 1024
"""Bytes. Left to itself the system takes megabytes, and a stalled printer would look like a fast one."""


class NetworkLine:
    """`Line` over TCP: three seconds for connecting and for every write, small packets at once.

    A plain socket: python-escpos' own knows no IPv6 and does not open again after a drop.
    """

    two_way = True

    def __init__(self, host: str, port: int = 9100, timeout: timedelta = TIMEOUT) -> None:
        self._address = (host, port)
        self._timeout = timeout.total_seconds()
        self._socket: socket.socket | None = None

    def open(self) -> None:
        self.close()
        try:
            opened = socket.create_connection(self._address, self._timeout)
        except OSError as error:
            raise LineDown("offline", str(error)) from error
        self._socket = opened
        try:
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        except OSError as error:
            raise LineDown("offline", str(error)) from error

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
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()
            self._socket = None

    def _opened(self) -> socket.socket:
        if self._socket is None:
            raise LineDown("offline", "not connected")
        return self._socket
