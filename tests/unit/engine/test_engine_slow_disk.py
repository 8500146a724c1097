"""The single writer over a slow disk decides while it works, and nobody hears of what may still fail."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fakes.running import DEADLINE_S, Heard, SlowDisk, ask, engine_over, running
from fakes.small_office import configure, issue

from queue_server.domain.events import TicketIssued
from queue_server.domain.refusals import Code
from queue_server.engine.ports import Answer, StorageFailed
from queue_server.engine.writer import SingleWriter
from queue_server.storage.memory import MemoryStore


def number(answer: Answer) -> str:
    event = answer.events[-1]
    assert isinstance(event, TicketIssued)
    return event.number


@pytest.fixture
def disk() -> SlowDisk:
    return SlowDisk()


@pytest.fixture
def engine(disk: SlowDisk) -> Iterator[SingleWriter]:
    with running(disk, tick_due=lambda *_: False) as made:
        disk.slow = True
        yield made
        disk.slow = False


def test_who_asks_while_the_disk_works_is_decided_meanwhile_and_written_next(
    engine: SingleWriter, disk: SlowDisk
) -> None:
    first = engine.submit(issue())
    disk.wait_begun()
    others = [engine.submit(issue()) for _ in range(3)]
    disk.finish()
    assert number(first.result(DEADLINE_S)) == "A001"
    disk.wait_begun()
    assert not any(other.done() for other in others)
    disk.finish()
    assert [number(other.result(DEADLINE_S)) for other in others] == ["A002", "A003", "A004"]
    assert disk.sizes[0] == 1 and sum(disk.sizes) == 4


def test_nobody_sees_or_hears_of_what_is_not_durable(engine: SingleWriter, disk: SlowDisk) -> None:
    heard, before = Heard(), engine.office
    engine.subscribe(heard)
    asked = engine.submit(issue())
    disk.wait_begun()
    assert engine.office is before and heard.recorded == [] and not asked.done()
    disk.finish()
    asked.result(DEADLINE_S)
    assert isinstance(heard.until(bool)[-1].event, TicketIssued)
    assert engine.office.seq == heard.recorded[-1].seq > before.seq


def test_a_repeat_of_what_is_being_written_gets_the_same_answer(engine: SingleWriter, disk: SlowDisk) -> None:
    command = issue()
    first = engine.submit(command)
    disk.wait_begun()
    again = engine.submit(replace(issue(), id=command.id))
    disk.finish()
    assert again.result(DEADLINE_S) == replace(first.result(DEADLINE_S), repeated=True)
    assert disk.sizes == [1]


def test_when_the_disk_fails_what_was_decided_on_top_falls_with_it() -> None:
    failures: list[Exception] = []
    disk = SlowDisk(MemoryStore())
    engine = engine_over(disk, on_failed=failures.append, tick_due=lambda *_: False)
    engine.start()
    ask(engine, configure())
    committed, disk.slow = engine.office, True
    asked = [engine.submit(issue())]
    disk.wait_begun()
    asked += [engine.submit(issue()) for _ in range(3)]
    disk.store.fails = True
    disk.finish()
    for one in asked:
        refusal = one.result(DEADLINE_S).refusal
        assert refusal is not None and refusal.code is Code.STORAGE_FAILED
    assert engine.drain(DEADLINE_S)
    assert [type(one) for one in failures] == [StorageFailed] and engine.office is committed


def test_who_is_durable_is_answered_though_the_next_batch_fails() -> None:
    disk = SlowDisk(MemoryStore())
    engine = engine_over(disk, tick_due=lambda *_: False)
    engine.start()
    ask(engine, configure())
    disk.slow = True
    first = engine.submit(issue())
    disk.wait_begun()
    second = engine.submit(issue())
    disk.finish()
    disk.wait_begun()
    disk.store.fails = True
    disk.finish()
    refusal = second.result(DEADLINE_S).refusal
    assert number(first.result(DEADLINE_S)) == "A001"
    assert refusal is not None and refusal.code is Code.STORAGE_FAILED
    assert engine.drain(DEADLINE_S)


def test_draining_waits_for_the_disk_and_for_what_was_decided_meanwhile(
    engine: SingleWriter, disk: SlowDisk
) -> None:
    first = engine.submit(issue())
    disk.wait_begun()
    second = engine.submit(issue())
    drained = threading.Thread(target=engine.drain, args=(DEADLINE_S,))
    drained.start()
    disk.finish()
    disk.finish()
    drained.join(DEADLINE_S)
    assert not engine.alive
    assert [number(one.result(DEADLINE_S)) for one in (first, second)] == ["A001", "A002"]
