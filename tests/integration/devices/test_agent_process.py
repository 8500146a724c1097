"""The agent as a real process: killed between bytes and outcome, stopped, started twice, on a broker."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from time import monotonic

import pytest
from fakes.ports import free_port
from fakes.printer_mind import Mind
from fakes.printer_twin import TcpTwin
from fakes.slip_samples import print_job

from devices.agent.bridge import request_id
from devices.agent.client import AgentAway, AgentClient
from queue_server.broker.accounts import BrokerAccount, Role
from queue_server.broker.embedded import EmbeddedBroker
from queue_server.broker.listen import Listen
from queue_server.contract.replies import Reply
from queue_server.contract.requests import PrintOutcome
from queue_server.contract.states import DeviceState, PrintJob
from queue_server.contract.topics import Topics
from queue_server.link.client import PahoLink
from queue_server.link.ports import Address, Credentials, Received

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
TOPICS = Topics("thanh-binh")
WITHIN = timedelta(seconds=30)
IN_TIME_S = 10.0
"""Half of what systemd gives; on a quiet machine an agent takes a third of a second."""


def until(condition: object, seconds: float = 30) -> None:
    """Waits for a condition of another process, looking again after a short wait on nothing."""
    deadline = monotonic() + seconds
    pause = threading.Event()
    while not condition():  # type: ignore[operator]
        assert monotonic() < deadline, "it did not come true in time"
        pause.wait(0.01)


class Agent:
    """`python -m devices.agent.main` with a file in `folder`."""

    def __init__(self, folder: Path, address: str, **more: object) -> None:
        self.folder = folder
        self.socket = folder / "s"
        self.config = folder / "agent.json"
        table = {
            "agent": "agent-1",
            "office": "thanh-binh",
            "state_dir": str(folder / "state"),
            "socket": str(self.socket),
            "printers": [{"id": "printer-1", "address": address}],
        }
        self.config.write_text(json.dumps(table | more))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "devices.agent.main", "--config", str(self.config)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        until(self._listens)

    def ask(self, job: PrintJob) -> tuple[str, str]:
        with AgentClient(self.socket, WITHIN) as client:
            answer = client.print_slip(job)
        return answer.outcome, answer.reason

    def ask_in_background(self, job: PrintJob) -> threading.Thread:
        def work() -> None:
            with pytest.raises(AgentAway):
                self.ask(job)

        asker = threading.Thread(target=work)
        asker.start()
        return asker

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(30)

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """The exit code and how long it took."""
        assert self.process is not None
        began = monotonic()
        self.process.send_signal(number)
        return self.process.wait(30), monotonic() - began

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.kill()

    def _listens(self) -> bool:
        assert self.process is not None and self.process.poll() is None, (self.folder / "log").read_text()
        try:
            AgentClient(self.socket).close()
        except AgentAway:
            return False
        return True


def fresh_job(job: str = "job-1") -> PrintJob:
    return print_job(job, expires_at=datetime.now(UTC) + timedelta(minutes=5))


@pytest.fixture
def twin() -> Iterator[TcpTwin]:
    made = TcpTwin(Mind())
    yield made
    made.stop()


@pytest.fixture
def agent(tmp_path: Path, twin: TcpTwin) -> Iterator[Agent]:
    made = Agent(tmp_path, f"tcp://127.0.0.1:{twin.port}")
    yield made
    made.end()


def test_killed_between_the_bytes_and_the_outcome_the_slip_is_unconfirmed_and_never_printed_again(
    agent: Agent, twin: TcpTwin
) -> None:
    twin.mind.answers_in_turn = False
    agent.start()
    asker = agent.ask_in_background(fresh_job())
    assert twin.mind.cut.wait(30)
    agent.kill()
    asker.join(30)
    twin.mind.answers_in_turn = True
    for _ in range(2):
        agent.start()
        assert agent.ask(fresh_job()) == ("unconfirmed", "agent_restarted")
        assert agent.ask(fresh_job()) == ("unconfirmed", "agent_restarted")
        agent.kill()
    assert len(twin.mind.slips) == 1
    agent.start()
    assert agent.ask(fresh_job("job-2")) == ("printed", "")
    assert len(twin.mind.slips) == 2


def test_killed_after_the_outcome_the_outcome_stays(agent: Agent, twin: TcpTwin) -> None:
    agent.start()
    assert agent.ask(fresh_job()) == ("printed", "")
    agent.kill()
    agent.start()
    assert agent.ask(fresh_job()) == ("printed", "")
    assert len(twin.mind.slips) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_in_time_and_takes_its_socket_away(
    agent: Agent, twin: TcpTwin, number: int
) -> None:
    agent.start()
    code, took = agent.stop(number)
    assert (code, took < IN_TIME_S) == (0, True)
    assert not agent.socket.exists()


def test_told_to_stop_in_mid_slip_it_ends_in_time_and_the_slip_is_unconfirmed(
    agent: Agent, twin: TcpTwin
) -> None:
    twin.mind.answers_in_turn = False
    agent.start()
    asker = agent.ask_in_background(fresh_job())
    assert twin.mind.cut.wait(30)
    code, took = agent.stop()
    assert (code, took < IN_TIME_S) == (0, True)
    asker.join(30)
    agent.start()
    assert agent.ask(fresh_job()) == ("unconfirmed", "agent_restarted")


def test_a_second_agent_on_the_same_folder_says_one_line_and_ends(agent: Agent) -> None:
    agent.start()
    command = [sys.executable, "-m", "devices.agent.main", "--config", str(agent.config)]
    second = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=30, check=False)
    assert second.returncode == 1
    assert second.stderr.decode().count("\n") == 1
    assert "give each agent its own `state_dir`" in second.stderr.decode()


def test_a_bad_file_is_one_line_and_exit_2(tmp_path: Path) -> None:
    (tmp_path / "agent.toml").write_text("agent = 1")
    command = [sys.executable, "-m", "devices.agent.main", "--config", str(tmp_path / "agent.toml")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=30, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1


def test_a_simulated_printer_shows_the_slip_as_a_picture(tmp_path: Path) -> None:
    agent = Agent(tmp_path, "sim:slips")
    agent.start()
    try:
        assert agent.ask(fresh_job()) == ("printed", "")
        assert (tmp_path / "state" / "slips" / "job-1.png").is_file()
        assert (tmp_path / "state" / "slips" / "job-1.bin").is_file()
    finally:
        agent.end()


class Server:
    """The server's side of a real broker."""

    def __init__(self, port: int, password: str) -> None:
        credentials = Credentials("server", password)
        self.link = PahoLink(Address("127.0.0.1", port), f"server-{os.getpid()}", credentials)
        self.outcomes: SimpleQueue[PrintOutcome] = SimpleQueue()
        self.states: SimpleQueue[DeviceState] = SimpleQueue()
        self.link.subscribe(TOPICS.request("agent-1", "print-outcome"), self._outcome)
        self.link.subscribe(TOPICS.all_devices, self._state)
        self.link.start()

    def send(self, job: PrintJob) -> None:
        self.link.publish(TOPICS.printer_job(job.printer), job.model_dump_json().encode())

    def reply(self, request: PrintOutcome) -> None:
        reply = Reply(id=request.id, ok=True, at=datetime.now(UTC))
        self.link.publish(TOPICS.reply("agent-1"), reply.model_dump_json().encode())

    def hear(self) -> PrintOutcome:
        return self.outcomes.get(timeout=20)

    def state(self, device: str, state: str) -> DeviceState:
        while True:
            found = self.states.get(timeout=30)
            if (found.device, found.state) == (device, state):
                return found

    def _outcome(self, received: Received) -> None:
        self.outcomes.put(PrintOutcome.model_validate_json(received.payload))

    def _state(self, received: Received) -> None:
        self.states.put(DeviceState.model_validate_json(received.payload))


def test_on_a_real_broker_a_killed_agent_tells_one_outcome_when_it_is_back(
    tmp_path: Path, twin: TcpTwin
) -> None:
    words = {"server": "s" * 24, "agent-1": "a" * 24}
    accounts = [
        BrokerAccount("server", Role.SERVER, words["server"]),
        BrokerAccount("agent-1", Role.PRINTER_AGENT, words["agent-1"], devices=("printer-1",)),
    ]
    port = free_port()
    broker = EmbeddedBroker(tmp_path / "broker", Listen("127.0.0.1", port), "thanh-binh", accounts)
    broker.start()
    server = Server(port, words["server"])
    account = {"port": port, "user": "agent-1", "password": words["agent-1"]}
    agent = Agent(tmp_path, f"tcp://127.0.0.1:{twin.port}", broker=account)
    try:
        agent.start()
        assert server.state("printer-1", "ready").agent == "agent-1"
        server.send(fresh_job("job-0"))
        said = server.hear()
        assert (said.job, said.outcome) == ("job-0", "printed")
        server.reply(said)

        twin.mind.cut.clear()
        twin.mind.answers_in_turn = False
        server.send(fresh_job("job-1"))
        assert twin.mind.cut.wait(30)
        agent.kill()
        server.state("agent-1", "lost")
        twin.mind.answers_in_turn = True

        agent.start()
        server.send(fresh_job("job-1"))
        told = server.hear()
        while told.job != "job-1":
            told = server.hear()
        assert (told.id, told.outcome, told.reason) == (request_id("job-1"), "unconfirmed", "agent_restarted")
        server.reply(told)
        assert len(twin.mind.slips) == 2
        code, took = agent.stop()
        assert (code, took < IN_TIME_S) == (0, True)
        server.state("printer-1", "lost")
    finally:
        agent.end()
        server.link.stop()
        broker.stop()


def test_a_signal_while_the_main_thread_holds_the_event_stops_the_program() -> None:
    program = (
        "import os, signal, threading\n"
        "from devices.agent.signals import stop_on_signals\n"
        "stop = threading.Event()\n"
        "stop_on_signals(stop)\n"
        "with stop._cond:\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "print(stop.wait(30))\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=30, check=True)
    assert done.stdout == b"True\n"


def test_systemd_hears_of_the_agent_that_it_is_ready_that_it_lives_and_that_it_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(20)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "4000000")
        agent = Agent(tmp_path, "sim:slips")
        agent.start()
        try:
            assert systemd.recv(200).startswith(b"READY=1\nSTATUS=1 devices")
            assert [systemd.recv(200) for _ in range(2)] == [b"WATCHDOG=1"] * 2
            assert agent.stop()[0] == 0
            said = systemd.recv(200)
            while said == b"WATCHDOG=1":
                said = systemd.recv(200)
            assert said == b"STOPPING=1"
        finally:
            agent.end()
