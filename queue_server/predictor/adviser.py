"""Keeps advice fresh: a thread that asks the adviser's process about today and the days to come.

Past days are read one a while, so that nothing else waits for it; then, at most once a minute, one question:
is today's target in danger, and in turn what each day of the week to come will be like.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

import structlog

from queue_server.advise.values import Alert, DayAdvice
from queue_server.domain.office_config import OfficeConfig
from queue_server.engine.ports import Clock, Engine
from queue_server.predictor.advice_book import AdviceBook
from queue_server.predictor.advice_questions import Known, counts_of, day_asked, now_asked
from queue_server.predictor.advice_worker import AdviceWorker, Told
from queue_server.predictor.kept_worker import KeptWorker
from queue_server.predictor.worker import WorkerFailed
from queue_server.waits.figures import VisitRecord

EVERY_S = 60.0
READ_EVERY_S = 3.0
"""Between two past days that are read."""
HANGS_AFTER_S = 600.0
PAST_DAYS = 28
LEAST_DAYS = 3
"""With fewer days with visits nothing is advised."""
AHEAD_DAYS = 7
"""Calendar days from today on that are advised on."""
ANEW_AFTER = timedelta(hours=1)
"""Today's advice is made again so often while the office is open."""

log = structlog.get_logger("adviser")


class Days(Protocol):
    """The visits of a local day, and the day under way: LiveFigures is one."""

    @property
    def today(self) -> date | None: ...

    def visits(self, day: date) -> Sequence[VisitRecord]: ...


class Advises(Protocol):
    """The process behind a handle: AdviceWorker is one."""

    def advise(self, told: Told, within_s: float) -> DayAdvice | tuple[Alert, ...]: ...

    def kill(self) -> None: ...

    def close(self) -> None: ...


class Adviser:
    """`start` once, `stop` with the server (within half a second); the book has the results."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        book: AdviceBook,
        days: Days,
        make_worker: Callable[[], Advises] = AdviceWorker,
        *,
        every_s: float = EVERY_S,
        read_every_s: float = READ_EVERY_S,
        hangs_after_s: float = HANGS_AFTER_S,
    ) -> None:
        self._engine, self._clock, self._book, self._days = engine, clock, book, days
        self._workers, self._hangs_after_s = KeptWorker(make_worker), hangs_after_s
        self._every_s, self._read_every_s = every_s, read_every_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="adviser", daemon=True)
        self._known, self._taught, self._to_read = Known(), date.min, list[date]()
        self._config: OfficeConfig | None = None
        self._made: dict[date, datetime] = {}
        self._asked = 0
        self._watched = False
        self.failures = 0
        """Failed rounds so far (for metrics)."""

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._workers.stop(self._thread)

    def _run(self) -> None:
        wait = self._read_every_s
        while not self._stopping.wait(wait):
            try:
                wait = self._round()
            except WorkerFailed as problem:
                self._failed(str(problem))
                wait = self._every_s
            except Exception:
                log.exception("advice_failed")
                self._failed("a defect")
                wait = self._every_s
        self._workers.end()

    def _round(self) -> float:
        """One past day is read, or one question asked; how long to wait for the next round."""
        config, now = self._engine.office.config, self._clock.now()
        if config is None or self._days.today is None:
            return self._read_every_s
        today = config.hours.day_of(now)
        if config is not self._config or today != self._taught:
            self._begin_anew(config, today)
        if self._to_read:
            day = self._to_read.pop()
            self._known.add(day, self._days.visits(day), config)
            return self._read_every_s
        if len(self._known.counts) < LEAST_DAYS:
            return self._every_s
        self._ask(config, today, now)
        return self._every_s

    def _begin_anew(self, config: OfficeConfig, today: date) -> None:
        """A new day or another office file: what is known and what was advised are made again."""
        if config is not self._config:
            self._book.forget()
        self._config, self._taught, self._known, self._made = config, today, Known(), {}
        self._to_read = [today - timedelta(days=n) for n in range(1, PAST_DAYS + 1)]

    def _ask(self, config: OfficeConfig, today: date, now: datetime) -> None:
        """Today's danger and the week's days by turns; without a day to make, the danger alone."""
        due = self._due(config, today, now)
        if self._is_on(config, now) and (due is None or not self._watched):
            self._watched = True
            asked = now_asked(self._engine.office, config, self._known, self._days.visits(today), now)
            found = self._tell(Told(asked, now, self._next()))
            if isinstance(found, tuple):
                self._book.put_alerts(found)
            return
        self._watched = False
        if due is None:
            self._book.put_alerts(())
            return
        counts = counts_of(self._days.visits(today), config)
        advice = self._tell(Told(day_asked(config, self._known, counts, due, now), now, self._next()))
        if isinstance(advice, DayAdvice):
            self._made[due] = now
            self._book.put_day(advice, config.hours)

    def _due(self, config: OfficeConfig, today: date, now: datetime) -> date | None:
        """The next day whose advice is to be made; today's anew while it is open."""
        closes = config.hours.closes_at(now)
        for ahead in range(AHEAD_DAYS):
            day = today + timedelta(days=ahead)
            if not config.hours.sessions(day) or (ahead == 0 and (closes is None or now >= closes)):
                continue
            made = self._made.get(day)
            if made is None or (ahead == 0 and now - made >= ANEW_AFTER and config.hours.is_open(now)):
                return day
        return None

    def _is_on(self, config: OfficeConfig, now: datetime) -> bool:
        """Between the first opening and the last closing of the day."""
        spans = list(config.hours.spans(config.hours.day_of(now)))
        return bool(spans) and spans[0][0] <= now < spans[-1][1]

    def _next(self) -> int:
        self._asked += 1
        return self._asked

    def _tell(self, told: Told) -> DayAdvice | tuple[Alert, ...] | None:
        worker = self._workers.get()
        if worker is None:
            return None
        try:
            return worker.advise(told, self._hangs_after_s)
        except WorkerFailed:
            if self._stopping.is_set():
                return None
            raise

    def _failed(self, why: str) -> None:
        self.failures += 1
        log.warning("adviser_failed", why=why, failures=self.failures)
        self._workers.end()
