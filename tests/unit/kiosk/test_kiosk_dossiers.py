"""A dossier asked for at the kiosk: scanned or typed, found, and a ticket for what is to be done."""

from datetime import date

import pytest
from fakes.kiosk_dossiers import (
    FOUND,
    LATE,
    NOBODYS,
    READY,
    RUNNING,
)
from fakes.kiosk_screens import TRACK, dossiers
from fakes.kiosk_steps import a_scanner_is_there, does_not_see, happens, scans, sees, touch, types, wait
from fakes.kiosk_visits import an_office, journey, seen
from unit.kiosk.test_kiosk_dossier_private import ID_CARD

from kiosk.session.heard import ReadersChanged
from kiosk.session.state import Keypad


def test_a_code_is_typed_and_the_answer_leads_to_a_ticket_in_one_touch() -> None:
    visitor = journey(
        an_office(),
        TRACK,
        sees("keypad", "Nhập mã hồ sơ", "H99.16-261117-0023"),
        types(READY),
        touch("Tìm hồ sơ"),
        sees("result", "Đã có kết quả", "N*** T** H****", "Trước hạn 1 ngày", "giấy hẹn"),
        touch("Lấy số nhận kết quả"),
        sees("ticket", "A012", "Nhận kết quả"),
    )
    (ask,) = visitor.asked
    assert (ask.service, ask.group, ask.dossier) == ("tra-ket-qua", None, READY)
    assert [look.code for look in visitor.looks] == [READY]


def test_a_scan_is_enough_on_the_first_screen() -> None:
    journey(an_office(), a_scanner_is_there(), scans(READY), sees("result", "Đã có kết quả"))


def test_the_code_is_found_inside_an_address_and_the_address_is_not_sent() -> None:
    visitor = dossiers(scans(f"https://dvc.example/tra-cuu?ma_ho_so={READY.lower()}&x=1"), sees("result"))
    assert [look.code for look in visitor.looks] == [READY]


def test_without_a_reader_there_is_only_the_keypad_and_a_reader_that_goes_takes_its_screen_along() -> None:
    visitor = journey(an_office(), TRACK, sees("keypad"))
    journey(visitor, touch("Quay lại"), sees("home"))
    journey(visitor, a_scanner_is_there(), TRACK, sees("scan", "Đưa mã QR trên giấy hẹn vào ô quét"))
    journey(visitor, happens(ReadersChanged(frozenset())), sees("keypad", "Máy quét vừa ngừng."))


def test_a_camera_is_drawn_as_a_camera() -> None:
    journey(an_office(), a_scanner_is_there("camera"), TRACK, sees("scan", "trước camera"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("?", "Chưa đọc được mã."),
        (ID_CARD, "Đây là số Căn cước."),
        ("001090123456.KQ.G15.000031", "giấy tờ số hoá"),
    ],
)
def test_what_is_no_dossier_is_said_and_nothing_is_asked(text: str, words: str) -> None:
    visitor = dossiers(scans(text), sees("scan", words))
    assert visitor.looks == []


def test_a_typed_id_number_is_not_sent_and_not_left_on_the_screen() -> None:
    visitor = journey(an_office(), TRACK, types("001090123456"), touch("Tìm hồ sơ"))
    sees("keypad", "Đây là số Căn cước.")(visitor)
    assert visitor.looks == []
    assert "001090123456" not in repr(seen(visitor.view))


def test_a_code_nobody_knows_stays_in_the_field_to_be_corrected() -> None:
    journey(
        an_office(),
        TRACK,
        types(NOBODYS),
        touch("Tìm hồ sơ"),
        sees("keypad", NOBODYS, "Không thấy hồ sơ này."),
        touch("Xoá"),
        sees("keypad", NOBODYS[:-1]),
        does_not_see("Không thấy hồ sơ này."),
        touch("Xoá hết"),
        does_not_see(NOBODYS[:-1]),
    )


def test_four_characters_are_the_least_that_is_looked_up() -> None:
    visitor = journey(
        an_office(), TRACK, types("H99"), touch("Tìm hồ sơ"), sees("keypad", "Mời nhập mã trước")
    )
    assert visitor.looks == []


def test_the_rest_of_the_shape_is_shown_as_far_as_it_fits() -> None:
    visitor = journey(an_office(), TRACK, types("H99.16-2611"))
    assert visitor.view.body.shape == "··-····"  # type: ignore[union-attr]
    journey(visitor, types("-"))
    assert visitor.view.body.shape == ""  # type: ignore[union-attr]


def test_a_due_day_that_supplements_moved_is_shown_with_the_one_on_the_receipt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moved = {"due_on": date(2026, 11, 25), "promised_on": date(2026, 11, 20)}
    monkeypatch.setitem(FOUND, RUNNING, FOUND[RUNNING].model_copy(update=moved))
    dossiers(scans(RUNNING), sees("result", "25/11/2026 (giấy hẹn ghi 20/11/2026)"))


def test_a_late_dossier_comes_with_the_offices_apology_and_contact() -> None:
    dossiers(scans(LATE), sees("result", "Quá hạn 2 ngày", "Cơ quan xin lỗi", "Liên hệ: quầy Hướng dẫn"))


def test_a_scan_in_the_middle_of_taking_a_number_changes_nothing() -> None:
    journey(an_office(), a_scanner_is_there(), touch("Lấy số thứ tự"), scans(READY), sees("services"))


def test_the_keypad_is_cleared_after_a_minute_without_a_touch() -> None:
    visitor = journey(
        an_office(), TRACK, types("H99.16"), wait(59), sees("keypad"), wait(1), sees("still_there")
    )
    journey(visitor, wait(15.5), sees("home"))
    assert not isinstance(visitor.session.place, Keypad)
