"""The predictor beside a running engine: its own process, started again when it fails, gone when told."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from fakes.fake_clock import FakeClock
from fakes.running import ask, running
from fakes.small_office import CIVIL, COUNTER, OFFICER, command_id, issue, open_counter, sign_on

from queue_server.domain import commands as c
from queue_server.engine.writer import SingleWriter
from queue_server.predictor.book import Predicted, PredictionBook
from queue_server.predictor.figures import LiveFigures
from queue_server.predictor.service import Predictor
from queue_server.predictor.worker import Worker
from queue_server.storage.memory import MemoryJournal

DEADLINE_S = 60.0
HUNG = (sys.executable, "-c", "import sys; sys.stdin.buffer.read()")
BABBLING = (
    sys.executable,
    "-c",
    "import sys; print('not a frame at all', flush=True); sys.stdin.buffer.read()",
)


class WatchedBook(PredictionBook):
    """A book that a test can wait on."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.changed = threading.Condition()

    def put(self, predicted: Predicted) -> None:
        with self.changed:
            super().put(predicted)
            self.changed.notify_all()

    def until(self, wanted: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(wanted, DEADLINE_S)


@contextmanager
def predicting(
    make_worker: Callable[[], Worker] = Worker, hangs_after_s: float = 10.0
) -> Iterator[tuple[SingleWriter, WatchedBook, Predictor]]:
    clock = FakeClock()
    with running(MemoryJournal(), clock) as engine:
        figures = LiveFigures(engine, lambda day: ())
        figures.start()
        book = WatchedBook(clock)
        predictor = Predictor(
            engine, clock, book, figures, make_worker, every_s=0.05, hangs_after_s=hangs_after_s
        )
        predictor.start()
        try:
            yield engine, book, predictor
        finally:
            predictor.stop()
            figures.stop()


def open_office(engine: SingleWriter) -> None:
    assert ask(engine, sign_on()).refusal is None
    assert ask(engine, open_counter()).refusal is None


def test_newcomers_waiting_tickets_and_the_hall_are_foretold_and_follow_the_queue() -> None:
    with predicting() as (engine, book, _):
        open_office(engine)
        book.until(lambda: book.newcomer(CIVIL) is not None)
        told = book.newcomer(CIVIL)
        assert told is not None and (told.median, told.made_by) == (0, "mc1")
        tickets = [issue() for _ in range(5)]
        for ticket in tickets:
            ask(engine, ticket)
        book.until(lambda: book.ticket(tickets[-1].ticket) is not None)
        later = book.newcomer(CIVIL)
        last = book.ticket(tickets[-1].ticket)
        assert later is not None and last is not None
        assert later.median > last.median > 10
        assert book.hall_mean() is not None


def test_when_the_last_counter_closes_nothing_is_foretold() -> None:
    with predicting() as (engine, book, _):
        open_office(engine)
        book.until(lambda: book.newcomer(CIVIL) is not None)
        assert ask(engine, c.CloseCounter(id=command_id(), by=OFFICER, counter=COUNTER)).refusal is None
        book.until(lambda: book.newcomer(CIVIL) is None)


def test_a_process_that_dies_is_started_again() -> None:
    with predicting() as (engine, book, predictor):
        open_office(engine)
        book.until(lambda: book.newcomer(CIVIL) is not None)
        first = predictor.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        ticket = issue()
        ask(engine, ticket)
        book.until(lambda: book.ticket(ticket.ticket) is not None)
        assert predictor.pid not in (None, first)


def test_a_process_that_hangs_or_babbles_is_replaced() -> None:
    bad = [HUNG, BABBLING]

    def make() -> Worker:
        return Worker(bad.pop()) if bad else Worker()

    with predicting(make, hangs_after_s=2.0) as (engine, book, predictor):
        open_office(engine)
        book.until(lambda: book.newcomer(CIVIL) is not None)
        assert predictor.failures >= 2


def test_it_stops_in_time_even_while_its_process_hangs() -> None:
    made = threading.Event()
    workers: list[Worker] = []

    def make() -> Worker:
        workers.append(Worker(HUNG))
        made.set()
        return workers[-1]

    with predicting(make, hangs_after_s=60.0) as (engine, _, predictor):
        open_office(engine)
        assert made.wait(DEADLINE_S)
        began = monotonic()
        predictor.stop()
        assert monotonic() - began < 20.0, "the process hangs for a minute"
        assert workers[0]._process.poll() is not None


def test_the_engine_commits_while_the_process_hangs() -> None:
    with predicting(lambda: Worker(HUNG), hangs_after_s=60.0) as (engine, _, _predictor):
        open_office(engine)
        for _ in range(50):
            assert ask(engine, issue()).refusal is None


def test_a_process_whose_server_is_gone_ends_by_itself() -> None:
    worker = Worker()
    stdin = worker._process.stdin
    assert stdin is not None
    stdin.close()
    assert worker._process.wait(DEADLINE_S) == 0
    worker.close()
