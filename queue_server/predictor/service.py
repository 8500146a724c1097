"""Keeps predictions fresh: a thread that shows the office to the estimator's process, once a second at most.

The thread sleeps while nothing happens; the process is started again when it has died or hangs. Nothing here
runs on the engine's threads but the setting of one flag.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

import structlog

from queue_server.domain.office import Office
from queue_server.engine.ports import Clock, Engine, Recorded
from queue_server.predictor.book import Predicted, PredictionBook
from queue_server.predictor.kept_worker import KeptWorker
from queue_server.predictor.learner import Learner, Visits
from queue_server.predictor.question import Now, Question
from queue_server.predictor.snapshot import snapshot_of, somebody_works
from queue_server.predictor.worker import Worker, WorkerFailed
from queue_server.waits.duty import Stretch
from queue_server.waits.model import Model
from queue_server.waits.rows import rows_of
from queue_server.waits.snapshot import Snapshot

AT_MOST_EVERY_S = 1.0
AT_LEAST_EVERY_S = 15.0
"""While nothing happens: what was said grows old all the same."""


HANGS_AFTER_S = 5.0
LONGEST_RETRY_S = 30.0


log = structlog.get_logger("predictor")


class Days(Visits, Protocol):
    """And when each counter called."""

    def stretches(self, day: date) -> Sequence[Stretch]: ...


class Models(Protocol):
    """Where the night's model comes from: `nightly.Nightly` is one."""

    def model(self, today: date) -> Model | None:
        """The one to use now; the same object until there is another."""
        ...

    def stop(self) -> None: ...


class NoModels:
    """Nothing is ever learnt: the plain estimate."""

    def model(self, today: date) -> Model | None:
        return None

    def stop(self) -> None:
        pass


class Predictor:
    """`start` once, `stop` with the server (within half a second); the book has the results."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        book: PredictionBook,
        visits: Days,
        make_worker: Callable[[], Worker] = Worker,
        *,
        models: Models | None = None,
        every_s: float = AT_MOST_EVERY_S,
        hangs_after_s: float = HANGS_AFTER_S,
    ) -> None:
        self._engine, self._clock, self._book, self._visits = engine, clock, book, visits
        self._workers, self._every_s, self._hangs_after_s = KeptWorker(make_worker), every_s, hangs_after_s
        self._news, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="predictor", daemon=True)
        self._unsubscribe: Callable[[], None] = lambda: None
        self._learner = Learner(visits, clock.monotonic)
        self._models: Models = models or NoModels()
        self._model: Model | None = None
        self._given: tuple[Worker | None, Model | None] = (None, None)
        self._rounds = 0
        self.failures = 0
        """Failed rounds so far (for metrics)."""

    @property
    def pid(self) -> int | None:
        """The estimator's process, while there is one."""
        worker = self._workers.now
        return worker.pid if worker is not None else None

    def start(self) -> None:
        self._unsubscribe = self._engine.subscribe(self._told)
        self._thread.start()

    def stop(self) -> None:
        self._unsubscribe()
        self._stopping.set()
        self._news.set()
        self._models.stop()
        self._workers.stop(self._thread)

    def _told(self, _office: Office, _recorded: Sequence[Recorded]) -> None:
        self._news.set()

    def _run(self) -> None:
        retry = self._every_s
        while not self._stopping.is_set():
            self._news.clear()
            try:
                self._round()
                retry = self._every_s
            except WorkerFailed as problem:
                self._failed(str(problem))
                retry = min(retry * 2, LONGEST_RETRY_S)
            except Exception:
                log.exception("prediction_failed")
                self._failed("a defect")
                retry = min(retry * 2, LONGEST_RETRY_S)
            if self._stopping.wait(retry):
                break
            if not self._learner.behind:
                self._news.wait(AT_LEAST_EVERY_S)
        self._workers.end()

    def _round(self) -> None:
        office, now = self._engine.office, self._clock.now()
        if office.config is not None:
            self._model = self._models.model(office.config.hours.day_of(now))
        learnt = self._learner.learnt(office, now)
        if office.config is not None and not somebody_works(office, now):
            self._book.put(Predicted(now))
            return
        snapshot = snapshot_of(office, now, learnt)
        if snapshot is None:
            return
        found = self._ask(snapshot, self._now(office, now))
        if found is not None:
            self._book.put(found)

    def _now(self, office: Office, now: datetime) -> Now | None:
        """Today's rows, where there is a model to correct by."""
        config = office.config
        assert config is not None, "a snapshot was made"
        today = config.hours.day_of(now)
        model = self._model
        if model is None or not model.taught.proof.better or model.until >= today.toordinal():
            return None
        visits, duty = self._visits.visits(today), {today: self._visits.stretches(today)}
        rows = rows_of(visits, duty, model.names, config)
        at_s = (now - config.hours.midnight(today)).total_seconds()
        return Now(rows, at_s, today.toordinal(), config.calling)

    def _ask(self, snapshot: Snapshot, now: Now | None) -> Predicted | None:
        worker = self._workers.get()
        if worker is None:
            return None
        self._rounds += 1
        new = self._given != (worker, self._model)
        question = Question(
            snapshot, self._rounds, now, self._model if new else None, forget=new and self._model is None
        )
        try:
            estimate = worker.ask(question, self._hangs_after_s)
            self._given = (worker, self._model)
        except WorkerFailed:
            if self._stopping.is_set():
                return None
            raise
        return Predicted(estimate.at, estimate.newcomers, estimate.tickets, estimate.hall_mean)

    def _failed(self, why: str) -> None:
        self.failures += 1
        log.warning("estimator_failed", why=why, failures=self.failures)
        self._workers.end()
