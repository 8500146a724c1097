"""A command whose disk or database fails says so in one line; a mistake of ours is still seen whole."""

import sqlite3
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from queue_server import cli
from queue_server.commands.shared import plain_failures
from queue_server.storage.database import Database, sqlite_url


def asked(monkeypatch: pytest.MonkeyPatch, *words: str) -> object:
    monkeypatch.setattr(sys, "argv", ["motcua", *words])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code


def test_a_damaged_database_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(sqlite_url(tmp_path))
    database.path.write_bytes(b"no database " * 1000)
    database.close()
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "signing.pub").write_text("x")
    assert asked(monkeypatch, "journal", "export", str(tmp_path / "out.jsonl"), "--dir", str(tmp_path)) == 1
    said = capsys.readouterr().err
    assert "The database failed (file is not a database)" in said and "Traceback" not in said


def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(sqlite_url(tmp_path))
    database.migrate()
    database.close()
    assert asked(monkeypatch, "journal", "verify", "--dir", str(tmp_path)) == 1
    assert "signing.pub: No such file or directory." in capsys.readouterr().err


def test_what_the_database_was_asked_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    failed = sa.exc.OperationalError(
        "SELECT ?", ("Nguyễn Thị Hoa",), sqlite3.OperationalError("disk is full")
    )
    with pytest.raises(SystemExit), plain_failures():
        raise failed
    said = capsys.readouterr().err
    assert "disk is full" in said and "Hoa" not in said and "SELECT" not in said


def test_a_mistake_of_ours_keeps_its_traceback() -> None:
    with pytest.raises(KeyError), plain_failures():
        raise KeyError("x")
