"""The smallest MQTT 3.1.1 client that can load a broker: QoS 0, asyncio, no library in a figure's way."""

import asyncio
from collections.abc import Callable


def _remaining(length: int) -> bytes:
    out = bytearray()
    while True:
        length, digit = divmod(length, 128)
        out.append(digit | (0x80 if length else 0))
        if not length:
            return bytes(out)


def _text(value: str) -> bytes:
    raw = value.encode()
    return len(raw).to_bytes(2, "big") + raw


class RawClient(asyncio.Protocol):
    """One connection. `on_message(topic, payload)` is called for every publish that arrives."""

    def __init__(self, on_message: Callable[[bytes, bytes], None]) -> None:
        self._on_message = on_message
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None
        self._ready = asyncio.get_running_loop().create_future()
        self._subscribed = asyncio.get_running_loop().create_future()

    @classmethod
    async def connect(
        cls,
        port: int,
        client_id: str,
        user: str,
        password: str,
        subscribe: str,
        on_message: Callable[[bytes, bytes], None],
    ) -> "RawClient":
        loop = asyncio.get_running_loop()
        _, client = await loop.create_connection(lambda: cls(on_message), "127.0.0.1", port)
        body = _text("MQTT") + b"\x04\xc2\x00\x00" + _text(client_id) + _text(user) + _text(password)
        client._write(b"\x10" + _remaining(len(body)) + body)
        await asyncio.wait_for(client._ready, 10)
        body = b"\x00\x01" + _text(subscribe) + b"\x00"
        client._write(b"\x82" + _remaining(len(body)) + body)
        await asyncio.wait_for(client._subscribed, 10)
        return client

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def _write(self, data: bytes) -> None:
        assert self._transport is not None
        self._transport.write(data)

    def publish(self, topic: str, payload: bytes) -> None:
        body = _text(topic) + payload
        self._write(b"\x30" + _remaining(len(body)) + body)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while True:
            length, place, shift = 0, 1, 0
            while True:
                if place >= len(self._buffer):
                    return
                digit = self._buffer[place]
                length |= (digit & 0x7F) << shift
                place, shift = place + 1, shift + 7
                if not digit & 0x80:
                    break
            if len(self._buffer) < place + length:
                return
            kind, packet = self._buffer[0], bytes(self._buffer[place : place + length])
            del self._buffer[: place + length]
            self._packet(kind, packet)

    def _packet(self, kind: int, packet: bytes) -> None:
        match kind >> 4:
            case 2:
                if packet[1] == 0:
                    self._ready.set_result(None)
                else:
                    self._ready.set_exception(ConnectionRefusedError(f"broker said {packet[1]}"))
            case 9:
                self._subscribed.set_result(None)
            case 3:
                size = int.from_bytes(packet[:2], "big")
                start = 2 + size + (2 if kind & 0x06 else 0)
                if kind & 0x06:
                    self._write(b"\x40\x02" + packet[2 + size : 4 + size])
                self._on_message(packet[2 : 2 + size], packet[start:])
