"""A register's file, read as offices write it."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from fakes.dossiers import AS_OF, HEADER, ID_NUMBER, KEY, NAME, PHONE, day, form_row, write_csv
from hypothesis import given
from hypothesis import strategies as st

from queue_server.dossiers.dossier import Dossier, Status, SupplementRequest
from queue_server.dossiers.factor import fits
from queue_server.dossiers.ports import ImportFailed
from queue_server.dossiers.register_columns import SEED_FORM, header_of
from queue_server.dossiers.register_import import RegisterImport, Report


class Book:
    """A RegisterBook in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[Dossier, tuple[bytes, ...]]] = {}
        self.seen: dict[str, tuple[Dossier, tuple[bytes, ...]]] = {}

    def begin(self, name: str, now: datetime) -> int:
        return 1

    def add(self, generation: int, rows: Any) -> None:
        self.rows |= {d.code: (d, digests) for d, digests in rows}

    def finish(self, generation: int, rows: int, bad: int, now: datetime) -> None:
        self.seen |= self.rows

    def abandon(self, generation: int) -> None:
        self.rows.clear()

    def only(self) -> Dossier:
        ((dossier, _),) = self.seen.values()
        return dossier


def take(path: Path) -> tuple[Book, Report]:
    book = Book()
    return book, RegisterImport(book, KEY).run(path, lambda: AS_OF)


def take_rows(
    tmp_path: Path, *rows: Any, encoding: str = "utf-8", delimiter: str = ","
) -> tuple[Book, Report]:
    return take(write_csv(tmp_path / "so.csv", rows, encoding, delimiter))


def test_a_row_of_the_form_becomes_a_dossier_without_name_phone_or_address(tmp_path: Path) -> None:
    book, report = take_rows(tmp_path, HEADER, form_row(23, c10="17/11/2026", c11="19/11/2026"))
    assert (report.good, report.bad) == (1, 0)
    made = book.only()
    assert made.code == "H99.16-261117-0023" and made.status is Status.RESULT_READY
    assert (made.received, made.due, made.forwarded, made.done) == (day(17), day(20), day(17), day(19))
    assert made.applicant == "N**** T** H**** G****" and made.deciding_unit == "Tư pháp - Hộ tịch"
    kept = repr(made) + repr(book.seen)
    assert NAME not in kept and PHONE not in kept and "Thanh Bình" not in kept
    (digests,) = (digests for _, digests in book.seen.values())
    assert fits(KEY, made.code, PHONE[-4:], digests) and not fits(KEY, made.code, "0000", digests)


def test_the_applicant_s_name_is_masked_in_what_is_asked_for_too(tmp_path: Path) -> None:
    asked = f"Đăng ký khai sinh cho con của bà {NAME.upper()}, CCCD {ID_NUMBER}"
    book, _ = take_rows(tmp_path, HEADER, form_row(1, c3=asked))
    assert book.only().procedure == "Đăng ký khai sinh cho con của bà N**** T** H**** G****, CCCD ***"


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({}, Status.ACCEPTED),
        ({"c10": "17/11/2026"}, Status.IN_WORK),
        ({"c11": "19/11/2026"}, Status.RESULT_READY),
        ({"c11": "19/11/2026", "c12": "20/11/2026"}, Status.RETURNED),
    ],
)
def test_the_form_s_dates_tell_the_status(tmp_path: Path, cells: dict[str, str], status: Status) -> None:
    book, _ = take_rows(tmp_path, HEADER, form_row(1, **cells))
    assert book.only().status is status


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_delimiter_gives_the_same(tmp_path: Path, encoding: str, delimiter: str) -> None:
    header, row = HEADER, form_row(1)
    if encoding == "cp1258":
        header, row = [to_1258(c) for c in header], [to_1258(c) for c in row]
    book, report = take_rows(tmp_path, header, row, encoding=encoding, delimiter=delimiter)
    assert report.bad == 0 and book.only().procedure == "Thủ tục đăng ký khai sinh"


def to_1258(cell: Any) -> Any:
    """As Windows-1258 writes it: some letters composed, tones apart."""
    import unicodedata

    if not isinstance(cell, str):
        return cell
    made = ""
    for char in unicodedata.normalize("NFC", cell):
        try:
            char.encode("cp1258")
            made += char
        except UnicodeEncodeError:
            base = unicodedata.normalize("NFD", char)
            tones = [c for c in base if c in "\u0300\u0301\u0303\u0309\u0323"]
            rest = unicodedata.normalize("NFC", "".join(c for c in base if c not in tones))
            made += rest + "".join(tones)
    return made


def test_a_file_of_two_encodings_is_read_line_by_line(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "so.csv", [HEADER, form_row(1)])
    with path.open("ab") as file:
        file.write((",".join(f'"{to_1258(c)}"' for c in form_row(2)) + "\r\n").encode("cp1258"))
    book, report = take(path)
    assert (report.good, report.bad) == (2, 0)
    assert {d.procedure for d, _ in book.seen.values()} == {"Thủ tục đăng ký khai sinh"}


def test_bad_rows_are_reported_with_row_column_and_reason_and_good_ones_go_in(tmp_path: Path) -> None:
    book, report = take_rows(
        tmp_path,
        HEADER,
        form_row(1),
        form_row(2, c8="31/02/2026"),
        form_row(3, c2="không"),
        form_row(4, c8=""),
        form_row(5, c9="16/11/2026"),
        form_row(6, c3=""),
        form_row(7, "H99.16-261117-0001"),
        form_row(8, c2=""),
        [],
        form_row(9),
    )
    assert (report.good, report.bad) == (2, 7)
    assert sorted(book.seen) == ["H99.16-261117-0001", "H99.16-261117-0009"]
    assert [(p.row, p.column) for p in report.problems] == [
        (3, "Ngày nhận hồ sơ"),
        (4, "Mã hồ sơ"),
        (5, "Ngày nhận hồ sơ"),
        (6, "Ngày hẹn trả kết quả"),
        (7, "Tên TTHC"),
        (8, "Mã hồ sơ"),
        (9, "Mã hồ sơ"),
    ]
    assert '"31/02/2026"' in report.problems[0].vi and all(p.vi and p.en for p in report.problems)
    assert NAME not in repr(report) and PHONE not in repr(report)


def test_headings_of_a_field_and_empty_rows_are_no_mistakes(tmp_path: Path) -> None:
    book, report = take_rows(tmp_path, HEADER, ["Lĩnh vực: Hộ tịch"], form_row(1), ["", ""])
    assert (report.good, report.bad) == (1, 0) and book.only().field == "Hộ tịch"


def test_newer_names_and_columns_are_known(tmp_path: Path) -> None:
    header = ["STT", "Số hồ sơ", "Mã TTHC", "Thủ tục hành chính", "Lĩnh vực", "Chủ hồ sơ", "Số CCCD",
              "Số điện thoại", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái", "Nội dung bổ sung",
              "Ngày yêu cầu bổ sung", "Phí, lệ phí còn phải nộp", "Hình thức nhận kết quả",
              "Thời gian giải quyết", "Cán bộ xử lý", "Kênh thực hiện"]  # fmt: skip
    row = [1, "H99.16-261117-0001", "1.00119", "Khai sinh", "Hộ tịch", NAME, ID_NUMBER, PHONE,
           "9h15 ngày 17/11/2026", "2026-11-20", "5", "Bản sao CCCD", "18/11/2026", "8.000 đồng",
           "Qua bưu chính công ích", "5 ngày", "Bộ phận Hộ tịch, quầy 1", "Trực tuyến"]  # fmt: skip
    book, report = take_rows(tmp_path, header, row)
    assert report.bad == 0
    made = book.only()
    assert made.status is Status.SUPPLEMENT_ASKED and made.procedure_code == "1.001190"
    assert made.received == day(17, "09:15") and made.fee_due == 8000 and made.legal_days == 5
    assert made.supplements == (SupplementRequest("Bản sao CCCD", day(18)),)
    assert (made.result_method, made.channel) == ("post", "online")
    (digests,) = (digests for _, digests in book.seen.values())
    assert fits(KEY, made.code, ID_NUMBER, digests) and fits(KEY, made.code, ID_NUMBER[-4:], digests)


def test_several_requests_in_one_cell_begin_with_their_days(tmp_path: Path) -> None:
    header = [*HEADER, "Yêu cầu bổ sung"]
    lines = "17/11/2026 - 18/11/2026: Bản sao\n19/11/2026: Ảnh 3x4"
    book, _ = take_rows(tmp_path, header, [*form_row(1), lines])
    assert book.only().supplements == (
        SupplementRequest("Bản sao", day(17), day(18)),
        SupplementRequest("Ảnh 3x4", day(19)),
    )


def test_a_header_of_two_rows_with_merged_cells_and_numbers_below_is_found(tmp_path: Path) -> None:
    top = ["TT", "Mã hồ sơ", "Tên TTHC", "Số lượng hồ sơ (bộ)", "Tên cá nhân, tổ chức",
           "Địa chỉ, số điện thoại", "Cơ quan chủ trì giải quyết", "Ngày, tháng, năm", "", "", "",
           "Trả kết quả", "", "Ghi chú"]  # fmt: skip
    below = ["", "", "", "", "", "", "", "Nhận hồ sơ", "Hẹn trả kết quả",
             "Chuyển hồ sơ đến cơ quan giải quyết",
             "Nhận kết quả từ cơ quan giải quyết", "Ngày, tháng, năm", "Ký nhận", ""]  # fmt: skip
    numbers = [f"({n})" for n in range(1, 15)]
    title = ["SỔ THEO DÕI HỒ SƠ"]
    book, report = take_rows(tmp_path, title, [], top, below, numbers, form_row(1, c12="20/11/2026"))
    assert (report.good, report.bad) == (1, 0)
    assert book.only().returned == day(20) and book.only().received == day(17)


def test_columns_known_by_their_numbers_alone(tmp_path: Path) -> None:
    book, report = take_rows(tmp_path, list(range(1, 15)), form_row(1))
    assert (report.good, report.bad) == (1, 0) and book.only().due == day(20)
    header = header_of([[str(n) for n in range(1, 15)]])
    assert header is not None and tuple(header.columns) == SEED_FORM


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_a_workbook_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    dated = form_row(1, c8=datetime(2026, 11, 17, 9, 15), c9=date(2026, 11, 20), c6=912345678)
    path = workbook(
        tmp_path / "so.xlsx",
        **{
            "Lĩnh vực Đất đai": [list(HEADER), form_row(2), form_row(3, c8="hôm nay")],
            "Hộ tịch": [["SỔ THEO DÕI"], list(HEADER), dated],
            "Ghi chú": [["một", "hai"]],
            "Trống": [],
        },
    )
    book, report = take(path)
    assert (report.good, report.bad) == (2, 1) and report.skipped_sheets == ("Ghi chú",)
    assert [(p.sheet, p.row) for p in report.problems] == [("Lĩnh vực Đất đai", 3)]
    made, digests = book.seen["H99.16-261117-0001"]
    assert (made.received, made.due) == (day(17, "09:15"), day(20))
    assert fits(KEY, made.code, PHONE[-4:], digests)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0no", b"a,b\n1,2\n", b"\x00\x01\x02"]
)
def test_a_file_that_is_no_register_changes_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "so.xlsx"
    path.write_bytes(content)
    book = Book()
    with pytest.raises(ImportFailed, match="·"):
        RegisterImport(book, KEY).run(path, lambda: AS_OF)
    assert book.seen == {} and book.rows == {}


def test_a_file_that_breaks_off_leaves_nothing_half_imported(tmp_path: Path) -> None:
    rows = [HEADER, *(form_row(n) for n in range(1, 3000))]
    path = write_csv(tmp_path / "so.csv", rows)
    with path.open("a") as file:
        file.write("x" * 200_000)
    book = Book()
    with pytest.raises(ImportFailed):
        RegisterImport(book, KEY).run(path, lambda: AS_OF)
    assert book.seen == {} and book.rows == {}


def test_a_file_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="quyền đọc"):
        take(tmp_path / "khong-co.csv")


CELL = st.one_of(
    st.text(max_size=30), st.integers(-10, 10**13), st.floats(), st.none(), st.datetimes(), st.booleans()
)


@given(st.lists(st.lists(CELL, max_size=16), max_size=8))
def test_any_cells_are_a_header_or_not_and_rows_never_raise(rows: list[list[Any]]) -> None:
    from queue_server.dossiers.register_columns import Header
    from queue_server.dossiers.register_files import shown
    from queue_server.dossiers.register_rows import row_of

    header_of([[shown(cell) for cell in row] for row in rows])
    known = Header({key: n for n, key in enumerate(SEED_FORM)}, {}, 1)
    for row in rows:
        row_of(1, row, known, lambda *_: (), "")
