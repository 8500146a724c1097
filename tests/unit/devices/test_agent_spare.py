"""A second printer takes over, half a slip comes anew as "IN LẠI", a driver that hangs is replaced."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue

import pytest
from fakes.slip_samples import NOW, artist, print_job
from PIL import Image

from devices.agent.outcomes import Outcomes
from devices.agent.service import PrintService
from devices.health import LOST, Health
from devices.ports import Outcome, SlipPrinter
from devices.receipts.slips import SlipArtist
from queue_server.contract.values import Slip

WELL = Health(reachable=True, paper="ok", cover="closed")
HALF = Outcome("failed", "paper_out", partial=True)


class Printer:
    dots = 576

    def __init__(self) -> None:
        self.jobs: list[str] = []
        self.outcome = Outcome("printed")
        self.how = WELL
        self.gate = threading.Event()
        self.gate.set()
        self.busy = threading.Event()

    def print_slip(self, image: Image.Image, job: str) -> Outcome:
        self.jobs.append(job)
        outcome = self.outcome
        self.busy.set()
        self.gate.wait(10)
        return outcome

    def health(self) -> Health:
        return self.how

    def close(self) -> None:
        pass


class Watching:
    """Draws as ever, and keeps what it was asked to draw."""

    def __init__(self, drawn: list[Slip]) -> None:
        self.drawn = drawn

    def image(self, slip: Slip, dots: int) -> Image.Image:
        self.drawn.append(slip)
        return artist().image(slip, dots)


class Bench:
    def __init__(self, folder: Path, spares: dict[str, str]) -> None:
        self.folder, self.spares = folder, spares
        self.p1, self.p2 = Printer(), Printer()
        self.fresh: list[Printer] = []
        self.clock = 1.0
        self.told: SimpleQueue[tuple[str, Outcome]] = SimpleQueue()
        self.drawn: list[Slip] = []
        self.start()

    def start(self) -> None:
        self.outcomes = Outcomes(self.folder, NOW)
        self.service = PrintService(
            {"p1": self.p1, "p2": self.p2},
            self.outcomes,
            self.artist,
            lambda: NOW,
            timedelta(milliseconds=20),
            spares=self.spares,
            reopen=self.reopen,
            monotonic=lambda: self.clock,
        )
        self.service.start()

    def artist(self) -> SlipArtist:
        return Watching(self.drawn)  # type: ignore[return-value]

    def reopen(self, device: str) -> SlipPrinter:
        self.fresh.append(Printer())
        return self.fresh[-1]

    def ask(self, job: str, **fields: object) -> None:
        made = print_job(job, printer="p1", **{"ticket": "t-1", **fields})  # type: ignore[arg-type]
        self.service.submit(made, False, lambda *said: self.told.put(said))

    def hear(self) -> tuple[str, Outcome]:
        return self.told.get(timeout=30)

    def stop(self) -> None:
        for printer in (self.p1, self.p2, *self.fresh):
            printer.gate.set()
        self.service.stop(timedelta(seconds=10))
        self.outcomes.close()

    def restart(self) -> None:
        self.stop()
        self.start()


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def one(**spares: str) -> Bench:
        made.append(Bench(tmp_path, spares))
        return made[-1]

    yield one
    for bench in made:
        bench.stop()


@pytest.mark.parametrize("reason", ["paper_out", "cover_open", "offline", "timeout"])
def test_the_spare_prints_what_the_printer_cannot(make: Callable[..., Bench], reason: str) -> None:
    bench = make(p1="p2")
    bench.p1.outcome = Outcome("failed", reason)  # type: ignore[arg-type]
    bench.ask("job-1")
    job, outcome = bench.hear()
    assert (job, outcome.result, outcome.printer) == ("job-1", "printed", "p2")
    assert (bench.p1.jobs, bench.p2.jobs) == (["job-1"], ["job-1"])
    assert not any(slip.reprint for slip in bench.drawn), "nothing of it had come out"


def test_a_slip_that_came_out_half_is_printed_by_the_spare_as_a_reprint(make: Callable[..., Bench]) -> None:
    bench = make(p1="p2")
    bench.p1.outcome = HALF
    bench.ask("job-1")
    assert bench.hear()[1] == Outcome("printed")
    assert [slip.reprint for slip in bench.drawn] == [False, True]


def test_two_printers_that_stand_in_for_each_other_try_each_once(make: Callable[..., Bench]) -> None:
    bench = make(p1="p2", p2="p1")
    bench.p1.outcome = HALF
    bench.p2.outcome = Outcome("failed", "cover_open")
    bench.ask("job-1")
    outcome = bench.hear()[1]
    assert (outcome, outcome.partial) == (Outcome("failed", "paper_out"), True)
    assert (bench.p1.jobs, bench.p2.jobs) == (["job-1"], ["job-1"])


def test_what_may_have_come_out_is_not_printed_again_by_the_spare(make: Callable[..., Bench]) -> None:
    bench = make(p1="p2")
    bench.p1.outcome = Outcome("unconfirmed", "no_proof")
    bench.ask("job-1")
    assert bench.hear()[1] == Outcome("unconfirmed", "no_proof")
    assert bench.p2.jobs == []


def test_a_printer_that_is_known_to_be_away_is_not_tried_first(make: Callable[..., Bench]) -> None:
    bench = make(p1="p2")
    bench.p1.how = LOST
    seen = threading.Event()
    bench.service.watch(lambda health: seen.set() if health["p1"] == LOST else None)
    assert bench.service.health()["p1"] == LOST or seen.wait(10)
    bench.ask("job-1")
    assert bench.hear()[1].printer == "p2"
    assert bench.p1.jobs == []


@pytest.mark.parametrize("again", [False, True], ids=["at once", "after a restart"])
def test_the_next_slip_of_a_ticket_that_came_out_half_is_marked(
    make: Callable[..., Bench], again: bool
) -> None:
    bench = make()
    bench.p1.outcome = HALF
    bench.ask("job-1")
    assert bench.hear()[1] == HALF
    bench.p1.outcome = Outcome("printed")
    if again:
        bench.restart()
    bench.ask("job-2")
    assert bench.hear() == ("job-2", Outcome("printed"))
    assert [slip.reprint for slip in bench.drawn] == [False, True]


def test_a_slip_of_which_nothing_came_out_is_printed_anew_without_a_mark(make: Callable[..., Bench]) -> None:
    bench = make()
    bench.p1.outcome = Outcome("failed", "paper_out")
    bench.ask("job-1")
    bench.hear()
    bench.p1.outcome = Outcome("printed")
    bench.ask("job-2")
    bench.hear()
    assert [slip.reprint for slip in bench.drawn] == [False, False]


def test_a_driver_that_holds_a_job_beyond_its_lease_is_replaced_and_the_job_has_one_outcome(
    make: Callable[..., Bench],
) -> None:
    bench = make()
    bench.p1.gate.clear()
    bench.ask("job-1")
    assert bench.p1.busy.wait(10)
    bench.clock += 89
    assert bench.service.mend() == ()
    bench.clock += 2
    assert bench.service.mend() == ("p1",)
    assert bench.hear() == ("job-1", Outcome("unconfirmed", "timeout"))
    bench.ask("job-2")
    assert bench.hear() == ("job-2", Outcome("printed"))
    assert bench.fresh[0].jobs == ["job-2"]
    bench.p1.gate.set()
    bench.ask("job-3")
    assert bench.hear()[0] == "job-3", "what the old thread still says is not heard"
    assert bench.told.empty()
    assert bench.outcomes.find("job-1").outcome == Outcome("unconfirmed", "timeout")  # type: ignore[union-attr]


def test_a_driver_that_hangs_while_asked_for_health_is_replaced(make: Callable[..., Bench]) -> None:
    bench = make()
    entered, leave = threading.Event(), threading.Event()

    def hanging() -> Health:
        entered.set()
        leave.wait(20)
        return WELL

    bench.p1.health = hanging  # type: ignore[method-assign]
    assert entered.wait(10)
    bench.clock += 21
    assert bench.service.mend() == ("p1",)
    bench.ask("job-1")
    assert bench.hear() == ("job-1", Outcome("printed"))
    leave.set()
