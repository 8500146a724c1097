"""Who is asked to stop and does not is killed when the time is over; who may not start yet is tried again."""

import sys
from pathlib import Path
from threading import Event
from time import monotonic

import structlog

from queue_server.up.children import Child, Program, stop_all

DEAF = """
import signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
signal.pause()
"""
OBEDIENT = "import signal; print('here', flush=True); signal.pause()"


def running(folder: Path, name: str, code: str) -> Child:
    child = Child(Program(name, [sys.executable, "-c", code], {}, folder / f"{name}.log"), lambda *_: None)
    child.start()
    pause = Event()
    while not (child.program.log_file.exists() and child.program.log_file.stat().st_size):
        pause.wait(0.02)
    return child


def gone(child: Child) -> bool:
    return child.pid is not None and not Path(f"/proc/{child.pid}").exists()


def test_a_program_that_does_not_listen_is_killed_when_the_time_is_over(tmp_path: Path) -> None:
    deaf, obedient = running(tmp_path, "deaf", DEAF), running(tmp_path, "obedient", OBEDIENT)
    stop_all([deaf, obedient], 0.2)
    assert gone(deaf) and gone(obedient)
    assert (deaf.starts, obedient.starts) == (1, 1)


def said(child: Child, words: int) -> bool:
    file, pause, until = child.program.log_file, Event(), monotonic() + 30
    while not (file.is_file() and len(file.read_text().split()) >= words):
        if monotonic() > until:
            return False
        pause.wait(0.02)
    return True


def test_who_was_told_to_stay_away_may_come_back(tmp_path: Path) -> None:
    child = running(tmp_path, "allowed", OBEDIENT)
    for seen in (2, 3):
        child.ask_to_stop()
        child.start_again()
        assert said(child, seen)
    child.ask_to_stop()
    child.wait_stopped(monotonic() + 30)
    child.start_again()
    assert said(child, 4)
    stop_all([child], 30)
    assert gone(child) and child.starts == 4


def test_a_program_that_cannot_be_started_yet_is_tried_until_it_can(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("no folder")
    child = Child(
        Program("late", [sys.executable, "-c", OBEDIENT], {}, tmp_path / "logs" / "late.log"), lambda *_: None
    )
    with structlog.testing.capture_logs() as logs:
        child.start()
        until, pause = monotonic() + 30, Event()
        while not logs and monotonic() < until:
            pause.wait(0.02)
    (tmp_path / "logs").unlink()
    assert said(child, 1)
    stop_all([child], 30)
    assert gone(child)
