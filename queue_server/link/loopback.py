"""The link's twin in one process: a small broker in memory, for tests of the programs that use a link."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from datetime import timedelta

from queue_server.link.filters import matches
from queue_server.link.outbox import Outbox, Outgoing
from queue_server.link.ports import LinkState, Received, Will

_log = logging.getLogger(__name__)


class MemoryBroker:
    """Retained messages, wills, `+` and `#`, any number of links, up and down at will.

    Everything is delivered before the call that caused it returns, in order, on the thread that is
    delivering at the moment; a test on one thread therefore needs no waiting.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._retained: dict[str, bytes] = {}
        self._links: list[MemoryLink] = []
        self._work: deque[Callable[[], None]] = deque()
        self._working = False
        self.up = True

    def link(self, will: Will | None = None, *, keep_at_most: int = 2000) -> "MemoryLink":
        """A link that is not started yet."""
        made = MemoryLink(self, will, keep_at_most)
        with self._lock:
            self._links.append(made)
        return made

    def go_down(self, *, forget: bool = False) -> None:
        """Every link goes offline; `forget` loses the retained messages as a killed broker does."""
        with self._lock:
            self.up = False
            if forget:
                self._retained.clear()
        for link in list(self._links):
            link._lost()

    def come_up(self) -> None:
        """Every started link comes online again."""
        with self._lock:
            self.up = True
        for link in list(self._links):
            link._found()

    def retained(self, topic: str) -> bytes | None:
        """What is kept for this topic, None if nothing."""
        return self._retained.get(topic)

    def _publish(self, message: Outgoing) -> None:
        with self._lock:
            if message.retain and message.payload:
                self._retained[message.topic] = message.payload
            elif message.retain:
                self._retained.pop(message.topic, None)
            received = Received(message.topic, message.payload)
            for link in self._links:
                self._work.append(lambda link=link: link._receive(received))  # type: ignore[misc]
        self._drain()

    def _send_retained(self, link: "MemoryLink", filter: str) -> None:
        with self._lock:
            for topic, payload in self._retained.items():
                if matches(filter, topic):
                    kept = Received(topic, payload, retained=True)
                    self._work.append(lambda kept=kept: link._receive(kept, only=filter))  # type: ignore[misc]
        self._drain()

    def _drain(self) -> None:
        with self._lock:
            if self._working:
                return
            self._working = True
        while True:
            with self._lock:
                if not self._work:
                    self._working = False
                    return
                job = self._work.popleft()
            job()


class MemoryLink:
    """`Link` to a `MemoryBroker`, with one method more: `die`, to be lost without a goodbye."""

    def __init__(self, broker: MemoryBroker, will: Will | None, keep_at_most: int) -> None:
        self._broker, self._will = broker, will
        self._outbox = Outbox(keep_at_most)
        self._subscriptions: list[tuple[str, Callable[[Received], None]]] = []
        self._watchers: list[Callable[[LinkState], None]] = []
        self._state = LinkState.STOPPED

    @property
    def state(self) -> LinkState:
        return self._state

    def start(self) -> None:
        if self._state is LinkState.STOPPED:
            self._enter(LinkState.CONNECTING)
            self._found()

    def stop(self, timeout: timedelta = timedelta(seconds=2)) -> None:
        self._enter(LinkState.STOPPED)

    def die(self) -> None:
        """Lost as when its power is cut: the broker publishes its will."""
        was_online = self._state is LinkState.ONLINE
        self._enter(LinkState.STOPPED)
        if was_online and self._will is not None:
            self._broker._publish(Outgoing(self._will.topic, self._will.payload, True, 1))

    def publish(self, topic: str, payload: bytes, *, retain: bool = False, qos: int = 1) -> None:
        message = Outgoing(topic, payload, retain, qos)
        if self._state is LinkState.ONLINE:
            self._broker._publish(message)
        else:
            self._outbox.keep(message)

    def subscribe(self, filter: str, handler: Callable[[Received], None], *, qos: int = 1) -> None:
        self._subscriptions.append((filter, handler))
        if self._state is LinkState.ONLINE:
            self._broker._send_retained(self, filter)

    def on_state(self, callback: Callable[[LinkState], None]) -> None:
        self._watchers.append(callback)

    def _found(self) -> None:
        if not self._broker.up or self._state not in {LinkState.CONNECTING, LinkState.OFFLINE}:
            return
        self._state = LinkState.ONLINE
        for filter in dict.fromkeys(filter for filter, _ in self._subscriptions):
            self._broker._send_retained(self, filter)
        for message in self._outbox.take_all():
            self._broker._publish(message)
        self._tell(LinkState.ONLINE)

    def _lost(self) -> None:
        if self._state is not LinkState.STOPPED:
            self._enter(LinkState.OFFLINE)

    def _receive(self, received: Received, only: str | None = None) -> None:
        if self._state is not LinkState.ONLINE:
            return
        for filter, handler in list(self._subscriptions):
            if only in {None, filter} and matches(filter, received.topic):
                self._guarded(handler, received)

    def _enter(self, state: LinkState) -> None:
        changed, self._state = self._state is not state, state
        if changed:
            self._tell(state)

    def _tell(self, state: LinkState) -> None:
        for watcher in list(self._watchers):
            try:
                watcher(state)
            except Exception:
                _log.exception("a state callback failed; the link goes on")

    def _guarded(self, handler: Callable[[Received], None], received: Received) -> None:
        try:
            handler(received)
        except Exception:
            _log.exception("a handler failed; the link goes on")
