"""Whoever is asked to stop and does not is killed when the time is over, and never started again."""

import sys
from pathlib import Path
from threading import Event

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
