"""What every journal promises, in memory, in SQLite and in PostgreSQL alike."""

from dataclasses import replace

import pytest
from fakes.places import Place
from fakes.small_office import call_next, command_id, issue, open_counter, sign_on
from fakes.story import Story, bare, events

from queue_server.domain.evolve import evolve
from queue_server.domain.ids import CommandId
from queue_server.domain.office import Office
from queue_server.engine.ports import Displaced, Journal, OfficeTaken, Recorded, StorageFailed


def replayed(journal: Journal) -> tuple[Office, list[Recorded]]:
    office, later = journal.load()
    after = list(later)
    for one in after:
        office = evolve(office, one.event, at=one.at, seq=one.seq, command_id=one.command_id)
    return office, after


def test_an_empty_office_loads_as_nothing(place: Place) -> None:
    journal = place.journal()
    assert journal.open("boot-1") == 1
    office, later = journal.load()
    assert (office, list(later), journal.last()) == (Office(), [], (0, ""))


def test_what_was_appended_is_loaded_again_in_order(place: Place) -> None:
    story, journal = Story(), place.journal()
    journal.open("boot-1")
    written = [*journal.append(story.begin(), story.office)]
    written += journal.append(story.tell(issue(), issue()), story.office)
    written += journal.append(story.tell(sign_on(), open_counter(), call_next()), story.office)
    journal.close()
    again = place.journal()
    again.open("boot-2")
    office, found = replayed(again)
    assert found == written
    assert office == story.office
    assert again.last() == (written[-1].seq, written[-1].hash)


def test_append_returns_the_events_chained_one_to_the_other(place: Place) -> None:
    story, journal = Story(), place.journal()
    journal.open("boot-1")
    batch = story.begin() + story.tell(issue(), issue())
    recorded = journal.append(batch, story.office)
    assert bare(recorded) == bare([one for append in batch for one in append.recorded])
    assert len({one.hash for one in recorded}) == len(recorded)
    assert all(len(one.hash) == 64 for one in recorded)


def test_an_answer_is_found_again_literally(place: Place) -> None:
    story, journal = Story(), place.journal()
    journal.open("boot-1")
    issued, refused = issue(), replace(issue(), services=())
    batch = story.begin() + story.tell(issued, refused)
    journal.append(batch, story.office)
    journal.close()
    again = place.journal()
    again.open("boot-2")
    first, no = again.answer_to(issued.id), again.answer_to(refused.id)
    assert first == batch[-2].answer
    assert first is not None
    assert first.outcome == f'{{"for":"{issued.id}"}}'
    assert list(first.events) == events(batch[-2:-1])
    assert no == batch[-1].answer
    assert no is not None
    assert no.refusal is not None


def test_only_answered_commands_have_answers(place: Place) -> None:
    story, journal = Story(), place.journal()
    journal.open("boot-1")
    one, two = issue(), issue()
    journal.append(story.begin() + story.tell(one, two), story.office)
    asked = [one.id, CommandId("never-asked"), two.id]
    assert set(journal.answers_to(asked)) == {one.id, two.id}
    assert journal.answer_to(CommandId("never-asked")) is None
    assert journal.answers_to([]) == {}


def test_a_snapshot_shortens_the_replay_and_changes_nothing(place: Place) -> None:
    story, journal = Story(), place.journal()
    journal.open("boot-1")
    journal.append(story.begin() + story.tell(issue(), sign_on(), open_counter()), story.office)
    journal.save_snapshot(story.office)
    at_snapshot = story.office.seq
    later = journal.append(story.tell(call_next(), issue()), story.office)
    journal.close()
    again = place.journal()
    again.open("boot-2")
    assert again.load()[0].seq == at_snapshot
    office, found = replayed(again)
    assert found == list(later)
    assert office == story.office


def test_a_state_that_was_never_committed_is_not_kept(place: Place) -> None:
    story, journal = Story(), place.journal()
    journal.open("boot-1")
    journal.append(story.begin(), story.office)
    committed = story.office
    story.tell(issue())
    journal.save_snapshot(story.office)
    assert replayed(journal)[0] == committed


def test_a_second_engine_is_refused_until_the_first_has_gone(place: Place) -> None:
    first, second = place.journal(), place.journal()
    assert first.open("boot-1") == 1
    with pytest.raises(OfficeTaken, match="another queue server"):
        second.open("boot-2")
    first.close()
    assert second.open("boot-2") == 2


def test_a_displaced_writer_is_told_and_nothing_is_written_twice(place: Place) -> None:
    story, first, second = Story(), place.journal(), place.journal()
    first.open("boot-1")
    first.append(story.begin(), story.office)
    place.cut(first)
    second.open("boot-2")
    taken_over, asleep = Story(story.office), Story(story.office)
    mine = issue()
    second.append(taken_over.tell(mine), taken_over.office)
    before = place.rows()
    with pytest.raises(Displaced):
        first.append(asleep.tell(issue()), asleep.office)
    assert place.rows() == before
    assert before[-1][1] == mine.id


def test_a_batch_that_cannot_be_written_leaves_nothing_behind(place: Place) -> None:
    story, journal = Story(), place.journal()
    journal.open("boot-1")
    twice = issue("the-same")
    journal.append(story.begin() + story.tell(twice), story.office)
    before, last = place.rows(), journal.last()
    with pytest.raises(StorageFailed):
        journal.append(story.tell(issue(), issue("the-same")), story.office)
    assert place.rows() == before
    assert journal.last() == last


def test_a_refusal_alone_is_answered_without_a_row(place: Place) -> None:
    story, journal = Story(), place.journal()
    journal.open("boot-1")
    journal.append(story.begin(), story.office)
    before = place.rows()
    refused = replace(issue(), id=command_id(), services=())
    assert journal.append(story.tell(refused), story.office) == ()
    assert place.rows() == before
    assert journal.answer_to(refused.id) is not None
