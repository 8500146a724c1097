"""Log files that turn themselves over while a program goes on writing."""

import os
import subprocess
import sys
from pathlib import Path

from queue_server.logs import turn_over


def test_a_large_log_is_kept_aside_and_the_writer_goes_on_in_an_empty_one(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    with log.open("ab") as out:
        writer = subprocess.Popen([sys.executable, "-uc", "for line in iter(input, 'end'): print(line)"],
                                  stdin=subprocess.PIPE, stdout=out, text=True)  # fmt: skip
    assert writer.stdin is not None
    writer.stdin.write("first\n" * 10)
    writer.stdin.flush()
    while log.stat().st_size < 60:
        os.sched_yield()
    assert turn_over(log, largest=60)
    assert log.stat().st_size == 0 and (tmp_path / "server.log.1").read_text() == "first\n" * 10
    writer.stdin.write("second\nend\n")
    writer.stdin.close()
    assert writer.wait(60) == 0
    assert log.read_text() == "second\n"


def test_only_so_many_are_kept(tmp_path: Path) -> None:
    log = tmp_path / "agent.log"
    for number in range(9):
        log.write_text(f"{number}")
        assert turn_over(log, largest=1, kept=3)
    names = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert names == {"agent.log": "", "agent.log.1": "8", "agent.log.2": "7", "agent.log.3": "6"}


def test_a_small_or_missing_log_is_left_alone(tmp_path: Path) -> None:
    assert not turn_over(tmp_path / "none.log")
    (tmp_path / "a.log").write_text("short")
    assert not turn_over(tmp_path / "a.log")
    assert [path.name for path in tmp_path.iterdir()] == ["a.log"]
