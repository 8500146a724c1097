"""The kit for plug-ins on the built-in printers; and a serial one that lies, answers late, ends its roll."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest
from fakes.printer_twin import PtyTwin, TcpTwin
from fakes.slip_samples import drawn

from devices.ports import Outcome, SlipPrinter
from devices.printer.addresses import open_printer
from devices.printer.encode import encode
from devices.printer.escpos_printer import EscposPrinter
from devices.printer.serial_printer import SerialLine
from devices.promises import PrinterPromises

SHORT = timedelta(seconds=0.5)
IMAGE = drawn()
BYTES = b"".join(encode(IMAGE))


class TwinRig:
    def __init__(self, twin: TcpTwin | PtyTwin, address: str, folder: Path) -> None:
        self.twin = twin
        self.printer: SlipPrinter = open_printer(address, 576, folder, monotonic)

    def slips(self) -> int:
        return len(self.twin.mind.slips)

    def unplug(self) -> None:
        self.twin.leave()

    def plug(self) -> None:
        self.twin.arrive()

    def stop(self) -> None:
        self.printer.close()
        self.twin.stop()


class FolderRig:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "slips"
        self.printer: SlipPrinter = open_printer("sim:slips", 576, folder, monotonic)

    def slips(self) -> int:
        return len(list(self.folder.glob("*.bin")))

    def unplug(self) -> None:
        self.folder.mkdir(exist_ok=True)
        (self.folder / "fault").write_text("offline")

    def plug(self) -> None:
        (self.folder / "fault").unlink()


class TestNetwork(PrinterPromises):
    @pytest.fixture
    def rig(self, tmp_path: Path) -> Iterator[TwinRig]:
        twin = TcpTwin()
        made = TwinRig(twin, f"tcp://127.0.0.1:{twin.port}", tmp_path)
        yield made
        made.stop()


class TestSerial(PrinterPromises):
    @pytest.fixture
    def rig(self, tmp_path: Path) -> Iterator[TwinRig]:
        twin = PtyTwin(tmp_path / "usb-printer")
        made = TwinRig(twin, f"serial://{twin.path}?baud=115200", tmp_path)
        yield made
        made.stop()


class TestDeviceFile(PrinterPromises):
    @pytest.fixture
    def rig(self, tmp_path: Path) -> Iterator[TwinRig]:
        twin = PtyTwin(tmp_path / "lp0")
        made = TwinRig(twin, f"file://{twin.path}", tmp_path)
        yield made
        made.stop()


class TestSimulated(PrinterPromises):
    @pytest.fixture
    def rig(self, tmp_path: Path) -> FolderRig:
        return FolderRig(tmp_path)


@pytest.fixture
def serial(tmp_path: Path) -> Iterator[tuple[PtyTwin, EscposPrinter]]:
    twin = PtyTwin(tmp_path / "usb-printer")
    printer = EscposPrinter(
        SerialLine(str(twin.path), timeout=SHORT),
        576,
        monotonic,
        answer_within=SHORT,
        proof_within=timedelta(seconds=1.5),
        automatic_within=timedelta(seconds=0.02),
    )
    yield twin, printer
    printer.close()
    twin.stop()


def test_a_serial_printer_whose_roll_ends_in_mid_slip_fails_it_as_half_printed(
    serial: tuple[PtyTwin, EscposPrinter],
) -> None:
    twin, printer = serial
    twin.mind.ends_paper_after_rows = 480
    outcome = printer.print_slip(IMAGE, "job")
    assert (outcome, outcome.partial) == (Outcome("failed", "paper_out"), True)
    assert printer.health().paper == "out"
    twin.mind.ends_paper_after_rows, twin.mind.how = None, "well"
    assert printer.print_slip(IMAGE, "again") == Outcome("printed")
    assert twin.mind.slips == [BYTES]


def test_a_serial_printer_that_says_fine_and_proves_nothing_is_not_believed(
    serial: tuple[PtyTwin, EscposPrinter],
) -> None:
    twin, printer = serial
    twin.mind.answers_in_turn = False
    assert printer.print_slip(IMAGE, "job") == Outcome("unconfirmed", "no_proof")
    twin.say(b"\x00")
    assert printer.print_slip(IMAGE, "next") == Outcome("unconfirmed", "no_proof")


def test_a_serial_printer_that_answers_nothing_is_unknown_and_never_has_paper(
    serial: tuple[PtyTwin, EscposPrinter],
) -> None:
    twin, printer = serial
    twin.mind.answers = False
    health = printer.health()
    assert (health.paper, health.cover, health.fault) == ("unknown", "unknown", "no_answer")
    twin.say(b"\x12")
    twin.mind.answers = True
    assert printer.health().paper == "ok"


def test_a_serial_printer_unplugged_while_it_prints_fails_the_slip_and_prints_the_next_when_it_is_back(
    serial: tuple[PtyTwin, EscposPrinter],
) -> None:
    twin, printer = serial
    twin.stall()
    outcomes: list[Outcome] = []
    printing = Thread(target=lambda: outcomes.append(printer.print_slip(IMAGE, "job")))
    printing.start()
    twin.has_stalled()
    twin.leave()
    printing.join(30)
    assert outcomes[0].result in ("failed", "unconfirmed") and twin.mind.slips == []
    twin._stalled.clear()
    twin.arrive()
    assert printer.print_slip(IMAGE, "next") == Outcome("printed")
