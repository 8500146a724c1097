"""The single writer when something goes wrong or ends: commits, listeners, rules, draining."""

from dataclasses import replace
from datetime import datetime

import pytest
from fakes.running import DEADLINE_S, GatedJournal, Heard, ask, engine_over, running
from fakes.small_office import configure, issue

from queue_server.domain.commands import Command, IssueTicket
from queue_server.domain.decide import decide
from queue_server.domain.events import (
    ClockStepped,
    Event,
    TicketIssued,
)
from queue_server.domain.office import Office
from queue_server.domain.refusals import Code, Refusal
from queue_server.engine.ports import Displaced, StorageFailed
from queue_server.storage.memory import MemoryJournal, MemoryStore


def the(event: object) -> TicketIssued:
    assert isinstance(event, TicketIssued)
    return event


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


def test_whoever_waits_behind_one_that_cannot_be_written_is_answered_when_the_disk_is_full_too() -> None:
    def defective(office: Office, command: Command, now: datetime) -> list[Event] | Refusal:
        decided = decide(office, command, now)
        if isinstance(command, IssueTicket) and command.language == "xx" and isinstance(decided, list):
            journal.store.fails = True
            return [*decided, ClockStepped(seconds=float("nan"))]
        return decided

    journal = GatedJournal()
    engine = engine_over(journal, decide_with=defective)
    engine.start()
    ask(engine, configure())
    journal.shut()
    engine.submit(issue())
    assert journal.at_gate.wait(DEADLINE_S)
    futures = [engine.submit(command) for command in (replace(issue(), language="xx"), issue(), issue())]
    journal.gate.set()
    for future in futures[1:]:
        refusal = future.result(DEADLINE_S).refusal
        assert refusal is not None
        assert refusal.code is Code.STORAGE_FAILED
    assert engine.drain(DEADLINE_S)


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
