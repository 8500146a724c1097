"""Visits at the kiosk through a crash."""

from fakes.kiosk_steps import crashes, sees, server_is_silent, the_late_reply_comes, touch, wait
from fakes.kiosk_visits import an_office, journey

from kiosk.session import effects as do

GET_A_TICKET = (touch("Lấy số thứ tự"), touch("Chứng thực"), touch("Không, lấy số thường"))


def test_a_crash_shows_the_safe_screen_and_starts_again() -> None:
    visitor = journey(
        an_office(),
        touch("Lấy số thứ tự"),
        crashes(),
        sees("safe", "Máy đang khởi động lại"),
        wait(11),
        sees("home"),
    )
    assert visitor.of(do.TellFault) == [do.TellFault("crash_ui")]
    assert visitor.of(do.StartAgain) == []


def test_a_crash_keeps_the_number_in_sight() -> None:
    journey(an_office(), *GET_A_TICKET, crashes(), sees("safe", "A012", "Số của Ông/Bà vẫn có giá trị."))


def test_a_ticket_under_way_comes_through_a_crash() -> None:
    journey(
        an_office(),
        server_is_silent(),
        *GET_A_TICKET,
        crashes(),
        the_late_reply_comes(),
        sees("ticket", "A012"),
    )


def test_a_kiosk_that_crashes_too_often_asks_to_be_started_anew() -> None:
    visitor = journey(an_office(), crashes(), wait(11), crashes(), wait(11), crashes())
    assert visitor.of(do.StartAgain) == [do.StartAgain()]


def test_crashes_of_another_hour_do_not_count() -> None:
    visitor = journey(an_office(), crashes(), crashes(), wait(700), crashes())
    assert visitor.of(do.StartAgain) == []
