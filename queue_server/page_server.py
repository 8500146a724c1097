"""The pages' HTTP server: uvicorn, which ends the live streams before it waits for connections to end."""

from types import FrameType

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from queue_server.domain.office_config import Listening
from queue_server.web.wire import EXTENSION


class LiveHttp(HttpToolsProtocol):
    """Each request brings along how to write to its connection, for streams told of news many at once."""

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
