"""While a slow disk is at a batch: what was there before is found, what is under way is not there yet."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from fakes.places import SqlitePlace
from fakes.running import DEADLINE_S
from fakes.small_office import issue
from fakes.story import Story

from queue_server.engine.ports import StorageFailed
from queue_server.storage.journal import SqlJournal


class AtTheDisk:
    """A driver's connection whose COMMIT waits for the gate, and fails if it is told to."""

    def __init__(self, inner: Any) -> None:
        self._inner, self.gate, self.fails = inner, threading.Event(), False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def execute(self, sql: str, *values: Any) -> Any:
        if sql == "COMMIT":
            assert self.gate.wait(DEADLINE_S)
            if self.fails:
                raise OSError("the disk is gone")
        return self._inner.execute(sql, *values)


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def journal(slow_place: SqlitePlace, story: Story) -> SqlJournal:
    """Its first commits are behind it; they were slow."""
    made = slow_place.journal()
    made.open("boot-1")
    made.append(story.begin(), story.office)
    return made


@pytest.fixture
def disk(journal: SqlJournal) -> Iterator[AtTheDisk]:
    made = AtTheDisk(journal._connection)
    journal._connection = made
    yield made
    made.gate.set()


def test_answers_given_before_are_found_while_the_next_ones_are_written(
    journal: SqlJournal, disk: AtTheDisk, story: Story
) -> None:
    disk.gate.set()
    before = story.tell(issue())
    journal.append(before, story.office)
    disk.gate.clear()
    batch = story.tell(issue(), issue())
    ids = [one.command.id for one in (*before, *batch)]
    writing = journal.begin(batch, story.office)
    assert not writing.done()
    assert dict(journal.answers_to(ids)) == {ids[0]: before[0].answer}
    assert journal.answer_to(ids[1]) is None
    disk.gate.set()
    assert len(writing.result(DEADLINE_S)) == 2
    assert set(journal.answers_to(ids)) == set(ids)


def test_a_commit_that_fails_beside_leaves_nothing_behind(
    journal: SqlJournal, disk: AtTheDisk, story: Story, slow_place: SqlitePlace
) -> None:
    there = slow_place.rows()
    disk.fails = True
    writing = journal.begin(story.tell(issue()), story.office)
    disk.gate.set()
    with pytest.raises(StorageFailed):
        writing.result(DEADLINE_S)
    assert slow_place.rows() == there
