"""One open page while its stream runs: what it has had, what it is sent, and when it is dropped."""

import asyncio
from collections.abc import AsyncGenerator, Callable

import structlog
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from queue_server.web.wire import Push, push_of

SEND_WITHIN = 10.0
"""Seconds a client may take to accept a message before it is dropped."""

log = structlog.get_logger("web.live")


class OpenPage:
    """One open page while its stream runs: told of news, or ended from outside."""

    def __init__(self, alive: Callable[[], bool]) -> None:
        self.alive = alive
        self.version, self.beats = -1, 0
        """Of the channel's state and heartbeats, what this page has had."""
        self.gone = self.dropped = False
        self.sending_since: float | None = None
        self.task: asyncio.Task[None] | None = None
        self._news: asyncio.Future[None] | None = None
        self._push: Push | None = None

    def answered(self, push: Push | None) -> None:
        """Head and first message are on the connection: more may be written past the task."""
        self._push = push

    def take(self, chunk: bytes) -> bool:
        """Write to the connection now; False when that is for the page's task: it is sending, or it must."""
        waiting = self._news is not None and not self._news.done()
        return waiting and self._push is not None and self._push(chunk)

    async def wait(self) -> None:
        """Until woken; nothing is missed, because nothing else runs between a look and this."""
        self._news = asyncio.get_running_loop().create_future()
        await self._news

    def wake(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)

    def leave(self) -> None:
        """The client has gone."""
        self.gone = True
        self.wake()

    def drop_if_stuck(self, now: float) -> None:
        """End a client that has taken nothing for `SEND_WITHIN` seconds."""
        stuck = self.sending_since is not None and now - self.sending_since > SEND_WITHIN
        if stuck and not self.dropped and self.task is not None:
            self.gone = self.dropped = True
            self.task.cancel()


class LiveStream(StreamingResponse):
    """The answer to one page: messages as they come, until the page, its session or the server ends.

    Its task sends the head, the first messages, and what a slow connection could not take at once; between
    them it sleeps while the channel writes. Five hundred displays are told of a call one after the other on
    one thread, so the last of them waits for the sum.
    """

    def __init__(self, messages: AsyncGenerator[bytes, None], page: OpenPage) -> None:
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        super().__init__(messages, media_type="text/event-stream", headers=headers)
        self._messages, self._page = messages, page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page, now = self._page, asyncio.get_running_loop().time
        page.task = task = asyncio.current_task()
        watch = asyncio.ensure_future(_disconnected(receive))
        watch.add_done_callback(lambda _: page.leave())
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            async for message in self._messages:
                page.sending_since = now()
                await send({"type": "http.response.body", "body": message, "more_body": True})
                page.sending_since = None
                page.answered(push_of(scope))
            await send({"type": "http.response.body", "body": b""})
        except asyncio.CancelledError:
            if not page.dropped or task is None:
                raise
            task.uncancel()
            log.info("slow_client_dropped")
        finally:
            watch.cancel()
            await self._messages.aclose()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
