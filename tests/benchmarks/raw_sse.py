"""The smallest reader of a live page: one GET, every message with the instant its last byte arrived."""

import asyncio
from collections.abc import Callable
from time import perf_counter

END = b"\n\n\r\n"
"""An event ends with an empty line, its HTTP chunk with CRLF."""


class RawStream(asyncio.Protocol):
    """One open stream. `on_message(at, message)` is called for every whole message (a chunk's bytes)."""

    def __init__(self, on_message: Callable[[float, bytes], None]) -> None:
        self._on_message = on_message
        self._buffer = bytearray()
        self._transport: asyncio.BaseTransport | None = None
        self._answered = asyncio.get_running_loop().create_future()
        self._open = False
        self.lost = False

    @classmethod
    async def connect(cls, port: int, path: str, on_message: Callable[[float, bytes], None]) -> "RawStream":
        loop = asyncio.get_running_loop()
        transport, stream = await loop.create_connection(lambda: cls(on_message), "127.0.0.1", port)
        transport.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\r\n".encode()
        )
        status = await asyncio.wait_for(stream._answered, 20)
        if b" 200 " not in status:
            raise ConnectionRefusedError(status.decode())
        return stream

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        at = perf_counter()
        self._buffer += data
        if not self._open:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            self._open, self._buffer = True, rest
            self._answered.set_result(bytes(head.split(b"\r\n")[0]))
        while (end := self._buffer.find(END)) >= 0:
            message = bytes(self._buffer[: end + len(END)])
            del self._buffer[: end + len(END)]
            self._on_message(at, message)
