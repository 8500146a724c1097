"""The forms as paper: rendered, looked at, read back; nothing clipped, nothing missing, codes decoded."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import takewhile
from pathlib import Path

import pypdf
import pytest
from fakes.form_samples import EMPTY, LONGEST, NAME, ORDINARY, RECORDS, link_of, register_of, ward
from fakes.printed import Printed, Word, ink_margins, squeezed

from queue_server.domain.office_config import OfficeConfig
from queue_server.dossiers.book_record import BookRecord
from queue_server.forms import pages, views
from queue_server.paper.render import render_pdf

pytestmark = pytest.mark.slow
A5, A4 = (420, 595), (595, 842)
MM_AT_150_DPI = 150 / 25.4


def html_of(form: str, record: BookRecord, office: OfficeConfig) -> str:
    match form:
        case "receipt":
            return pages.receipt_html(views.receipt(record, office, link_of(record)))
        case "guidance":
            return pages.guidance_html(views.guidance(record, record.supplements[0], office))
        case "control":
            return pages.control_html(views.control(record, office))
        case _:
            return pages.register_html(views.register(register_of(25, record), "Hộ tịch", 2026, office))


@cache
def pdf_of(html: str) -> bytes:
    """One document is printed once and read by many tests."""
    return render_pdf(html)


def printed(form: str, record: BookRecord, folder: Path, office: OfficeConfig | None = None) -> Printed:
    return Printed(pdf_of(html_of(form, record, office or ward())), folder)


def near(words: Iterable[Word]) -> Iterator[tuple[Word, Word]]:
    """Every two words that share a height; others cannot stand over each other."""
    downwards = sorted(words, key=lambda word: word.top)
    for n, one in enumerate(downwards):
        for other in takewhile(lambda word, end=one.bottom: word.top < end, downwards[n + 1 :]):  # type: ignore[misc]
            yield one, other


FORMS = ("receipt", "guidance", "control", "register")


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_whole_on_its_paper(form: str, name: str, tmp_path: Path) -> None:
    """No word beyond the margins, none over another, no ink near the paper's edge."""
    paper = printed(form, RECORDS[name], tmp_path)
    for sheet in paper.sheets():
        for word in sheet.words:
            assert word.left >= 20 and word.right <= sheet.width - 20, word
            assert word.top >= 14 and word.bottom <= sheet.height - 14, word
        for one, other in near(sheet.words):
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            assert across < 1 or down < 0.45 * min(one.bottom - one.top, other.bottom - other.top), (
                one,
                other,
            )
    for page in paper.pictures():
        assert min(ink_margins(page)) >= 6 * MM_AT_150_DPI, ink_margins(page)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_tagged_named_and_carries_its_fonts(form: str, tmp_path: Path) -> None:
    paper = printed(form, ORDINARY, tmp_path)
    read = pypdf.PdfReader(paper.path)
    root = read.trailer["/Root"]
    assert root["/Lang"] == "vi"
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert read.metadata is not None and read.metadata.title
    assert NAME not in read.metadata.title
    fonts = paper.fonts()
    assert fonts and all("Be-Vietnam-Pro" in font and embedded for font, embedded in fonts), fonts


def test_a_receipt_has_every_field_of_the_form_on_both_copies(tmp_path: Path) -> None:
    paper = printed("receipt", ORDINARY, tmp_path)
    read = pypdf.PdfReader(paper.path)
    assert len(read.pages) == 2
    assert tuple(round(float(side)) for side in read.pages[0].mediabox[2:]) == A5
    for number, page in enumerate(read.pages):
        said = squeezed(page.extract_text())
        for text in (
            "Mẫu số 03", "UBND XÃ THANH BÌNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc", "Số: 23/TNHS", "Thanh Bình, ngày 17 tháng 11 năm 2026",
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", f"Mã hồ sơ: {ORDINARY.code}",
            ("(Liên 1: Lưu)", "(Liên 2: Giao khách hàng)")[number],
            "Bộ phận tiếp nhận và trả kết quả: UBND xã Thanh Bình", f"Tiếp nhận hồ sơ của: {NAME}",
            "Địa chỉ: Thôn 3, xã Thanh Bình", "Số điện thoại: 0912345678", "Email: hang.nguyen@example.vn",
            "Nội dung yêu cầu giải quyết: Đăng ký khai sinh cho con", "1. Thành phần hồ sơ nộp gồm:",
            "Tờ khai đăng ký khai sinh", "Giấy chứng sinh", "Giấy chứng nhận kết hôn của cha mẹ",
            "2. Số lượng hồ sơ: 01 (bộ)", "3. Thời gian giải quyết hồ sơ theo quy định là: 01 ngày làm việc",
            "4. Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 17 tháng 11 năm 2026",
            "5. Thời gian trả kết quả giải quyết hồ sơ: 16 giờ 30 phút, ngày 18 tháng 11 năm 2026",
            "6. Đăng ký nhận kết quả tại: Bộ phận tiếp nhận và trả kết quả xã Thanh Bình",
            "Vào Sổ theo dõi hồ sơ, Quyển số: 1 Số thứ tự: 23", "NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ",
            "(Ký và ghi rõ họ tên)", "Trần Văn Bình", "được lập thành 2 liên", "qua dịch vụ bưu chính.",
        ):  # fmt: skip
            assert text in said, text


@pytest.mark.parametrize("name", RECORDS)
def test_the_receipts_code_is_read_from_the_paper_of_both_copies(name: str, tmp_path: Path) -> None:
    record = RECORDS[name]
    assert printed("receipt", record, tmp_path).codes() == [link_of(record)] * 2


def test_a_guidance_has_every_field_of_the_form(tmp_path: Path) -> None:
    said = printed("guidance", ORDINARY, tmp_path).text()
    for text in (
        "Mẫu số 01", "Số: 7/HDHS", "Thanh Bình, ngày 17 tháng 11 năm 2026",
        "PHIẾU HƯỚNG DẪN HOÀN THIỆN HỒ SƠ",
        f"Hồ sơ của: {NAME}", "Nội dung yêu cầu giải quyết: Đăng ký khai sinh cho con",
        "Địa chỉ: Thôn 3, xã Thanh Bình", "Số điện thoại: 0912345678", "Email: hang.nguyen@example.vn",
        "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:",
        "1. Bản chính Giấy chứng sinh do cơ sở y tế cấp", "2. Văn bản thoả thuận về họ của con",
        "ông (bà) liên hệ với ông Trần Văn Bình, số điện thoại 0204 3 999 888 để được hướng dẫn./.",
        "NGƯỜI HƯỚNG DẪN", "(Ký và ghi rõ họ tên)",
    ):  # fmt: skip
        assert text in said, text


def test_a_contact_without_a_phone_stands_apart_from_the_words_after_it(tmp_path: Path) -> None:
    (asked,) = ORDINARY.supplements
    record = replace(ORDINARY, supplements=(replace(asked, contact="quầy Hướng dẫn", contact_phone=""),))
    assert "quầy Hướng dẫn, số điện thoại" in printed("guidance", record, tmp_path).text()


def test_a_control_slip_has_every_field_of_the_form(tmp_path: Path) -> None:
    said = printed("control", ORDINARY, tmp_path).text()
    for text in (
        "Mẫu số 04", "Số: 21/KSGQHS", "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả số: 23/TNHS", "Chuyển kèm theo Phiếu kiểm soát",
        "Cơ quan (bộ phận) giải quyết hồ sơ: UBND xã Thanh Bình",
        "Cơ quan phối hợp giải quyết hồ sơ: Công an xã Thanh Bình", "TÊN CƠ QUAN",
        "THỜI GIAN GIAO, NHẬN HỒ SƠ", "GHI CHÚ", "1. Giao:", "2. Nhận:", "Người giao", "Người nhận",
        "Giao: 09 giờ 30 phút,", "Nhận: 09 giờ 40 phút,", "Đúng hạn", "Đủ giấy tờ", "Lê Thị Mai",
        "thể hiện trong hóa đơn của cơ quan Bưu chính", "do bên nhận ghi khi nhận bàn giao hồ sơ.",
    ):  # fmt: skip
        assert text in said, text


def test_a_register_has_its_fourteen_columns_on_every_page(tmp_path: Path) -> None:
    paper = printed("register", ORDINARY, tmp_path)
    sheets = paper.sheets()
    assert len(sheets) > 1 and all(sheet.width > sheet.height for sheet in sheets)
    assert {round(sheets[0].width), round(sheets[0].height)} == set(A4)
    read = pypdf.PdfReader(paper.path)
    for page in read.pages:
        said = squeezed(page.extract_text())
        if ORDINARY.procedure.vi not in said:
            continue
        for column in (
            "TT",
            "Mã hồ sơ",
            "Tên TTHC",
            "Ký nhận",
            "Ghi chú",
            "1 2 3 4 5 6 7 8 9",
            "10 11 12 13 14",
        ):
            assert column in said, column
    said = paper.text()
    for n in range(25):
        assert f"H99.16-261117-{n:04d}" in said
    for text in (
        "SỔ THEO DÕI HỒ SƠ",
        "Lĩnh vực: Hộ tịch · Năm 2026 · Quyển số 1",
        "Trả kết quả",
    ):
        assert text in said, text


def test_forty_papers_and_long_names_flow_over_pages_under_repeated_heads(tmp_path: Path) -> None:
    paper = printed("receipt", LONGEST, tmp_path)
    read = pypdf.PdfReader(paper.path)
    pages_of_a_copy = len(read.pages) // 2
    assert pages_of_a_copy >= 3
    said = [squeezed(page.extract_text()) for page in read.pages]
    with_rows = [text for text in said if "Giấy tờ thứ" in text]
    assert all("Tên giấy tờ Bản chính Bản sao" in text for text in with_rows) and len(with_rows) >= 6
    whole = "".join(said).replace(" ", "")
    for n in range(1, 41):
        assert whole.count(f"Giấytờthứ{n}:") == 2, n
    for text in (
        LONGEST.applicant.organisation,
        LONGEST.applicant.address,
        LONGEST.request,
        LONGEST.result_place,
    ):
        assert text.replace(" ", "") in whole, text
    assert "…" not in whole


def test_a_fields_missing_text_is_a_line_for_a_pen(tmp_path: Path) -> None:
    """Lines are drawn where text would stand: dark dots right of the label, on the same height."""
    paper = printed("receipt", EMPTY, tmp_path)
    [sheet, _] = paper.sheets()
    page = paper.pictures()[0]
    scale = page.width / sheet.width
    label = next(word for word in sheet.words if word.text == "Email:")
    right_of = page.crop(
        (
            round((label.right + 4) * scale),
            round(label.top * scale),
            round((label.right + 80) * scale),
            round((label.bottom + 3) * scale),
        )
    )
    rows = [
        sum(right_of.getpixel((x, y)) < 128 for x in range(right_of.width)) for y in range(right_of.height)
    ]
    assert max(rows) > 0.3 * right_of.width


def test_titles_papers_and_numbers_are_the_office_files(tmp_path: Path) -> None:
    office = ward()
    form = replace(office.forms.guidance, title=office.name, form="Mẫu số 02", paper="a4")
    changed = replace(office, forms=replace(office.forms, guidance=form, agency="", place=""))
    paper = printed("guidance", ORDINARY, tmp_path, changed)
    said = paper.text()
    assert "Mẫu số 02" in said and office.name.vi.upper() in said.replace("\n", " ")
    assert "………………, ngày 17 tháng 11 năm 2026" in said
    [sheet] = paper.sheets()
    assert (round(sheet.width), round(sheet.height)) == A4


def test_what_an_officer_typed_is_text_and_never_markup(tmp_path: Path) -> None:
    record = replace(ORDINARY, request='<img src="https://example.org/x.png"> & <b>đậm</b> {{ view }}')
    said = printed("receipt", record, tmp_path).text()
    assert '<img src="https://example.org/x.png"> & <b>đậm</b> {{ view }}' in said
