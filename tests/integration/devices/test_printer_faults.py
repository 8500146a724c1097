"""Printers that refuse, stall, drop, lie, answer late, or run out of paper in mid-slip."""

import socket
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from fakes.printer_mind import Mind
from fakes.printer_twin import PtyTwin, TcpTwin
from fakes.slip_samples import drawn
from fakes.usb_twin import End, Interface, UsbTwin

from devices.health import Health
from devices.line import Line
from devices.ports import Outcome
from devices.printer.cups import CupsPrinter
from devices.printer.encode import encode
from devices.printer.escpos_printer import EscposPrinter
from devices.printer.file import FileLine
from devices.printer.network import NetworkLine
from devices.printer.serial_printer import SerialLine
from devices.printer.usb import UsbLine

SHORT, LONG = timedelta(seconds=0.4), timedelta(seconds=30)
NONE_OFFERED = timedelta(seconds=0.02)
"""These twins say nothing by themselves, however long they are listened to."""
AT_ONCE_S = 15.0
IMAGE = drawn()
BYTES = b"".join(encode(IMAGE))


@pytest.fixture
def twin() -> Iterator[TcpTwin]:
    made = TcpTwin()
    yield made
    made.stop()


def over(line: Line, proof: float = 1.5) -> EscposPrinter:
    return EscposPrinter(
        line,
        576,
        monotonic,
        answer_within=SHORT,
        proof_within=timedelta(seconds=proof),
        automatic_within=NONE_OFFERED,
    )


@pytest.fixture
def printer(twin: TcpTwin) -> Iterator[EscposPrinter]:
    """Gives an answer that never comes up soon."""
    made = over(NetworkLine("127.0.0.1", twin.port, SHORT))
    yield made
    made.close()


@pytest.fixture
def patient(twin: TcpTwin) -> Iterator[EscposPrinter]:
    """For what comes by itself, however busy the machine is: the proof is not what ends the waiting."""
    line, answer = NetworkLine("127.0.0.1", twin.port, LONG), timedelta(seconds=2)
    made = EscposPrinter(
        line, 576, monotonic, answer_within=answer, proof_within=LONG, automatic_within=NONE_OFFERED
    )
    yield made
    made.close()


def test_a_refused_connection_fails_at_once(twin: TcpTwin, patient: EscposPrinter) -> None:
    twin.leave()
    began = monotonic()
    assert patient.print_slip(IMAGE, "job") == Outcome("failed", "offline")
    assert monotonic() - began < AT_ONCE_S
    assert patient.health().detail


def test_a_printer_that_stops_taking_bytes_is_given_up_after_the_time_out(
    twin: TcpTwin, printer: EscposPrinter
) -> None:
    twin.stalls_after = 9000
    began = monotonic()
    assert printer.print_slip(IMAGE, "job") == Outcome("failed", "timeout")
    assert monotonic() - began < AT_ONCE_S
    assert twin.mind.slips == []


def test_a_connection_dropped_in_mid_slip_is_a_failed_slip(twin: TcpTwin, patient: EscposPrinter) -> None:
    twin.drops_after = 9000
    assert patient.print_slip(IMAGE, "job") == Outcome("failed", "offline")
    assert twin.mind.slips == []
    twin.mind.forget()
    assert patient.print_slip(IMAGE, "next") == Outcome("printed")
    assert twin.mind.slips == [BYTES]


def test_a_connection_dropped_while_idle_is_opened_again_without_losing_the_slip(
    twin: TcpTwin, patient: EscposPrinter
) -> None:
    assert patient.print_slip(IMAGE, "one") == Outcome("printed")
    twin.leave()
    twin.arrive()
    assert patient.print_slip(IMAGE, "two") == Outcome("printed")
    assert len(twin.mind.slips) == 2


def test_a_printer_that_says_fine_and_proves_nothing_is_not_believed(
    twin: TcpTwin, printer: EscposPrinter
) -> None:
    twin.mind.answers_in_turn = False
    assert printer.print_slip(IMAGE, "job") == Outcome("unconfirmed", "no_proof")


def test_a_printer_that_never_proves_anything_is_waited_for_only_once() -> None:
    twin = TcpTwin(Mind(answers_in_turn=False))
    printer = over(NetworkLine("127.0.0.1", twin.port, SHORT), proof=3)
    took = []
    for job in ("one", "two"):
        began = monotonic()
        assert printer.print_slip(IMAGE, job).result == "unconfirmed"
        took.append(monotonic() - began)
    twin.mind.answers_in_turn = True
    assert took[1] < 2.9 < took[0]
    printer.close()
    assert printer.print_slip(IMAGE, "three") == Outcome("printed")
    twin.stop()
    printer.close()


def test_a_proof_that_comes_late_does_not_prove_the_next_slip(twin: TcpTwin, printer: EscposPrinter) -> None:
    twin.mind.answers_in_turn = False
    assert printer.print_slip(IMAGE, "one").result == "unconfirmed"
    twin.say(b"\x00")
    assert printer.print_slip(IMAGE, "two") == Outcome("unconfirmed", "no_proof")


def test_paper_that_ends_in_mid_slip_fails_the_slip_and_nothing_comes_out_later(
    twin: TcpTwin, patient: EscposPrinter
) -> None:
    twin.mind.ends_paper_after_rows = 480
    began = monotonic()
    assert patient.print_slip(IMAGE, "job") == Outcome("failed", "paper_out")
    assert monotonic() - began < AT_ONCE_S, "it is not the proof that was waited for in vain"
    assert patient.health().paper == "out"
    twin.mind.ends_paper_after_rows = None
    twin.mind.how = "well"
    assert patient.print_slip(IMAGE, "again") == Outcome("printed")
    assert twin.mind.slips == [BYTES]


@pytest.mark.parametrize("noise", [b"\x00", b"\xff", b"\x11", b"OK\r\n"])
def test_bytes_that_are_no_status_are_no_answer(noise: bytes) -> None:
    twin = TcpTwin(Mind(garbage=noise, answers_in_turn=False))
    printer = over(NetworkLine("127.0.0.1", twin.port, SHORT))
    health = printer.health()
    assert (health.paper, health.fault) == ("unknown", "no_answer")
    assert printer.print_slip(IMAGE, "job").result == "unconfirmed"
    assert len(twin.mind.slips) == 1
    printer.close()
    twin.stop()


def test_a_cutter_error_stops_printing_and_is_named(twin: TcpTwin, patient: EscposPrinter) -> None:
    twin.mind.how = "cutter"
    assert patient.health().fault == "cutter"
    assert patient.print_slip(IMAGE, "job").result == "failed"
    assert twin.mind.slips == []


def test_a_late_status_is_not_taken_for_the_answer_to_another_question(
    twin: TcpTwin, printer: EscposPrinter
) -> None:
    twin.mind.answers = False
    assert printer.health().fault == "no_answer"
    twin.say(b"\x1a")
    twin.mind.answers = True
    assert printer.health() == Health(reachable=True, paper="ok", cover="closed")
    assert twin.connections == 2


def test_a_serial_printer_that_stops_taking_bytes_is_given_up(tmp_path: Path) -> None:
    twin = PtyTwin(tmp_path / "printer")
    printer = over(SerialLine(str(twin.path), baud=921600, timeout=SHORT))
    assert printer.health().state == "ready"
    twin.stall()
    assert printer.print_slip(IMAGE, "job").result in ("failed", "unconfirmed")
    assert twin.mind.slips == []
    printer.close()
    twin.stop()


def test_a_plain_file_collects_the_bytes_and_proves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "slips.bin"
    printer = over(FileLine(path, append=True))
    assert printer.health() == Health(reachable=True)
    assert printer.print_slip(IMAGE, "one") == Outcome("unconfirmed", "no_proof")
    assert printer.print_slip(IMAGE, "two") == Outcome("unconfirmed", "no_proof")
    assert path.read_bytes() == BYTES * 2
    printer.close()


def test_a_missing_device_file_is_a_lost_printer_and_is_not_made(tmp_path: Path) -> None:
    printer = over(FileLine(tmp_path / "lp0"))
    assert printer.health().state == "lost"
    assert printer.print_slip(IMAGE, "job") == Outcome("failed", "offline")
    assert not (tmp_path / "lp0").exists()


def script(path: Path, text: str) -> tuple[str]:
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return (str(path),)


def cups(folder: Path, lp: str, lpstat: str) -> CupsPrinter:
    return CupsPrinter(
        "quay",
        576,
        lp=script(folder / "lp", lp),
        lpstat=script(folder / "lpstat", lpstat),
        timeout=timedelta(seconds=2),
    )


def test_cups_gets_the_same_bytes_raw_under_the_jobs_name(tmp_path: Path) -> None:
    lp = f'echo "$@" > {tmp_path}/asked; cat > {tmp_path}/bytes'
    printer = cups(tmp_path, lp, 'echo "printer quay is idle.  enabled since Fri"')
    assert printer.print_slip(IMAGE, "job-1") == Outcome("unconfirmed", "no_proof")
    assert (tmp_path / "bytes").read_bytes() == BYTES
    assert (tmp_path / "asked").read_text().split() == ["-d", "quay", "-t", "job-1", "-o", "raw", "-s"]
    assert printer.health() == Health(reachable=True)


def test_a_queue_that_cups_does_not_know_or_has_stopped_prints_nothing(tmp_path: Path) -> None:
    unknown = cups(tmp_path, f"touch {tmp_path}/sent", "exit 1")
    assert unknown.health().state == "lost"
    assert unknown.print_slip(IMAGE, "job") == Outcome("failed", "offline")
    stopped = cups(tmp_path, f"touch {tmp_path}/sent", 'echo "printer quay disabled since Fri"')
    assert stopped.health().state == "degraded"
    assert stopped.print_slip(IMAGE, "job") == Outcome("failed", "offline")
    assert not (tmp_path / "sent").exists()


def test_an_lp_that_fails_is_a_failed_slip_and_one_that_hangs_is_unconfirmed(tmp_path: Path) -> None:
    idle = 'echo "printer quay is idle."'
    assert cups(tmp_path, "exit 1", idle).print_slip(IMAGE, "job") == Outcome("failed", "offline")
    hangs = cups(tmp_path, "cat > /dev/null; exec sleep 20", idle)
    assert hangs.print_slip(IMAGE, "job") == Outcome("unconfirmed", "timeout")


def test_a_machine_without_cups_has_a_lost_printer(tmp_path: Path) -> None:
    printer = CupsPrinter("quay", 576, lp=(str(tmp_path / "no"),), lpstat=(str(tmp_path / "no"),))
    assert printer.health().state == "lost"
    assert printer.print_slip(IMAGE, "job") == Outcome("failed", "offline")


def test_a_usb_printer_that_is_not_there_is_lost_with_a_reason() -> None:
    printer = over(UsbLine(0xFFFF, 0xFFFE))
    health = printer.health()
    assert health.state == "lost"
    assert health.detail
    assert printer.print_slip(IMAGE, "job") == Outcome("failed", "offline")
    printer.close()


def test_of_two_usb_printers_alike_the_serial_number_decides() -> None:
    twin = UsbTwin()
    over(UsbLine(0x04B8, 0x0E15, "X7", make=twin)).health()
    assert twin.asked == (0x04B8, 0x0E15, {"serial_number": "X7"})


def test_a_usb_printer_that_cannot_answer_is_unknown_and_its_slips_unconfirmed() -> None:
    twin = UsbTwin()
    twin.interfaces = [Interface(7, (End(0x03),))]
    printer = over(UsbLine(0x04B8, 0x0E15, make=twin))
    assert printer.health() == Health(reachable=True)
    assert printer.print_slip(IMAGE, "job") == Outcome("unconfirmed", "no_proof")
    assert twin.mind.slips == [BYTES]


def test_a_usb_device_that_is_no_printer_is_lost() -> None:
    twin = UsbTwin()
    twin.interfaces = [Interface(3, (End(0x81, 3),))]
    closed: list[bool] = []
    twin.close = lambda: closed.append(True)
    assert over(UsbLine(0x046D, 0xC31C, make=twin)).health().state == "lost"
    assert closed, "and let go, for whom it belongs to"


def test_an_ipv6_printer_is_reached() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server:
        line = NetworkLine("::1", server.getsockname()[1], SHORT)
        line.open()
        taken, _ = server.accept()
        line.write(b"\x1b@")
        assert taken.recv(2) == b"\x1b@"
        line.close()
        taken.close()
