"""Visits at the kiosk while the server is away or answers late."""

from fakes.kiosk_steps import (
    does_not_see,
    happens,
    sees,
    server_is_silent,
    the_late_reply_comes,
    three_seconds_without_reply,
    touch,
    wait,
)
from fakes.kiosk_visits import an_office, journey

from kiosk.session import effects as do
from kiosk.session.heard import ServerChanged
from kiosk.session.state import Aids

GET_A_TICKET = (touch("Lấy số thứ tự"), touch("Chứng thực"), touch("Không, lấy số thường"))


def test_a_lost_server_is_said_and_its_return_keeps_the_place() -> None:
    journey(
        an_office(),
        touch("Lấy số thứ tự"),
        happens(ServerChanged("lost")),
        sees(
            "server_lost",
            "Máy này tạm ngừng phục vụ",
            "Quầy Hướng dẫn",
            "Ai đã có số vẫn được gọi bình thường.",
        ),
        does_not_see("Kiosk 2"),
        wait(5),
        happens(ServerChanged("ready")),
        sees("services"),
    )


def test_a_kiosk_that_lost_its_own_line_names_the_other_kiosk() -> None:
    journey(
        an_office(),
        happens(ServerChanged("unlinked")),
        sees("server_lost", "Kiosk 2, cạnh cửa ra vào", "Quầy Hướng dẫn"),
        does_not_see("Kiosk 1"),
    )


def test_a_server_lost_for_long_wipes_the_visit_it_interrupted() -> None:
    visitor = journey(
        an_office(),
        touch("English"),
        touch("Take a number"),
        happens(ServerChanged("lost")),
        wait(60),
        happens(ServerChanged("ready")),
        sees("home", "Ông/Bà cần làm gì?"),
    )
    assert visitor.session.aids == Aids()


def test_a_ticket_stays_on_the_screen_when_the_server_goes() -> None:
    journey(an_office(), *GET_A_TICKET, happens(ServerChanged("lost")), sees("ticket", "A012"))


def test_a_late_reply_still_gives_the_ticket_once() -> None:
    visitor = journey(
        an_office(),
        server_is_silent(),
        *GET_A_TICKET,
        sees("issuing", "Đang xử lý…"),
        three_seconds_without_reply(),
        sees("issuing_late", "Máy chủ chưa trả lời", "quầy Hướng dẫn"),
        the_late_reply_comes(),
        sees("ticket", "A012"),
    )
    assert len(visitor.asked) == 1
    assert len(visitor.printing) == 1


def test_a_ticket_that_comes_after_its_citizen_left_is_cancelled() -> None:
    visitor = journey(
        an_office(),
        server_is_silent(),
        *GET_A_TICKET,
        three_seconds_without_reply(),
        touch("Bỏ yêu cầu, về trang đầu"),
        sees("home"),
        the_late_reply_comes(),
        sees("home"),
    )
    assert visitor.of(do.CancelTicket) == [do.CancelTicket("ticket-12", "left_kiosk")]
    assert visitor.printing == []
