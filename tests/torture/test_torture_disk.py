"""The disk without power is honest: what was synced survives every cut, what was not may be gone."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from queue_server.clock import SystemClock
from tests.torture.disk import WATCHED, Disk, build

WRITER = """
import sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("PRAGMA journal_mode=WAL"); c.execute("PRAGMA synchronous=" + sys.argv[2])
c.execute("CREATE TABLE IF NOT EXISTS t(a INTEGER, b TEXT)")
for n in range(100000):
    c.execute("INSERT INTO t VALUES(?, ?)", (n, "x" * (n % 2000)))
    print(n, flush=True)
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("disk"))


def lost(folder: Path, library: Path, synchronous: str, seed: int, acknowledged: int = 150) -> int:
    """Rows that were acknowledged and are gone after kill -9 and a loss of power."""
    folder.mkdir()
    database = folder / "office.db"
    disk = Disk(library, folder / "work", folder, tuple(folder / name for name in WATCHED))
    disk.remember()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(database), synchronous],
        env={**os.environ, **disk.environment()}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert writer.stdout is not None
    told = [int(writer.stdout.readline()) for _ in range(acknowledged)]
    writer.send_signal(signal.SIGKILL)
    told += [int(line) for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    writer.stdout.close()
    writer.wait()
    disk.cut_power(random.Random(seed))
    try:
        kept = {row[0] for row in sqlite3.connect(database).execute("SELECT a FROM t")}
    except sqlite3.DatabaseError:
        kept = set()
    return len(set(told) - kept)


def test_nothing_that_was_synced_is_lost_in_a_cut(tmp_path: Path, library: Path) -> None:
    assert [lost(tmp_path / str(seed), library, "FULL", seed) for seed in range(4)] == [0] * 4


def test_a_program_that_does_not_sync_loses_what_it_acknowledged(tmp_path: Path, library: Path) -> None:
    assert any(lost(tmp_path / str(seed), library, "OFF", seed) > 0 for seed in range(4))


def test_a_full_disk_refuses_writes_until_there_is_room_again(tmp_path: Path, library: Path) -> None:
    disk = Disk(library, tmp_path / "work", tmp_path / "books", ())
    (tmp_path / "books").mkdir()
    disk.remember()
    script = "import os, sys; os.write(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT), b'x')"

    def write() -> int:
        command = [sys.executable, "-c", script, str(tmp_path / "books" / "a")]
        environment = {**os.environ, **disk.environment()}
        return subprocess.run(command, env=environment, capture_output=True).returncode

    assert write() == 0
    disk.set(full=True)
    assert write() != 0
    disk.set()
    assert write() == 0


def test_a_programs_clock_stands_where_it_is_put(tmp_path: Path, library: Path) -> None:
    disk = Disk(library, tmp_path / "work", tmp_path, ())
    disk.set_clock(-86_400)
    command = [sys.executable, "-c", "import time; print(time.time(), time.monotonic())"]
    told = subprocess.run(
        command, env={**os.environ, **disk.environment()}, capture_output=True, text=True, check=True
    )
    wall, steady = map(float, told.stdout.split())
    import time

    assert -86_460 < wall - time.time() < -86_340
    assert abs(steady - time.monotonic()) < 60


@pytest.mark.parametrize("clock", [False, True])
def test_a_program_with_a_moved_clock_may_sleep_as_ever(clock: bool, tmp_path: Path, library: Path) -> None:
    disk = Disk(library, tmp_path / "work", tmp_path, ())
    disk.set_clock(-86_400)
    told = subprocess.run(
        [sys.executable, "-c", "import time; time.sleep(0); time.sleep(0.01); print(time.time())"],
        env={**os.environ, **disk.environment(clock)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    moved = SystemClock().now().timestamp() - float(told.stdout)
    assert (moved > 86_000) is clock
