"""Backup, restore, export and forgetting, beside a running office."""

import csv
import json
import os
import threading
import zipfile
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from fakes.fake_clock import START
from fakes.places import KEYS, PostgresPlace, SqlitePlace
from fakes.running import ask, running
from fakes.small_office import call_next, issue, open_counter, sign_on

from queue_server.clock import new_id, random_below, secret
from queue_server.domain.commands import Role
from queue_server.engine.ports import OfficeTaken
from queue_server.engine.writer import SingleWriter
from queue_server.people.ports import BadSignIn
from queue_server.storage import freshen
from queue_server.storage import tables as t
from queue_server.storage.accounts import SqlAccounts
from queue_server.storage.backup import backup
from queue_server.storage.codec import dumps
from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.export import export_journal
from queue_server.storage.history import History
from queue_server.storage.passwords import Hasher
from queue_server.storage.restore import RestoreRefused, restore
from queue_server.storage.retention import forget
from queue_server.storage.verify import verify

GOOD = "sông Hương buổi sáng"
TODAY = date(2026, 11, 20)


def accounts_of(database: Database) -> SqlAccounts:
    cheap = Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return SqlAccounts(database, KEYS, new_id=new_id, secret=secret, below=random_below, hasher=cheap)


def busy_day(engine: SingleWriter) -> None:
    for command in (issue(), issue(), sign_on(), open_counter(), call_next(), issue()):
        assert ask(engine, command).refusal is None


def test_a_running_office_is_backed_up_and_brought_back(sql_place: SqlitePlace, tmp_path: Path) -> None:
    key = tmp_path / "signing.key"
    key.write_bytes(b"s" * 32)
    told: list[tuple[int, int]] = []
    with running(sql_place.journal()) as engine:
        busy_day(engine)
        accounts = accounts_of(sql_place.database)
        accounts.create("lan", "Lan", Role.OFFICER, GOOD, START)
        session = accounts.sign_in("lan", GOOD, "10.0.0.1", START).session_id
        files = {"signing.key": key, "not there": tmp_path / "nothing"}
        manifest = backup(sql_place.database, tmp_path / "b.zip", files, lambda *p: told.append(p))
        before = engine.office
        later = ask(engine, issue())
        assert later.refusal is None
    assert (manifest.seq, manifest.files) == (before.seq, ("signing.key",))
    assert told[-1][0] == told[-1][1]
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600

    home = tmp_path / "new" / "office"
    place = SqlitePlace(home)
    assert restore(tmp_path / "b.zip", place.database, {"signing.key": home / "signing.key"}) == manifest
    assert (home / "signing.key").read_bytes() == b"s" * 32
    assert (home / "signing.key").stat().st_mode & 0o777 == 0o600
    assert verify(place.database, KEYS.public) == []
    with running(place.journal(), boot_id="boot-2") as engine:
        assert engine.office.tickets == before.tickets
        assert accounts_of(place.database).session(session, START) is None
        assert accounts_of(place.database).sign_in("lan", GOOD, "10.0.0.1", START).account.login == "lan"
    place.close()


def test_a_backup_opens_from_a_snapshot_of_its_own_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the office has none yet, or only one that an older program made."""
    monkeypatch.setattr(freshen, "BEHIND", 1)
    (tmp_path / "office").mkdir()
    place = SqlitePlace(tmp_path / "office")
    with running(place.journal()) as engine:
        busy_day(engine)
        before = engine.office
        with place.database.engine.begin() as connection:
            connection.execute(sa.update(t.snapshots).values(shape="older"))
        backup(place.database, tmp_path / "b.zip")
    place.close()

    restored = SqlitePlace(tmp_path / "new")
    restore(tmp_path / "b.zip", restored.database)
    office, later = restored.journal().load()
    assert (office, list(later)) == (before, [])
    restored.close()


def test_an_older_programs_backup_is_given_its_snapshot_while_it_is_restored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "office").mkdir()
    place = SqlitePlace(tmp_path / "office")
    with running(place.journal()) as engine:
        busy_day(engine)
        before = engine.office
        with place.database.engine.begin() as connection:
            connection.execute(sa.delete(t.snapshots))
        backup(place.database, tmp_path / "b.zip")
    place.close()

    monkeypatch.setattr(freshen, "BEHIND", 1)
    restored = SqlitePlace(tmp_path / "new")
    restore(tmp_path / "b.zip", restored.database)
    office, later = restored.journal().load()
    assert (office, list(later)) == (before, [])
    restored.close()


def test_a_backup_of_sqlite_is_restored_into_postgresql(tmp_path: Path, postgres_url: str) -> None:
    here, there = SqlitePlace(tmp_path), PostgresPlace(tmp_path, postgres_url)
    with running(here.journal()) as engine:
        busy_day(engine)
        before = engine.office
        backup(here.database, tmp_path / "b.zip")
    restore(tmp_path / "b.zip", there.database)
    assert verify(there.database, KEYS.public) == []
    with running(there.journal(), boot_id="boot-2") as engine:
        assert engine.office.tickets == before.tickets
        with pytest.raises(RestoreRefused, match="already"):
            restore(tmp_path / "b.zip", there.database)
        with pytest.raises(OfficeTaken):
            restore(tmp_path / "b.zip", there.database, force=True)
    restore(tmp_path / "b.zip", there.database, force=True)
    assert verify(there.database, KEYS.public) == []
    here.close()
    there.close()


def test_a_backup_is_consistent_while_tickets_are_issued(sql_place: SqlitePlace, tmp_path: Path) -> None:
    stop = threading.Event()
    with running(sql_place.journal()) as engine:

        def go_on() -> None:
            while not stop.is_set():
                ask(engine, issue())

        issuing = threading.Thread(target=go_on)
        issuing.start()
        try:
            manifests = [backup(sql_place.database, tmp_path / f"{n}.zip") for n in range(3)]
        finally:
            stop.set()
            issuing.join()
    for n, manifest in enumerate(manifests):
        place = SqlitePlace(tmp_path / f"home{n}")
        assert restore(tmp_path / f"{n}.zip", place.database) == manifest
        assert verify(place.database, KEYS.public) == []
        place.close()
    assert manifests[0].seq < manifests[-1].seq


def test_a_running_or_present_office_is_not_restored_over(tmp_path: Path) -> None:
    place = SqlitePlace(tmp_path)
    with running(place.journal()) as engine:
        busy_day(engine)
        manifest = backup(place.database, tmp_path / "b.zip")
        with pytest.raises(OfficeTaken, match=str(os.getpid())):
            restore(tmp_path / "b.zip", Database(sqlite_url(tmp_path)), force=True)
        ask(engine, issue())
    with pytest.raises(RestoreRefused, match="already"):
        restore(tmp_path / "b.zip", Database(sqlite_url(tmp_path)))
    assert place.rows()[-1][0] > manifest.seq
    restore(tmp_path / "b.zip", Database(sqlite_url(tmp_path)), force=True)
    place.database.close()
    assert place.rows()[-1][0] == manifest.seq
    place.close()


def test_what_is_not_a_whole_backup_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    place = SqlitePlace(tmp_path / "here")
    (tmp_path / "here").mkdir()
    with running(place.journal()) as engine:
        busy_day(engine)
        backup(place.database, tmp_path / "good.zip")
    place.close()
    (tmp_path / "text.zip").write_text("not a zip")
    with zipfile.ZipFile(tmp_path / "good.zip") as good, zipfile.ZipFile(tmp_path / "cut.zip", "w") as cut:
        cut.writestr("manifest.json", good.read("manifest.json"))
        cut.writestr("office.db", good.read("office.db")[:8192])
    with (
        zipfile.ZipFile(tmp_path / "good.zip") as good,
        zipfile.ZipFile(tmp_path / "short.zip", "w") as short,
    ):
        said = json.loads(good.read("manifest.json"))
        short.writestr("manifest.json", json.dumps({**said, "seq": said["seq"] + 1}))
        short.writestr("office.db", good.read("office.db"))
    for name in ("text", "cut", "short"):
        with pytest.raises(RestoreRefused):
            restore(tmp_path / f"{name}.zip", Database(sqlite_url(tmp_path / name)))
        assert not (tmp_path / name / "office.db").exists()


def test_the_journal_is_exported_as_json_lines_whose_hashes_can_be_computed_again(
    sql_place: SqlitePlace, tmp_path: Path
) -> None:
    with running(sql_place.journal()) as engine:
        busy_day(engine)
        exported = export_journal(sql_place.database, tmp_path / "j.jsonl")
        last = engine.office.seq
    previous = ""
    lines = (tmp_path / "j.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        row = json.loads(line)
        assert row["seq"] == number
        fields = [dumps(value) if name == "data" else value for name, value in row.items() if name != "hash"]
        assert sha256(dumps([previous, *fields]).encode()).hexdigest() == row["hash"]
        previous = row["hash"]
    assert (exported.rows, exported.hash) == (len(lines), previous)
    assert len(lines) == last


def test_the_journal_is_exported_as_csv_that_a_spreadsheet_opens(
    sql_place: SqlitePlace, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    with running(sql_place.journal()) as engine:
        busy_day(engine)
        export_journal(sql_place.database, tmp_path / "j.csv", "csv", lambda *p: told.append(p))
    assert (tmp_path / "j.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "j.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    issued = [row for row in rows if row["type"] == "ticket.issued"]
    assert [row["number"] for row in issued] == ["A001", "A002", "A003"]
    assert {row["service"] for row in issued} == {"civil"}
    called = [row for row in rows if row["type"] == "ticket.called"]
    assert [(row["ticket"], row["counter"]) for row in called] == [(issued[0]["ticket"], "c1")]
    assert told[-1] == (len(rows), len(rows))


def test_what_has_had_its_time_is_forgotten_and_the_rest_stays(sql_place: SqlitePlace) -> None:
    with running(sql_place.journal()) as engine:
        busy_day(engine)
    accounts = accounts_of(sql_place.database)
    by = accounts.create("lan", "Lan", Role.OFFICER, GOOD, START).id
    accounts.sign_in("lan", GOOD, "10.0.0.1", START)
    with pytest.raises(BadSignIn):
        accounts.sign_in("lan", "wrong wrong", "10.0.0.1", START)
    _, code = accounts.pairing_code(START)
    accounts.confirm_pairing(code, "hall-1", by, START)
    accounts.pairing_code(START)
    assert set(forget(sql_place.database, START, TODAY).values()) == {0}
    late = START + timedelta(days=31)
    assert forget(sql_place.database, late, late.date()) == {
        "sessions": 1,
        "sign_in_failures": 2,
        "page_tokens": 3,
        "pairings": 1,
        "names": 0,
    }
    assert [one.login for one in accounts.all()] == ["lan"]
    assert len(accounts.pairings()) == 1
    assert History(sql_place.database).days() == [TODAY]
    with sql_place.database.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(t.visits)).scalar() == 3


def test_the_name_of_somebody_who_left_is_forgotten_and_only_that(sql_place: SqlitePlace) -> None:
    with running(sql_place.journal()) as engine:
        busy_day(engine)
    accounts, kept = accounts_of(sql_place.database), timedelta(days=365)
    left, stays = (accounts.create(n, f"Cán bộ {n}", Role.OFFICER, GOOD, START).id for n in ("lan", "mai"))
    accounts.update(left, disabled=True)
    late = START + kept
    early = forget(sql_place.database, late - timedelta(seconds=1), TODAY, kept)
    assert early["names"] == 0
    assert forget(sql_place.database, late, TODAY, kept)["names"] == 1
    assert forget(sql_place.database, late, TODAY, kept)["names"] == 0
    gone, still = accounts.get(left), accounts.get(stays)
    assert gone is not None and still is not None
    assert (gone.name, gone.disabled) == ("—", True) and "lan" not in gone.login
    assert still.name == "Cán bộ mai"
    accounts.update(left, disabled=False)
    with pytest.raises(BadSignIn):
        accounts.sign_in(gone.login, GOOD, "10.0.0.9", late)
    assert accounts.create("lan", "Người mới", Role.OFFICER, GOOD, late).id != left
    assert verify(sql_place.database, KEYS.public) == []
