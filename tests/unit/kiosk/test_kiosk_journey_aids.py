"""Visits at the kiosk: help, large text, low reach, the other language, more services than fit."""

from fakes.kiosk_office import office, state
from fakes.kiosk_steps import (
    crashes,
    does_not_see,
    happens,
    printer_says,
    sees,
    server_is_silent,
    server_refuses,
    the_late_reply_comes,
    three_seconds_without_reply,
    touch,
    wait,
)
from fakes.kiosk_visits import an_office, journey

from kiosk.session import effects as do
from kiosk.session.actions import SetLanguage
from kiosk.session.heard import ServerChanged

GET_A_TICKET = (touch("Lấy số thứ tự"), touch("Chứng thực"), touch("Không, lấy số thường"))


def test_help_is_called_and_confirmed() -> None:
    visitor = journey(
        an_office(),
        touch("Lấy số thứ tự"),
        touch("Tôi cần giúp"),
        sees("help", "Đã báo quầy Hướng dẫn", "Mời Ông/Bà chờ tại máy."),
        touch("Đóng"),
        sees("services"),
    )
    assert visitor.of(do.CallGreeter) == [do.CallGreeter()]


def test_help_that_cannot_be_called_says_where_to_go() -> None:
    visitor = an_office()
    visitor.greeter = False
    journey(
        visitor,
        touch("Tôi cần giúp"),
        sees("help", "Chưa báo được quầy Hướng dẫn", "Mời Ông/Bà đến quầy Hướng dẫn."),
    )


def test_nine_services_need_two_pages_and_large_text_three() -> None:
    journey(
        an_office(office(services=9)),
        touch("Lấy số thứ tự"),
        sees("services", "Trang 1 trên 2"),
        does_not_see("Thuế"),
        touch("Xem thêm"),
        sees("services", "Thuế", "Trang 2 trên 2"),
        touch("Xem thêm"),
        sees("services", "Trang 1 trên 2"),
        touch("Chữ lớn"),
        sees("services", "Trang 1 trên 3", "Chứng thực"),
        touch("Xem thêm"),
        sees("services", "Hộ kinh doanh", "Trang 2 trên 3"),
        touch("Chữ lớn"),
        sees("services", "Hộ kinh doanh", "Trang 1 trên 2"),
    )


def test_large_text_drops_second_lines_greeting_and_helpers() -> None:
    journey(
        an_office(),
        touch("Chữ lớn"),
        does_not_see("Xin chào!", "Take a queue number", "Chạm vào một ô"),
        touch("Lấy số thứ tự"),
        does_not_see("Not sure?", "Bản sao, chữ ký"),
    )


def test_the_language_can_change_on_every_screen_and_keeps_the_place() -> None:
    visitor = an_office()

    def switches(screen: str) -> None:
        before, place = visitor.session.place, visitor.session.overlay
        for label in ("English", "Tiếng Việt"):
            assert label in {press.label for press in visitor.view.touches}, (screen, label)
            journey(visitor, touch(label), sees(screen))
        assert (type(visitor.session.place), visitor.session.overlay) == (type(before), place)

    switches("home")
    journey(visitor, touch("Lấy số thứ tự"))
    switches("services")
    journey(visitor, touch("Chứng thực"))
    switches("priority")
    journey(visitor, server_is_silent(), touch("Không, lấy số thường"))
    switches("issuing")
    journey(visitor, three_seconds_without_reply())
    switches("issuing_late")
    journey(visitor, the_late_reply_comes())
    switches("ticket")
    journey(visitor, printer_says("paper_out"), touch("In lại phiếu"))
    switches("printer_failed")
    journey(visitor, touch("Trang đầu"), server_refuses("service_closed"), *GET_A_TICKET)
    switches("refused")
    journey(visitor, touch("Trang đầu"), happens(ServerChanged("lost")))
    switches("server_lost")
    journey(visitor, crashes())
    switches("safe")


def test_low_reach_stays_for_the_visit_and_goes_with_it() -> None:
    visitor = journey(an_office(), touch("Phím ở thấp"), touch("Lấy số thứ tự"))
    assert visitor.view.frame.low_reach
    journey(visitor, wait(62), sees("home"))
    assert not visitor.view.frame.low_reach


def test_a_kiosk_offers_the_services_the_office_gave_it() -> None:
    told = office()
    mine = told.kiosks[0].model_copy(update={"services": ("ho-tich", "cu-tru")})
    journey(
        an_office(told.model_copy(update={"kiosks": (mine, told.kiosks[1])})),
        touch("Lấy số thứ tự"),
        sees("services", "Hộ tịch", "Cư trú"),
        does_not_see("Chứng thực", "Đất đai"),
    )


def test_switching_the_language_while_the_reply_is_awaited_changes_words_only() -> None:
    visitor = journey(
        an_office(),
        server_is_silent(),
        *GET_A_TICKET,
        happens(SetLanguage("en")),
        sees("issuing", "One moment…"),
    )
    assert len(visitor.asked) == 1


def test_waits_are_words_at_their_ends() -> None:
    from queue_server.contract.values import Wait

    def shown(wait_: Wait | None, *words: str) -> None:
        journey(an_office(services=(state(0, wait=wait_),)), touch("Lấy số thứ tự"), sees("services", *words))

    shown(Wait(low=0, median=1, high=2, promise=2), "Sắp đến lượt")
    shown(Wait(low=5, median=5, high=5, promise=5), "khoảng 5 phút")
    shown(Wait(low=50, median=60, high=80, promise=75), "khoảng 50–80 phút")
    shown(Wait(low=61, median=90, high=120, promise=110), "hơn 1 giờ")
    shown(None, "Chưa tính được thời gian chờ")
