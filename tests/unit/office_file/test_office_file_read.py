"""An office file that is no TOML, no text, not there, or from a Windows editor; and how a problem reads."""

from pathlib import Path

import pytest
from sound_file import SOUND, changed, problems_of

from queue_server.office_file.load import load_office
from queue_server.office_file.problems import OfficeFileError, lines

SYNTAX = {
    'name = "abc': (1, "ngoặc kép"),
    "[office]\nid thu": (2, "dấu ="),
    "[office]\n[office]": (2, "đã có"),
    "a = 1\na = 2": (2, "đã có"),
    "a = [1, 2": (1, "]"),
    "a = mot": (1, "ngoặc kép"),
    "a = { b = 1,\n c = 2 }": (1, "một dòng"),
    "a = 2026-02-30": (1, "Ngày"),
}


@pytest.mark.parametrize("text", SYNTAX)
def test_a_text_that_is_no_toml_is_told_by_line_and_column(text: str) -> None:
    line, hint = SYNTAX[text]
    (problem,) = problems_of(text)
    assert problem.line == line and hint in problem.vi and "(cột " in problem.vi and "(column " in problem.en


def test_the_theme_is_checked_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "xanh.toml").write_text('[colour]\nink = "#EEEEEE"\n', encoding="utf-8")
    found = problems_of(SOUND + '[brand]\ntheme = "xanh.toml"\n', tmp_path)
    assert found and all(p.key == "brand.theme" and p.line == 28 for p in found)


def test_loading_raises_every_problem_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "thu.toml"
    path.write_text(
        changed('letter = "A"', 'letter = "?"').replace('printer = "p1"', 'printer = "x"'), encoding="utf-8"
    )
    with pytest.raises(OfficeFileError) as caught:
        load_office(path)
    assert [p.key for p in caught.value.problems] == ["service[1].letter", "kiosk[1].printer"]
    assert {p.file for p in caught.value.problems} == {"thu.toml"}


def test_a_file_that_is_not_there_is_a_problem_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(OfficeFileError) as caught:
        load_office(tmp_path / "none.toml")
    assert "Không đọc được" in caught.value.problems[0].vi


def test_a_file_that_is_not_utf8_says_which_line(tmp_path: Path) -> None:
    path = tmp_path / "thu.toml"
    path.write_bytes(b"[office]\nid = 'x'\nname = '\xd0\xfa'\n")
    with pytest.raises(OfficeFileError) as caught:
        load_office(path)
    assert caught.value.problems[0].line == 3


def test_a_file_saved_by_a_windows_editor_loads(tmp_path: Path) -> None:
    path = tmp_path / "thu.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert load_office(path).id == "thu"


def test_a_problem_reads_as_one_line_in_each_language() -> None:
    problems = problems_of(changed('printer = "p1"', 'printer = "p2"'))
    assert lines(problems, "vi") == [
        'thu.toml:26: kiosk[1].printer: Không có máy in nào có id "p2". → Có phải "p1"?'
    ]
    assert lines(problems, "en") == [
        'thu.toml:26: kiosk[1].printer: There is no printer with the id "p2". → Did you mean "p1"?'
    ]
