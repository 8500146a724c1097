"""The agent's socket: a kiosk asks, gets one outcome, and hears of every change of health."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fakes.slip_samples import NOW, artist, print_job

from devices.agent import socket_server
from devices.agent.client import AgentAway, AgentClient
from devices.agent.outcomes import Outcomes
from devices.agent.protocol import MAX_LINE, Healths, NotUnderstood, Print, Printed, line, read_answer
from devices.agent.service import PrintService
from devices.agent.socket_server import SocketServer, SocketUnusable
from devices.printer.simulated import FAULT_FILE, SimulatedPrinter

WITHIN = timedelta(seconds=30)


class Machine:
    def __init__(self, folder: Path) -> None:
        self.slips = folder / "slips"
        self.path = folder / "agent.sock"
        self.outcomes = Outcomes(folder / "state", NOW)
        self.service = PrintService(
            {"printer-1": SimulatedPrinter(self.slips, 576)},
            self.outcomes,
            artist,
            lambda: NOW,
            timedelta(milliseconds=20),
        )
        self.server = SocketServer(self.path, self.service)
        self.server.start()
        self.service.start()

    def client(self) -> AgentClient:
        return AgentClient(self.path, WITHIN)

    def stop(self) -> None:
        self.server.stop()
        self.service.stop(WITHIN)
        self.outcomes.close()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path)
    yield made
    made.stop()


def raw(machine: Machine, data: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as plain:
        plain.settimeout(30)
        plain.connect(str(machine.path))
        plain.sendall(data)
        return plain.makefile("rb").readline()


def test_a_kiosk_prints_and_gets_the_outcome(machine: Machine) -> None:
    with machine.client() as client:
        answer = client.print_slip(print_job())
    assert (answer.job, answer.outcome, answer.reason) == ("job-1", "printed", "")
    assert (machine.slips / "job-1.png").is_file()


def test_asking_again_on_another_connection_prints_nothing_and_answers_the_same(machine: Machine) -> None:
    with machine.client() as client:
        first = client.print_slip(print_job())
    (machine.slips / "job-1.png").unlink()
    with machine.client() as client:
        assert client.print_slip(print_job()) == first
    assert not (machine.slips / "job-1.png").exists()


def test_a_failed_slip_says_why_and_a_new_job_prints_when_paper_is_back(machine: Machine) -> None:
    machine.slips.mkdir(exist_ok=True)
    (machine.slips / FAULT_FILE).write_text("paper_out")
    with machine.client() as client:
        failed = client.print_slip(print_job("job-1"))
        assert (failed.outcome, failed.reason) == ("failed", "paper_out")
        (machine.slips / FAULT_FILE).unlink()
        assert client.print_slip(print_job("job-2")).outcome == "printed"


def test_health_is_told_when_asked_and_after_every_change(machine: Machine) -> None:
    with machine.client() as client:
        client.print_slip(print_job())
        [device] = client.health().devices
        assert (device.device, device.state, device.can_print) == ("printer-1", "ready", True)
        assert device.health == {"paper": "ok", "cover": "closed"}
    with machine.client() as client:
        seen = client.watch()
        assert next(seen).devices[0].state == "ready"
        (machine.slips / FAULT_FILE).write_text("cover_open")
        changed = next(seen).devices[0]
        assert (changed.state, changed.can_print, changed.health["cover"]) == ("degraded", False, "open")


def test_closing_the_client_ends_its_watch(machine: Machine) -> None:
    client = machine.client()
    seen = client.watch()
    next(seen)
    ended = threading.Event()

    def listen() -> None:
        with pytest.raises(AgentAway):
            next(seen)
        ended.set()

    threading.Thread(target=listen).start()
    client.close()
    assert ended.wait(30)


def test_several_questions_on_one_connection_are_all_answered(machine: Machine) -> None:
    jobs = [print_job(f"job-{number}") for number in range(5)]
    lines = b"".join(line(Print(id=job.id, job=job)) for job in jobs)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as plain:
        plain.settimeout(30)
        plain.connect(str(machine.path))
        plain.sendall(lines)
        file = plain.makefile("rb")
        answers = [read_answer(file.readline()) for _ in jobs]
    assert [answer.job for answer in answers if isinstance(answer, Printed)] == [job.id for job in jobs]


NONSENSE = [b"{}\n", b"\xff\xfe\n", b'{"do":"dance","id":"1"}\n', b'{"do":"print","id":"1"}\n']


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_a_line_that_is_no_question_is_answered_and_hurts_nobody(machine: Machine, nonsense: bytes) -> None:
    assert isinstance(read_answer(raw(machine, nonsense)), NotUnderstood)
    health = read_answer(raw(machine, b'{"do":"health","id":"h1"}\n'))
    assert isinstance(health, Healths) and health.id == "h1"


def test_an_endless_line_is_cut_off(machine: Machine) -> None:
    assert isinstance(read_answer(raw(machine, b"x" * (MAX_LINE + 1))), NotUnderstood)


def test_a_client_that_leaves_in_mid_job_changes_nothing(machine: Machine) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as plain:
        plain.connect(str(machine.path))
        job = print_job()
        plain.sendall(b'{"do":"print","id":"1","job":%s}\n' % job.model_dump_json().encode())
    with machine.client() as client:
        assert client.print_slip(print_job("job-2")).outcome == "printed"
        assert client.print_slip(job).outcome == "printed"


def test_only_this_user_and_group_may_connect(machine: Machine) -> None:
    assert machine.path.stat().st_mode & 0o777 == 0o660


def test_a_second_agent_on_the_same_socket_is_refused_and_a_left_over_one_is_replaced(
    machine: Machine, tmp_path: Path
) -> None:
    with pytest.raises(SocketUnusable, match="another agent already listens"):
        SocketServer(machine.path, machine.service).start()
    left_over = tmp_path / "old.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead:
        dead.bind(str(left_over))
    server = SocketServer(left_over, machine.service)
    server.start()
    AgentClient(left_over, WITHIN).close()
    server.stop()


def test_a_path_too_long_for_a_socket_is_a_sentence(machine: Machine, tmp_path: Path) -> None:
    with pytest.raises(SocketUnusable, match="shorter path"):
        SocketServer(tmp_path / ("x" * 120), machine.service).start()


def test_no_agent_is_said_as_away(tmp_path: Path) -> None:
    with pytest.raises(AgentAway):
        AgentClient(tmp_path / "nobody.sock")


def test_an_agent_out_of_files_takes_clients_again_when_it_has_some(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[socket.socket] = []
    accept = socket.socket.accept

    def full(listener: socket.socket) -> tuple[socket.socket, object]:
        taken = accept(listener)
        if refused:
            return taken
        refused.append(taken[0])
        taken[0].close()
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(socket.socket, "accept", full)
    monkeypatch.setattr(socket_server, "_AGAIN_AFTER_SECONDS", 0.01)
    with machine.client() as client:  # by the call that was under way
        assert client.health().devices
    with pytest.raises(AgentAway), machine.client() as client:
        client.health()
    with machine.client() as client:
        assert client.health().devices and refused
