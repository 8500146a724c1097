"""The adviser beside a running engine: what it asks is the office's own, and its answers reach the pages."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from fakes.fake_clock import FakeClock
from fakes.office_day import C1, C2, OfficeDay, office_config
from fakes.running import ask, running
from fakes.small_office import CIVIL, LAND, command_id

from queue_server.advise.people import BLOCK_S
from queue_server.advise.values import Alert, DayAdvice, QuietSpell
from queue_server.advise.watch import watch, watch_now
from queue_server.domain import commands as c
from queue_server.domain import ids
from queue_server.domain.hours import Hours
from queue_server.domain.ids import AgencyId
from queue_server.domain.office_services import Agency, ServiceClass
from queue_server.domain.ticket import Channel
from queue_server.domain.words import Words
from queue_server.predictor.advice_book import AdviceBook
from queue_server.predictor.advice_questions import Known, day_asked, now_asked
from queue_server.predictor.advice_worker import AdviceWorker, Told
from queue_server.predictor.adviser import PAST_DAYS, Adviser, Advises
from queue_server.predictor.worker import WorkerFailed
from queue_server.simulate.compare import Interval
from queue_server.storage.memory import MemoryJournal
from queue_server.waits.figures import LegRecord, Outcome, VisitRecord

DEADLINE_S = 60.0
CONFIG = office_config()
TODAY = date(2026, 11, 20)
NINE = datetime(2026, 11, 20, 2, tzinfo=UTC)


def past_day(day: date, visits: int, counters: Sequence[ids.CounterId] = (C1, C2)) -> list[VisitRecord]:
    """Visits from 07:30 on, five minutes apart, three of four for civil status, each served ten minutes."""
    opened = CONFIG.hours.midnight(day) + timedelta(hours=7, minutes=30)
    found = []
    for n in range(visits):
        at = opened + timedelta(minutes=3 * n)
        service = LAND if n % 4 == 0 else CIVIL
        called = at + timedelta(minutes=4)
        leg = LegRecord(
            1, service, counters[n % len(counters)], None, at, called,
            called + timedelta(seconds=20), called + timedelta(minutes=10), 240.0, 240.0, 20.0, 580.0,
        )  # fmt: skip
        found.append(
            VisitRecord(
                ids.TicketId(f"{day}-{n}"), f"A{n:03d}", day, at, Outcome.SERVED, service,
                ServiceClass.PRIORITY if n % 10 == 0 else ServiceClass.ORDINARY, None, Channel.KIOSK, None,
                (leg,), 240.0, 240.0, 240.0,
            )
        )  # fmt: skip
    return found


class PastDays:
    """The shape of LiveFigures, from made-up days."""

    def __init__(self, visits: int = 60, days: int = 14) -> None:
        self.today: date | None = TODAY
        self.past = {TODAY - timedelta(days=n): visits for n in range(1, days + 1)}
        self.read: list[date] = []

    def visits(self, day: date) -> Sequence[VisitRecord]:
        self.read.append(day)
        if day not in self.past or not CONFIG.hours.sessions(day):
            return ()
        return past_day(day, self.past[day])


def known(visits: int = 60, counters: Sequence[ids.CounterId] = (C1, C2)) -> Known:
    found = Known()
    for n in range(10, 0, -1):
        day = TODAY - timedelta(days=n)
        found.add(day, past_day(day, visits, counters), CONFIG)
    return found


class WatchedBook(AdviceBook):
    """A book that a test can wait on."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.changed = threading.Condition()
        self.watches = 0

    def put_day(self, advice: DayAdvice, hours: Hours) -> None:
        with self.changed:
            super().put_day(advice, hours)
            self.changed.notify_all()

    def put_alerts(self, alerts: tuple[Alert, ...]) -> None:
        with self.changed:
            super().put_alerts(alerts)
            self.watches += 1
            self.changed.notify_all()

    def until(self, wanted: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(wanted, DEADLINE_S)


@contextmanager
def advising(
    days: PastDays, make_worker: Callable[[], Advises] = AdviceWorker
) -> Iterator[tuple[WatchedBook, Adviser]]:
    clock = FakeClock(NINE)
    with running(MemoryJournal(), clock) as engine:
        ask(engine, c.ConfigureOffice(id=command_id(), by=c.SYSTEM, config=CONFIG))
        book = WatchedBook(clock)
        adviser = Adviser(engine, clock, book, days, make_worker, every_s=0.05, read_every_s=0.001)
        adviser.start()
        try:
            yield book, adviser
        finally:
            adviser.stop()


@pytest.mark.slow
def test_the_week_is_advised_on_and_today_watched_by_a_process_of_its_own() -> None:
    days = PastDays(visits=45)
    with advising(days) as (book, adviser):
        book.until(lambda: book.day() is not None and book.watches > 0)
        advice = book.day()
        assert advice is not None and advice.day == TODAY and advice.mean is not None
        assert {block.service for block in advice.expected} == {"civil", "land"}
        assert advice.staffing and adviser.failures == 0
        book.until(lambda: len(book.week()) >= 2)
        assert [a.day for a in book.week()] == sorted(a.day for a in book.week())
    assert days.read[0] == TODAY - timedelta(days=PAST_DAYS)


class Broken:
    """A process that has died."""

    def advise(self, told: Told, within_s: float) -> DayAdvice | tuple[Alert, ...]:
        raise WorkerFailed("gone")

    def kill(self) -> None: ...

    def close(self) -> None: ...


class Quick:
    """Answers at once, and remembers what it was asked."""

    def __init__(self) -> None:
        self.told: list[Told] = []

    def advise(self, told: Told, within_s: float) -> DayAdvice | tuple[Alert, ...]:
        self.told.append(told)
        if hasattr(told.asked, "now_s"):
            return None
        spell = QuietSpell(9.5 * 3600, 10.5 * 3600, 6.0)
        return DayAdvice(told.asked.day, told.at, 20.0, 60.0, None, 0.9, (), (), (), (spell,), 1)

    def kill(self) -> None: ...

    def close(self) -> None: ...


def test_a_process_that_dies_is_started_again_and_nothing_else_notices() -> None:
    made: list[Advises] = []

    def make() -> Advises:
        made.append(Broken() if len(made) < 2 else Quick())
        return made[-1]

    with advising(PastDays(), make) as (book, adviser):
        book.until(lambda: book.day() is not None)
        assert adviser.failures == 2 and len(made) == 3


def test_with_too_few_days_nothing_is_asked() -> None:
    worker = Quick()
    days = PastDays(days=2)
    with advising(days, lambda: worker) as (_, adviser):
        for _ in range(2000):
            if len(days.read) > PAST_DAYS - 1:
                break
            threading.Event().wait(0.005)
        assert len(days.read) > PAST_DAYS - 1 and adviser.failures == 0
    assert worker.told == []


def test_the_days_question_has_the_offices_sessions_counters_and_forecast() -> None:
    asked = day_asked(CONFIG, known(), {}, date(2026, 11, 23), NINE)
    assert asked.spans == ((27_000.0, 41_400.0), (46_800.0, 61_200.0))
    assert asked.staffed == (0, 1) and asked.target_minutes == 20
    assert sum(b.mean for b in asked.blocks) == pytest.approx(60, rel=0.15)
    assert sum(e.mean for e in asked.expected) == pytest.approx(sum(b.mean for b in asked.blocks))
    assert all(e.low <= e.mean <= e.high + 1 for e in asked.expected)
    assert asked.habits.shares[ServiceClass.PRIORITY] == pytest.approx(0.1)
    assert np.median(asked.habits.taken[0]) == pytest.approx(600, rel=0.1)


def test_a_counter_that_has_not_called_lately_is_not_counted_on() -> None:
    assert day_asked(CONFIG, known(counters=(C2,)), {}, date(2026, 11, 23), NINE).staffed == (1,)
    assert day_asked(CONFIG, Known(), {}, date(2026, 11, 23), NINE).staffed == (0, 1)


def test_the_moments_question_is_the_hall_as_it_stands() -> None:
    day = OfficeDay(CONFIG)
    first = day.issue(CIVIL)
    day.wait(60)
    day.issue(LAND)
    day.do(c.CallNext, counter=C1)
    day.wait(30)
    day.do(c.PauseCounter, counter=C2, reason="Nghỉ", until=day.at + timedelta(minutes=5))
    asked = now_asked(day.office, CONFIG, known(), (), day.at)
    assert asked.now_s == 27_090.0
    (waiting,) = asked.waiting
    assert (waiting.service, waiting.since_s, waiting.spent_s) == (1, 27_060.0, 0.0)
    one, two = asked.desks
    assert (one.counter, one.serving, one.since_s) == (0, 0, 27_060.0) and one.back_s is None
    assert (two.counter, two.serving, two.back_s) == (1, None, 27_390.0)
    assert asked.later == (0, 1) and asked.measured == (0.0, 0.0, 0.0)
    assert day.office.tickets[first].counter == C1


def test_what_was_measured_today_is_those_served_and_those_in_service() -> None:
    served = past_day(TODAY, 3)
    in_service = replace(served[0], outcome=Outcome.OPEN)
    waiting = replace(
        served[1], outcome=Outcome.OPEN, legs=(replace(served[1].legs[0], first_called_at=None),), wait_s=None
    )
    gone = replace(served[2], outcome=Outcome.NO_SHOW)
    day = OfficeDay(CONFIG)
    asked = now_asked(day.office, CONFIG, known(), [*served, in_service, waiting, gone], NINE)
    assert asked.measured == (4.0, 16.0, 4.0)


def test_a_crowded_hall_gives_an_alert_and_an_empty_one_none() -> None:
    day = OfficeDay(CONFIG)
    asked = now_asked(day.office, CONFIG, known(20), (), day.at)
    assert asked.blocks and watch_now(replace(asked, runs=10), day.at, np.random.default_rng(1)) is None
    for _ in range(40):
        day.issue(CIVIL)
    day.wait(600)
    crowded = now_asked(day.office, CONFIG, known(80), (), day.at)
    alert = watch_now(replace(crowded, runs=10), day.at, np.random.default_rng(1))
    assert alert is not None and alert.mean.value > 20


def advice(day: date, *quiet: QuietSpell) -> DayAdvice:
    return DayAdvice(day, NINE, 20.0, 60.0, None, 0.9, (), (), (), quiet, 1)


def test_the_book_has_todays_quiet_hours_until_they_are_over_then_the_next_days() -> None:
    clock = FakeClock(NINE)
    book = AdviceBook(clock)
    assert book.day() is None and book.best_time() is None and list(book.week()) == []
    morning, later = QuietSpell(9.5 * 3600, 10.5 * 3600, 6.0), QuietSpell(14 * 3600.0, 15 * 3600.0, 5.0)
    monday = TODAY + timedelta(days=3)
    book.put_day(advice(TODAY, morning, later), CONFIG.hours)
    book.put_day(advice(monday, morning), CONFIG.hours)
    assert book.best_time() == (TODAY, (morning, later))
    clock.advance(timedelta(hours=2))
    assert book.best_time() == (TODAY, (later,))
    clock.advance(timedelta(hours=5))
    assert book.best_time() == (monday, (morning,))
    assert (found := book.day()) is not None and found.day == TODAY
    clock.advance(timedelta(hours=2))
    assert (found := book.day()) is not None and found.day == monday
    book.forget()
    assert book.day() is None


def test_an_alert_that_is_not_found_again_is_not_shown_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock(NINE)
    book = AdviceBook(clock)
    day = OfficeDay(CONFIG)
    for _ in range(40):
        day.issue(CIVIL)
    crowded = replace(now_asked(day.office, CONFIG, known(80), (), day.at), runs=6)
    book.put_alerts(watch(crowded, NINE, np.random.default_rng(1)))
    assert book.alert() is not None
    clock.advance(timedelta(minutes=6))
    assert book.alert() is None


def test_each_agency_with_some_of_the_services_is_watched_with_what_was_measured_of_its_own() -> None:
    civil, land = Agency(AgencyId("justice"), Words("Tư pháp")), Agency(AgencyId("land"), Words("Đất đai"))
    agency = {CIVIL: civil.id, LAND: land.id}
    services = tuple(replace(s, agency=agency[s.id]) for s in CONFIG.services)
    config = replace(CONFIG, agencies=(civil, land), services=services)
    visits = past_day(TODAY, 3)
    assert {v.service for v in visits} <= {CIVIL, LAND}
    office = OfficeDay(CONFIG).office
    asked = now_asked(office, config, known(), visits, NINE)
    own = [tuple(config.services[n].id for n in part.services) for part in asked.parts]
    assert own == [(CIVIL,), (LAND,)]
    assert [part.measured[0] for part in asked.parts] == [
        float(sum(v.service == service for v in visits)) for (service,) in own
    ]
    assert now_asked(office, CONFIG, known(), visits, NINE).parts == ()


def test_the_book_has_an_agencys_alert_apart_from_the_offices() -> None:
    clock = FakeClock(NINE)
    book = AdviceBook(clock)
    mean = Interval(24.0, 21.0, 28.0)
    own = Alert(NINE, TODAY, 20.0, mean, 0.9, (), services=(str(LAND),))
    book.put_alerts((own,))
    assert book.alert() is None and book.alert(frozenset({CIVIL})) is None
    assert book.alert(frozenset({LAND})) == own
    clock.advance(timedelta(minutes=6))
    assert book.alert(frozenset({LAND})) is None


def test_todays_question_is_about_the_whole_day_what_came_and_what_will() -> None:
    today = {(CIVIL, 15): 9, (CIVIL, 16): 8, (LAND, 16): 1, (CIVIL, 18): 2}
    asked = day_asked(CONFIG, known(), today, TODAY, NINE + timedelta(minutes=10))
    by_block: dict[float, float] = {}
    for block in asked.blocks:
        assert block.start_s % BLOCK_S == 0
        by_block[block.start_s] = by_block.get(block.start_s, 0.0) + block.mean
    assert by_block[27_000.0] == 9 and by_block[28_800.0] == 9
    assert by_block[32_400.0] > 2
    whole = day_asked(CONFIG, known(), {}, date(2026, 11, 23), NINE)
    assert {e.start_s for e in asked.expected} == {e.start_s for e in whole.expected}
    later = now_asked(OfficeDay(CONFIG).office, CONFIG, known(), (), NINE)
    assert all(block.start_s >= 32_400 for block in later.blocks)
