"""Visits at the kiosk: when they end by themselves, and when not."""

from datetime import timedelta

import pytest
from fakes.kiosk_steps import sees, slip_off, touch, wait
from fakes.kiosk_visits import an_office, journey

from kiosk.session.state import Aids, Home

GET_A_TICKET = (touch("Lấy số thứ tự"), touch("Chứng thực"), touch("Không, lấy số thường"))


def test_nobody_answers_are_you_there_and_the_kiosk_goes_back_to_attract() -> None:
    visitor = journey(
        an_office(),
        touch("English"),
        touch("Take a number"),
        touch("Certification"),
        wait(45),
        sees("still_there", "Are you still there?"),
        wait(16),
        sees("home", "Ông/Bà cần làm gì?"),
    )
    assert visitor.session.aids == Aids()
    assert visitor.session.place == Home()
    assert visitor.asked == []


def test_the_time_out_can_be_extended() -> None:
    journey(
        an_office(),
        touch("Lấy số thứ tự"),
        wait(45),
        sees("still_there", "Ông/Bà còn ở đó không?", "Sau 15 giây"),
        wait(6),
        sees("still_there", "Sau 9 giây"),
        touch("Tôi vẫn ở đây"),
        sees("services"),
        wait(44),
        sees("services"),
        wait(2),
        sees("still_there"),
        touch("Kết thúc, về trang đầu"),
        sees("home"),
    )


@pytest.mark.parametrize("aid", ["Chữ lớn", "Tương phản", "Nghe đọc"])
def test_who_needs_more_time_gets_twice_as_much(aid: str) -> None:
    journey(
        an_office(),
        touch(aid),
        touch("Lấy số thứ tự"),
        wait(88),
        sees("services"),
        wait(3),
        sees("still_there"),
        wait(28),
        sees("still_there"),
        wait(3),
        sees("home"),
    )


def test_attract_waits_for_ever() -> None:
    journey(an_office(), wait(600), sees("home"))


def test_a_touch_stops_the_tickets_countdown() -> None:
    journey(
        an_office(),
        *GET_A_TICKET,
        wait(10),
        slip_off("Xong"),
        wait(30),
        sees("ticket"),
        wait(16),
        sees("still_there"),
    )


def test_a_step_of_the_clock_ends_nobodys_visit() -> None:
    visitor = journey(an_office(), touch("Lấy số thứ tự"))
    for step in (timedelta(hours=2), timedelta(hours=-5)):
        visitor.now += step
        journey(visitor, wait(5), sees("services"))
    journey(visitor, wait(37), sees("still_there"))
