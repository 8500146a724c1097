"""What the forms say: every field of a record, dots for what is not known, dates by the office's clock."""

from dataclasses import replace

from fakes.form_samples import DESK, EMPTY, LONGEST, ORDINARY, at, link_of, register_of, ward

from queue_server.codes.masking import veiled
from queue_server.dossiers.timeliness import Standing
from queue_server.forms import views
from queue_server.forms.pages import balanced, on_two_lines
from queue_server.forms.texts import count, moment, place_and_day


def test_moments_are_the_offices_and_what_is_missing_is_left_in_dots() -> None:
    local = ward().hours.local
    assert moment(at(17, 9, 5), local) == "09 giờ 05 phút, ngày 17 tháng 11 năm 2026"
    assert moment(None, local) == "….. giờ ….. phút, ngày ….. tháng ….. năm ….."
    assert place_and_day("Thanh Bình", at(17, 23, 59), local) == "Thanh Bình, ngày 17 tháng 11 năm 2026"
    assert place_and_day("", None, local).startswith("………………, ngày …..")
    assert (count(1), count(12), count(0)) == ("01", "12", "")


def test_a_receipt_says_every_field_of_its_record() -> None:
    view = views.receipt(ORDINARY, ward(), link_of(ORDINARY))
    assert (view.head.number, view.head.form, view.head.code) == ("23/TNHS", "Mẫu số 03", ORDINARY.code)
    assert view.head.place_and_day == "Thanh Bình, ngày 17 tháng 11 năm 2026"
    assert (view.sets, view.days) == ("01", "01 ngày làm việc")
    assert (view.received, view.due) == (
        "09 giờ 05 phút, ngày 17 tháng 11 năm 2026",
        "16 giờ 30 phút, ngày 18 tháng 11 năm 2026",
    )
    assert (view.book, view.line) == ("1", "23")
    assert view.papers[1] == ("Giấy chứng sinh", "01", "01")
    assert view.copies == ("Liên 1: Lưu", "Liên 2: Giao khách hàng")


def test_days_by_law_of_nought_are_the_same_working_day() -> None:
    assert views.receipt(replace(ORDINARY, legal_days=0), ward()).days == "trong ngày làm việc"
    assert views.receipt(EMPTY, ward()).days == ""


def test_an_organisation_is_named_with_who_handed_in_for_it() -> None:
    who = views.receipt(LONGEST, ward()).who
    assert who.name == f"{LONGEST.applicant.organisation} ({LONGEST.applicant.name})"


def test_a_control_slip_leaves_the_desk_and_has_room_to_come_back() -> None:
    empty = views.control(EMPTY, ward()).passings
    assert len(empty) == 4 and (empty[0].giver_unit, empty[-1].taker_unit) == (DESK, DESK)
    under_way = replace(ORDINARY, handovers=ORDINARY.handovers[:1], back_at=None)
    rows = views.control(under_way, ward()).passings
    assert rows[0].giver == "Trần Văn Bình" and rows[-1].taker_unit == DESK and len(rows) == 4
    ended = views.control(ORDINARY, ward()).passings
    assert [row.result for row in ended] == ["", "Đúng hạn"]


def test_a_control_slip_says_only_early_on_time_or_late() -> None:
    said = {}
    for standing in Standing:
        handover = replace(ORDINARY.handovers[1], standing=standing)
        said[standing] = views.control(replace(ORDINARY, handovers=(handover,)), ward()).passings[0].result
    assert said[Standing.EARLY] == "Trước hạn" and said[Standing.LATE] == said[Standing.OVERDUE] == "Quá hạn"
    assert {said[s] for s in (Standing.RUNNING, Standing.PAUSED, Standing.UNKNOWN)} == {""}


def test_a_register_has_fourteen_columns_and_a_part_for_each_book() -> None:
    view = views.register(register_of(801), "Hộ tịch", 2026, ward())
    assert [(book.number, len(book.rows)) for book in view.books] == [(1, 400), (2, 400), (3, 1)]
    row = view.books[0].rows[1]
    assert len(row) == 14
    assert row[:4] == ("2", "H99.16-261117-0001", "Đăng ký khai sinh", "1")
    assert row[5] == "Thôn 3, xã Thanh Bình, 0912345678"
    assert row[7:13] == ("09:05 17/11/2026", "16:30 18/11/2026", "17/11/2026", "18/11/2026", "19/11/2026", "")
    assert views.register([], "Đất đai", 2026, ward()).books == (views.Book(1, ()),)


def test_headings_are_broken_evenly_and_escaped() -> None:
    assert balanced("Bộ phận tiếp nhận và trả kết quả") == "Bộ phận tiếp nhận<br>và trả kết quả"
    assert balanced("UBND XÃ") == "UBND XÃ"
    assert balanced("<b> & " * 7).count("<br>") == 1 and "<b>" not in balanced("<b> & " * 7)
    assert on_two_lines("09 giờ, ngày <1>") == "09 giờ,<br>ngày &lt;1&gt;"


def test_a_free_text_is_veiled_of_the_applicant_and_of_numbers_of_people() -> None:
    who = ORDINARY.applicant
    text = "Bà NGUYỄN THỊ HẰNG, CCCD 001090123456, gọi 0912 345 678 hoặc +84 912 345 678, nộp 17/11/2026"
    assert veiled(text, (who.name,)) == ("Bà N**** T** H***, CCCD ***, gọi *** hoặc ***, nộp 17/11/2026")
    kept = "Mã H99.16-261117-0023, 1.500.000 đồng, khoản 3 Điều 12, số 12/2026/NĐ-CP"
    assert veiled(kept, (who.name,)) == kept
