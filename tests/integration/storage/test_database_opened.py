"""A database is opened: made, migrated with its data, left alone when it is newer or taken."""

import os
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fakes.places import KEYS, SqlitePlace
from integration.storage.test_journal_tampered import change

from queue_server.engine.ports import OfficeTaken, StorageFailed
from queue_server.storage import migrate
from queue_server.storage import tables as t
from queue_server.storage.database import Database, revision, sqlite_url
from queue_server.storage.journal import SqlJournal
from queue_server.storage.keys import Keys


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
