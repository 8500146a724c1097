"""Today's visits kept live from the journal, past days read on demand: what the pages ask figures of."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

import numpy as np

from queue_server.domain.events import DayOpened, OfTicket, TicketIssued
from queue_server.domain.office import Office
from queue_server.engine.ports import Clock, Engine, Recorded
from queue_server.waits.cells import Day
from queue_server.waits.duty import DutyBook, Stretch
from queue_server.waits.figures import Figures, VisitRecord
from queue_server.waits.measure import VisitBook
from queue_server.waits.quality import DayQuality, day_quality
from queue_server.waits.tally import figures
from queue_server.waits.work import WorkBook

KEPT_DAYS = 32
"""Past days whose visits stay in memory."""
CARRIED_DAYS = 7
"""How far a past day's visits that were kept overnight are followed."""
SEED = 20
TURN_S = 15

History = Callable[[date], Iterable[Recorded]]
"""The journal's events of a local day in order, none for a day that never was."""

Measured = Callable[[date], Sequence[VisitRecord]]
"""The visits of a past local day, none for a day that never was."""


class LiveFigures:
    """Implements the pages' `DayFigures`. `start` before the first page, `stop` with the server."""

    def __init__(
        self,
        engine: Engine,
        history: History,
        clock: Clock | None = None,
        measured: Measured | None = None,
    ) -> None:
        """Without a clock the day under way is counted up to the last commit. `measured` gives a past day
        with all that became of its visits later; without it the days after are read while some are open.
        """
        self._engine, self._history, self._clock = engine, history, clock
        self._measured = measured
        self._lock = threading.Lock()
        self._today: date | None = None
        self._book = VisitBook()
        self._work = WorkBook()
        self._duty = DutyBook(self._day_of)
        self._seq = 0
        self._past: OrderedDict[date, tuple[VisitRecord, ...]] = OrderedDict()
        self._stop: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Hear of everything from now on, and read what has happened today."""
        with self._lock:
            self._stop = self._engine.subscribe(self._told)
            office = self._engine.office
            self._today, self._book = office.day, VisitBook(office.config)
            self._work = WorkBook(office.config.hours if office.config else None)
            self._duty = DutyBook(self._day_of)
            self._seq = 0
            if office.day is not None:
                for recorded in self._history(office.day):
                    self._hear(recorded)

    def stop(self) -> None:
        self._stop()

    @property
    def today(self) -> date | None:
        """The office's day under way, None before the first."""
        return self._today

    def moment(self) -> tuple[int, int]:
        """(the last event heard, the quarter of a minute): what is said of today holds until it changes."""
        now = self._clock.now() if self._clock else self._engine.office.at
        return self._seq, int(now.timestamp() // TURN_S) if now is not None else 0

    def day_now(self) -> Day | None:
        """Everything that is counted of today, up to now."""
        office = self._engine.office
        now = self._clock.now() if self._clock else office.at
        with self._lock:
            if self._today is None or office.config is None or now is None:
                return None
            counters, officers = self._work.until(now)
            visits = self._book.visits(self._today)
            return Day(self._today, visits, office.config.hours, counters, officers, now)

    def visits(self, day: date) -> Sequence[VisitRecord]:
        """The visits of a local day in order of issue; today's as of the last commit heard."""
        with self._lock:
            if self._today is None or day >= self._today:
                return self._book.visits(day)
            kept = self._past.get(day)
            if kept is not None:
                self._past.move_to_end(day)
                return kept
        return self._read(day)

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """When each counter called on the day under way."""
        with self._lock:
            return self._duty.stretches(day)

    def figures(self, visits: Sequence[VisitRecord]) -> Figures:
        """Against the office's targets; the same visits always give the same figures."""
        config = self._engine.office.config
        targets = [target.minutes for target in config.targets] if config else []
        return figures(visits, targets, np.random.default_rng(SEED))

    def quality(self, day: date) -> DayQuality:
        """How good the predictions told on a local day were; today's as far as they have come true."""
        return day_quality(day, self.visits(day))

    def _told(self, office: Office, recorded: Sequence[Recorded]) -> None:
        with self._lock:
            for one in recorded:
                self._hear(one)
                day = day_touched(office, one)
                if day is not None and day != self._today:
                    self._past.pop(day, None)

    def _hear(self, recorded: Recorded) -> None:
        if recorded.seq <= self._seq:
            return
        self._seq = recorded.seq
        self._book.hear(recorded)
        if isinstance(recorded.event, DayOpened):
            self._today = recorded.event.day
            self._work = WorkBook()
            self._book.forget_before(recorded.event.day)
            self._duty.forget_before(recorded.event.day)
        self._work.hours = self._book.hours
        self._work.hear(recorded)
        self._duty.hear(recorded)

    def _day_of(self, at: datetime) -> date:
        hours = self._book.hours
        return hours.day_of(at) if hours else at.date()

    def _read(self, day: date) -> tuple[VisitRecord, ...]:
        """A past day from the journal, without holding up today; the days after it while some are open."""
        if self._measured is not None:
            return self._keep(day, tuple(self._measured(day)), keep=True)
        book = VisitBook(self._engine.office.config)
        for ahead in range(CARRIED_DAYS + 1):
            for recorded in self._history(day + timedelta(days=ahead)):
                book.hear(recorded)
            if not book.open_visits(day):
                break
        return self._keep(day, book.visits(day), keep=not book.open_visits(day))

    def _keep(self, day: date, visits: tuple[VisitRecord, ...], keep: bool) -> tuple[VisitRecord, ...]:
        with self._lock:
            if keep:
                self._past[day] = visits
                while len(self._past) > KEPT_DAYS:
                    self._past.popitem(last=False)
        return visits


def day_touched(office: Office, recorded: Recorded) -> date | None:
    """The local day of the visit that an event is about, None for other events and for tickets gone by."""
    event = recorded.event
    if not isinstance(event, OfTicket | TicketIssued) or office.config is None:
        return None
    ticket = office.tickets.get(event.ticket)
    at = event.issued_at if isinstance(event, TicketIssued) else ticket.issued_at if ticket else None
    return office.config.hours.day_of(at) if at is not None else None
