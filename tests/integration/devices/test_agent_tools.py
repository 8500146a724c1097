"""`motcua devices list`, `test` and `watch` over the agent's socket, and every device's test."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue
from time import monotonic

import pytest
from fakes.slip_samples import NOW, artist

from devices.agent import tester as testers
from devices.agent import tools
from devices.agent.client import AgentClient
from devices.agent.conditions import Conditions
from devices.agent.outcomes import Outcomes
from devices.agent.protocol import DeviceHealth
from devices.agent.service import PrintService
from devices.agent.socket_server import SocketServer
from devices.display.wishes import Wishes
from devices.health import UnitHealth
from devices.printer.simulated import SimulatedPrinter
from devices.speaker.runner import Announcements

KINDS = {"led-1": "display", "pad-1": "keypad", "loa-1": "speaker"}


class Agent:
    """The parts of an agent that a person talks to."""

    def __init__(self, folder: Path) -> None:
        self.socket, self.slips = folder / "s", folder / "slips"
        self.outcomes = Outcomes(folder / "state", NOW)
        printer = SimulatedPrinter(self.slips, 576)
        self.service = PrintService(
            {"p1": printer}, self.outcomes, artist, lambda: NOW, timedelta(milliseconds=50)
        )
        self.units, self.wishes = Conditions(KINDS), Wishes(monotonic)
        self.said = Announcements()
        tester = testers.Tester(
            self.service, self.units, self.wishes, {"loa-1": self.said}, lambda: None, lambda: NOW, monotonic
        )
        for device in KINDS:
            self.units.changed(device, UnitHealth(True, facts=(("address", "4"),)))
        self.server = SocketServer(self.socket, self.service, self.units, tester.test)
        self.server.start()
        seen = threading.Event()
        self.service.watch(lambda health: seen.set() if health["p1"].reachable else None)
        self.service.start()
        assert seen.wait(30)

    def stop(self) -> None:
        self.server.stop()
        self.service.stop(timedelta(seconds=5))
        self.outcomes.close()


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[Agent]:
    made = Agent(tmp_path)
    yield made
    made.stop()


def run(agent: Agent, *words: str) -> int:
    return tools.main(["--socket", str(agent.socket), *words])


def test_every_device_has_its_line_and_a_lost_one_makes_it_fail(
    agent: Agent, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(agent, "list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "● p1    printer ready  paper=ok, cover=closed"
    assert lines[1] == "● led-1 display ready  address=4"
    agent.units.changed("led-1", UnitHealth(False, "no_answer"))
    assert run(agent, "list") == 1
    assert "✗ led-1 display lost   error=no_answer" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("device", "said", "code"),
    [("p1", "printed", 0), ("led-1", "ok", 0), ("pad-1", "ok", 0), ("khong-co", "unknown device", 1)],
)
def test_a_test_says_what_came_of_it(
    agent: Agent, capsys: pytest.CaptureFixture[str], device: str, said: str, code: int
) -> None:
    assert run(agent, "test", device) == code
    assert capsys.readouterr().out == f"{device}: {said}\n"


def test_a_test_slip_is_drawn_and_a_display_shows_its_pattern(agent: Agent) -> None:
    run(agent, "test", "p1")
    assert len(list(agent.slips.glob("test-*.png"))) == 1
    run(agent, "test", "led-1")
    assert agent.wishes.of("led-1").test
    assert agent.units.words("led-1")["test_result"] == "ok"


def test_every_test_of_a_printer_prints_a_slip_of_its_own(agent: Agent) -> None:
    for _ in range(3):
        assert run(agent, "test", "p1") == 0
    assert len(list(agent.slips.glob("test-*.png"))) == 3


def test_a_printer_without_paper_and_a_lost_display_fail_their_tests(
    agent: Agent, capsys: pytest.CaptureFixture[str]
) -> None:
    (agent.slips / "fault").write_text("paper_out")
    agent.units.changed("led-1", UnitHealth(False, "no_answer"))
    assert (run(agent, "test", "p1"), run(agent, "test", "led-1")) == (1, 1)
    assert capsys.readouterr().out == "p1: failed: paper_out\nled-1: failed: lost\n"


def test_a_speakers_test_is_answered_when_it_has_been_heard(agent: Agent) -> None:
    answers: SimpleQueue[str] = SimpleQueue()

    def ask() -> None:
        with AgentClient(agent.socket) as client:
            answers.put(client.test("loa-1"))

    asking = threading.Thread(target=ask)
    asking.start()
    sound = agent.said.waiting.get(timeout=30)
    assert sound.clips[0].key == "chime" and answers.empty()
    sound.done("")
    assert answers.get(timeout=30) == "ok"
    asking.join(30)


def test_watching_tells_changes_of_every_kind_of_device(agent: Agent) -> None:
    with AgentClient(agent.socket) as client:
        stream = client.watch()
        before = {one.device: one for one in next(stream).devices}
        agent.units.changed("pad-1", UnitHealth(False, "unplugged"))
        (changed,) = tools.changes(before, next(stream).devices)
    assert (changed.device, changed.kind, changed.state) == ("pad-1", "keypad", "lost")


def test_only_what_changed_gets_a_line() -> None:
    one = DeviceHealth(device="a", state="ready", can_print=True)
    other = DeviceHealth(device="b", state="lost", can_print=False)
    assert tools.changes({"a": one}, [one, other]) == [other]
    assert tools.rows([]) == []


def test_without_an_agent_it_is_said_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tools.main(["--socket", str(tmp_path / "none"), "list"]) == 3
    assert "motcua up" in capsys.readouterr().err
