"""The link over paho: one thread that connects, listens, and connects again.

A fresh paho client serves each connection, so nothing of an old one can be sent behind newer state, and
the thread that runs it is ours: whatever paho raises is logged and ends in the next attempt.
"""

import logging
import ssl
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from time import monotonic
from typing import ParamSpec

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from queue_server.link.connection import Client, Connection
from queue_server.link.filters import matches
from queue_server.link.outbox import Outbox, Outgoing
from queue_server.link.ports import Address, Credentials, LinkState, Received, Will
from queue_server.link.second_ask import SecondAsk

P = ParamSpec("P")

_log = logging.getLogger(__name__)

FIRST_RETRY = timedelta(seconds=0.2)
LONGEST_RETRY = timedelta(seconds=2)
"""So that an office is whole again within three seconds of its broker, however long that was away."""
KEEPALIVE = timedelta(seconds=10)


class PahoLink:
    """`Link` over MQTT 3.1.1. `client_id` is A-Z a-z 0-9 _ - and must be one nobody else can guess
    (account, hyphen, a nonce): a broker throws out the first of two clients with the same id."""

    def __init__(
        self,
        address: Address,
        client_id: str,
        credentials: Credentials | None = None,
        will: Will | None = None,
        *,
        keep_at_most: int = 2000,
        keepalive: timedelta = KEEPALIVE,
    ) -> None:
        self._address, self._client_id = address, client_id
        self._credentials, self._will = credentials, will
        self._limit, self._keepalive = keep_at_most, keepalive
        self._lock = threading.RLock()
        self._outbox = Outbox(keep_at_most)
        self._under_way: deque[tuple[mqtt.MQTTMessageInfo, Outgoing]] = deque()
        self._subscriptions: list[tuple[str, int, Callable[[Received], None]]] = []
        self._watchers: list[Callable[[LinkState], None]] = []
        self._asked: dict[int, list[str]] = {}
        self._second_ask = SecondAsk()
        self._covered = 0
        self._online_after: int | None = None
        self._state = LinkState.STOPPED
        self._connection: Connection | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> LinkState:
        return self._state

    def start(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            if not self._stopping.is_set():
                return
            self._thread.join()
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name=f"link-{self._client_id}", daemon=True)
        self._thread.start()

    def stop(self, timeout: timedelta = timedelta(seconds=2)) -> None:
        until = monotonic() + timeout.total_seconds()
        with self._lock:
            under_way = [info for info, _ in self._under_way]
        for info in under_way:
            if self._state is LinkState.ONLINE and (left := until - monotonic()) > 0:
                with suppress(RuntimeError, ValueError):
                    info.wait_for_publish(left)
        self._stopping.set()
        with self._lock:
            if (connection := self._connection) is not None:
                connection.disconnect()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(max(0.2, until - monotonic()))

    def publish(self, topic: str, payload: bytes, *, retain: bool = False, qos: int = 1) -> None:
        message = Outgoing(topic, payload, retain, qos)
        with self._lock:
            if self._state is LinkState.ONLINE and (connection := self._connection) is not None:
                self._send(connection.client, message)
                connection.push()
            else:
                self._keep(message)

    def subscribe(self, filter: str, handler: Callable[[Received], None], *, qos: int = 1) -> None:
        with self._lock:
            self._subscriptions.append((filter, qos, handler))
            if self._state is LinkState.ONLINE and (connection := self._connection) is not None:
                self._covered = len(self._subscriptions)
                self._ask(connection.client, [filter])
                connection.push()

    def on_state(self, callback: Callable[[LinkState], None]) -> None:
        with self._lock:
            self._watchers.append(callback)

    def _run(self) -> None:
        pause = FIRST_RETRY
        while not self._stopping.is_set():
            self._enter(LinkState.CONNECTING)
            was_online = False
            try:
                was_online = self._one_connection()
            except OSError as problem:
                _log.info("link %s: broker not reached: %s", self._client_id, problem)
            except Exception:
                _log.exception("link %s: the connection failed in a way nobody foresaw", self._client_id)
            self._leave()
            pause = FIRST_RETRY if was_online else min(pause * 2, LONGEST_RETRY)
            self._stopping.wait(pause.total_seconds())
        self._enter(LinkState.STOPPED)

    def _one_connection(self) -> bool:
        """Serves one connection to its end; whether it ever came online."""
        client = self._new_client()
        online = threading.Event()

        def connected(
            _client: mqtt.Client,
            _data: object,
            _flags: mqtt.ConnectFlags,
            code: ReasonCode,
            _p: Properties | None,
        ) -> None:
            if code.is_failure:
                _log.error("link %s: the broker refuses this account: %s", self._client_id, code)
                self._enter(LinkState.REFUSED)
            else:
                online.set()
                self._subscribe_missing(client)

        client.on_connect = self._guarded(connected)
        connection = Connection(client, self._guarded(lambda: self._ask_again(client)))
        with self._lock:
            self._connection = connection
        try:
            seconds = int(self._keepalive.total_seconds())
            client.connect(self._address.host, self._address.port, keepalive=seconds)
            if self._stopping.is_set():
                connection.disconnect()
            connection.serve()
        finally:
            with self._lock:
                self._connection = None
            connection.close()
        return online.is_set()

    def _new_client(self) -> Client:
        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=self._client_id,
            clean_session=True,
            protocol=mqtt.MQTTv311,
            reconnect_on_failure=False,
        )
        client.connect_timeout = 3.0
        client.max_inflight_messages_set(0)
        if self._credentials is not None:
            client.username_pw_set(self._credentials.user, self._credentials.password)
        if self._will is not None:
            client.will_set(self._will.topic, self._will.payload, qos=1, retain=True)
        if self._address.tls is not None:
            client.tls_set_context(_trusting(self._address))
        client.on_message = self._guarded(self._deliver)
        client.on_subscribe = self._guarded(self._answered)
        return client

    def _subscribe_missing(self, client: mqtt.Client) -> None:
        """Asks for what this connection has not asked for yet; online only when nothing is missing."""
        with self._lock:
            missing = [filter for filter, _, _ in self._subscriptions[self._covered :]]
            self._covered = len(self._subscriptions)
            if missing:
                self._online_after = self._ask(client, missing)
                return
            for message in self._outbox.take_all():
                self._send(client, message)
            self._online_after = None
            self._state = LinkState.ONLINE
        self._tell(LinkState.ONLINE)

    def _leave(self) -> None:
        with self._lock:
            lost = [message for info, message in self._under_way if not _taken(info)]
            self._under_way.clear()
            self._asked.clear()
            self._second_ask.clear()
            self._covered, self._online_after = 0, None
            self._outbox.put_back(lost)
            refused = self._state is LinkState.REFUSED
        if not refused:
            self._enter(LinkState.OFFLINE)

    def _send(self, client: mqtt.Client, message: Outgoing) -> None:
        while self._under_way and _taken(self._under_way[0][0]):
            self._under_way.popleft()
        if len(self._under_way) >= self._limit:
            _log.error("link %s: the broker takes nothing; a message to it is dropped", self._client_id)
            return
        info = client.publish(message.topic, message.payload, qos=message.qos, retain=message.retain)
        if message.qos:
            self._under_way.append((info, message))

    def _keep(self, message: Outgoing) -> None:
        before = self._outbox.dropped
        self._outbox.keep(message)
        if self._outbox.dropped > before:
            _log.warning(
                "link %s: offline, %d messages dropped so far", self._client_id, self._outbox.dropped
            )

    def _ask(self, client: mqtt.Client, filters: list[str]) -> int | None:
        self._second_ask.asked(filters, monotonic())
        return self._send_ask(client, filters)

    def _ask_again(self, client: mqtt.Client) -> None:
        with self._lock:
            if due := self._second_ask.due(monotonic()):
                self._send_ask(client, due)

    def _send_ask(self, client: mqtt.Client, filters: list[str]) -> int | None:
        asked = list(dict.fromkeys(filters))
        qos = {name: max(q for f, q, _ in self._subscriptions if f == name) for name in asked}
        _, mid = client.subscribe(list(qos.items()))
        if mid is not None:
            self._asked[mid] = asked
        return mid

    def _answered(
        self, client: mqtt.Client, _data: object, mid: int, codes: list[ReasonCode], _p: Properties | None
    ) -> None:
        with self._lock:
            asked = self._asked.pop(mid, [])
            last = mid == self._online_after
        for filter, code in zip(asked, codes, strict=False):
            if code.is_failure:
                _log.error("link %s: the broker does not let this account read %s", self._client_id, filter)
        if last:
            self._subscribe_missing(client)

    def _deliver(self, _client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        received = Received(message.topic, bytes(message.payload), bool(message.retain))
        heard = [(f, handler) for f, _, handler in list(self._subscriptions) if matches(f, received.topic)]
        if self._second_ask.is_open:
            with self._lock:
                news = {f for f in {f for f, _ in heard} if self._second_ask.is_news(f, received)}
            heard = [(f, handler) for f, handler in heard if f in news]
        for _, handler in heard:
            self._guarded(handler)(received)

    def _enter(self, state: LinkState) -> None:
        with self._lock:
            changed, self._state = self._state is not state, state
        if changed:
            self._tell(state)

    def _tell(self, state: LinkState) -> None:
        for watcher in list(self._watchers):
            self._guarded(watcher)(state)

    def _guarded(self, callback: Callable[P, None]) -> Callable[P, None]:
        def call(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                callback(*args, **kwargs)
            except Exception:
                _log.exception("link %s: a callback failed; the link goes on", self._client_id)

        return call


def _taken(info: mqtt.MQTTMessageInfo) -> bool:
    """Whether the broker has acknowledged it; what was published on a line just lost it never will."""
    try:
        return info.is_published()
    except (RuntimeError, ValueError):
        return False


def _trusting(address: Address) -> ssl.SSLContext:
    """Only what the authority has signed; on this machine the certificate need not name the loopback."""
    context = ssl.create_default_context(cafile=str(address.tls))
    context.check_hostname = address.host not in ("127.0.0.1", "::1", "localhost")
    return context
