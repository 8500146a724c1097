"""The print service: at most once, exactly one outcome, whoever asks and however often."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue

import pytest
from fakes.slip_samples import NOW, ORDINARY, artist, print_job
from PIL import Image

from devices.agent.outcomes import Outcomes
from devices.agent.service import PrintService
from devices.health import LOST, Health
from devices.ports import Outcome
from devices.receipts.slips import SlipArtist
from devices.receipts.style import WIDTHS

WELL = Health(reachable=True, paper="ok", cover="closed")


class FakePrinter:
    """A `SlipPrinter` whose hands are the test's."""

    def __init__(self) -> None:
        self.jobs: list[str] = []
        self.outcome: Outcome | Exception = Outcome("printed")
        self.how = WELL
        self.gate = threading.Event()
        self.gate.set()
        self.busy = threading.Event()

    @property
    def dots(self) -> int:
        return WIDTHS[0]

    def print_slip(self, image: Image.Image, job: str) -> Outcome:
        self.jobs.append(job)
        self.busy.set()
        assert self.gate.wait(10)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    def health(self) -> Health:
        return self.how

    def close(self) -> None:
        pass


class Bench:
    """A service with one fake printer, and the outcomes that were told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.printer = FakePrinter()
        self.now = NOW
        self.told: SimpleQueue[tuple[str, Outcome]] = SimpleQueue()
        self.artist: Callable[[], SlipArtist] = artist
        self.outcomes = Outcomes(folder, NOW)
        self.service = self.made()
        self.service.start()

    def made(self) -> PrintService:
        return PrintService(
            {"printer-1": self.printer},
            self.outcomes,
            lambda: self.artist(),
            lambda: self.now,
            timedelta(milliseconds=20),
        )

    def ask(self, job: str = "job-1", owed: bool = False, **fields: object) -> None:
        self.service.submit(print_job(job, **fields), owed, lambda *said: self.told.put(said))  # type: ignore[arg-type]

    def hear(self) -> tuple[str, Outcome]:
        return self.told.get(timeout=30)

    def restart(self) -> None:
        self.stop()
        self.outcomes = Outcomes(self.folder, self.now)
        self.service = self.made()
        self.service.start()

    def stop(self) -> None:
        self.printer.gate.set()
        self.service.stop(timedelta(seconds=10))
        self.outcomes.close()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.stop()


def test_a_job_is_printed_and_its_outcome_told(bench: Bench) -> None:
    bench.ask()
    assert bench.hear() == ("job-1", Outcome("printed"))
    assert bench.printer.jobs == ["job-1"]


def test_the_default_printer_is_the_first_one(bench: Bench) -> None:
    bench.ask(printer="default")
    assert bench.hear() == ("job-1", Outcome("printed"))


def test_a_repeated_job_gets_the_first_outcome_and_is_not_printed_again(bench: Bench) -> None:
    bench.printer.outcome = Outcome("failed", "paper_out")
    bench.ask()
    first = bench.hear()
    bench.printer.outcome = Outcome("printed")
    bench.ask()
    assert bench.hear() == first == ("job-1", Outcome("failed", "paper_out"))
    bench.restart()
    bench.ask()
    assert bench.hear() == first
    assert bench.printer.jobs == ["job-1"]


def test_a_job_asked_for_again_while_it_prints_is_printed_once_and_told_to_both(bench: Bench) -> None:
    bench.printer.gate.clear()
    bench.ask()
    assert bench.printer.busy.wait(10)
    bench.ask(owed=True)
    bench.printer.gate.set()
    assert [bench.hear(), bench.hear()] == [("job-1", Outcome("printed"))] * 2
    assert bench.printer.jobs == ["job-1"]
    assert [owed.job for owed in bench.outcomes.owed()] == ["job-1"]


def test_many_threads_asking_for_one_job_get_one_slip(bench: Bench) -> None:
    askers = [threading.Thread(target=bench.ask) for _ in range(16)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert {bench.hear() for _ in askers} == {("job-1", Outcome("printed"))}
    assert bench.printer.jobs == ["job-1"]


def test_an_expired_job_is_not_printed(bench: Bench) -> None:
    bench.now = NOW + timedelta(minutes=2)
    bench.ask()
    assert bench.hear() == ("job-1", Outcome("failed", "expired"))
    assert bench.printer.jobs == []


def test_a_job_that_expires_while_it_waits_is_not_printed(bench: Bench) -> None:
    bench.printer.gate.clear()
    bench.ask("job-1")
    assert bench.printer.busy.wait(10)
    bench.ask("job-2")
    bench.now = NOW + timedelta(minutes=2)
    bench.printer.gate.set()
    assert bench.hear() == ("job-1", Outcome("printed"))
    assert bench.hear() == ("job-2", Outcome("failed", "expired"))
    assert bench.printer.jobs == ["job-1"]


def test_a_printer_that_is_not_here_fails_the_job(bench: Bench) -> None:
    bench.ask(printer="printer-9")
    assert bench.hear() == ("job-1", Outcome("failed", "unknown_printer"))


def test_a_job_that_was_printing_when_the_agent_died_is_unconfirmed_and_never_printed_again(
    bench: Bench,
) -> None:
    bench.outcomes.begin("job-1", "t-1", True, NOW)
    bench.restart()
    bench.ask()
    assert bench.hear() == ("job-1", Outcome("unconfirmed", "agent_restarted"))
    assert bench.printer.jobs == []


def test_a_driver_that_raises_leaves_the_job_unconfirmed_and_the_printer_at_work(bench: Bench) -> None:
    bench.printer.outcome = RuntimeError("a defect")
    bench.ask("job-1")
    assert bench.hear() == ("job-1", Outcome("unconfirmed", "no_proof"))
    bench.printer.outcome = Outcome("printed")
    bench.ask("job-2")
    assert bench.hear() == ("job-2", Outcome("printed"))


def test_a_slip_that_cannot_be_drawn_fails_alone(bench: Bench) -> None:
    class Broken:
        def image(self, *_: object) -> Image.Image:
            raise OSError("the font is gone")

    bench.artist = lambda: Broken()  # type: ignore[assignment,return-value]
    bench.ask("job-1")
    assert bench.hear() == ("job-1", Outcome("failed", "bad_slip"))
    assert bench.printer.jobs == []


def test_nothing_is_printed_that_cannot_be_remembered(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bench.outcomes, "begin", full)
    bench.ask()
    assert bench.hear() == ("job-1", Outcome("failed", "storage_failed"))
    assert bench.printer.jobs == []


def test_a_change_of_health_is_told_to_those_who_watch(bench: Bench) -> None:
    seen: SimpleQueue[Health] = SimpleQueue()
    stop = bench.service.watch(lambda everything: seen.put(everything["printer-1"]))
    out = Health(reachable=True, paper="out", cover="closed")
    for how in (out, LOST, WELL):
        bench.printer.how = how
        while seen.get(timeout=30) != how:
            pass
    assert bench.service.health() == {"printer-1": WELL}
    stop()


def test_who_watches_and_fails_does_not_stop_the_printer(bench: Bench) -> None:
    failed: SimpleQueue[None] = SimpleQueue()

    def fails(_: object) -> None:
        failed.put(None)
        raise ValueError("not for this watcher")

    bench.service.watch(fails)
    bench.printer.how = LOST
    failed.get(timeout=30)
    bench.printer.how = WELL
    bench.ask()
    assert bench.hear() == ("job-1", Outcome("printed"))


def test_other_slips_are_drawn_for_the_same_printer_in_order(bench: Bench) -> None:
    for number in range(5):
        bench.ask(f"job-{number}", slip=ORDINARY.model_copy(update={"number": f"A{number:03}"}))
    assert [bench.hear()[0] for _ in range(5)] == [f"job-{number}" for number in range(5)]
    assert bench.printer.jobs == [f"job-{number}" for number in range(5)]
