"""The CUPS driver against Debian's own cupsd: what arrives, stopped queues, what is never claimed."""

from collections.abc import Iterator

import pytest
from fakes.cups_server import Cups
from fakes.printer_twin import TcpTwin
from fakes.slip_samples import drawn

from devices.health import Health
from devices.ports import Outcome
from devices.printer.cups import CupsPrinter
from devices.printer.encode import encode
from devices.promises import until

pytestmark = pytest.mark.slow

IMAGE = drawn()
BYTES = b"".join(encode(IMAGE))


@pytest.fixture
def twin() -> Iterator[TcpTwin]:
    made = TcpTwin()
    yield made
    made.stop()


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch, twin: TcpTwin) -> Iterator[Cups]:
    made = Cups()
    try:
        made.start()
        made.queue("quay", twin.port)
        monkeypatch.setenv("CUPS_SERVER", made.server)
        yield made
    finally:
        made.remove()


def test_slips_arrive_raw_and_are_not_said_to_be_printed(cups: Cups, twin: TcpTwin) -> None:
    printer = CupsPrinter("quay", 576)
    assert printer.health() == Health(reachable=True)
    assert printer.print_slip(IMAGE, "job-1") == Outcome("unconfirmed", "no_proof")
    assert until(lambda: twin.mind.slips == [BYTES])
    assert printer.print_slip(IMAGE, "job-2") == Outcome("unconfirmed", "no_proof")
    assert until(lambda: twin.mind.slips == [BYTES] * 2)


def test_a_stopped_queue_is_degraded_takes_no_slip_and_clears_by_itself(cups: Cups) -> None:
    printer = CupsPrinter("quay", 576)
    cups.disable("quay")
    health = printer.health()
    assert (health.state, health.fault, health.paper) == ("degraded", "offline", "unknown")
    assert printer.print_slip(IMAGE, "job-1") == Outcome("failed", "offline")
    cups.enable("quay")
    assert printer.health() == Health(reachable=True)
    assert cups.jobs() == ""


def test_an_unknown_queue_and_a_cups_that_went_away_are_lost(cups: Cups) -> None:
    assert CupsPrinter("khong-co", 576).health().state == "lost"
    printer = CupsPrinter("quay", 576)
    cups.stop()
    assert printer.health().state == "lost"
    assert printer.print_slip(IMAGE, "job-1") == Outcome("failed", "offline")
    cups.start()
    assert printer.health() == Health(reachable=True)
