"""Visits at the kiosk as lists of steps: what a person touches, sees, and gets."""

import pytest
from fakes.kiosk_office import office
from fakes.kiosk_steps import (
    double_tap,
    long_press,
    sees,
    server_is_silent,
    slip_off,
    the_late_reply_comes,
    touch,
    wait,
)
from fakes.kiosk_visits import an_office, journey

from kiosk.session import effects as do


def test_a_touch_becomes_a_ticket() -> None:
    visitor = journey(
        an_office(),
        sees(
            "home", "Xin chào!", "Ông/Bà cần làm gì?", "32 người", "15 phút", "09:42", "Thứ Sáu, 20/11/2026"
        ),
        touch("Lấy số thứ tự"),
        sees("services", "Chọn việc cần làm", "Chứng thực", "khoảng 12–18 phút", "4 người đang chờ"),
        touch("Chứng thực"),
        sees("priority", "Chứng thực · Bản sao, chữ ký", "Ông/Bà có thuộc diện ưu tiên không?"),
        touch("Không, lấy số thường"),
        sees("ticket", "A012", "Quầy 2 hoặc 3", "Chứng thực", "Dự kiến được gọi trước 09:59"),
        sees("ticket", "12–18", "phút", "Vui lòng nhận phiếu", "Theo dõi lượt trên điện thoại"),
        touch("Xong"),
        sees("home"),
    )
    assert len(visitor.asked) == 1
    assert visitor.asked[0].group is None
    assert visitor.of(do.TellSlip) == [do.TellSlip("ticket-12", "job-12", "printed", "", False)]


def test_a_touch_becomes_a_ticket_in_english() -> None:
    visitor = journey(
        an_office(),
        touch("English"),
        sees("home", "How can we help?", "32 people", "15 min", "Friday, 20/11/2026"),
        touch("Take a number"),
        sees("services", "Choose a service", "Certification", "about 12–18 min", "4 waiting"),
        touch("Certification"),
        sees("priority", "Are you entitled to priority service?", "Elderly"),
        touch("No, ordinary ticket"),
        sees("ticket", "Your number", "A012", "Counter 2 or 3", "Likely called before 09:59"),
        touch("Done"),
        sees("home", "Ông/Bà cần làm gì?"),
    )
    assert visitor.asked[0].language == "en"


def test_a_priority_group_goes_with_the_request_and_shows_on_the_ticket() -> None:
    visitor = journey(
        an_office(),
        touch("Lấy số thứ tự"),
        touch("Chứng thực"),
        touch("Người cao tuổi"),
        sees("ticket", "Ưu tiên: Người cao tuổi"),
    )
    assert visitor.asked[0].group == "elderly"


def test_an_office_without_priority_groups_does_not_ask() -> None:
    journey(an_office(office(priority=False)), touch("Lấy số thứ tự"), touch("Chứng thực"), sees("ticket"))


def test_a_double_tap_opens_the_services_and_chooses_none() -> None:
    journey(an_office(), double_tap("Lấy số thứ tự"), sees("services"))


@pytest.mark.parametrize("gesture", [double_tap, long_press])
def test_an_impatient_finger_gets_one_ticket(gesture: type) -> None:
    visitor = journey(
        an_office(),
        touch("Lấy số thứ tự"),
        touch("Chứng thực"),
        gesture("Không, lấy số thường"),
        sees("ticket", "A012"),
    )
    assert len(visitor.asked) == len(visitor.tickets) == 1


def test_several_fingers_on_the_answer_make_one_request() -> None:
    visitor = journey(an_office(), server_is_silent(), touch("Lấy số thứ tự"), touch("Chứng thực"))
    press = next(p for p in visitor.view.touches if p.key == "priority.none")
    for _ in range(5):
        visitor.dispatch(press.action)
    visitor.passes(1)
    for _ in range(5):
        visitor.dispatch(press.action)
    journey(visitor, the_late_reply_comes(), sees("ticket", "A012"))
    assert len(visitor.asked) == len(visitor.tickets) == 1


def test_a_finger_that_slides_off_chooses_nothing() -> None:
    journey(an_office(), slip_off("Lấy số thứ tự"), wait(1), sees("home"))


def test_another_number_is_another_request() -> None:
    visitor = journey(
        an_office(),
        touch("English"),
        touch("Take a number"),
        touch("Certification"),
        touch("No, ordinary ticket"),
        touch("Another number"),
        sees("services", "Choose a service"),
        touch("Land"),
        touch("No, ordinary ticket"),
        sees("ticket", "A013"),
    )
    assert len({ask.request for ask in visitor.asked}) == 2
