"""Fixtures: an office's broker, and joining it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from queue_server.link.ports import Link, LinkState
from tests.integration.link.link_offices import OFFICES, ROOT, Inbox, MemoryOffice, NatsOffice, RealOffice


@pytest.fixture(params=["memory", *(pytest.param(n, marks=pytest.mark.slow) for n in ("nats", "mosquitto"))])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MemoryOffice | RealOffice]:
    """Each of the three."""
    made = OFFICES[request.param](tmp_path / "broker")
    yield made
    made.close()


@pytest.fixture(params=["nats", "mosquitto"])
def guarded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RealOffice]:
    """Each of the two that enforce access."""
    made = OFFICES[request.param](tmp_path / "broker")
    assert isinstance(made, RealOffice)
    yield made
    made.close()


@pytest.fixture
def nats(tmp_path: Path) -> Iterator[NatsOffice]:
    made = NatsOffice(tmp_path / "broker")
    yield made
    made.close()


@pytest.fixture
def inbox() -> Callable[[], Inbox]:
    return Inbox


@pytest.fixture
def joined() -> Callable[..., Inbox]:
    """Subscribes, starts the link, waits until it is online and returns its inbox."""

    def join(link: Link, *filters: str) -> Inbox:
        box = Inbox()
        link.on_state(box.became)
        for filter in filters:
            link.subscribe(f"{ROOT}/{filter}" if not filter.startswith("motcua") else filter, box)
        link.start()
        box.wait(lambda _: link.state is LinkState.ONLINE)  # one that was started before may be so by now
        return box

    return join
