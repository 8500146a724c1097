"""The single writer: start, batches, repeated commands, restart."""

from dataclasses import replace

import pytest
from fakes.running import DEADLINE_S, GatedJournal, ask, engine_over, running
from fakes.small_office import call_next, configure, issue, open_counter, sign_on

from queue_server.domain.events import (
    EngineStarted,
    TicketCalled,
    TicketIssued,
)
from queue_server.engine.ports import OfficeTaken
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
