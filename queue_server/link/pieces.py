"""A socket that reads and writes in large pieces: paho asks for single bytes and sends packet by packet."""

import socket
import ssl
from contextlib import suppress
from typing import Any

_READ = 65536
_MOST_UNSENT = 1_000_000
"""Bytes that may wait for a slow broker here; beyond that paho keeps its packets itself."""


class LargePieces:
    """Shaped like the non-blocking socket it wraps, plain or TLS; closing flushes first.

    `send` only collects, `flush` sends. Reading belongs to one thread, writing to one at a time.
    """

    def __init__(self, inner: socket.socket) -> None:
        self._inner = inner
        self._in, self._at = b"", 0
        self._out = bytearray()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def fileno(self) -> int:
        return self._inner.fileno()

    @property
    def encrypted(self) -> bool:
        """Whether this is TLS, which must not be read and written by two threads at once."""
        return isinstance(self._inner, ssl.SSLSocket)

    @property
    def unsent(self) -> bool:
        """Whether bytes wait until the socket can take them."""
        return bool(self._out)

    def pending(self) -> int:
        """Bytes that can be read without asking the system."""
        beneath = getattr(self._inner, "pending", None)
        return len(self._in) - self._at + (beneath() if beneath is not None else 0)

    def recv(self, size: int) -> bytes:
        """At most `size` bytes, b"" at the end. Raises BlockingIOError (or TLS' own) while there are none."""
        if self._at == len(self._in):
            self._in, self._at = self._inner.recv(_READ), 0
        piece = self._in[self._at : self._at + size]
        self._at += len(piece)
        return piece

    def send(self, data: bytes) -> int:
        """Takes all of it, or raises BlockingIOError when too much is unsent already."""
        if len(self._out) > _MOST_UNSENT:
            raise BlockingIOError
        self._out += data
        return len(data)

    def flush(self) -> None:
        """Send what the system takes now. Raises OSError when the connection is gone."""
        with suppress(BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            while self._out:
                del self._out[: self._inner.send(self._out)]

    def close(self) -> None:
        with suppress(OSError):
            self.flush()
        self._inner.close()
