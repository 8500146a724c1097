"""A broker that passes a new subscription by, as the embedded one does in the moment it stores a message."""

import socket
import threading

import pytest

from queue_server.link.client import PahoLink
from queue_server.link.ports import Address, LinkState, Received
from tests.integration.link.link_offices import Inbox

pytestmark = pytest.mark.slow

TOPIC, PAYLOAD = b"motcua/1/ward-7/counter/3/state", b"called"
CONNECT, SUBSCRIBE = 1, 8


class ForgetfulBroker:
    """Speaks just enough MQTT 3.1.1 and tells what is retained only from the second asking on."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.askings = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        line, _ = self._listener.accept()
        with line, line.makefile("rb") as heard:
            while head := heard.read(2):
                kind, body = head[0] >> 4, heard.read(head[1])
                if kind == CONNECT:
                    line.sendall(b"\x20\x02\x00\x00")
                elif kind == SUBSCRIBE:
                    self.askings += 1
                    line.sendall(b"\x90\x03" + body[:2] + b"\x01")
                    if self.askings > 1:
                        said = len(TOPIC).to_bytes(2, "big") + TOPIC + PAYLOAD
                        line.sendall(bytes([0x31, len(said)]) + said)

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def broker():
    made = ForgetfulBroker()
    yield made
    made.close()


def test_a_state_that_was_being_stored_when_we_subscribed_reaches_us_after_all(broker):
    link, box = PahoLink(Address("127.0.0.1", broker.port), "hall-1"), Inbox()
    link.on_state(box.became)
    link.subscribe("motcua/1/ward-7/counter/+/state", box)
    link.start()
    box.wait_state(LinkState.ONLINE)
    assert box.wait_for(TOPIC.decode()) == Received(TOPIC.decode(), PAYLOAD, retained=True)
    link.stop()
    assert broker.askings == 2
