"""Every trouble of a printer reaches the broker, and clears by itself; it is looked at every second."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from time import monotonic

import pytest
from fakes.printer_mind import STATUS, Mind
from fakes.printer_twin import TcpTwin
from fakes.slip_samples import artist, drawn, print_job

from devices.agent.bridge import Bridge
from devices.agent.outcomes import Outcomes
from devices.agent.service import PrintService
from devices.agent.worker import LOOK_EVERY
from devices.ports import Outcome
from devices.printer.escpos_printer import EscposPrinter
from devices.printer.network import NetworkLine
from queue_server.contract.states import DeviceState
from queue_server.contract.topics import Topics
from queue_server.link.loopback import MemoryBroker

TOPICS = Topics("thanh-binh")
PATIENCE_S = 30.0
SAID = {
    "near_end": ("paper", "near_end"),
    "paper_out": ("paper", "out"),
    "cover_open": ("cover", "open"),
    "cutter": ("error", "cutter"),
    "offline": ("error", "offline"),
    "overheated": ("error", "overheated"),
    "unrecoverable": ("error", "unrecoverable"),
}


def now() -> datetime:
    return datetime.now(UTC)


class Bench:
    """An agent's print service and bridge with the times of the real one, a twin, and a listener."""

    def __init__(self, folder: Path, mind: Mind, look_every: timedelta = LOOK_EVERY) -> None:
        self.twin = TcpTwin(mind)
        printer = EscposPrinter(NetworkLine("127.0.0.1", self.twin.port), 576, monotonic)
        self.outcomes = Outcomes(folder, now())
        self.service = PrintService(
            {"p1": printer}, self.outcomes, artist, now, look_every=look_every, monotonic=monotonic
        )
        broker = MemoryBroker()
        self.link = broker.link()
        self.bridge = Bridge(self.link, TOPICS, "agent", self.service, self.outcomes, now)
        self.states: SimpleQueue[DeviceState] = SimpleQueue()
        self.listener = broker.link()
        self.listener.subscribe(
            TOPICS.device_state("p1"), lambda r: self.states.put(DeviceState.model_validate_json(r.payload))
        )
        self.listener.start()
        self.bridge.start()
        self.service.start()
        self.link.start()
        self.wait(lambda state: state.state == "ready")

    def wait(self, wanted: object) -> None:
        began = monotonic()
        while True:
            state = self.states.get(timeout=max(0.001, began + PATIENCE_S - monotonic()))
            if wanted(state):  # type: ignore[operator]
                return

    def stop(self) -> None:
        self.bridge.stop()
        self.link.stop()
        self.service.stop(timedelta(seconds=5))
        self.outcomes.close()
        self.twin.stop()


@pytest.fixture(params=[pytest.param(False, marks=pytest.mark.slow), True], ids=["asked", "told by itself"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path, Mind(offers_automatic=request.param), look_every=LOOK_EVERY / 5)
    yield made
    made.stop()


def test_every_trouble_is_told_and_clears_by_itself(bench: Bench) -> None:
    assert timedelta(seconds=1) >= LOOK_EVERY
    assert set(SAID) == set(STATUS) - {"well"}
    for how, (key, value) in SAID.items():
        bench.twin.become(how)
        bench.wait(lambda state, key=key, value=value: state.health.get(key) == value)
        bench.twin.become("well")
        bench.wait(lambda state: state.state == "ready")


def test_a_printer_that_tells_by_itself_is_heard_between_two_looks(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Mind(offers_automatic=True), look_every=timedelta(hours=1))
    for _ in range(3):
        bench.twin.become("paper_out")
        bench.wait(lambda state: state.health.get("paper") == "out")
        bench.twin.become("well")
        bench.wait(lambda state: state.state == "ready")
    bench.stop()


def test_a_slip_prints_as_ever_where_status_comes_by_itself_and_news_goes_on_after_it(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Mind(offers_automatic=True))
    told: SimpleQueue[Outcome] = SimpleQueue()
    for number in range(2):
        job = print_job(f"job-{number}", printer="p1", expires_at=now() + timedelta(seconds=60))
        bench.service.submit(job, False, lambda _, outcome: told.put(outcome))
        assert told.get(timeout=30) == Outcome("printed")
    assert len(bench.twin.mind.slips) == 2
    bench.twin.become("cover_open")
    bench.wait(lambda state: state.health.get("cover") == "open")
    bench.stop()


def test_automatic_status_does_not_prove_a_slip() -> None:
    twin = TcpTwin(Mind(offers_automatic=True))
    short = timedelta(seconds=0.4)
    printer = EscposPrinter(
        NetworkLine("127.0.0.1", twin.port),
        576,
        monotonic,
        answer_within=short,
        proof_within=timedelta(seconds=1),
    )
    printer.health()
    twin.mind.answers_in_turn = False
    assert printer.print_slip(drawn(), "job") == Outcome("unconfirmed", "no_proof")
    printer.close()
    twin.stop()
