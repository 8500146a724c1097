"""The kiosk from touches to what the server hears: store, effects, gateway and link in one program."""

import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from fakes.kiosk_dossiers import READY

from assets.theme import load_theme
from kiosk.config import KioskConfig
from kiosk.main import START_AGAIN, run
from kiosk.ports import SlipOutcome
from kiosk.session.heard import Crashed, Scanned
from queue_server.link.loopback import MemoryBroker
from tests.integration.kiosk.program_without_glass import (
    CONFIG,
    AwayPrinter,
    BlindWindow,
    PaperPrinter,
    Running,
    StuckPrinter,
    takes_a_number,
)


@pytest.fixture
def running(broker: MemoryBroker, soon: Any) -> Any:
    made = Running(broker, soon)
    yield made
    made.ends()


def test_touches_become_a_ticket_a_slip_and_an_outcome_at_the_server(running: Running, server: Any) -> None:
    server.opens()
    takes_a_number(running)
    (told,) = server.wait_for("slip-done")
    assert (told.outcome, told.reprint) == ("printed", False)
    assert [job.slip.number for job in running.printer.jobs] == ["A012"]
    assert len(server.of("issue")) == 1


def test_a_slip_that_fails_is_seen_told_and_tried_again(running: Running, server: Any) -> None:
    running.printer.outcomes.append(SlipOutcome("failed", "paper_out"))
    server.opens()
    running.sees("home")
    for label in ("Lấy số thứ tự", "Chứng thực", "Không, lấy số thường"):
        running.touches(label)
    running.sees("printer_failed")
    running.touches("Thử in lại")
    running.sees("ticket")
    first, second = server.wait_for("slip-done", 2)
    assert [(first.outcome, first.reason), (second.outcome, second.reason)] == [
        ("failed", "paper_out"),
        ("printed", ""),
    ]
    (fault,) = server.wait_for("fault")
    assert (fault.device, fault.fault) == ("k1", "printer_paper_out")


def test_a_lost_reply_is_late_words_and_then_the_same_ticket(running: Running, server: Any) -> None:
    server.opens()
    running.sees("home")
    server.deaf = 4
    for label in ("Lấy số thứ tự", "Chứng thực", "Không, lấy số thường"):
        running.touches(label)
    running.sees("issuing_late")
    running.sees("ticket")
    server.wait_for("slip-done")
    assert len({request.id for request in server.of("issue")}) == 1
    assert len(running.printer.jobs) == 1


def test_the_brokers_absence_is_shown_and_its_return_too(
    running: Running, server: Any, broker: MemoryBroker
) -> None:
    server.opens()
    running.sees("home")
    broker.go_down()
    running.sees("server_lost")
    broker.come_up()
    running.sees("home")


def test_a_scanned_code_becomes_an_answer_and_a_ticket_for_that_dossier(
    running: Running, server: Any
) -> None:
    server.opens()
    running.sees("home")
    running.program.store.dispatch(Scanned(f"https://dvc.example/x?ma_ho_so={READY}"))
    running.sees("result")
    (asked,) = server.wait_for("dossier-lookup")
    assert (asked.code, asked.second_factor, asked.kiosk) == (READY, None, "k1")
    running.touches("Lấy số nhận kết quả")
    running.sees("ticket")
    (issue,) = server.of("issue")
    assert (issue.services, issue.dossier) == (("tra-ket-qua",), READY)


def test_a_look_up_that_nobody_answers_is_told_and_not_kept_for_later(running: Running, server: Any) -> None:
    server.opens()
    running.sees("home")
    server.deaf = 99
    running.program.store.dispatch(Scanned(READY))
    running.sees("looking")
    running.sees("no_answer")
    assert len({request.id for request in server.of("dossier-lookup")}) == 1
    assert len(server.of("dossier-lookup")) > 1, "QoS 0 may lose one"


def test_a_slip_before_the_scanner_tells_where_its_ticket_stands(running: Running, server: Any) -> None:
    server.opens()
    running.sees("home")
    running.program.store.dispatch(Scanned("MOTCUA:thanh-binh:t1"))
    running.sees("my_ticket")
    (asked,) = server.of("ticket-lookup")
    assert (asked.ticket, asked.token) == ("t1", "")


def test_a_page_before_the_scanner_is_asked_by_its_token_alone(running: Running, server: Any) -> None:
    server.opens()
    running.sees("home")
    running.program.store.dispatch(Scanned("https://thanh-binh.example/t/0123456789abcdefghijkl"))
    running.sees("my_ticket")
    (asked,) = server.of("ticket-lookup")
    assert (asked.ticket, asked.token) == (None, "0123456789abcdefghijkl")


def test_help_reaches_the_server(running: Running, server: Any) -> None:
    server.opens()
    running.sees("home")
    running.touches("Tôi cần giúp")
    running.sees("help")
    assert server.wait_for("help")[0].kiosk == "k1"


def test_listening_speaks_through_the_machines_loudspeaker(running: Running, server: Any) -> None:
    server.opens()
    running.sees("home")
    running.touches("Nghe đọc")
    running.soon.until(lambda: running.program.store.session.reading.ended_at is not None, "the end of it")
    assert running.window.speaker.said[0][0].key == "home.title"


def test_a_citizen_who_left_before_the_late_reply_leaves_no_ticket_behind(
    running: Running, server: Any
) -> None:
    server.opens()
    running.sees("home")
    server.deaf = 4
    for label in ("Lấy số thứ tự", "Chứng thực", "Không, lấy số thường"):
        running.touches(label)
    running.sees("issuing_late")
    running.touches("Bỏ yêu cầu, về trang đầu")
    running.sees("home")
    (cancelled,) = server.wait_for("cancel")
    assert (cancelled.ticket, cancelled.reason) == ("ticket-12", "left_kiosk")
    assert running.printer.jobs == []


def test_it_stops_in_time_in_the_middle_of_a_request(broker: MemoryBroker, server: Any, soon: Any) -> None:
    server.opens()
    made = Running(broker, soon)
    made.sees("home")
    server.deaf = 99
    made.touches("Lấy số thứ tự")
    made.touches("Chứng thực")
    made.touches("Không, lấy số thường")
    assert made.ends() < 3.0
    assert made.code == 0


def test_too_many_crashes_end_the_program_for_a_new_start(
    broker: MemoryBroker, server: Any, soon: Any
) -> None:
    made = Running(broker, soon)
    for _ in range(3):
        made.program.store.dispatch(Crashed("ui"))
    soon.until(lambda: made.code is not None, "the end")
    assert made.code == START_AGAIN
    made.ends()


def test_a_theme_nobody_can_read_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "theme.toml"
    broken.write_text("[brand")
    config = KioskConfig(CONFIG.broker, "thanh-binh", "k1", theme=broken)
    assert run(config, lambda *_: BlindWindow()) == 1
    assert capsys.readouterr().err.startswith("motcua kiosk: theme:")


def test_the_packaged_theme_opens_the_window() -> None:
    assert load_theme().brand.office_name


@pytest.mark.slow
def test_the_real_kiosk_ends_on_sigterm_by_itself(tmp_path: Path) -> None:
    """On a quiet machine in a third of a second; nothing has to kill it."""
    folder = tmp_path / "kiosk"
    folder.mkdir()
    frames, log = folder / "f", folder / "log"
    command = [sys.executable, "-m", "kiosk.main", "--broker", "127.0.0.1:1", "--office", "thanh-binh"]
    command += ["--kiosk", "k1", "--state-dir", str(folder), "--offscreen", "--size", "540x960"]
    command += ["--frames-socket", str(frames)]
    with log.open("wb") as output:
        child = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            end = monotonic() + 120
            while not frames.exists():
                assert child.poll() is None, log.read_text()
                assert monotonic() < end, "no window"
                threading.Event().wait(0.05)
            child.send_signal(signal.SIGTERM)
            assert child.wait(30) == 0
        finally:
            child.kill()
            child.wait()
    assert "Traceback" not in log.read_text()


@pytest.mark.parametrize("printer", [PaperPrinter, AwayPrinter])
def test_a_slip_that_was_being_printed_when_its_kiosk_was_killed_is_told_by_the_next_run(
    broker: MemoryBroker,
    soon: Any,
    server: Any,
    tmp_path: Path,
    printer: type[PaperPrinter],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kiosk.effects.ASK_AGAIN_S", 0.01)
    config = replace(CONFIG, state_dir=tmp_path)
    server.opens()
    killed = Running(broker, soon, StuckPrinter(), config)
    takes_a_number(killed)
    soon.until(lambda: killed.printer.jobs, "the slip is being printed")
    killed.ends()
    assert server.of("slip-done") == []
    again = Running(broker, soon, printer(), config)
    (told,) = server.wait_for("slip-done")
    assert (told.job, told.outcome) == (killed.printer.jobs[0].id, "printed")
    assert {job.id for job in again.printer.jobs} == {told.job}
    soon.until(lambda: not list((tmp_path / "prints").iterdir()), "nothing is left to tell")
    again.ends()
