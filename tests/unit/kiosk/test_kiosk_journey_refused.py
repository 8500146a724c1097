"""Visits at the kiosk: what is closed, full or refused says what to do next."""

from datetime import timedelta

import pytest
from fakes.kiosk_office import NOW, closed, office
from fakes.kiosk_steps import does_not_see, happens, sees, server_refuses, touch
from fakes.kiosk_visits import an_office, journey, seen

from kiosk.session import effects as do
from kiosk.session.heard import ServiceTold
from queue_server.contract.values import Bilingual

GET_A_TICKET = (touch("Lấy số thứ tự"), touch("Chứng thực"), touch("Không, lấy số thường"))


def test_a_service_closed_by_hand_does_not_keep_a_closed_office_inviting() -> None:
    at, sooner = NOW.replace(hour=6, minute=0), NOW.replace(hour=5, minute=30)
    by_hand = closed(0, "service_closed", reopens_at=sooner)
    services = (by_hand, *(closed(n, "out_of_hours", reopens_at=at) for n in range(1, 8)))
    journey(an_office(services=services), sees("out_of_hours", "Hết giờ nhận hồ sơ, mở lại 13:00"))


def test_where_every_service_is_closed_by_hand_it_is_not_the_hour() -> None:
    services = tuple(closed(n, "service_closed") for n in range(8))
    journey(an_office(services=services), sees("home"))


def test_out_of_hours_says_when_the_office_reopens() -> None:
    at = NOW.replace(hour=6, minute=0)
    services = tuple(closed(n, "out_of_hours", reopens_at=at) for n in range(8))
    visitor = journey(
        an_office(services=services),
        sees("out_of_hours", "Hết giờ nhận hồ sơ, mở lại 13:00"),
        touch("Lấy số thứ tự"),
        sees("out_of_hours"),
        touch("English"),
        sees("out_of_hours", "Closed, reopens 13:00"),
    )
    assert visitor.asked == []
    assert [clip.key for clip in visitor.of(do.Say)[0].clips] == ["home.closed"]


def test_an_office_that_reopens_another_day_says_which() -> None:
    at = NOW.replace(day=23, hour=0, minute=30)
    services = tuple(closed(n, "out_of_hours", reopens_at=at) for n in range(8))
    journey(an_office(services=services), sees("out_of_hours", "mở lại 07:30 Thứ Hai 23/11"))


def test_a_closed_service_says_until_when_and_why() -> None:
    reason = Bilingual(vi="Công chức đi thực địa", en="The officer is out in the field")
    at = NOW.replace(hour=6, minute=30)
    visitor = journey(
        an_office(services=(closed(6, "service_closed", reason=reason, reopens_at=at),)),
        touch("Lấy số thứ tự"),
        sees("services", "Tạm ngừng đến 13:30", "Công chức đi thực địa"),
        touch("Xây dựng"),
        sees("services"),
    )
    assert [clip.key for clip in visitor.of(do.Say)[0].clips] == ["service.xay-dung", "guide.closed"]


def test_a_full_service_says_so() -> None:
    journey(
        an_office(services=(closed(2, "quota_reached"),)),
        touch("Lấy số thứ tự"),
        sees("services", "Đã hết số hôm nay", "Mời hỏi quầy Hướng dẫn"),
    )


def test_a_service_that_closes_under_the_finger_is_not_asked_for() -> None:
    visitor = journey(an_office(), touch("Lấy số thứ tự"))
    press = next(p for p in visitor.view.touches if p.label == "Chứng thực")
    visitor.dispatch(ServiceTold(closed(0, "service_closed")))
    visitor.dispatch(press.action)
    journey(visitor, sees("services"))
    assert visitor.asked == []


@pytest.mark.parametrize(
    ("code", "words", "again"),
    [
        ("service_closed", "Việc này vừa tạm ngừng nhận số", False),
        ("quota_reached", "Việc này vừa hết số hôm nay", False),
        ("numbers_exhausted", "Việc này vừa hết số hôm nay", False),
        ("out_of_hours", "Hết giờ nhận hồ sơ", False),
        ("storage_failed", "Chưa lấy được số", True),
        ("a_code_of_a_newer_server", "Chưa lấy được số", True),
        ("clock_unconfirmed", "Máy này chưa cấp được số", False),
    ],
)
def test_a_refusal_at_the_last_moment_says_what_to_do_next(code: str, words: str, again: bool) -> None:
    visitor = journey(
        an_office(),
        server_refuses(code),
        *GET_A_TICKET,
        sees("refused", words, "quầy Hướng dẫn"),
    )
    assert ("Thử lại" in {press.label for press in visitor.view.touches}) is again
    assert code not in "\n".join(seen(visitor.view))


def test_trying_again_after_a_refusal_is_a_new_request() -> None:
    visitor = journey(an_office(), server_refuses("storage_failed"), *GET_A_TICKET)
    visitor.refusing = ""
    journey(visitor, touch("Thử lại"), sees("ticket", "A012"))
    assert len({ask.request for ask in visitor.asked}) == 2


def test_late_civil_papers_are_told_before_the_ticket() -> None:
    visitor = an_office()
    visitor.now = NOW + timedelta(hours=6)
    visitor.passes(1)
    journey(
        visitor,
        touch("Lấy số thứ tự"),
        sees("services", "Nộp sau 15:00, kết quả trả ngày làm việc tiếp theo."),
    )


def test_a_service_that_leaves_the_catalogue_is_not_asked_about() -> None:
    from kiosk.session.heard import OfficeTold

    visitor = journey(an_office(), touch("Lấy số thứ tự"), touch("Nhận kết quả"))
    journey(visitor, happens(OfficeTold(office(services=3))), sees("services"), does_not_see("Nhận kết quả"))
