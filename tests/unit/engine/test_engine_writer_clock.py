"""The single writer and the clock: order, doubt, steps, midnight, and when the state is kept."""

import time
from datetime import UTC, datetime, timedelta
from queue import Queue

import pytest
from fakes.fake_clock import FakeClock
from fakes.running import DEADLINE_S, Heard, ask, engine_over, running
from fakes.small_office import issue

from queue_server.domain.events import (
    ClockStepped,
    DayOpened,
)
from queue_server.domain.office import Office
from queue_server.storage.memory import MemoryJournal, MemoryStore


def test_an_instant_is_never_before_the_last_event() -> None:
    clock = FakeClock()
    with running(MemoryJournal(), clock) as engine:
        before = ask(engine, issue()).at
        clock.at -= timedelta(hours=2)
        assert ask(engine, issue()).at == before


@pytest.mark.parametrize(
    ("later", "synchronised", "doubted"),
    [
        (timedelta(hours=-1), True, True),
        (timedelta(seconds=-2), True, False),
        (timedelta(hours=3), False, False),
        (timedelta(days=3), False, True),
        (timedelta(days=3), True, False),
    ],
    ids=[
        "earlier",
        "set right by a moment",
        "a little later",
        "days later, unsynchronised",
        "days later, synchronised",
    ],
)
def test_a_clock_that_cannot_be_right_is_doubted_at_the_start(
    later: timedelta, synchronised: bool, doubted: bool
) -> None:
    store, clock = MemoryStore(), FakeClock()
    with running(MemoryJournal(store), clock) as engine:
        ask(engine, issue())
    again = engine_over(MemoryJournal(store), FakeClock(clock.at + later, synchronised), boot_id="boot-2")
    again.start()
    assert bool(again.office.clock_doubt) is doubted
    assert again.drain(DEADLINE_S)


def test_a_step_of_the_wall_clock_is_recorded_and_a_small_one_is_not() -> None:
    clock, heard = FakeClock(), Heard()
    with running(MemoryJournal(), clock) as engine:
        engine.subscribe(heard)
        clock.step(0.4)
        clock.advance(timedelta(seconds=2))
        ask(engine, issue())
        ask(engine, issue())
        clock.step(-30.0)
        clock.advance(timedelta(seconds=2))
        ask(engine, issue())
        recorded = heard.until(lambda all_: any(isinstance(one.event, ClockStepped) for one in all_))
        assert [one.event for one in recorded if isinstance(one.event, ClockStepped)] == [
            ClockStepped(seconds=-30.0)
        ]


def test_the_day_turns_at_local_midnight_though_nobody_asks_for_anything() -> None:
    clock, heard = FakeClock(datetime(2026, 11, 20, 16, 59, tzinfo=UTC)), Heard()
    with running(MemoryJournal(), clock) as engine:
        engine.subscribe(heard)
        clock.advance(timedelta(minutes=2))
        recorded = heard.until(lambda all_: any(isinstance(one.event, DayOpened) for one in all_))
        opened = [one.event.day for one in recorded if isinstance(one.event, DayOpened)]
        assert opened[-1].isoformat() == "2026-11-21"


class Passing(FakeClock):
    """A clock whose seconds really pass."""

    def monotonic(self) -> float:
        return time.monotonic()


class Kept(MemoryJournal):
    """Tells when a state was kept."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: Queue[int] = Queue()

    def save_snapshot(self, state: Office) -> None:
        super().save_snapshot(state)
        self.kept.put(state.seq)

    def day_opened(self) -> None:
        """Wait for what is kept when the first day opens."""
        self.kept.get(timeout=DEADLINE_S)


def test_the_state_is_kept_in_a_quiet_moment() -> None:
    journal = Kept()
    with running(journal, Passing(), snapshot_every=5) as engine:
        ask(engine, issue())
        journal.day_opened()
        for _ in range(9):
            ask(engine, issue())
        assert journal.kept.get(timeout=DEADLINE_S) == engine.office.seq


def test_the_state_is_kept_now_and_then_though_it_is_never_quiet() -> None:
    journal = Kept()
    with running(journal, snapshot_every=5) as engine:
        ask(engine, issue())
        journal.day_opened()
        seq = 0
        while journal.kept.empty():
            seq = ask(engine, issue()).seq
            assert seq < 200
        assert 20 <= journal.kept.get(timeout=DEADLINE_S) <= seq


def test_the_state_is_kept_when_a_day_opens() -> None:
    journal, clock = Kept(), FakeClock()
    with running(journal, clock) as engine:
        yesterday = ask(engine, issue()).seq
        journal.day_opened()
        clock.advance(timedelta(days=1))
        today = ask(engine, issue()).seq
        assert yesterday < journal.kept.get(timeout=DEADLINE_S) <= today
