"""`motcua dossiers register`: the fourteen columns, with a BOM, of an office's book; and the demo's."""

import csv
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes.dossier_book import NAME, config, form
from fakes.ready_database import ready_database
from typer.testing import CliRunner, Result

from assets.files import office_path
from queue_server.cli import app
from queue_server.dossiers.book import DossierBook
from queue_server.dossiers.book_demo import put_book
from queue_server.dossiers.book_movements import fold
from queue_server.dossiers.book_register import COLUMNS, harmless
from queue_server.dossiers.book_table import Stage
from queue_server.office_dir import OfficeDir
from queue_server.storage.database import Database
from queue_server.storage.dossier_book import SqlBook
from queue_server.storage.keys import dossier_key

FRIDAY = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


def book_in(directory: Path) -> tuple[DossierBook, Database, OfficeDir]:
    office = OfficeDir(directory)
    office.prepare()
    shutil.copyfile(office_path("commune"), office.office_file)
    database = ready_database(directory)
    key = dossier_key(office.secrets)
    return DossierBook(SqlBook(database, key), config, lambda _id: "", key), database, office


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """An office with one dossier, whose note looks like a formula."""
    book, database, _ = book_in(tmp_path / "office")
    assert isinstance(book.receive("web-lan-command1", form(note="=1+1"), "lan", FRIDAY), str)
    database.close()
    return tmp_path / "office"


def run(directory: Path, *words: str, field: str = "Hộ tịch", year: str = "2026") -> Result:
    command = ["dossiers", "register", "--dir", str(directory), "--field", field, "--year", year]
    return CliRunner().invoke(app, [*command, *words])


def test_the_register_is_printed_with_its_fourteen_columns_for_a_spreadsheet(directory: Path) -> None:
    said = run(directory)
    assert said.exit_code == 0 and said.stdout.startswith("\ufeff")
    header, row = csv.reader(said.stdout.removeprefix("\ufeff").splitlines())
    assert tuple(header) == COLUMNS and len(header) == 14
    assert row[:2] == ["1", "H99.16-261120-0001"] and NAME in row[4]
    assert row[7:9] == ["20/11/2026", "25/11/2026"] and row[13] == "'=1+1"


def test_a_file_is_its_owners_alone(directory: Path, tmp_path: Path) -> None:
    out = tmp_path / "so.csv"
    said = run(directory, "--out", str(out))
    assert said.exit_code == 0 and NAME not in said.output
    assert out.stat().st_mode & 0o077 == 0
    assert out.read_bytes().startswith("\ufeffTT,".encode())


def test_a_register_that_is_not_there_is_said_with_those_that_are(directory: Path) -> None:
    said = run(directory, field="Đất đai")
    assert said.exit_code == 1 and "Hộ tịch 2026" in said.output


@pytest.mark.parametrize("cell", ["=1", "+84", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}" and harmless("Hộ tịch") == "Hộ tịch"


def test_the_demo_enters_dossiers_in_several_states_and_only_once_a_day(tmp_path: Path) -> None:
    book, database, _ = book_in(tmp_path / "demo")
    codes = put_book(book, config(), "1234", FRIDAY)
    assert put_book(book, config(), "1234", FRIDAY) == codes
    stages = {fold(kept.movements).stage for kept in book.latest(9)}
    assert {Stage.AT_DESK, Stage.AT_UNIT, Stage.SUPPLEMENT, Stage.READY} == stages
    found = book.find(codes[2])
    assert found is not None and found.digests and "*" in found.dossier.applicant
    assert len(book.latest(9)) == len(codes) == 4
    database.close()
