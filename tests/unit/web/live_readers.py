"""Readers of live pages for tests: one by the messages of its stream, one by what reaches its connection."""

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import pytest

from queue_server.domain import commands as c
from queue_server.domain.words import Words
from queue_server.web.live import Channel, Streams
from queue_server.web.wire import EXTENSION
from tests.integration.web.public.sample_office import SampleOffice

DEADLINE = 30.0


class Page:
    """One subscriber, read message by message."""

    def __init__(self, channel: Channel, streams: Streams, alive: Any = lambda: True) -> None:
        request = SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(streams=streams)))
        self._messages: Any = channel.response(request, alive).body_iterator  # type: ignore[arg-type]

    async def next(self, kind: str = "state") -> dict[str, Any]:
        while True:
            text = (await asyncio.wait_for(anext(self._messages), DEADLINE)).decode()
            lines = dict(line.split(": ", 1) for line in text.strip().splitlines())
            if lines["event"] == kind:
                message: dict[str, Any] = json.loads(lines["data"])
                return message | {"id": lines.get("id")}

    async def ended(self) -> None:
        with pytest.raises(StopAsyncIteration):
            while True:
                await asyncio.wait_for(anext(self._messages), DEADLINE)

    async def leave(self) -> None:
        await self._messages.aclose()


def notice(office: SampleOffice, text: str) -> None:
    office.engine.do(c.PostNotice, words=Words(text))


class Wire:
    """An open page on a connection of its own: `sent` by its task, `pushed` past it while `free`."""

    def __init__(self, office: SampleOffice, channel: Channel, streams: Streams, alive: Any = None) -> None:
        request: Any = SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(streams=streams)))
        self.sent: list[bytes] = []
        self.pushed: list[bytes] = []
        self.free = True
        self._changed = asyncio.Event()
        scope = {"type": "http", "method": "GET", "extensions": {EXTENSION: {"push": self._push}}}
        response = channel.response(request, alive or (lambda: True))
        self.stream = asyncio.ensure_future(response(scope, self._receive, self._send))

    def _push(self, chunk: bytes) -> bool:
        if self.free:
            self.pushed.append(chunk)
            self._changed.set()
        return self.free

    async def _send(self, message: Any) -> None:
        self.sent.append(message.get("body", b"head"))
        self._changed.set()

    async def _receive(self) -> Any:
        await asyncio.Event().wait()

    async def has(self, text: bytes, where: str) -> bytes:
        async with asyncio.timeout(DEADLINE):
            while True:
                for message in getattr(self, where):
                    if text in message:
                        return bytes(message)
                self._changed.clear()
                await self._changed.wait()
