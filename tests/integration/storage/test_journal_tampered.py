"""A changed journal is found out: a byte, a row, the end, a day signed by another, a lost answer."""

import pytest
import sqlalchemy as sa
from fakes.places import KEYS, SqlitePlace

from queue_server.domain.ids import TicketId
from queue_server.storage import tables as t
from queue_server.storage.keys import Keys, signed_by
from queue_server.storage.verify import verify


def test_a_closed_day_has_a_signed_head(two_days: tuple[SqlitePlace, list[TicketId]]) -> None:
    place, _ = two_days
    with place.database.engine.connect() as connection:
        (head,) = connection.execute(sa.select(t.day_heads)).all()
    assert head.day == "2026-11-20"
    assert signed_by(KEYS.public, head.signature, head.day, head.seq, head.hash)
    assert not signed_by(KEYS.public, head.signature, head.day, head.seq, "0" * 64)


def test_an_untouched_journal_verifies(two_days: tuple[SqlitePlace, list[TicketId]]) -> None:
    told: list[tuple[int, int]] = []
    assert verify(two_days[0].database, KEYS.public, lambda done, of: told.append((done, of))) == []
    assert told[-1][0] == told[-1][1] > 10


def change(place: SqlitePlace, statement: sa.Executable) -> None:
    with place.database.engine.begin() as connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    "column", ["id", "type", "at", "data", "command_id", "by_role", "by_id", "by_where", "hash"]
)
def test_one_changed_byte_is_found_with_its_position(
    two_days: tuple[SqlitePlace, list[TicketId]], column: str
) -> None:
    place, _ = two_days
    j = t.journal
    with place.database.engine.connect() as connection:
        text = connection.execute(sa.select(j.c[column]).where(j.c.seq == 5)).scalar_one()
    changed = chr(ord(text[0]) ^ 1) + text[1:]
    change(place, sa.update(j).where(j.c.seq == 5).values({column: changed}))
    assert 5 in {problem.seq for problem in verify(place.database, KEYS.public) if problem.code == "hash"}


def test_a_removed_row_is_found(two_days: tuple[SqlitePlace, list[TicketId]]) -> None:
    place, _ = two_days
    change(place, sa.delete(t.journal).where(t.journal.c.seq == 6))
    found = verify(place.database, KEYS.public)
    assert (6, "gap") in {(problem.seq, problem.code) for problem in found}


def test_a_cut_off_end_is_found(two_days: tuple[SqlitePlace, list[TicketId]]) -> None:
    place, _ = two_days
    last = place.rows()[-1][0]
    change(place, sa.delete(t.journal).where(t.journal.c.seq == last))
    assert "end" in {problem.code for problem in verify(place.database, KEYS.public)}


def test_a_rewritten_and_rechained_day_is_found_by_its_signature(
    two_days: tuple[SqlitePlace, list[TicketId]],
) -> None:
    place, _ = two_days
    forger = Keys.of(b"f" * 32, b"p" * 32)
    with place.database.engine.connect() as connection:
        head = connection.execute(sa.select(t.day_heads)).one()
    signature = forger.sign_day(head.day, head.seq, head.hash)
    change(place, sa.update(t.day_heads).values(signature=signature))
    assert [p.code for p in verify(place.database, KEYS.public)] == ["signature"]
    change(place, sa.update(t.day_heads).values(signature=signature, key=forger.public))
    assert [p.code for p in verify(place.database, KEYS.public)] == ["signature"]


def test_a_lost_answer_is_found(two_days: tuple[SqlitePlace, list[TicketId]]) -> None:
    place, _ = two_days
    seq, command = place.rows()[-1]
    change(place, sa.delete(t.answers).where(t.answers.c.command_id == command))
    assert (seq, "answer") in {(p.seq, p.code) for p in verify(place.database, KEYS.public)}
