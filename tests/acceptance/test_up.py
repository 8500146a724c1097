"""`motcua up`: one command, every address, a clean stop, and one clear line for each trouble."""

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.office_process import ROOT, OfficeProcess, free_port, office_file, running_office, until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeProcess]:
    with running_office(tmp_path_factory.mktemp("up")) as made:
        yield made


def try_up(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`motcua up` where it must refuse."""
    return subprocess.run(
        [sys.executable, "-m", "queue_server.cli", "up", "--headless", *arguments],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def one_line(ran: subprocess.CompletedProcess[str], *words: str) -> None:
    """Refused with one clear line, without a traceback."""
    assert ran.returncode != 0
    lines = [line for line in ran.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, ran.stderr
    for word in words:
        assert word in lines[0]


def test_every_address_is_printed_and_answers(office: OfficeProcess) -> None:
    said = office.log_path.read_text("utf-8")
    for path in ("/counter", "/greeter", "/manager", "/admin", "/healthz", "/display/hall/"):
        assert f"{office.base}{path}" in said
    assert f"127.0.0.1:{office.mqtt}" in said


def test_the_one_time_password_is_in_a_file_only_its_owner_reads(office: OfficeProcess) -> None:
    path = office.dir / "secrets" / "first-sign-in.txt"
    login, password = path.read_text().split()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert password not in office.log_path.read_text("utf-8")
    assert password not in office.logs()
    assert login and len(password) >= 10


def test_no_secret_is_readable_by_others(office: OfficeProcess) -> None:
    kept = [path for path in (office.dir / "secrets").rglob("*") if path.suffix != ".pub"]
    assert len(kept) >= 3
    for path in kept:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_second_up_on_the_same_directory_says_so(office: OfficeProcess) -> None:
    ran = try_up("--dir", str(office.dir), "--http", f"127.0.0.1:{free_port()}")
    one_line(ran, "running", str(office.dir))
    assert office.healthy()


@pytest.mark.parametrize("which", ["--http", "--mqtt"])
def test_a_port_in_use_says_so(tmp_path: Path, which: str) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        other = {"--http": "--mqtt", "--mqtt": "--http"}[which]
        ran = try_up(
            "--dir", str(tmp_path / "o"), which, f"127.0.0.1:{port}", other, f"127.0.0.1:{free_port()}"
        )
    one_line(ran, str(port), which)


def test_a_file_in_place_of_the_directory_says_so(tmp_path: Path) -> None:
    (tmp_path / "o").write_text("not a directory")
    one_line(try_up("--dir", str(tmp_path / "o")), "not a directory")


def test_an_unwritable_directory_says_so(tmp_path: Path) -> None:
    """Root may write anywhere, so the place is one where nobody may: the kernel's own."""
    del tmp_path
    one_line(try_up("--dir", "/proc/motcua-office"), "/proc/motcua-office")


def test_a_full_disk_says_so(tmp_path: Path) -> None:
    """A limit on the size of files stands for a disk that takes nothing more."""
    where = tmp_path / "o"
    limited = f'ulimit -f 2; exec "$0" -m queue_server.cli up --headless --dir {where}'
    ran = subprocess.run(
        ["bash", "-c", limited, sys.executable],
        cwd=ROOT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    one_line(ran, str(tmp_path / "o"), "space")


def test_a_bad_office_file_is_refused_with_its_lines(tmp_path: Path) -> None:
    path = office_file(tmp_path, **{'services = ["cu-tru"]': 'services = ["cu-truu"]'})
    ran = try_up("--dir", str(tmp_path / "o"), "--office", str(path))
    assert ran.returncode != 0
    assert "office-under-test.toml:" in ran.stderr and "cu-tru" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_listening_to_the_network_without_tls_is_refused(tmp_path: Path) -> None:
    ran = try_up("--dir", str(tmp_path / "o"), "--http", f"0.0.0.0:{free_port()}")
    one_line(ran, "TLS")


def test_ctrl_c_stops_everything(tmp_path: Path) -> None:
    """What SIGTERM does is seen at the end of the next test, and of every office."""
    made = OfficeProcess(tmp_path, office_file(tmp_path), "--headless")
    try:
        made.wait_open()
        assert len(made.pids()) >= 3
        made.process.send_signal(signal.SIGINT)
        made.process.wait(30)
        assert made.process.returncode == 0
    finally:
        made.stop()
    assert not made.pids()


def test_a_killed_supervisor_leaves_ports_free_for_the_next_start(tmp_path: Path) -> None:
    first = OfficeProcess(tmp_path, office_file(tmp_path), "--headless")
    first.wait_open()
    first.process.kill()
    first.process.wait()
    until(lambda: not first.pids(" server "), "the orphaned server ends")
    (tmp_path / "again").mkdir()
    again = subprocess.Popen(
        [sys.executable, "-m", "queue_server.cli", "up", "--headless", "--dir", str(first.dir),
         "--office", str(tmp_path / "office-under-test.toml"),
         "--http", f"127.0.0.1:{first.http}", "--mqtt", f"127.0.0.1:{first.mqtt}"],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        until(lambda: again.poll() is not None or first.healthy(), "the next start is open")
        assert again.poll() is None
    finally:
        again.terminate()
        assert again.wait(30) == 0
        assert again.stderr is not None
        again.stderr.close()
    first.log.close()
    assert not first.pids()
