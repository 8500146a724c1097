"""`motcua dossiers openings`: who opened a dossier, for who knows its code."""

from pathlib import Path

from fakes.dossiers import CODE, NOW
from fakes.ready_database import ready_database
from typer.testing import CliRunner

from queue_server.cli import app
from queue_server.dossiers.ports import Opening
from queue_server.office_dir import OfficeDir
from queue_server.storage.dossier_tickets import SqlTicketDossiers
from queue_server.storage.keys import dossier_key


def said(directory: Path, *words: str) -> str:
    result = CliRunner().invoke(app, ["dossiers", "openings", *words, "--dir", str(directory)])
    assert result.exit_code == 0, result.output
    return result.output


def test_an_opening_is_told_to_who_knows_the_code_and_without_it_names_no_dossier(tmp_path: Path) -> None:
    directory = tmp_path / "office"
    OfficeDir(directory).prepare()
    database = ready_database(directory)
    tickets = SqlTicketDossiers(database, dossier_key(OfficeDir(directory).secrets))
    assert "Nothing was opened" in said(directory)
    tickets.note(Opening("a", NOW, "name", "acc-7", "q3", "t-1", CODE))
    database.close()
    assert "name    acc-7  q3  t-1" in said(directory, f" {CODE.lower()} ")
    assert "acc-7" in said(directory) and CODE not in said(directory)
    assert "Nothing was opened" in said(directory, "H99.16-261117-9999")
