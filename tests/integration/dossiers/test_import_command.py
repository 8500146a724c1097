"""`motcua dossiers import`: what an officer sees of it."""

import csv
from pathlib import Path

import pytest
from fakes.dossiers import HEADER, NAME, PHONE, form_row, write_csv
from fakes.ready_database import ready_database
from typer.testing import CliRunner, Result

from queue_server.cli import app
from queue_server.office_dir import OfficeDir
from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.dossiers import SqlRegister

CODE = "H99.16-261117-0001"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office that was started once."""
    directory = tmp_path / "office"
    OfficeDir(directory).prepare()
    database = ready_database(directory)
    database.close()
    return directory


def run(office: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["dossiers", "import", *words, "--dir", str(office)])


def procedure(office: Path) -> str | None:
    database = Database(sqlite_url(office))
    try:
        found = SqlRegister(database).find(CODE)
        return found.dossier.procedure if found else None
    finally:
        database.close()


def test_good_rows_go_in_and_bad_ones_are_said_with_row_and_column(office: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "so.csv", [HEADER, form_row(1), form_row(2, c8="hôm qua")])
    said = run(office, str(path))
    assert said.exit_code == 0, said.output
    assert "so.csv: đã nhập 1 hồ sơ, 1 dòng lỗi." in said.output
    assert 'dòng 3, cột Ngày nhận hồ sơ: "hôm qua" không phải là một ngày.' in said.output
    assert NAME not in said.output and PHONE not in said.output
    assert procedure(office) == "Thủ tục đăng ký khai sinh" and path.exists()


def test_importing_again_updates(office: Path, tmp_path: Path) -> None:
    for name in ("Cũ", "Mới"):
        assert run(office, str(write_csv(tmp_path / "so.csv", [HEADER, form_row(1, c3=name)]))).exit_code == 0
    assert procedure(office) == "Mới"


def test_every_bad_row_can_be_written_to_a_file(office: Path, tmp_path: Path) -> None:
    rows = [form_row(n, c8="hôm qua") for n in range(1, 1501)]
    out = tmp_path / "loi.csv"
    said = run(office, str(write_csv(tmp_path / "so.csv", [HEADER, *rows])), "--plain", "--report", str(out))
    assert said.exit_code == 0 and "… và 500 dòng lỗi nữa." in said.output
    with out.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file))
    assert len(written) == 1501 and written[1][1:3] == ["2", "Ngày nhận hồ sơ"]


def test_a_file_that_is_no_register_changes_nothing_and_says_what_to_do(office: Path, tmp_path: Path) -> None:
    run(office, str(write_csv(tmp_path / "so.csv", [HEADER, form_row(1, c3="Cũ")])))
    (tmp_path / "hong.xlsx").write_bytes(b"PK\x03\x04")
    said = run(office, str(tmp_path / "hong.xlsx"))
    assert said.exit_code == 1 and "lưu lại" in said.output and "Traceback" not in said.output
    assert procedure(office) == "Cũ"
    missing = run(office, str(tmp_path / "khong-co.csv"))
    assert missing.exit_code == 1 and "quyền đọc" in missing.output


def test_an_office_that_was_never_started_says_so(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "so.csv", [HEADER, form_row(1)])
    said = run(tmp_path / "nowhere", str(path))
    assert said.exit_code == 1 and "start the office once" in said.output


def test_a_report_that_cannot_be_written_is_said_and_nothing_goes_in(office: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "so.csv", [HEADER, form_row(1)])
    said = run(office, str(path), "--report", str(tmp_path / "no" / "loi.csv"))
    assert said.exit_code == 1 and "loi.csv" in said.output and procedure(office) is None


def test_the_key_of_the_digests_is_its_owner_s_alone(office: Path, tmp_path: Path) -> None:
    run(office, str(write_csv(tmp_path / "so.csv", [HEADER, form_row(1)])))
    key = OfficeDir(office).secrets / "dossiers.key"
    assert key.stat().st_mode & 0o777 == 0o600 and len(key.read_bytes()) == 32
