"""Slips through a real device agent with its simulated printer, and through agents that go away."""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from fakes.kiosk_office import NOW, issued

from devices import clock
from devices.agent.config import AgentConfig, PrinterConfig
from devices.agent.main import run
from devices.agent.protocol import MAX_LINE, DeviceHealth, Healths, Print, Printed, Watch, line, read_question
from kiosk.agent_client import AgentPrinter
from kiosk.ports import SlipOutcome
from kiosk.printer_watch import PrinterWatch
from kiosk.session.actions import Action
from kiosk.session.heard import PrintersTold
from queue_server.contract.states import PrintJob

QUICK = timedelta(seconds=0.05)
DEADLINE_S = 30.0


def a_job(name: str = "job-12", printer: str = "default") -> PrintJob:
    slip = issued("A012", "chung-thuc", "vi", None, 12).slip
    life = clock.now() + timedelta(seconds=60)
    return PrintJob(id=name, ticket="ticket-12", printer=printer, slip=slip, expires_at=life)


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[AgentConfig]:
    """A running agent of this machine; its printer is a folder."""
    config = AgentConfig(
        agent="agent",
        office="thanh-binh",
        printers=(PrinterConfig(id="printer", address="sim:slips"),),
        state_dir=tmp_path,
        socket=tmp_path / "s",
    )
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(config, stop))
    thread.start()
    end = monotonic() + DEADLINE_S
    while not config.socket_path.exists():
        assert monotonic() < end, "the agent did not start"
        threading.Event().wait(0.02)
    yield config
    stop.set()
    thread.join(DEADLINE_S)


def test_a_slip_comes_out_of_the_machines_printer(agent: AgentConfig) -> None:
    printer = AgentPrinter(agent.socket_path, monotonic)
    assert printer.print(a_job()) == SlipOutcome("printed")
    assert list((agent.state_dir / "slips").rglob("*.png"))


def test_the_same_job_is_printed_once_and_answered_again(agent: AgentConfig) -> None:
    printer = AgentPrinter(agent.socket_path, monotonic)
    first = printer.print(a_job())
    before = len(list((agent.state_dir / "slips").rglob("*.png")))
    assert printer.print(a_job()) == first
    assert len(list((agent.state_dir / "slips").rglob("*.png"))) == before


def test_a_printer_of_another_name_is_a_failure_not_a_wait(agent: AgentConfig) -> None:
    outcome = AgentPrinter(agent.socket_path, monotonic).print(a_job(printer="other"))
    assert outcome.state == "failed"


def test_a_machine_without_an_agent_has_no_printer(tmp_path: Path) -> None:
    nobody = AgentPrinter(tmp_path / "nobody", monotonic, again_after=QUICK)
    assert nobody.print(a_job()) == SlipOutcome("failed", "offline")
    assert AgentPrinter(None, monotonic).print(a_job()) == SlipOutcome("failed", "offline")


class Script:
    """An agent that treats each connection as its line of the script says."""

    def __init__(self, path: Path, *acts: Callable[[socket.socket, Print], None]) -> None:
        self.path, self.asked = path, []  # type: tuple[Path, list[Print]]
        self._acts = list(acts)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(str(path))
        self._socket.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        for act in self._acts:
            connection, _ = self._socket.accept()
            with connection, connection.makefile("rb") as file:
                question = read_question(file.readline(MAX_LINE))
                assert isinstance(question, Print)
                self.asked.append(question)
                act(connection, question)


def answers(outcome: str, reason: str = "") -> Callable[[socket.socket, Print], None]:
    def act(connection: socket.socket, question: Print) -> None:
        told = Printed.model_validate(
            {"id": question.id, "job": question.job.id, "outcome": outcome, "reason": reason}
        )
        connection.sendall(line(told))

    return act


def dies(_connection: socket.socket, _question: Print) -> None:
    """The agent goes down between the job and its outcome."""


def test_an_agent_that_went_down_with_the_job_is_asked_again_for_the_same_job(tmp_path: Path) -> None:
    script = Script(tmp_path / "s", dies, answers("unconfirmed", "agent_restarted"))
    outcome = AgentPrinter(tmp_path / "s", monotonic, again_after=QUICK).print(a_job())
    assert outcome == SlipOutcome("unconfirmed", "agent_restarted")
    assert [question.job.id for question in script.asked] == ["job-12", "job-12"]
    script.close()


def test_an_agent_that_took_the_job_and_never_came_back_leaves_it_unconfirmed(tmp_path: Path) -> None:
    script = Script(tmp_path / "s", dies)
    printer = AgentPrinter(tmp_path / "s", monotonic, timedelta(seconds=0.5), QUICK)
    assert printer.print(a_job()) == SlipOutcome("unconfirmed", "timeout")
    script.close()


def test_what_the_agent_says_is_what_the_kiosk_hears(tmp_path: Path) -> None:
    script = Script(tmp_path / "s", answers("failed", "paper_out"))
    assert AgentPrinter(tmp_path / "s", monotonic).print(a_job()) == SlipOutcome("failed", "paper_out")
    assert script.asked[0].job.slip.number == "A012"
    assert script.asked[0].job.expires_at > NOW.replace(year=2000)
    script.close()


def test_the_spare_that_took_over_is_named(tmp_path: Path) -> None:
    def spare(connection: socket.socket, question: Print) -> None:
        told = Printed(id=question.id, job=question.job.id, outcome="printed", printer="in-2")
        connection.sendall(line(told))

    script = Script(tmp_path / "s", spare)
    assert AgentPrinter(tmp_path / "s", monotonic).print(a_job()) == SlipOutcome("printed", printer="in-2")
    script.close()


class Heard:
    """What a watch tells, waited for with a deadline."""

    def __init__(self) -> None:
        self.told: list[Action] = []
        self._changed = threading.Condition()

    def __call__(self, action: Action) -> None:
        with self._changed:
            self.told.append(action)
            self._changed.notify_all()

    def wait_for(self, action: Action) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.told[-1:] == [action], DEADLINE_S), self.told


def test_a_printers_trouble_is_heard_before_a_print_and_ends_by_itself(agent: AgentConfig) -> None:
    heard = Heard()
    watch = PrinterWatch(agent.socket_path, heard, QUICK)
    watch.start()
    heard.wait_for(PrintersTold((("printer", ""),)))
    (agent.state_dir / "slips" / "fault").write_text("paper_out", encoding="utf-8")
    heard.wait_for(PrintersTold((("printer", "paper_out"),)))
    (agent.state_dir / "slips" / "fault").unlink()
    heard.wait_for(PrintersTold((("printer", ""),)))
    watch.stop()


def test_an_agent_that_stays_away_is_told_once_and_its_return_too(tmp_path: Path) -> None:
    heard = Heard()
    watch = PrinterWatch(tmp_path / "s", heard, QUICK)
    watch.start()
    heard.wait_for(PrintersTold(None))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        connection, _ = server.accept()
        with connection, connection.makefile("rb") as file:
            assert isinstance(read_question(file.readline(MAX_LINE)), Watch)
            well = DeviceHealth(device="in-1", state="ready", can_print=True)
            connection.sendall(line(Healths(id="watch", devices=(well,))))
            heard.wait_for(PrintersTold((("in-1", ""),)))
    assert heard.told == [PrintersTold(None), PrintersTold((("in-1", ""),))]
    watch.stop()
