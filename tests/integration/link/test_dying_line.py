"""Publishing in the very moment in which the line to the broker dies."""

import pytest

from queue_server.link.client import PahoLink
from queue_server.link.ports import LinkState, Received
from tests.integration.link.link_offices import ROOT, Inbox

pytestmark = pytest.mark.slow


def test_what_is_published_on_a_line_just_lost_is_sent_on_the_next_and_the_link_lives_on(guarded, joined):
    server = joined(guarded.link("server"), "request/#", "reply/kiosk-1")
    kiosk, box = guarded.link("kiosk-1"), Inbox()
    assert isinstance(kiosk, PahoLink)

    def lose_the_line_and_publish(_: Received) -> None:
        assert kiosk._connection is not None
        kiosk._connection.client._sock_close()
        kiosk.publish(f"{ROOT}/request/kiosk-1/issue", b"said to a dead line")

    kiosk.on_state(box.became)
    kiosk.subscribe(f"{ROOT}/reply/kiosk-1", lose_the_line_and_publish)
    kiosk.start()
    box.wait_state(LinkState.ONLINE)
    other = guarded.link("server")
    joined(other)
    other.publish(f"{ROOT}/reply/kiosk-1", b"die")
    box.wait_state(LinkState.OFFLINE)
    box.wait_state(LinkState.ONLINE, times=2)
    assert server.wait_for(f"{ROOT}/request/kiosk-1/issue").payload == b"said to a dead line"
