"""Which dossier a ticket is about: kept with the ticket or not at all, in neither journal nor answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from fakes.dossiers import CODE, KEY, NOW
from fakes.places import Place, SqlitePlace
from fakes.small_office import issue
from fakes.story import Story

from queue_server.dossiers.ports import Opening
from queue_server.engine.ports import Displaced, StorageFailed
from queue_server.storage import tables as t
from queue_server.storage.backup import TABLE_MODULES, backup
from queue_server.storage.dossier_tables import ticket_dossiers
from queue_server.storage.dossier_tickets import SqlTicketDossiers

TODAY = date(2026, 11, 20)


def kept(place: SqlitePlace) -> SqlTicketDossiers:
    return SqlTicketDossiers(place.database, KEY)


def test_a_ticket_s_dossier_is_kept_in_the_transaction_that_makes_the_ticket(sql_place: SqlitePlace) -> None:
    story, journal = Story(), sql_place.journal()
    journal.open("boot-1")
    one, other = replace(issue(), dossier=CODE), issue()
    journal.append(story.begin() + story.tell(one, other), story.office)
    assert kept(sql_place).of(one.ticket) == CODE
    assert kept(sql_place).of(other.ticket) == ""


def test_a_refused_ticket_leaves_no_dossier(sql_place: SqlitePlace) -> None:
    story, journal = Story(), sql_place.journal()
    journal.open("boot-1")
    refused = replace(issue(), services=(), dossier=CODE)
    journal.append(story.begin() + story.tell(refused), story.office)
    assert kept(sql_place).of(refused.ticket) == ""


def test_a_batch_that_fails_leaves_neither_ticket_nor_dossier(sql_place: SqlitePlace) -> None:
    story, journal = Story(), sql_place.journal()
    journal.open("boot-1")
    journal.append(story.begin(), story.office)
    one = replace(issue(), dossier=CODE)
    batch = story.tell(one)
    journal.append(batch, story.office)
    assert kept(sql_place).of(one.ticket) == CODE
    kept(sql_place).attach(one.ticket, "", TODAY)
    with pytest.raises((Displaced, StorageFailed)):
        journal.append(batch, story.office)  # its events stand in the journal already
    assert kept(sql_place).of(one.ticket) == ""


def test_a_repeated_request_writes_nothing(place: Place) -> None:
    story, journal = Story(), place.journal()
    journal.open("boot-1")
    one = replace(issue(), dossier=CODE)
    journal.append(story.begin() + story.tell(one), story.office)
    first = journal.answer_to(one.id)
    assert first is not None and journal.answers_to([one.id])[one.id] == first
    assert CODE not in first.outcome and CODE not in repr(first)


def test_the_code_stands_in_its_own_table_alone(sql_place: SqlitePlace) -> None:
    story, journal = Story(), sql_place.journal()
    journal.open("boot-1")
    one = replace(issue(), dossier=CODE)
    journal.append(story.begin() + story.tell(one), story.office)
    journal.save_snapshot(story.office)
    assert CODE not in repr(one)
    with sql_place.database.engine.connect() as connection:
        where = {
            table.name
            for table in t.metadata.sorted_tables
            if CODE in repr(connection.execute(sa.select(table)).all())
        }
    assert where == {"ticket_dossiers"}


def test_an_officer_attaches_another_dossier_or_takes_it_away(sql_place: SqlitePlace) -> None:
    sql_place.database.migrate()
    tickets = kept(sql_place)
    tickets.attach("t1", CODE, TODAY)
    tickets.attach("t1", "X-2", TODAY)
    assert tickets.of("t1") == "X-2"
    tickets.attach("t1", "", TODAY)
    assert tickets.of("t1") == ""


def test_it_is_forgotten_after_the_next_day(sql_place: SqlitePlace) -> None:
    sql_place.database.migrate()
    tickets = kept(sql_place)
    for back in range(3):
        tickets.attach(f"t{back}", CODE, TODAY - timedelta(days=back))
    assert tickets.forget(TODAY, NOW)["ticket_dossiers"] == 1
    assert [tickets.of(f"t{back}") for back in range(3)] == [CODE, CODE, ""]


def test_who_opened_a_dossier_is_found_by_its_code_and_not_told_without_it(sql_place: SqlitePlace) -> None:
    sql_place.database.migrate()
    tickets = kept(sql_place)
    opening: Callable[[str], Opening] = lambda id_: Opening(id_, NOW, "name", "o1", "q1", "t1", CODE)  # noqa: E731
    tickets.note(opening("a"))
    assert tickets.openings(CODE) == [opening("a")]
    assert tickets.openings("H99.16-261117-9999") == []
    assert [one.code for one in tickets.openings()] == [""]
    assert tickets.forget(TODAY, NOW + timedelta(seconds=1))["dossier_openings"] == 1
    assert tickets.openings() == []


def test_a_backup_does_not_hold_it(sql_place: SqlitePlace, tmp_path: Path) -> None:
    sql_place.database.migrate()
    kept(sql_place).attach("t1", CODE, TODAY)
    backup(sql_place.database, tmp_path / "backup.zip")
    import zipfile

    with zipfile.ZipFile(tmp_path / "backup.zip") as packed:
        assert CODE.encode() not in packed.read("office.db")
    with sql_place.database.engine.connect() as connection:
        assert connection.execute(sa.select(ticket_dossiers)).all() != []


def test_a_backup_knows_every_module_of_tables() -> None:
    storage = Path(t.__file__).parent
    named = {path.stem for path in storage.glob("*tables.py")}
    assert {module.__name__.rpartition(".")[2] for module in TABLE_MODULES} == named
