"""Past the middlewares to a connection: the page server offers it with each request, live streams use it."""

from collections.abc import Callable
from typing import cast

from starlette.types import Scope

EXTENSION = "motcua.push"
"""Among the scope's extensions, where the page server puts {"push": the connection's `Push`}."""

Push = Callable[[bytes], bool]
"""Writes a chunk of the answer under way, whose head has been sent with chunked encoding; False, and nothing
is written, while the connection still has something to send or has ended."""


def push_of(scope: Scope) -> Push | None:
    """The connection of this request; None when another server runs the application."""
    extension = (scope.get("extensions") or {}).get(EXTENSION, {})
    return cast(Push | None, extension.get("push"))


def chunk(message: bytes) -> bytes:
    """A message as one chunk of an answer with chunked encoding (RFC 9112, 7.1); an empty one is nothing."""
    return b"%x\r\n%b\r\n" % (len(message), message) if message else b""
