"""Visits of people who hold their own slip before the reader: how long still, and where to go."""

import pytest
from fakes.kiosk_office import office, standing
from fakes.kiosk_screens import MY_SLIP, dossiers, own_ticket
from fakes.kiosk_steps import (
    a_scanner_is_there,
    happens,
    scans,
    sees,
    server_is_silent,
    server_refuses,
    touch,
    wait,
)
from fakes.kiosk_visits import Step, Visitor, an_office, journey, seen

from assets.phrases import load_phrases
from kiosk.session import effects as do
from kiosk.session.actions import TryAgain
from kiosk.session.guide_tracking import TOLD
from kiosk.session.heard import ServerChanged, TicketStands
from kiosk.session.state import Home
from queue_server.speech.phrases import caption

PAGE = "https://thanh-binh.example/t/0123456789abcdefghijkl"


def test_a_waiting_slip_tells_place_range_and_counters_from_the_first_screen() -> None:
    visitor = journey(own_ticket(standing()), sees("my_ticket", "A012", "Đang chờ đến lượt"))
    words = seen(visitor.view)
    assert "Trước Ông/Bà 3 người" in words
    assert "Khoảng 5–12 phút" in words
    assert "Dự kiến được gọi trước 09:59" in words
    assert "Quầy 2 hoặc 3" in words
    assert visitor.finds == [do.FindTicket(visitor.finds[0].step, "t1")]


def test_a_called_slip_says_to_which_counter() -> None:
    journey(own_ticket(standing("called")), sees("my_ticket", "Đến lượt Ông/Bà: Quầy 2", "A012"))


def test_who_is_next_is_told_so_and_an_unknown_wait_is_not_made_up() -> None:
    visitor = own_ticket(standing(people_ahead=0, wait=None, promise_at=""))
    journey(visitor, sees("my_ticket", "Người tiếp theo", "Chưa tính được thời gian chờ"))


def test_a_missed_slip_says_until_when_and_where_to_go() -> None:
    journey(own_ticket(standing("no_show")), sees("my_ticket", "Trước 10:30, mời đến quầy Hướng dẫn"))
    journey(
        own_ticket(standing("no_show", come_back_until="")),
        sees("my_ticket", "Không trở lại hàng chờ được nữa"),
    )


@pytest.mark.parametrize("state", [*sorted(TOLD), "never_heard_of"])
def test_every_state_has_words_and_the_number(state: str) -> None:
    journey(own_ticket(standing(state)), sees("my_ticket", "A012"), touch("Về trang đầu"), sees("home"))


def test_a_slip_with_a_page_is_asked_by_its_token() -> None:
    visitor = dossiers(scans(PAGE), sees("my_ticket", "A012"))
    assert visitor.finds[0].token == "0123456789abcdefghijkl"
    assert visitor.looks == []


def test_an_office_without_dossiers_answers_for_its_slips_all_the_same() -> None:
    journey(an_office(office(dossiers=None)), a_scanner_is_there(), scans(MY_SLIP), sees("my_ticket"))


def test_a_slip_of_another_office_is_not_asked_for() -> None:
    visitor = dossiers(scans("MOTCUA:elsewhere:t1"), sees("no_answer", "Không thấy số này trong hôm nay"))
    assert visitor.finds == []


def test_a_slip_of_yesterday_is_told_and_leads_home() -> None:
    journey(
        own_ticket(None),
        sees("no_answer", "Không thấy số này trong hôm nay"),
        touch("Về trang đầu"),
        sees("home"),
    )


def test_a_server_that_is_away_is_told_and_may_be_asked_again() -> None:
    visitor = journey(an_office(), a_scanner_is_there(), server_refuses("no_reply"), scans(MY_SLIP))
    journey(visitor, sees("no_answer", "Chưa tra cứu được lúc này"))
    visitor.refusing = ""
    visitor.dispatch(TryAgain())
    journey(visitor, sees("my_ticket", "A012"))
    assert len(visitor.finds) == 2 and visitor.looks == []


def test_an_answer_that_nobody_waits_for_any_more_changes_nothing() -> None:
    visitor = dossiers(server_is_silent(), scans(MY_SLIP), wait(1), sees("looking", "Đang xem số của Ông/Bà"))
    journey(visitor, touch("Trang đầu"), sees("home"))
    visitor.dispatch(TicketStands(visitor.finds[0].step, standing()))
    assert visitor.session.place == Home()


def test_the_next_slip_takes_the_place_of_the_one_before() -> None:
    visitor = own_ticket(standing())
    visitor.stands = standing("called")
    journey(visitor, scans("MOTCUA:thanh-binh:t2"), sees("my_ticket", "Đến lượt Ông/Bà"))
    assert [find.ticket for find in visitor.finds] == ["t1", "t2"]


@pytest.mark.parametrize("leaves", [wait(60), touch("Trang đầu"), touch("Quay lại")])
def test_it_goes_from_the_screen_by_itself_and_with_who_leaves(leaves: Step) -> None:
    visitor = journey(own_ticket(standing()), leaves)
    assert visitor.session.place == Home()


def heard(visitor: Visitor) -> str:
    return caption(load_phrases(), visitor.of(do.Say)[-1].clips)


def test_it_is_read_aloud_number_first() -> None:
    visitor = journey(an_office(), a_scanner_is_there(), touch("Nghe đọc"), scans(MY_SLIP))
    assert heard(visitor).startswith("Số thứ tự của Ông/Bà là, A không một hai, Quầy số hai hoặc ba")
    assert "khe bên dưới" not in heard(visitor)
    visitor.stands = standing("called")
    journey(visitor, scans(MY_SLIP))
    assert "Mời công dân có số" in heard(visitor)


def test_a_kiosk_that_lost_its_server_before_the_answer_says_that_it_cannot_tell() -> None:
    visitor = dossiers(server_is_silent(), scans(MY_SLIP), happens(ServerChanged("lost")), wait(20))
    journey(visitor, sees("no_answer", "Chưa tra cứu được lúc này"))
