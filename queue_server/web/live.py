"""Live pages: full state first, then the whole new state at each change, shared by all subscribers.

On the wire, one SSE stream a page:

    event: state   id: <office.seq>   data: {"at": "<UTC>", "seq": n, "boot": "<id>", "state": {…}}
    event: beat                       data: {"at": "<UTC>", "seq": n, "boot": "<id>"}

A beat comes every two seconds, so that a page that has heard nothing for 4 s says that it is old.
A reconnect always starts with the full state, so gaps need no repair. News is put into its chunk once and
written to every page that waits for it (`wire.py`); a page whose connection still sends gets the newest
state from its own task when it can take it, and is dropped after `SEND_WITHIN` seconds (`live_page.py`).
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

import structlog
from fastapi import Request

from queue_server.domain.office import Office
from queue_server.engine.ports import Recorded
from queue_server.web.live_page import LiveStream, OpenPage
from queue_server.web.ports import WebDeps
from queue_server.web.wire import chunk

BEAT_EVERY = 2.0
"""Seconds between heartbeats."""
LOOK_AGAIN_EVERY = 3
"""Heartbeats after which a state is made anew though nothing happened: predictions and figures move."""
COALESCE = 0.01
"""Seconds in which further changes are folded into one message."""

Key = TypeVar("Key", bound=Hashable)
MakeState = Callable[[Office], Mapping[str, object]]
Relevant = Callable[[Office, Sequence[Recorded]], bool]

log = structlog.get_logger("web.live")


def any_change(office: Office, recorded: Sequence[Recorded]) -> bool:
    """Every commit matters to this page."""
    return True


class Streams:
    """All open streams of an app, so that a shutdown can end them. `close` may be called from any thread."""

    def __init__(self) -> None:
        self._channels: set[Channel] = set()
        self.closed = False

    def add(self, channel: "Channel") -> None:
        self._channels.add(channel)

    def discard(self, channel: "Channel") -> None:
        self._channels.discard(channel)

    @property
    def open(self) -> int:
        """How many pages are connected."""
        return sum(channel.subscribers for channel in list(self._channels))

    def close(self) -> None:
        self.closed = True
        for channel in list(self._channels):
            channel.close()


class Channel:
    """One kind of page: its state is computed once a change and the encoded bytes go to every subscriber.

    `make_state` must be quick and free of side effects; it runs on the event loop's thread.
    """

    def __init__(self, deps: WebDeps, make_state: MakeState, relevant: Relevant = any_change) -> None:
        self._deps, self._make_state, self._relevant = deps, make_state, relevant
        self.subscribers = 0
        self._state = self._message = self._beat = b""
        self._version = self._beats = 0
        self._closed = self._failed = False
        self._dirty = asyncio.Event()
        self._pages: set[OpenPage] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pump_task: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] | None = None

    def response(self, request: Request, alive: Callable[[], bool] = lambda: True) -> LiveStream:
        """The stream for one page; it ends by itself once `alive` says no (asked at every heartbeat)."""
        streams: Streams | None = getattr(request.app.state, "streams", None)
        page = OpenPage(alive)
        return LiveStream(self._messages(page, streams), page)

    def stir(self) -> None:
        """Something moved that no commit tells of: the state is made anew. From any thread."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._dirty.set)

    def close(self) -> None:
        """End every stream of this channel; may be called from any thread."""
        self._closed = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._tell_all)

    async def _messages(self, page: OpenPage, streams: Streams | None) -> AsyncGenerator[bytes, None]:
        self._join(page, streams)
        try:
            if self.subscribers == 1 or not self._message:
                self._compute()
            page.beats = self._beats
            while not page.gone and not self._closed and not (streams and streams.closed):
                rests = True  # what happens while something is sent is seen before the next rest
                if page.version != self._version and self._message:
                    page.version, rests = self._version, False
                    yield self._message
                if page.beats != self._beats:
                    page.beats, rests = self._beats, False
                    if not page.alive():
                        return
                    yield self._beat
                if rests:
                    await page.wait()
        finally:
            self._leave(page, streams)

    def _join(self, page: OpenPage, streams: Streams | None) -> None:
        self._pages.add(page)
        self.subscribers += 1
        if self.subscribers > 1:
            return
        self._loop = asyncio.get_running_loop()
        self._dirty = asyncio.Event()
        self._unsubscribe = self._deps.engine.subscribe(self._heard)
        self._pump_task = self._loop.create_task(self._pump())
        if streams is not None:
            streams.add(self)

    def _leave(self, page: OpenPage, streams: Streams | None) -> None:
        self._pages.discard(page)
        self.subscribers -= 1
        if self.subscribers:
            return
        if self._unsubscribe is not None:
            self._unsubscribe()
        if self._pump_task is not None:
            self._pump_task.cancel()
        self._unsubscribe = self._pump_task = None
        if streams is not None:
            streams.discard(self)

    def _heard(self, office: Office, recorded: Sequence[Recorded]) -> None:
        loop = self._loop
        if loop is not None and self._relevant(office, recorded):
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._dirty.set)

    async def _pump(self) -> None:
        loop = asyncio.get_running_loop()
        next_beat, quiet = loop.time() + BEAT_EVERY, 0
        while True:
            try:
                await asyncio.wait_for(self._dirty.wait(), max(0.0, next_beat - loop.time()))
            except TimeoutError:
                next_beat, quiet = loop.time() + BEAT_EVERY, quiet + 1
                if self._say_alive(again=quiet % LOOK_AGAIN_EVERY == 0):
                    self._beats += 1
                for page in list(self._pages):
                    page.drop_if_stuck(loop.time())
                self._tell_all()
                continue
            self._dirty.clear()
            self._compute()
            self._tell_all()
            await asyncio.sleep(COALESCE)

    def _tell_all(self) -> None:
        """What is new goes to every page: past its task where its connection is free, else by waking it."""
        state, beat = chunk(self._message), chunk(self._beat)
        for page in list(self._pages):
            if self._closed or not self._message:
                page.wake()
                continue
            if page.version != self._version and page.take(state):
                page.version = self._version
            if page.beats != self._beats and page.version == self._version:
                if not page.alive():
                    page.leave()
                elif page.take(beat):
                    page.beats = self._beats
            if page.version != self._version or page.beats != self._beats:
                page.wake()

    def _say_alive(self, again: bool) -> bool:
        """Make the next heartbeat; False when the last state could not be made: then pages show their age."""
        if again or self._failed:
            self._compute()
        self._beat = b"event: beat\ndata: " + self._head() + b"\n\n"
        return not self._failed

    def _compute(self) -> None:
        office = self._deps.engine.office
        try:
            state = encode(self._make_state(office))
        except Exception:
            log.exception("state_failed")
            self._failed = True
            return
        self._failed = False
        head = self._head()
        self._beat = b"event: beat\ndata: " + head + b"\n\n"
        if state != self._state:
            self._state = state
            self._version += 1
        body = head[:-1] + b',"state":' + state + b"}"
        self._message = b"event: state\nid: %d\ndata: %s\n\n" % (office.seq, body)

    def _head(self) -> bytes:
        seq = self._deps.engine.office.seq
        return encode({"at": self._deps.clock.now().isoformat(), "seq": seq, "boot": self._deps.boot_id})


class Channels(Generic[Key]):
    """Channels by key (counter and language, zone, ticket …), made when first asked for."""

    def __init__(
        self, deps: WebDeps, make_state: Callable[[Office, Key], Mapping[str, object]], relevant: Relevant
    ) -> None:
        self._deps, self._make_state, self._relevant = deps, make_state, relevant
        self._channels: dict[Key, Channel] = {}

    def of(self, key: Key) -> Channel:
        channel = self._channels.get(key)
        if channel is None:
            for old in [k for k, c in self._channels.items() if not c.subscribers]:
                del self._channels[old]
            channel = Channel(self._deps, lambda office: self._make_state(office, key), self._relevant)
            self._channels[key] = channel
        return channel

    def stir(self) -> None:
        """Every open channel's state is made anew. From any thread."""
        for channel in list(self._channels.values()):
            if channel.subscribers:
                channel.stir()


def encode(value: Mapping[str, object]) -> bytes:
    """Compact UTF-8 JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
