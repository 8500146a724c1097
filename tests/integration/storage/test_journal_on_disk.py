"""What only databases have: projections, history, signed days, tampering, migrations, kill -9."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fakes.fake_clock import FakeClock
from fakes.places import KEYS, SqlitePlace
from fakes.running import DEADLINE_S, ask, engine_over, running
from fakes.small_office import COUNTER, OFFICER, call_next, command_id, issue, open_counter, sign_on
from fakes.story import Story

from queue_server.domain import commands as c
from queue_server.domain.events import DayOpened, TicketIssued
from queue_server.domain.ids import TicketId
from queue_server.engine.ports import OfficeTaken, StorageFailed
from queue_server.storage import migrate
from queue_server.storage import tables as t
from queue_server.storage.database import Database, revision, sqlite_url
from queue_server.storage.history import History
from queue_server.storage.journal import SqlJournal
from queue_server.storage.keys import Keys, digest, signed_by
from queue_server.storage.verify import verify

EVENING = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


@pytest.fixture
def two_days(sql_place: SqlitePlace) -> Iterator[tuple[SqlitePlace, list[TicketId]]]:
    """Two local days: two tickets on the first (one called), one on the second; the engine has stopped."""
    clock = FakeClock(EVENING)
    with running(sql_place.journal(), clock) as engine:
        first, second, third = issue(), issue(), issue()
        for command in (first, second, sign_on(), open_counter(), call_next()):
            assert ask(engine, command).refusal is None
        clock.advance(timedelta(hours=1, minutes=1))
        assert ask(engine, third).refusal is None
    yield sql_place, [one.ticket for one in (first, second, third)]


def test_past_days_are_read_by_day_and_by_ticket(two_days: tuple[SqlitePlace, list[TicketId]]) -> None:
    place, tickets = two_days
    history = History(place.database)
    assert history.days() == [date(2026, 11, 20), date(2026, 11, 21)]
    first, second = (list(history.of_day(day)) for day in history.days())
    issued = [
        [one.event.ticket for one in day if isinstance(one.event, TicketIssued)] for day in (first, second)
    ]
    assert issued == [tickets[:2], tickets[2:]]
    assert [type(day[0].event) for day in (first, second)] == [DayOpened, DayOpened]
    assert first[-1].seq + 1 == second[0].seq
    assert list(history.of_day(date(2030, 1, 1))) == []
    assert {one.event.ticket for one in history.of_ticket(tickets[0], date(2026, 11, 20))} == {tickets[0]}  # type: ignore[attr-defined]


def test_visits_and_legs_follow_the_journal(two_days: tuple[SqlitePlace, list[TicketId]]) -> None:
    place, tickets = two_days
    with place.database.engine.connect() as connection:
        visits = {row.ticket: row for row in connection.execute(sa.select(t.visits))}
        legs = {row.ticket: row for row in connection.execute(sa.select(t.legs))}
        flags = connection.execute(sa.select(t.visit_flags)).all()
    assert [visits[ticket].number for ticket in tickets] == ["A001", "A002", "A001"]
    assert [visits[ticket].day for ticket in tickets] == ["2026-11-20", "2026-11-20", "2026-11-21"]
    assert visits[tickets[0]].state == "no_show"
    assert visits[tickets[1]].state == "abandoned"
    assert visits[tickets[2]].state == "waiting"
    assert legs[tickets[0]].counter == COUNTER
    assert legs[tickets[0]].first_called_at is not None
    assert legs[tickets[1]].first_called_at is None
    assert (tickets[0], "ended_by_turn") in [tuple(row) for row in flags]


def test_every_ticket_has_its_page_token_with_its_commit(
    two_days: tuple[SqlitePlace, list[TicketId]],
) -> None:
    place, tickets = two_days
    with place.database.engine.connect() as connection:
        rows = {
            row.ticket: (bytes(row.token), row.day) for row in connection.execute(sa.select(t.page_tokens))
        }
    assert rows[tickets[0]] == (digest(KEYS.page_token(tickets[0])), "2026-11-20")
    assert set(rows) == set(tickets)


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


def test_the_migrations_make_the_tables_of_the_program(bare_place: SqlitePlace) -> None:
    bare_place.database.migrate()
    with bare_place.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, t.metadata) == []
        assert revision(connection) == t.HEAD == migrate.head()


def test_a_database_of_the_first_revision_keeps_its_data(bare_place: SqlitePlace) -> None:
    database = bare_place.database
    migrate.upgrade(database.engine, None, to="0001")
    rows = [
        (1, "office.noted", "{}"),
        (2, "day.opened", '{"day":"2026-11-19"}'),
        (3, "ticket.ended", "{}"),
        (4, "day.opened", '{"day":"2026-11-20"}'),
    ]
    with database.engine.begin() as connection:
        for seq, type_, data in rows:
            connection.execute(
                sa.insert(t.journal).values(
                    seq=seq,
                    id=str(seq),
                    type=type_,
                    version=1,
                    at="2026-11-19T00:00:00.000000Z",
                    data=data,
                    command_id="c",
                    by_role="system",
                    by_id="server",
                    by_where="",
                    boot_id="b",
                    monotonic=0.0,
                    hash="h",
                )
            )
    database.migrate()
    with database.engine.connect() as connection:
        found = connection.execute(sa.select(t.journal.c.seq, t.journal.c.type, t.journal.c.data)).all()
        days = connection.execute(sa.select(t.days).order_by(t.days.c.day)).all()
        assert revision(connection) == t.HEAD
    assert [tuple(row) for row in found] == rows
    assert [tuple(row) for row in days] == [("2026-11-19", 2), ("2026-11-20", 4)]


def test_a_database_of_a_newer_program_is_left_alone(sql_place: SqlitePlace) -> None:
    sql_place.database.migrate()
    change(sql_place, sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageFailed, match="newer program"):
        sql_place.journal().open("boot-1")


def test_the_second_engine_is_told_who_has_the_office(tmp_path: Path) -> None:
    first, second = (SqlJournal(Database(sqlite_url(tmp_path)), KEYS) for _ in range(2))
    first.open("boot-1")
    with pytest.raises(OfficeTaken, match=str(os.getpid())):
        second.open("boot-2")
    first.close()


def test_a_directory_that_cannot_be_written_is_one_clear_failure(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed):
        SqlJournal(Database(sqlite_url(tmp_path / "not" / "there")), KEYS).open("boot-1")


def test_keys_are_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    keys = Keys.open(tmp_path)
    again = Keys.open(tmp_path)
    assert (keys.public, keys.pages) == (again.public, again.pages)
    assert (tmp_path / "signing.pub").read_text().strip() == keys.public
    Database(sqlite_url(tmp_path)).migrate()
    private = ("signing.key", "pages.key", "office.db")
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in private} == {0o600}
    assert Keys.of(b"x" * 32, b"y" * 32).public != keys.public


def test_the_journal_is_readable_with_plain_sql(tmp_path: Path) -> None:
    place = SqlitePlace(tmp_path)
    with running(place.journal()) as engine:
        ask(engine, issue())
        with sqlite3.connect(tmp_path / "office.db") as plain:
            rows = plain.execute(
                "SELECT data ->> 'number' FROM journal WHERE type = 'ticket.issued'"
            ).fetchall()
    assert rows == [("A001",)]
    place.close()


def test_a_snapshot_of_another_shape_is_not_read_but_replayed(sql_place: SqlitePlace) -> None:
    story, journal = Story(), sql_place.journal()
    journal.open("boot-1")
    journal.append(story.begin() + story.tell(issue()), story.office)
    journal.save_snapshot(story.office)
    for values in ({"shape": "of long ago"}, {"data": b"broken"}):
        change(sql_place, sa.update(t.snapshots).values(values))
        office, later = journal.load()
        assert office.seq == 0
        assert len(list(later)) == story.office.seq


def test_a_snapshot_that_another_history_made_is_not_used(sql_place: SqlitePlace) -> None:
    story, journal = Story(), sql_place.journal()
    journal.open("boot-1")
    journal.append(story.begin() + story.tell(issue()), story.office)
    journal.save_snapshot(story.office)
    change(sql_place, sa.update(t.snapshots).values(hash="0" * 64))
    assert journal.load()[0].seq == 0


def test_an_undone_transfer_leaves_no_second_leg_behind(sql_place: SqlitePlace) -> None:
    with running(sql_place.journal()) as engine:
        command = issue()
        for one in (command, sign_on(), open_counter(), call_next()):
            assert ask(engine, one).refusal is None
        undo = c.Undo(id=command_id(), by=OFFICER, counter=COUNTER)
        assert ask(engine, undo).refusal is None
        with sql_place.database.engine.connect() as connection:
            legs = connection.execute(sa.select(t.legs).where(t.legs.c.ticket == command.ticket)).all()
            flags = [tuple(row) for row in connection.execute(sa.select(t.visit_flags))]
    assert [leg.first_called_at for leg in legs] == [None]
    assert (command.ticket, "undone") in flags


_ISSUER = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from fakes.places import SqlitePlace
from fakes.running import ask, engine_over
from fakes.small_office import configure, issue
from queue_server.clock import new_id
engine = engine_over(SqlitePlace(Path(sys.argv[1])).journal())
engine.start()
ask(engine, configure())
while True:
    answer = ask(engine, issue(new_id()))
    print(answer.command_id, answer.events[-1].number, flush=True)
"""


def test_after_kill_9_every_answered_ticket_is_there_and_no_number_comes_twice(tmp_path: Path) -> None:
    tests = str(Path(__file__).parents[2])
    answered: dict[str, str] = {}
    for _ in range(2):
        with subprocess.Popen(
            [sys.executable, "-c", _ISSUER, str(tmp_path), tests],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        ) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(40)]
            process.send_signal(signal.SIGKILL)
            lines += process.stdout.readlines()
        for line in lines:
            if line.endswith("\n"):
                command, number = line.split()
                assert number not in answered.values()
                answered[command] = number
    place = SqlitePlace(tmp_path)
    engine = engine_over(place.journal(), boot_id="boot-3")
    engine.start()
    kept = [ticket.number for ticket in engine.office.tickets.values()]
    assert set(answered.values()) <= set(kept)
    assert len(kept) == len(set(kept))
    for command, number in list(answered.items())[:3]:
        again = ask(engine, issue(command))
        assert again.repeated
        assert json.loads(f'"{number}"') == again.events[-1].number  # type: ignore[attr-defined]
    assert engine.drain(DEADLINE_S)
    assert verify(place.database, KEYS.public) == []
    place.close()
