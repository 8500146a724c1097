"""The single writer: batches, repeats, failures, news and the end."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from queue import Queue

import pytest
from fakes.fake_clock import FakeClock
from fakes.running import DEADLINE_S, GatedJournal, Heard, ask, engine_over, running
from fakes.small_office import call_next, configure, issue, open_counter, sign_on

from queue_server.domain.commands import Command, IssueTicket
from queue_server.domain.decide import decide
from queue_server.domain.events import (
    ClockStepped,
    DayOpened,
    EngineStarted,
    Event,
    TicketCalled,
    TicketIssued,
)
from queue_server.domain.office import Office
from queue_server.domain.refusals import Code, Refusal
from queue_server.engine.ports import Append, Displaced, OfficeTaken, Recorded, StorageFailed
from queue_server.storage.memory import MemoryJournal, MemoryStore


def the(event: object) -> TicketIssued:
    assert isinstance(event, TicketIssued)
    return event


def test_a_start_records_the_boot_first() -> None:
    journal = MemoryJournal()
    engine = engine_over(journal)
    answer = engine.start()
    assert answer.events == (EngineStarted(boot_id="boot-1"),)
    assert (engine.office.seq, engine.office.boot_id, answer.seq) == (1, "boot-1", 1)
    assert engine.alive
    assert engine.drain(DEADLINE_S)
    assert not engine.alive


def test_a_second_engine_cannot_start() -> None:
    store = MemoryStore()
    with running(MemoryJournal(store)), pytest.raises(OfficeTaken):
        engine_over(MemoryJournal(store)).start()


def test_a_command_is_answered_after_its_commit_and_not_before() -> None:
    journal = GatedJournal()
    with running(journal) as engine:
        before = engine.office
        journal.shut()
        future = engine.submit(issue())
        assert journal.at_gate.wait(DEADLINE_S)
        assert not future.done()
        assert engine.office is before
        journal.gate.set()
        answer = future.result(DEADLINE_S)
        assert the(answer.events[-1]).number == "A001"
        assert engine.office.seq == answer.seq > before.seq


def test_what_gathers_during_a_commit_is_one_batch_and_no_number_comes_twice() -> None:
    journal = GatedJournal()
    with running(journal) as engine:
        journal.shut()
        futures = [engine.submit(issue())]
        assert journal.at_gate.wait(DEADLINE_S)
        futures += [engine.submit(issue()) for _ in range(63)]
        journal.sizes.clear()
        journal.gate.set()
        numbers = [the(f.result(DEADLINE_S).events[-1]).number for f in futures]
        assert numbers == [f"A{n:03d}" for n in range(1, 65)]
        assert journal.sizes == [1, 63]


def test_on_a_slow_disk_a_batch_waits_for_those_the_last_one_answered() -> None:
    clock = FakeClock()

    class SlowDisk(GatedJournal):
        def append(self, batch: Sequence[Append], state: Office) -> tuple[Recorded, ...]:
            clock.advance(timedelta(milliseconds=500))
            return super().append(batch, state)

    journal = SlowDisk()
    with running(journal, clock, linger_most_s=DEADLINE_S, tick_due=lambda *_: False) as engine:
        journal.shut()
        futures = [engine.submit(issue())]
        assert journal.at_gate.wait(DEADLINE_S)
        futures += [engine.submit(issue()) for _ in range(3)]
        journal.sizes.clear()
        journal.gate.set()
        for future in futures:
            future.result(DEADLINE_S)
        for future in [engine.submit(issue()) for _ in range(3)]:
            future.result(DEADLINE_S)
        assert journal.sizes == [1, 3, 3]


def test_two_clerks_in_the_same_batch_never_get_the_same_citizen() -> None:
    journal = GatedJournal()
    with running(journal) as engine:
        for command in (issue(), issue(), sign_on(), open_counter()):
            assert ask(engine, command).refusal is None
        journal.shut()
        blocker = engine.submit(issue())
        assert journal.at_gate.wait(DEADLINE_S)
        first, second = engine.submit(call_next()), engine.submit(call_next())
        journal.gate.set()
        blocker.result(DEADLINE_S)
        called = [
            event.ticket
            for future in (first, second)
            for event in future.result(DEADLINE_S).events
            if isinstance(event, TicketCalled)
        ]
        assert len(called) == len(set(called)) >= 1


def test_a_repeated_id_gets_the_first_answer_and_changes_nothing() -> None:
    with running(MemoryJournal()) as engine:
        command = issue()
        first, seq = ask(engine, command), engine.office.seq
        again = ask(engine, replace(issue(), id=command.id))
        assert again == replace(first, repeated=True)
        assert again.outcome == first.outcome != ""
        assert engine.office.seq == seq


def test_a_repeated_id_within_a_batch_gets_the_first_answer_too() -> None:
    journal = GatedJournal()
    with running(journal) as engine:
        journal.shut()
        blocker = engine.submit(issue())
        assert journal.at_gate.wait(DEADLINE_S)
        command = issue()
        one, two = engine.submit(command), engine.submit(command)
        journal.gate.set()
        blocker.result(DEADLINE_S)
        assert not one.result(DEADLINE_S).repeated
        assert two.result(DEADLINE_S) == replace(one.result(), repeated=True)
        assert len(engine.office.tickets) == 2


def test_a_refusal_is_repeated_even_when_it_would_be_granted_now() -> None:
    with running(MemoryJournal()) as engine:
        ask(engine, configure(quota=0))
        command = issue()
        refused = ask(engine, command)
        assert refused.refusal is not None
        ask(engine, configure(quota=None))
        assert ask(engine, command) == replace(refused, repeated=True)
        assert ask(engine, issue()).refusal is None


def test_a_repeat_is_known_after_a_restart_and_after_much_else() -> None:
    store, command = MemoryStore(), issue()
    with running(MemoryJournal(store), remember=2) as engine:
        first = ask(engine, command)
        for _ in range(5):
            ask(engine, issue())
        assert ask(engine, command) == replace(first, repeated=True)
    with running(MemoryJournal(store), boot_id="boot-2") as engine:
        assert ask(engine, command) == replace(first, repeated=True)


def test_a_restart_finds_the_same_office() -> None:
    store = MemoryStore()
    with running(MemoryJournal(store)) as engine:
        for command in (issue(), sign_on(), open_counter(), call_next(), issue()):
            ask(engine, command)
        before = engine.office
    store.snapshot = None
    later = engine_over(MemoryJournal(store), boot_id="boot-2")
    later.start()
    at = later.office.at
    expected = replace(before, seq=later.office.seq, at=at, boot_id="boot-2", outage_until=at)
    assert later.office == expected
    assert later.drain(DEADLINE_S)


def test_a_failed_commit_refuses_the_whole_batch_and_stops_the_engine() -> None:
    failures: list[Exception] = []
    store = MemoryStore()
    journal = GatedJournal(store)
    engine = engine_over(journal, on_failed=failures.append)
    engine.start()
    ask(engine, configure())
    committed = engine.office
    journal.shut()
    futures = [engine.submit(issue())]
    assert journal.at_gate.wait(DEADLINE_S)
    futures += [engine.submit(issue()) for _ in range(3)]
    store.fails = True
    journal.gate.set()
    for future in futures:
        refusal = future.result(DEADLINE_S).refusal
        assert refusal is not None
        assert refusal.code is Code.STORAGE_FAILED
    assert engine.drain(DEADLINE_S)
    assert [type(one) for one in failures] == [StorageFailed]
    assert engine.office == committed
    late = ask(engine, issue()).refusal
    assert late is not None
    assert late.code is Code.STORAGE_FAILED
    store.fails = False
    with running(MemoryJournal(store), boot_id="boot-2") as again:
        assert len(again.office.tickets) == 0


def test_a_displaced_engine_stops_and_writes_nothing() -> None:
    failures: list[Exception] = []
    store = MemoryStore()
    asleep_journal = MemoryJournal(store)
    asleep = engine_over(asleep_journal, on_failed=failures.append)
    asleep.start()
    asleep_journal.lose_lock()
    with running(MemoryJournal(store), boot_id="boot-2") as leader:
        ask(leader, issue())
        written = len(store.recorded)
        refusal = ask(asleep, configure()).refusal
        assert refusal is not None
        assert refusal.code is Code.STORAGE_FAILED
        assert len(store.recorded) == written
        assert asleep.drain(DEADLINE_S)
        assert [type(one) for one in failures] == [Displaced]


def test_listeners_hear_every_commit_in_order_even_when_one_raises() -> None:
    heard, journal = Heard(), MemoryJournal()

    def broken(_office: Office, _recorded: object) -> None:
        raise RuntimeError("a listener's own defect")

    engine = engine_over(journal)
    engine.subscribe(broken)
    engine.subscribe(heard)
    engine.start()
    ask(engine, configure())
    for _ in range(20):
        ask(engine, issue())
    last = engine.office.seq
    recorded = heard.until(lambda all_: len(all_) == last)
    assert [one.seq for one in recorded] == list(range(1, last + 1))
    assert all(office.seq == news[-1].seq for office, news in heard.news)
    assert all(one.hash for one in recorded)
    assert engine.drain(DEADLINE_S)


def test_a_listener_that_has_stopped_hears_nothing_more() -> None:
    stays, goes = Heard(), Heard()
    with running(MemoryJournal()) as engine:
        engine.subscribe(stays)
        stop = engine.subscribe(goes)
        ask(engine, issue())
        stays.until(lambda all_: len(all_) >= 1)
        goes.until(lambda all_: len(all_) >= 1)
        stop()
        heard_until_then = len(goes.recorded)
        ask(engine, issue())
        stays.until(lambda all_: len(all_) >= 2)
        assert len(goes.recorded) == heard_until_then


def test_draining_answers_what_waits_refuses_what_comes_and_keeps_the_state() -> None:
    store = MemoryStore()
    journal = GatedJournal(store)
    engine = engine_over(journal)
    engine.start()
    ask(engine, configure())
    journal.shut()
    first = engine.submit(issue())
    assert journal.at_gate.wait(DEADLINE_S)
    second = engine.submit(issue())
    assert not engine.drain(0.01)
    late = ask(engine, issue()).refusal
    assert late is not None
    assert late.code is Code.DRAINING
    journal.gate.set()
    assert first.result(DEADLINE_S).refusal is None
    assert second.result(DEADLINE_S).refusal is None
    assert engine.drain(DEADLINE_S)
    assert store.snapshot is not None
    again = MemoryJournal(store)
    again.open("boot-2")
    office, later = again.load()
    assert (office, list(later)) == (engine.office, [])


def test_a_rule_that_raises_fails_its_own_command_only() -> None:
    def defective(office: Office, command: Command, now: datetime) -> list[Event] | Refusal:
        if isinstance(command, IssueTicket) and command.language == "xx":
            raise ZeroDivisionError("a defect")
        return decide(office, command, now)

    with running(MemoryJournal(), decide_with=defective) as engine:
        with pytest.raises(ZeroDivisionError):
            ask(engine, replace(issue(), language="xx"))
        assert the(ask(engine, issue()).events[-1]).number == "A001"


def test_an_event_that_cannot_be_written_fails_its_own_command_only() -> None:
    def defective(office: Office, command: Command, now: datetime) -> list[Event] | Refusal:
        decided = decide(office, command, now)
        if isinstance(command, IssueTicket) and command.language == "xx" and isinstance(decided, list):
            return [*decided, ClockStepped(seconds=float("nan"))]
        return decided

    journal = GatedJournal()
    with running(journal, decide_with=defective) as engine:
        journal.shut()
        blocker = engine.submit(issue())
        assert journal.at_gate.wait(DEADLINE_S)
        good, bad, fine = issue(), replace(issue(), language="xx"), issue()
        futures = [engine.submit(command) for command in (good, bad, fine)]
        journal.gate.set()
        blocker.result(DEADLINE_S)
        assert futures[0].result(DEADLINE_S).refusal is None
        with pytest.raises(ValueError, match="ClockStepped"):
            futures[1].result(DEADLINE_S)
        assert futures[2].result(DEADLINE_S).refusal is None
        assert len(engine.office.tickets) == 3


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
        (timedelta(hours=3), False, False),
        (timedelta(days=3), False, True),
        (timedelta(days=3), True, False),
    ],
    ids=["earlier", "a little later", "days later, unsynchronised", "days later, synchronised"],
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
        ask(engine, issue())
        journal.day_opened()
        clock.advance(timedelta(days=1))
        answer = ask(engine, issue())
        assert any(isinstance(event, DayOpened) for event in answer.events)
        assert journal.kept.get(timeout=DEADLINE_S) == answer.seq
