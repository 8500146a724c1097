"""Registers typed with the fonts of before Unicode: TCVN3 and VNI, as bytes and as spoilt Unicode."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from fakes.dossiers import HEADER, NAME, form_row
from test_register import take

from queue_server.codes.masking import mask_name
from queue_server.dossiers.legacy_text import TCVN3, VNI, recognise, tcvn3, vni

TO_TCVN3 = {letter: chr(code) for code, letter in TCVN3.items()}
TO_VNI = {letter: made for made, letter in VNI.items()}


def as_tcvn3(text: str) -> str:
    """As a font of TCVN3 wants it; capitals with marks are typed small there."""
    return "".join(TO_TCVN3.get(c) or TO_TCVN3.get(c.lower(), c) for c in text)


def as_vni(text: str) -> str:
    def one(c: str) -> str:
        made = TO_VNI.get(c.lower(), c.lower())
        return made.upper() if c.isupper() else made

    return "".join(one(c) for c in text)


def rows(write: Any) -> list[list[Any]]:
    cells = [HEADER, form_row(1), form_row(2, c3="Đăng ký biến động đất đai", c5="TRẦN VĂN ƯỚC")]
    return [[write(c) if isinstance(c, str) else c for c in row] for row in cells]


def csv_text(write: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows(write))
    return out.getvalue()


@pytest.mark.parametrize("write", [as_tcvn3, as_vni])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-8-sig"])
def test_a_register_of_an_old_font_is_read(tmp_path: Path, write: Any, encoding: str) -> None:
    path = tmp_path / "so.csv"
    path.write_bytes(csv_text(write).encode(encoding))
    book, report = take(path)
    assert (report.good, report.bad) == (2, 0)
    (first, _), (second, _) = book.seen.values()
    assert first.procedure == "Thủ tục đăng ký khai sinh" and first.deciding_unit == "Tư pháp - Hộ tịch"
    assert first.applicant == mask_name(NAME)
    assert second.procedure == "Đăng ký biến động đất đai" and len(second.applicant.split()) == 3


@pytest.mark.parametrize("write", [as_tcvn3, as_vni])
def test_a_workbook_of_an_old_font_is_read(tmp_path: Path, write: Any) -> None:
    path = tmp_path / "so.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows(write)):
            sheet.write_row(number, 0, row)
    book, report = take(path)
    assert (report.good, report.bad) == (2, 0)
    assert next(iter(book.seen.values()))[0].procedure == "Thủ tục đăng ký khai sinh"


def test_unicode_lines_of_such_a_file_stay_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    more = ",".join(f'"{c}"' for c in form_row(3, c3="Đăng ký kết hôn")) + "\r\n"
    path.write_bytes(csv_text(as_tcvn3).encode("latin-1") + more.encode())
    book, report = take(path)
    assert (report.good, report.bad) == (3, 0)
    assert [d.procedure for d, _ in book.seen.values()][2] == "Đăng ký kết hôn"


@pytest.mark.parametrize(
    "text",
    [
        ",".join(HEADER),
        "Mã hồ sơ;Tên TTHC;Ngày nhận\nH99-1;Khai sinh;17/11/2026",
        "Ma ho so,Ten thu tuc,Ngay nhan ho so,Ngay hen tra ket qua",
        "code,name,date\n" * 50,
        "Résumé naïf: où êtes-vous déjà passé? Größe, Öl, señor, ação " * 20,
        "",
    ],
)
def test_what_is_no_old_font_is_left_alone(text: str) -> None:
    assert recognise(text) is None


def test_both_tables_know_every_vietnamese_letter() -> None:
    small = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
    assert set(small) <= set(TCVN3.values()) and set(small) == set(VNI.values())
    assert tcvn3("M· hå s¬, NguyÔn TrÇn, kÕt qu¶, §Êt") == "Mã hồ sơ, Nguyễn Trần, kết quả, Đất"
    assert (
        vni("Maõ hoà sô, Nguyeãn Traàn, keát quaû, Ñaát, NGUYEÃN")
        == "Mã hồ sơ, Nguyễn Trần, kết quả, Đất, NGUYỄN"
    )
