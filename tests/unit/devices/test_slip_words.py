"""The words on a slip."""

import pytest
from fakes.slip_samples import BARE, LONGEST, ORDINARY, in_language

from devices.receipts.words import slip_words
from queue_server.contract.values import Slip, Wait


def with_wait(low: int, high: int) -> Slip:
    return ORDINARY.model_copy(update={"wait": Wait(low=low, median=low, high=high, promise=high)})


def test_a_vietnamese_slip_reads_like_the_picture() -> None:
    words = slip_words(ORDINARY)
    assert words.office == "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ THANH BÌNH"
    assert (words.over_number, words.number, words.counter) == ("SỐ THỨ TỰ", "A012", "Quầy 2 hoặc 3")
    assert (words.ahead.label, words.ahead.figure, words.ahead.unit) == ("Trước Ông/Bà", "4", "người")
    assert (words.wait.label, words.wait.figure, words.wait.unit) == ("Chờ khoảng", "12–18", "phút")
    assert words.promise == "Dự kiến được gọi trước 09:59"
    assert words.footer == (
        "In lúc 09:43, thứ Sáu 20/11/2026 · Kiosk 1",
        "Số chỉ có giá trị trong ngày",
        "Valid today only · Please wait to be called",
    )


def test_an_english_slip_says_the_same_with_the_vietnamese_names_under_it() -> None:
    words = slip_words(in_language(LONGEST.model_copy(update={"counters": (2, 3), "reprint": False}), "en"))
    assert (words.counter, words.counter_second) == ("Counter 2 or 3", "Quầy 2 hoặc 3")
    assert words.service_second == LONGEST.service.vi
    assert words.priority == "Priority: Persons of merit and families of martyrs"
    assert words.priority_second == "Ưu tiên: Người có công với cách mạng, thân nhân liệt sĩ"
    assert words.promise == "Likely called before 09:59"
    assert words.footer[0] == "Printed 09:43, Friday 20/11/2026 · Kiosk 12, by the door, floor 2"


def test_without_english_names_an_english_slip_shows_the_vietnamese_once() -> None:
    words = slip_words(in_language(BARE, "en"))
    assert (words.office, words.office_second) == ("MỘT CỬA", "")
    assert (words.service, words.service_second) == ("Đất", "")


@pytest.mark.parametrize(
    ("counters", "vi", "en"),
    [
        ((), "Mời xem bảng gọi số", "Please watch the display"),
        ((3,), "Quầy 3", "Counter 3"),
        ((3, 2), "Quầy 2 hoặc 3", "Counter 2 or 3"),
        ((5, 1, 3), "Quầy 1, 3 hoặc 5", "Counter 1, 3 or 5"),
        (tuple(range(1, 25)), "Quầy 1–24", "Counter 1–24"),
        ((4, 5, 2, 1, 3, 11, 12), "Quầy 1–5, 11 hoặc 12", "Counter 1–5, 11 or 12"),
    ],
)
def test_counters_are_listed_in_order(counters: tuple[int, ...], vi: str, en: str) -> None:
    slip = ORDINARY.model_copy(update={"counters": counters})
    assert slip_words(slip).counter == vi
    assert slip_words(in_language(slip, "en")).counter == en


@pytest.mark.parametrize(
    ("low", "high", "vi", "en"),
    [
        (0, 2, ("Sắp đến lượt", ""), ("Soon", "")),
        (5, 5, ("5", "phút"), ("5", "min")),
        (45, 75, ("45–75", "phút"), ("45–75", "min")),
        (60, 90, ("hơn 1 giờ", ""), ("over 1 hour", "")),
    ],
)
def test_a_wait_is_a_range_or_words(low: int, high: int, vi: tuple[str, str], en: tuple[str, str]) -> None:
    found, english = (
        slip_words(with_wait(low, high)).wait,
        slip_words(in_language(with_wait(low, high), "en")).wait,
    )
    assert (found.figure, found.unit) == vi
    assert (english.figure, english.unit) == en


def test_an_unknown_wait_is_said_to_be_unknown_and_never_zero() -> None:
    slip = ORDINARY.model_copy(update={"wait": None, "promise_at": ""})
    assert slip_words(slip).wait.figure == "Chưa tính được"
    assert slip_words(in_language(slip, "en")).wait.figure == "Not known yet"
    assert slip_words(slip).promise == ""


def test_a_reprint_tells_when_the_number_was_taken_not_when_it_was_printed() -> None:
    again = ORDINARY.model_copy(update={"reprint": True})
    assert slip_words(again).reprint == "IN LẠI"
    assert slip_words(again).footer[0].startswith("Lấy số lúc 09:43")
    assert slip_words(in_language(again, "en")).footer[0].startswith("Ticket taken 09:43")


def test_a_ticket_code_is_not_called_a_page() -> None:
    words = slip_words(ORDINARY.model_copy(update={"qr": "K7QX2M", "qr_is_page": False}))
    assert "điện thoại" not in words.code_title
    assert "kiosk" in words.code_text


def test_a_date_of_another_shape_is_printed_as_it_came() -> None:
    words = slip_words(ORDINARY.model_copy(update={"local_date": "2026-11-20"}))
    assert words.footer[0] == "In lúc 09:43, 2026-11-20 · Kiosk 1"
