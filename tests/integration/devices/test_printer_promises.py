"""What every printer promises: network, serial, device file, USB and the simulated twin alike."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Protocol

import pytest
from fakes.printer_mind import Mind
from fakes.printer_twin import PtyTwin, TcpTwin
from fakes.slip_samples import drawn
from fakes.usb_twin import UsbTwin

from devices.health import Health
from devices.line import Line
from devices.ports import Outcome, SlipPrinter
from devices.printer.encode import encode
from devices.printer.escpos_printer import EscposPrinter
from devices.printer.file import FileLine
from devices.printer.network import NetworkLine
from devices.printer.serial_printer import SerialLine
from devices.printer.simulated import FAULT_FILE, SimulatedPrinter
from devices.printer.usb import UsbLine

SHORT = timedelta(seconds=0.5)
NONE_OFFERED = timedelta(seconds=0.02)
"""These twins say nothing by themselves, however long they are listened to."""
IMAGE = drawn()
BYTES = b"".join(encode(IMAGE))


class Rig(Protocol):
    """A printer and the hands that make it unwell."""

    printer: SlipPrinter

    def make(self, how: str) -> None: ...
    def slips(self) -> list[bytes]: ...
    def stop(self) -> None: ...


class EscposRig:
    def __init__(self, line: Line, twin: TcpTwin | PtyTwin | UsbTwin) -> None:
        self.twin = twin
        self.printer: SlipPrinter = EscposPrinter(
            line,
            576,
            monotonic,
            answer_within=SHORT,
            proof_within=timedelta(seconds=2),
            automatic_within=NONE_OFFERED,
        )

    def make(self, how: str) -> None:
        mind = self.twin.mind
        if how == "away":
            self.twin.leave()
        elif how == "back":
            self.twin.arrive()
        elif how == "unproven":
            mind.answers_in_turn = False
        else:
            mind.how, mind.answers_in_turn = how, True

    def slips(self) -> list[bytes]:
        return self.twin.mind.slips

    def stop(self) -> None:
        self.printer.close()
        self.twin.stop()


class SimulatedRig:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.printer: SlipPrinter = SimulatedPrinter(folder, 576)

    def make(self, how: str) -> None:
        word = {"away": "offline", "back": "", "well": ""}.get(how, how)
        self._folder.mkdir(exist_ok=True)
        (self._folder / FAULT_FILE).write_text(word)

    def slips(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self._folder.glob("*.bin"))]

    def stop(self) -> None:
        self.printer.close()


def network(folder: Path) -> Rig:
    twin = TcpTwin()
    return EscposRig(NetworkLine("127.0.0.1", twin.port, SHORT), twin)


def serial(folder: Path) -> Rig:
    twin = PtyTwin(folder / "usb-printer-0")
    return EscposRig(SerialLine(str(twin.path), timeout=SHORT), twin)


def device_file(folder: Path) -> Rig:
    twin = PtyTwin(folder / "lp0")
    return EscposRig(FileLine(twin.path, SHORT), twin)


def usb(folder: Path) -> Rig:
    twin = UsbTwin()
    return EscposRig(UsbLine(0x04B8, 0x0E15, make=twin), twin)


def simulated(folder: Path) -> Rig:
    return SimulatedRig(folder / "slips")


@pytest.fixture(params=[network, serial, device_file, usb, simulated], ids=lambda made: made.__name__)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    make: Callable[[Path], Rig] = request.param
    rig = make(tmp_path)
    yield rig
    rig.stop()


def test_a_well_printer_prints_the_same_bytes_and_proves_it(rig: Rig) -> None:
    assert rig.printer.print_slip(IMAGE, "job-1") == Outcome("printed")
    assert rig.slips() == [BYTES]


def test_one_slip_after_the_other_comes_out(rig: Rig) -> None:
    assert [rig.printer.print_slip(IMAGE, f"job-{number}") for number in range(3)] == [Outcome("printed")] * 3
    assert rig.slips() == [BYTES] * 3


def test_a_well_printer_is_ready_with_paper_and_a_closed_cover(rig: Rig) -> None:
    health = rig.printer.health()
    assert (health.state, health.paper, health.cover, health.fault) == ("ready", "ok", "closed", "")


@pytest.mark.parametrize("reason", ["paper_out", "cover_open"])
def test_nothing_is_sent_to_a_printer_that_cannot_print(rig: Rig, reason: str) -> None:
    rig.make(reason)
    outcome = rig.printer.print_slip(IMAGE, "job-1")
    assert (outcome.result, outcome.reason) == ("failed", reason)
    health = rig.printer.health()
    assert (health.state, health.can_print) == ("degraded", False)
    rig.make("well")
    assert rig.slips() == []
    assert rig.printer.print_slip(IMAGE, "job-2") == Outcome("printed")
    assert len(rig.slips()) == 1


def test_little_paper_is_said_and_printing_goes_on(rig: Rig) -> None:
    rig.make("near_end")
    health = rig.printer.health()
    assert (health.state, health.paper, health.can_print) == ("degraded", "near_end", True)
    assert rig.printer.print_slip(IMAGE, "job-1") == Outcome("printed")


def test_what_nothing_proves_is_unconfirmed(rig: Rig) -> None:
    rig.make("unproven")
    assert rig.printer.print_slip(IMAGE, "job-1") == Outcome("unconfirmed", "no_proof")
    assert len(rig.slips()) == 1


def test_a_printer_that_is_away_is_lost_and_prints_again_when_it_is_back(rig: Rig) -> None:
    rig.printer.health()
    rig.make("away")
    assert rig.printer.print_slip(IMAGE, "job-1") == Outcome("failed", "offline")
    assert rig.printer.health().state == "lost"
    rig.make("back")
    assert rig.printer.health().state == "ready"
    assert rig.printer.print_slip(IMAGE, "job-2") == Outcome("printed")
    assert len(rig.slips()) == 1


def test_a_closed_printer_opens_by_itself(rig: Rig) -> None:
    rig.printer.print_slip(IMAGE, "job-1")
    rig.printer.close()
    rig.printer.close()
    assert rig.printer.print_slip(IMAGE, "job-2") == Outcome("printed")


def test_the_twin_says_unknown_where_a_real_status_is_missing() -> None:
    twin = TcpTwin(Mind(answers=False, answers_in_turn=False))
    rig = EscposRig(NetworkLine("127.0.0.1", twin.port, SHORT), twin)
    health = rig.printer.health()
    assert health == Health(reachable=True, fault="no_answer")
    assert (health.paper, health.cover, health.state) == ("unknown", "unknown", "degraded")
    rig.stop()
