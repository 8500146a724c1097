"""A dossier that cannot be told at the kiosk: late, refused, slowed, nobody answers."""

import pytest
from fakes.kiosk_dossiers import (
    AWAY,
    ELSEWHERE,
    NOBODYS,
    READY,
    RUNNING,
)
from fakes.kiosk_office import NOW, closed, office
from fakes.kiosk_screens import dossiers
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
from fakes.kiosk_visits import an_office, journey

from kiosk.session import effects as do
from kiosk.session.actions import TakeOffered, TryAgain
from kiosk.session.heard import LookAnswered, OfficeTold, Scanned, ServerChanged
from kiosk.session.state import Looking


def test_an_answer_that_comes_too_late_is_nobodys() -> None:
    visitor = dossiers(server_is_silent(), scans(READY))
    (look,) = visitor.looks
    journey(visitor, wait(1), sees("looking"), touch("Trang đầu"), sees("home"))
    visitor.answering = True
    visitor.dispatch(visitor.look_up(look))
    sees("home")(visitor)


def test_a_look_up_that_nobody_answers_ends() -> None:
    visitor = dossiers(
        server_is_silent(), scans(READY), wait(16), sees("no_answer", "Chưa tra cứu được lúc này")
    )
    visitor.answering = True
    journey(visitor, touch("Thử lại"), sees("result", "Đã có kết quả"))


def test_the_question_stays_on_the_screen_while_the_answer_may_come_at_once() -> None:
    visitor = dossiers(server_is_silent())
    before = visitor.view
    visitor.dispatch(Scanned(READY))
    assert isinstance(visitor.session.place, Looking)
    assert visitor.view == before


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (NOBODYS, ("Không thấy hồ sơ này", "Nhập mã hồ sơ bằng tay")),
        (ELSEWHERE, ("Hồ sơ này ở cơ quan khác", "Một cửa xã Hoà An")),
        (AWAY, ("Chưa tra cứu được lúc này", "Thử lại")),
    ],
)
def test_an_answer_without_a_dossier_says_what_to_do(code: str, words: tuple[str, ...]) -> None:
    dossiers(scans(code), sees("no_answer", *words))


def test_too_many_look_ups_are_slowed_with_words() -> None:
    visitor = dossiers(server_refuses("too_often"), scans(READY), sees("no_answer", "Mời chờ một phút"))
    visitor.refusing = ""
    journey(visitor, touch("Thử lại"), sees("result"))


def test_a_ticket_that_cannot_be_had_says_why() -> None:
    visitor = journey(
        an_office(services=(closed(7, "service_closed", reopens_at=NOW),)),
        a_scanner_is_there(),
        scans(READY),
        sees("result", "Tạm ngừng nhận số"),
        touch("Lấy số nhận kết quả"),
        sees("result"),
    )
    assert visitor.asked == []
    assert visitor.of(do.Say), "the reason is spoken"


def test_an_answer_stays_while_the_server_is_away_and_offers_no_ticket() -> None:
    visitor = dossiers(scans(READY), happens(ServerChanged("lost")), sees("result", "Đang mất kết nối"))
    journey(visitor, touch("Lấy số nhận kết quả"), sees("result"))
    visitor.dispatch(TakeOffered())
    assert visitor.asked == []


def test_a_refused_ticket_can_be_tried_again_for_the_same_dossier() -> None:
    visitor = dossiers(scans(READY), server_refuses("storage_failed"), touch("Lấy số nhận kết quả"))
    sees("refused")(visitor)
    visitor.refusing = ""
    journey(visitor, touch("Thử lại"), sees("ticket"))
    assert [ask.dossier for ask in visitor.asked] == [READY, READY]


def test_an_office_that_stops_looking_up_dossiers_takes_its_screens_away() -> None:
    visitor = dossiers(scans(READY), happens(OfficeTold(office(dossiers=None))), sees("home"))
    assert "Tra cứu hồ sơ" not in [press.label for press in visitor.view.touches]
    journey(visitor, scans(READY), sees("home"))


def test_a_second_answer_changes_nothing() -> None:
    visitor = dossiers(scans(READY), sees("result", "Đã có kết quả"))
    old = visitor.looks[0]
    journey(visitor, scans(RUNNING), sees("result", "Đang xử lý"))
    answer = visitor.look_up(old)
    assert isinstance(answer, LookAnswered)
    visitor.dispatch(answer)
    sees("result", "Đang xử lý")(visitor)


def test_trying_again_where_nothing_may_change_does_nothing() -> None:
    visitor = dossiers(scans(NOBODYS))
    visitor.passes(1)
    visitor.dispatch(TryAgain())
    assert len(visitor.looks) == 1
