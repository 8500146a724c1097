"""What a program asks of its connection to the broker."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class LinkState(StrEnum):
    """Where a link is. Only `ONLINE` promises that the broker listens and subscriptions are in place."""

    STOPPED = "stopped"
    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"
    REFUSED = "refused"
    """The broker answers but does not take this account; tried again with the same back-off."""


@dataclass(frozen=True, slots=True)
class Received:
    """One message. `retained` is true when the broker had kept it from before the subscription."""

    topic: str
    payload: bytes
    retained: bool = False


@dataclass(frozen=True, slots=True)
class Credentials:
    """A broker account; the password never shows in a repr."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the broker listens. `tls` is the CA certificate file to trust, None for plain TCP (loopback)."""

    host: str
    port: int
    tls: Path | None = None


@dataclass(frozen=True, slots=True)
class Will:
    """What the broker publishes, retained and with QoS 1, when this client is lost without a goodbye."""

    topic: str
    payload: bytes


class Link(Protocol):
    """A connection that mends itself. No method raises because the broker is away."""

    @property
    def state(self) -> LinkState: ...

    def start(self) -> None:
        """Connects in the background and returns at once."""

    def stop(self, timeout: timedelta = timedelta(seconds=2)) -> None:
        """Waits up to `timeout` for messages already sent to be taken, then says goodbye (no will)."""

    def publish(self, topic: str, payload: bytes, *, retain: bool = False, qos: int = 1) -> None:
        """Sends, or keeps for the next connection: of retained messages the last one a topic, of the
        others the newest up to the link's limit, oldest dropped first and logged. QoS 0 is not kept.
        A message under way when the connection breaks is sent again, so receivers may see it twice.
        """

    def subscribe(self, filter: str, handler: Callable[[Received], None], *, qos: int = 1) -> None:
        """Before or after `start`; made again on every connection, which delivers retained messages again.
        `qos=0` is twice as fast on the embedded broker and loses messages only to a reader that falls far
        behind: right for requests and replies, which are repeated under their id until answered.
        Handlers run one at a time on the link's thread: be quick, never wait for a reply in one.
        An exception in a handler is logged and goes no further. Overlapping filters may deliver twice.
        """

    def on_state(self, callback: Callable[[LinkState], None]) -> None:
        """Called on every change of state, on the link's thread; on ONLINE, republish what is retained.
        What is published in the callback follows everything that was kept while offline.
        """
