"""Visits at the kiosk as lists of steps: what a person touches, sees, and gets."""

from datetime import timedelta

import pytest
from fakes.kiosk_office import NOW, closed, office, state
from fakes.kiosk_visits import (
    an_office,
    crashes,
    does_not_see,
    double_tap,
    happens,
    journey,
    long_press,
    printer_says,
    seen,
    sees,
    server_is_silent,
    server_refuses,
    slip_off,
    the_late_reply_comes,
    three_seconds_without_reply,
    touch,
    wait,
)

from kiosk.session import effects as do
from kiosk.session.actions import ServerChanged, ServiceTold, SetLanguage
from kiosk.session.state import Aids, Home
from queue_server.contract.values import Bilingual

GET_A_TICKET = (touch("Lấy số thứ tự"), touch("Chứng thực"), touch("Không, lấy số thường"))


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


def test_out_of_paper_then_printed_after_a_retry() -> None:
    visitor = journey(
        an_office(),
        printer_says("paper_out", "printed"),
        *GET_A_TICKET,
        sees("printer_failed", "A012", "Máy hết giấy, chưa in được phiếu", "Ông/Bà không mất lượt."),
        touch("Thử in lại"),
        sees("ticket", "A012", "Vui lòng nhận phiếu"),
    )
    outcomes = [(told.job, told.outcome, told.reason) for told in visitor.of(do.TellSlip)]
    assert outcomes == [("job-12", "failed", "paper_out"), ("job-12-p2", "printed", "")]
    assert visitor.of(do.TellFault) == [do.TellFault("printer_paper_out")]
    assert visitor.of(do.ShowHealth) == [do.ShowHealth("degraded", "paper_out"), do.ShowHealth("ready", "")]
    assert len(visitor.tickets) == 1


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("paper_out", "Máy hết giấy"),
        ("cover_open", "Nắp máy in đang mở"),
        ("offline", "Máy in không trả lời"),
        ("no_such_thing", "Chưa in được phiếu"),
    ],
)
def test_a_failed_slip_says_what_is_wrong_and_keeps_the_number(reason: str, words: str) -> None:
    visitor = journey(an_office(), printer_says(reason), *GET_A_TICKET)
    sees("printer_failed", words, "A012", "Số A012 vẫn có giá trị.", "Quét mã để giữ số")(visitor)


def test_going_on_without_paper_keeps_number_and_code_for_the_countdown() -> None:
    visitor = journey(
        an_office(),
        printer_says("offline"),
        *GET_A_TICKET,
        touch("Tiếp tục không cần phiếu"),
        sees("ticket", "A012", "Số vẫn có giá trị khi không có phiếu"),
        wait(19),
        sees("ticket"),
        wait(2),
        sees("home"),
    )
    assert len(visitor.printing) == 1


def test_a_printer_that_keeps_silent_holds_nobody_for_long() -> None:
    journey(
        an_office(),
        printer_says("silent"),
        *GET_A_TICKET,
        sees("ticket", "Đang in phiếu"),
        wait(8),
        sees("ticket", "Mời xem khe bên dưới màn hình"),
        touch("Xong"),
        sees("home"),
    )


def test_a_slip_that_is_still_printing_cannot_be_left_behind() -> None:
    visitor = journey(an_office(), printer_says("silent"), *GET_A_TICKET)
    journey(visitor, touch("Xong"), sees("ticket"))
    visitor.dispatch(next(visitor.outcome_of("job-12", "paper_out")))
    sees("printer_failed", "A012")(visitor)


def test_an_outcome_after_the_visit_still_reaches_the_server() -> None:
    visitor = journey(
        an_office(), printer_says("silent"), *GET_A_TICKET, wait(9), touch("Xong"), sees("home")
    )
    visitor.dispatch(next(visitor.outcome_of("job-12", "paper_out")))
    visitor.dispatch(next(visitor.outcome_of("job-12", "printed")))
    assert [told.outcome for told in visitor.of(do.TellSlip)] == ["failed"]
    sees("home")(visitor)


def test_a_reprint_is_marked_as_a_copy() -> None:
    visitor = journey(
        an_office(), *GET_A_TICKET, touch("In lại phiếu"), sees("ticket", "Vui lòng nhận phiếu")
    )
    first, second = visitor.printing
    assert (first.slip.reprint, second.slip.reprint) == (False, True)
    assert visitor.of(do.TellSlip)[1] == do.TellSlip("ticket-12", "job-12-p2", "printed", "", True)


def test_reprints_end_before_the_paper_does() -> None:
    visitor = journey(an_office(), *GET_A_TICKET, *[touch("In lại phiếu")] * 3)
    assert "In lại phiếu" not in {press.label for press in visitor.view.touches}
    assert len(visitor.printing) == 4


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


def test_low_reach_stays_for_the_visit_and_goes_with_it() -> None:
    visitor = journey(an_office(), touch("Phím ở thấp"), touch("Lấy số thứ tự"))
    assert visitor.view.frame.low_reach
    journey(visitor, wait(62), sees("home"))
    assert not visitor.view.frame.low_reach


def test_late_civil_papers_are_told_before_the_ticket() -> None:
    visitor = an_office()
    visitor.now = NOW + timedelta(hours=6)
    visitor.passes(1)
    journey(
        visitor,
        touch("Lấy số thứ tự"),
        sees("services", "Nộp sau 15:00, kết quả trả ngày làm việc tiếp theo."),
    )


def test_a_step_of_the_clock_ends_nobodys_visit() -> None:
    visitor = journey(an_office(), touch("Lấy số thứ tự"))
    for step in (timedelta(hours=2), timedelta(hours=-5)):
        visitor.now += step
        journey(visitor, wait(5), sees("services"))
    journey(visitor, wait(37), sees("still_there"))


def test_a_service_that_leaves_the_catalogue_is_not_asked_about() -> None:
    from kiosk.session.actions import OfficeTold

    visitor = journey(an_office(), touch("Lấy số thứ tự"), touch("Nhận kết quả"))
    journey(visitor, happens(OfficeTold(office(services=3))), sees("services"), does_not_see("Nhận kết quả"))


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
