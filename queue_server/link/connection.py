"""One connection of a paho client: one thread serves it, any thread may push what it has published."""

import os
import select
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any, Literal

import paho.mqtt.client as mqtt
from paho.mqtt.enums import MQTTErrorCode

from queue_server.link.pieces import LargePieces

_ALONE_S = 0.0003
"""A publish that comes this long after the one before is written at once by whoever publishes."""
_LOOK_EVERY_S = 1.0


class Client(mqtt.Client):
    """paho's client over a socket that reads and writes in large pieces, small packets at once."""

    def _create_socket(self) -> Any:
        plain: Any = super()._create_socket()
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return LargePieces(plain)

    def _handle_pubackcomp(self, cmd: Literal["PUBACK", "PUBCOMP"]) -> MQTTErrorCode:
        """MQTT 3.1.1 acknowledges with a number alone: half of paho's time for it goes into reason codes
        and properties that only MQTT 5 has."""
        packet = self._in_packet["packet"]
        if cmd != "PUBACK" or len(packet) != 2:
            return super()._handle_pubackcomp(cmd)
        with self._out_message_mutex:
            message = self._out_messages.pop(int.from_bytes(packet), None)
            if message is not None:
                message.info._set_as_published()
                self._inflight_messages -= 1
        return MQTTErrorCode.MQTT_ERR_SUCCESS


class Connection:
    """Made before `client.connect()`. `serve` returns when the connection has ended, and closes this."""

    def __init__(self, client: Client, each_second: Callable[[], None] = lambda: None) -> None:
        """`each_second` is called on the serving thread."""
        self.client = client
        self._each_second = each_second
        # With a writer of its own paho never writes from inside publish, where two threads may interleave.
        client.on_socket_register_write = lambda *_: None
        self._writing = threading.Lock()
        self._last_push = 0.0
        self._hear, self._ring = os.pipe()
        self._rung = False
        os.set_blocking(self._ring, False)
        self._served_by = 0
        self._others_may_write = False

    def serve(self) -> None:
        """Read, write, keep alive."""
        self._served_by = threading.get_ident()
        poll = select.poll()
        poll.register(self._hear, select.POLLIN)
        wanted, next_look = 0, monotonic() + _LOOK_EVERY_S
        first = self._wire()
        self._others_may_write = first is not None and not first.encrypted
        while (wire := self._wire()) is not None and (number := wire.fileno()) >= 0:
            if not wire.pending():
                want = select.POLLIN | (select.POLLOUT if wire.unsent or self.client.want_write() else 0)
                if want != wanted:
                    poll.register(number, want)
                    wanted = want
                ready = poll.poll(_LOOK_EVERY_S * 1000)
            else:
                ready = [(number, select.POLLIN)]
            for descriptor, event in ready:
                if descriptor == self._hear:
                    os.read(self._hear, 64)
                    self._rung = False
                elif event & ~select.POLLOUT:
                    self.client.loop_read()
            self._write()
            if monotonic() >= next_look:
                next_look = monotonic() + _LOOK_EVERY_S
                self.client.loop_misc()
                self._each_second()

    def push(self) -> None:
        """Write what was published: at once when it comes alone, else many together on the serving thread."""
        now = monotonic()
        alone, self._last_push = now - self._last_push > _ALONE_S, now
        if alone and self._others_may_write and not self._writing.locked():
            self._write()
        elif threading.get_ident() != self._served_by and not self._rung:
            self._rung = True
            with suppress(OSError):  # a full pipe is heard as well; a closed one has nobody to hear it
                os.write(self._ring, b"!")

    def disconnect(self) -> None:
        """Say goodbye; `serve` ends soon."""
        self.client.disconnect()
        self._last_push = monotonic()  # on the serving thread, which then sees the end at once
        self.push()

    def close(self) -> None:
        """After `serve`, or instead of it; nobody may push any more."""
        with self._writing:
            if (wire := self._wire()) is not None:
                wire.close()
            os.close(self._ring)
            os.close(self._hear)

    def _write(self) -> None:
        """All that is queued, in one piece. What cannot be sent is seen by the reading side."""
        wire = self._wire()
        if wire is None or not (wire.unsent or self.client.want_write()):
            return
        with self._writing:
            self.client.loop_write()
            with suppress(OSError):
                wire.flush()

    def _wire(self) -> LargePieces | None:
        made: Any = self.client.socket()
        return made if isinstance(made, LargePieces) else None
