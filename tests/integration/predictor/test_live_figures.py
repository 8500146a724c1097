"""Figures kept live beside a running engine, and past days read back."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from fakes.fake_clock import START, FakeClock
from fakes.running import Heard, ask, running
from fakes.small_office import COUNTER, OFFICER, call_next, command_id, issue, open_counter, sign_on

from queue_server.domain import commands as c
from queue_server.domain.events import DayOpened
from queue_server.engine.ports import Recorded
from queue_server.engine.writer import SingleWriter
from queue_server.predictor.figures import LiveFigures
from queue_server.storage.memory import MemoryJournal, MemoryStore
from queue_server.waits.figures import Outcome

TODAY = date(2026, 11, 20)


class Days:
    """The journal of a store by local days, as storage's history gives it; counts what was read."""

    def __init__(self, store: MemoryStore) -> None:
        self.store, self.read = store, list[date]()

    def __call__(self, day: date) -> Iterator[Recorded]:
        self.read.append(day)
        at: date | None = None
        for recorded in list(self.store.recorded):
            if isinstance(recorded.event, DayOpened):
                at = recorded.event.day
            if at == day:
                yield recorded


def serve_one(engine: SingleWriter, clock: FakeClock, wait_s: float) -> None:
    ask(engine, issue())
    clock.advance(timedelta(seconds=wait_s))
    for command in (
        call_next(),
        c.StartService(id=command_id(), by=OFFICER, counter=COUNTER),
        c.EndService(id=command_id(), by=OFFICER, counter=COUNTER),
    ):
        assert ask(engine, command).refusal is None


def told(engine: SingleWriter) -> None:
    """Until the teller has told everything up to now."""
    heard = Heard()
    stop = engine.subscribe(heard)
    last = ask(engine, c.ReportFault(id=command_id(), by=c.SYSTEM, device="d", fault="f")).seq
    heard.until(lambda news: any(one.seq >= last for one in news))
    stop()


def waits(figures: LiveFigures, day: date) -> Sequence[float | None]:
    return [visit.wait_s for visit in figures.visits(day)]


def test_today_is_what_happened_before_and_after_the_start() -> None:
    clock, store = FakeClock(), MemoryStore()
    with running(MemoryJournal(store), clock) as engine:
        ask(engine, sign_on())
        ask(engine, open_counter())
        serve_one(engine, clock, 120)
        figures = LiveFigures(engine, Days(store))
        figures.start()
        assert waits(figures, TODAY) == [120]
        serve_one(engine, clock, 60)
        again = issue("once")
        ask(engine, again)
        assert ask(engine, again).repeated
        told(engine)
        assert waits(figures, TODAY) == [120, 60, None]
        found = figures.figures(figures.visits(TODAY))
        assert (found.n, found.mean_s) == (2, 90)
        assert found == figures.figures(figures.visits(TODAY))
        figures.stop()
        ask(engine, issue())
        told(engine)
        assert len(figures.visits(TODAY)) == 3


def test_the_same_figures_after_a_restart() -> None:
    clock, store = FakeClock(), MemoryStore()
    seen = []
    for _ in range(2):
        with running(MemoryJournal(store), clock) as engine:
            figures = LiveFigures(engine, Days(store))
            figures.start()
            if not seen:
                ask(engine, sign_on())
                ask(engine, open_counter())
                serve_one(engine, clock, 300)
                ask(engine, issue())
            clock.advance(timedelta(seconds=30))
            told(engine)
            seen.append(figures.visits(TODAY))
            figures.stop()
    assert seen[0] == seen[1]
    assert [visit.outcome for visit in seen[0]] == [Outcome.SERVED, Outcome.OPEN]


def test_a_past_day_is_read_once_and_tomorrow_is_empty() -> None:
    clock, store = FakeClock(), MemoryStore()
    with running(MemoryJournal(store), clock) as engine:
        days = Days(store)
        figures = LiveFigures(engine, days)
        figures.start()
        ask(engine, issue())
        clock.advance(timedelta(days=1))
        ask(engine, c.Tick(id=command_id(), by=c.SYSTEM))
        ask(engine, issue())
        told(engine)
        days.read.clear()
        (past,) = figures.visits(TODAY)
        assert (past.outcome, figures.visits(TODAY)) == (Outcome.ABANDONED, (past,))
        assert days.read == [TODAY]
        assert len(figures.visits(TODAY + timedelta(days=1))) == 1
        assert figures.visits(TODAY + timedelta(days=2)) == ()
        figures.stop()


def test_an_office_that_never_opened_a_day_has_no_visits() -> None:
    with running(MemoryJournal(), FakeClock(START)) as engine:
        figures = LiveFigures(engine, lambda day: ())
        figures.start()
        assert figures.visits(TODAY - timedelta(days=1)) == ()
        assert figures.figures(()).mean_s is None
        figures.stop()
