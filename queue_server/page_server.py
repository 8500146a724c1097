"""The pages' HTTP server: uvicorn, which ends the live streams before it waits for connections to end."""

import asyncio
from types import FrameType
from typing import ClassVar

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from queue_server.domain.office_config import Listening
from queue_server.web.security import BUCKETS, Buckets
from queue_server.web.wire import EXTENSION

MOST_HEAD_BYTES = 32_768
"""A longer head of a request is no browser's: the connection ends,"""
HEAD_COSTS = 50
"""and its address has had so many of its requests."""
HELD_S = 1.0
"""So long an address that asks far too much is kept waiting before it is hung up on,"""
MOST_HELD = 64
"""unless so many are kept already."""
HEAD_WITHIN_S = 20.0
"""A connection that has said no whole head by then ends: it keeps a place that others need."""


class LiveHttp(HttpToolsProtocol):
    """Each request brings along how to write to its connection, for streams told of news many at once.

    A head that is too long, or does not end, ends the connection: uvicorn waits for ever and keeps it all.
    An address that asks far too much is hung up on before anything is made for it.
    """

    _head_bytes, _in_head, _finished = 0, True, 0
    _patience: asyncio.TimerHandle | None = None
    _hung_up = False
    _held: ClassVar[int] = 0
    _buckets: Buckets | None = None
    _address = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._buckets = self.app_state.get(BUCKETS)
        self._address = _address(transport.get_extra_info("peername"))
        if self._buckets is not None and self._buckets.shuts_out(self._address):
            self._hung_up = True
            self._keep_waiting(transport)
            return
        super().connection_made(transport)
        self._patience = self.loop.call_later(HEAD_WITHIN_S, transport.abort)

    def _keep_waiting(self, transport: asyncio.Transport) -> None:
        """Whoever is hung up on at once comes back at once, which costs more than a page."""
        if LiveHttp._held >= MOST_HELD:
            transport.abort()
            return
        LiveHttp._held += 1
        transport.pause_reading()
        self.loop.call_later(HELD_S, self._hang_up, transport)

    def _hang_up(self, transport: asyncio.Transport) -> None:
        LiveHttp._held -= 1
        transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._hung_up:
            return
        self._be_patient()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._hung_up:
            return
        was_in_head, finished = self._in_head, self._finished
        super().data_received(data)
        if not (was_in_head and self._in_head and finished == self._finished):
            return
        self._head_bytes += len(data)
        if self._head_bytes > MOST_HEAD_BYTES:
            if self._buckets is not None:
                self._buckets.charge(self._address, HEAD_COSTS)
            self.transport.abort()
        elif self._patience is None:
            self._patience = self.loop.call_later(HEAD_WITHIN_S, self.transport.abort)

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._be_patient()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_head, self._head_bytes = True, 0
        self._finished += 1
        super().on_message_complete()

    def _be_patient(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {EXTENSION: {"push": self.push}}

    def push(self, chunk: bytes) -> bool:
        """A `Push` of web/wire.py."""
        connection = self.transport
        if connection.is_closing() or connection.get_write_buffer_size():
            return False
        connection.write(chunk)
        return True


def _address(peer: object) -> str:
    """Of the other side of a connection; empty for one that has none (a socket of this machine)."""
    return str(peer[0]) if isinstance(peer, tuple) else ""


class PageServer(uvicorn.Server):
    """`run` serves on the calling thread until a signal or `end`."""

    def __init__(self, app: FastAPI, address: tuple[str, int], listening: Listening) -> None:
        host, port = address
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                http=LiveHttp,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=1,
                ssl_certfile=listening.tls_certificate or None,
                ssl_keyfile=listening.tls_key or None,
            )
        )
        self._app = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._app.state.streams.close()
        super().handle_exit(sig, frame)

    def end(self) -> None:
        """From any thread."""
        self._app.state.streams.close()
        self.should_exit = True
