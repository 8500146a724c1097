"""The agent on the broker: jobs in, outcomes and health out, each once and none lost."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue

import pytest
from fakes.slip_samples import NOW, artist, print_job
from PIL import Image

from devices.agent.bridge import Bridge, request_id, will
from devices.agent.outcomes import Outcomes
from devices.agent.service import PrintService
from devices.health import Health
from devices.ports import Outcome
from queue_server.contract.replies import RefusalView, Reply
from queue_server.contract.requests import PrintOutcome
from queue_server.contract.states import DeviceState, PrintJob
from queue_server.contract.topics import Topics
from queue_server.link.loopback import MemoryBroker
from queue_server.link.ports import Received

TOPICS = Topics("thanh-binh")
AGENT = "agent-1"
WELL = Health(reachable=True, paper="ok", cover="closed")


class Printer:
    dots = 576

    def __init__(self) -> None:
        self.jobs: list[str] = []
        self.outcome = Outcome("printed")
        self.how = WELL

    def print_slip(self, image: Image.Image, job: str) -> Outcome:
        self.jobs.append(job)
        return self.outcome

    def health(self) -> Health:
        return self.how

    def close(self) -> None:
        pass


class Office:
    """The server's side of a broker in memory."""

    def __init__(self, broker: MemoryBroker) -> None:
        self.link = broker.link()
        self.heard: SimpleQueue[PrintOutcome] = SimpleQueue()
        self.states: SimpleQueue[DeviceState] = SimpleQueue()
        self.link.subscribe(TOPICS.request(AGENT, "print-outcome"), self._outcome)
        self.link.subscribe(TOPICS.all_devices, self._state)
        self.link.start()

    def send(self, job: PrintJob, printer: str = "printer-1") -> None:
        self.link.publish(TOPICS.printer_job(printer), job.model_dump_json().encode())

    def reply(self, request: PrintOutcome, code: str = "") -> None:
        refusal = RefusalView(code=code, sentence="no") if code else None
        reply = Reply(id=request.id, ok=not code, at=NOW, refusal=refusal)
        self.link.publish(TOPICS.reply(AGENT), reply.model_dump_json().encode())

    def hear(self) -> PrintOutcome:
        return self.heard.get(timeout=30)

    def state(self, device: str, state: str) -> DeviceState:
        while True:
            found = self.states.get(timeout=30)
            if (found.device, found.state) == (device, state):
                return found

    def _outcome(self, received: Received) -> None:
        self.heard.put(PrintOutcome.model_validate_json(received.payload))

    def _state(self, received: Received) -> None:
        self.states.put(DeviceState.model_validate_json(received.payload))


class Machine:
    """An agent on that broker; `restart` is a new process on the same disk."""

    def __init__(self, broker: MemoryBroker, folder: Path) -> None:
        self.broker, self.folder = broker, folder
        self.printer = Printer()
        self.ahead: timedelta | None = timedelta()
        self.start()

    def start(self) -> None:
        self.outcomes = Outcomes(self.folder, NOW)
        self.service = PrintService(
            {"printer-1": self.printer}, self.outcomes, artist, lambda: NOW, timedelta(milliseconds=20)
        )
        self.link = self.broker.link(will(TOPICS, AGENT, lambda: NOW))
        self.bridge = Bridge(
            self.link,
            TOPICS,
            AGENT,
            self.service,
            self.outcomes,
            lambda: NOW,
            "motcua 1",
            timedelta(milliseconds=30),
            ahead=lambda: self.ahead,
        )
        self.bridge.start()
        self.service.start()
        self.link.start()

    def stop(self) -> None:
        self.bridge.stop()
        self.link.stop()
        self.service.stop(timedelta(seconds=10))
        self.outcomes.close()

    def restart(self) -> None:
        self.stop()
        self.start()


@pytest.fixture
def broker() -> MemoryBroker:
    return MemoryBroker()


@pytest.fixture
def office(broker: MemoryBroker) -> Office:
    return Office(broker)


@pytest.fixture
def machine(broker: MemoryBroker, office: Office, tmp_path: Path) -> Iterator[Machine]:
    made = Machine(broker, tmp_path)
    yield made
    made.stop()


def test_a_job_of_the_server_is_printed_and_its_outcome_told(office: Office, machine: Machine) -> None:
    office.send(print_job())
    said = office.hear()
    assert (said.job, said.ticket, said.outcome, said.reason) == ("job-1", "t-job-1", "printed", "")
    assert machine.printer.jobs == ["job-1"]


@pytest.mark.parametrize("minutes", [10, -10, 1440])
def test_a_job_expires_by_the_servers_clock_whatever_this_machines_says(
    minutes: int, office: Office, machine: Machine
) -> None:
    machine.ahead = timedelta(minutes=minutes)
    at_the_server = NOW - machine.ahead
    office.send(print_job().model_copy(update={"expires_at": at_the_server + timedelta(seconds=50)}))
    assert office.hear().outcome == "printed"
    late = print_job("job-2").model_copy(update={"expires_at": at_the_server - timedelta(seconds=1)})
    office.send(late)
    while (said := office.hear()).job == "job-1":
        office.reply(said)
    assert (said.outcome, machine.printer.jobs) == ("failed", ["job-1"])


def test_what_seems_to_have_expired_waits_until_the_servers_clock_is_known(
    office: Office, machine: Machine
) -> None:
    machine.ahead = None
    job = print_job().model_copy(update={"expires_at": NOW - timedelta(minutes=9)})
    office.send(job)
    machine.ahead = timedelta(minutes=10)
    office.send(job)
    assert office.hear().outcome == "printed"


def test_an_outcome_is_told_again_under_the_same_id_until_the_server_has_replied(
    office: Office, machine: Machine
) -> None:
    office.send(print_job())
    first, second = office.hear(), office.hear()
    assert first == second
    assert first.id == request_id("job-1")
    office.reply(first)
    assert machine.outcomes.owed() == ()


@pytest.mark.parametrize("code", ["storage_failed", "draining"])
def test_a_server_that_could_not_keep_the_outcome_is_told_again(
    code: str, office: Office, machine: Machine
) -> None:
    office.send(print_job())
    said = office.hear()
    office.reply(said, code)
    assert [owed.job for owed in machine.outcomes.owed()] == ["job-1"]
    assert office.hear() == said
    office.reply(said, "ticket_unknown")
    assert machine.outcomes.owed() == ()


def test_a_job_published_again_is_answered_and_not_printed_again(office: Office, machine: Machine) -> None:
    office.send(print_job())
    office.reply(office.hear())
    for _ in range(3):
        office.send(print_job())
    assert office.hear().outcome == "printed"
    assert machine.printer.jobs == ["job-1"]


def test_a_job_for_another_printer_and_a_message_that_is_no_job_are_dropped(
    office: Office, machine: Machine
) -> None:
    office.send(print_job("wrong", printer="printer-2"))
    office.link.publish(TOPICS.printer_job("printer-1"), b"\xff{")
    office.send(print_job("right"))
    assert office.hear().job == "right"
    assert machine.printer.jobs == ["right"]


def test_an_expired_job_is_told_as_failed(office: Office, machine: Machine) -> None:
    office.send(print_job(expires_at=NOW - timedelta(seconds=1)))
    said = office.hear()
    assert (said.outcome, said.reason) == ("failed", "expired")
    assert machine.printer.jobs == []


def test_an_outcome_waits_for_the_broker(broker: MemoryBroker, office: Office, machine: Machine) -> None:
    told = threading.Event()
    broker.go_down()
    machine.service.submit(print_job(), True, lambda *_: told.set())
    assert told.wait(10)
    assert office.heard.empty()
    broker.come_up()
    assert office.hear().outcome == "printed"


def test_a_job_in_hand_when_the_agent_was_killed_is_told_as_unconfirmed_once(
    office: Office, machine: Machine
) -> None:
    machine.outcomes.begin("job-1", "t-job-1", True, NOW)
    machine.restart()
    said = office.hear()
    assert (said.outcome, said.reason) == ("unconfirmed", "agent_restarted")
    office.reply(said)
    office.send(print_job())
    assert office.hear() == said
    assert machine.printer.jobs == []


def test_a_kiosks_own_slip_is_not_told_to_the_server(office: Office, machine: Machine) -> None:
    printed = threading.Event()
    machine.service.submit(print_job("local"), False, lambda *_: printed.set())
    assert printed.wait(10)
    office.send(print_job("remote"))
    assert office.hear().job == "remote"
    assert [owed.job for owed in machine.outcomes.owed()] == ["remote"]


def test_health_is_retained_and_follows_every_change(
    broker: MemoryBroker, office: Office, machine: Machine
) -> None:
    assert office.state("printer-1", "ready").health == {"paper": "ok", "cover": "closed"}
    machine.printer.how = Health(reachable=True, paper="out", cover="closed")
    degraded = office.state("printer-1", "degraded")
    assert (degraded.kind, degraded.agent, degraded.software) == ("printer", AGENT, "motcua 1")
    assert degraded.health["paper"] == "out"
    machine.printer.how = WELL
    ready = office.state("printer-1", "ready")
    assert ready.version > degraded.version
    kept = broker.retained(TOPICS.device_state("printer-1"))
    assert kept is not None and DeviceState.model_validate_json(kept).state == "ready"


def test_states_are_published_again_when_the_broker_forgot_them(
    broker: MemoryBroker, office: Office, machine: Machine
) -> None:
    office.state("printer-1", "ready")
    broker.go_down(forget=True)
    broker.come_up()
    kept = broker.retained(TOPICS.device_state("printer-1"))
    assert kept is not None and DeviceState.model_validate_json(kept).state == "ready"
    assert broker.retained(TOPICS.device_state(AGENT)) is not None


def test_an_agent_that_dies_is_lost_by_its_will_and_one_that_stops_says_so(
    broker: MemoryBroker, office: Office, machine: Machine
) -> None:
    assert office.state(AGENT, "ready").kind == "agent"
    machine.link.die()
    assert office.state(AGENT, "lost").agent == AGENT
    machine.restart()
    office.state(AGENT, "ready")
    machine.bridge.stop()
    assert office.state("printer-1", "lost").agent == AGENT
    office.state(AGENT, "lost")


def test_an_agent_with_an_unwell_printer_is_degraded(office: Office, machine: Machine) -> None:
    machine.printer.how = Health(reachable=True, paper="out", cover="closed")
    office.state(AGENT, "degraded")


def test_no_message_carries_what_is_on_the_slip(
    broker: MemoryBroker, office: Office, machine: Machine
) -> None:
    office.send(print_job())
    said = office.hear().model_dump_json()
    state = broker.retained(TOPICS.device_state("printer-1")) or b""
    for secret in ("A012", "Chứng thực", "https://"):
        assert secret not in said
        assert secret.encode() not in state
