"""Visits of people who ask what became of their papers."""

from datetime import date

import pytest
from fakes.kiosk_dossiers import (
    ASKED,
    AWAY,
    CARD,
    ELSEWHERE,
    FACTOR,
    FOUND,
    LATE,
    NOBODYS,
    READY,
    RUNNING,
    answer,
)
from fakes.kiosk_office import NOW, closed, issued, office
from fakes.kiosk_screens import TRACK, dossiers
from fakes.kiosk_visits import (
    Visitor,
    a_scanner_is_there,
    an_office,
    does_not_see,
    happens,
    journey,
    scans,
    seen,
    sees,
    server_is_silent,
    server_refuses,
    touch,
    types,
    wait,
)

from kiosk.session import effects as do
from kiosk.session.actions import TakeOffered, TryAgain
from kiosk.session.guidance import guidance
from kiosk.session.heard import LookAnswered, OfficeTold, ReadersChanged, Scanned, ServerChanged
from kiosk.session.state import Home, Keypad, Looking, Scan
from queue_server.contract.dossiers import Supplement

ID_CARD = f"{CARD}|012345678|Nguyễn Thị Hương|01011990|Nữ|Xã Thanh Bình|01012022|cha|mẹ|con"
OPEN = touch("Xem giấy tờ cần bổ sung")
TRY = touch("Mở nội dung")


def test_a_code_is_typed_and_the_answer_leads_to_a_ticket_in_one_touch() -> None:
    visitor = journey(
        an_office(),
        TRACK,
        sees("keypad", "Nhập mã hồ sơ", "H99.16-261117-0023"),
        types(READY),
        touch("Tìm hồ sơ"),
        sees("result", "Đã có kết quả", "N*** T** H****", "Trước hạn 1 ngày", "giấy hẹn"),
        touch("Lấy số nhận kết quả"),
        sees("ticket", "A012", "Nhận kết quả"),
    )
    (ask,) = visitor.asked
    assert (ask.service, ask.group, ask.dossier) == ("tra-ket-qua", None, READY)
    assert [look.code for look in visitor.looks] == [READY]


def test_a_scan_is_enough_on_the_first_screen() -> None:
    journey(an_office(), a_scanner_is_there(), scans(READY), sees("result", "Đã có kết quả"))


def test_the_code_is_found_inside_an_address_and_the_address_is_not_sent() -> None:
    visitor = dossiers(scans(f"https://dvc.example/tra-cuu?ma_ho_so={READY.lower()}&x=1"), sees("result"))
    assert [look.code for look in visitor.looks] == [READY]


def test_without_a_reader_there_is_only_the_keypad_and_a_reader_that_goes_takes_its_screen_along() -> None:
    visitor = journey(an_office(), TRACK, sees("keypad"))
    journey(visitor, touch("Quay lại"), sees("home"))
    journey(visitor, a_scanner_is_there(), TRACK, sees("scan", "Đưa mã QR trên giấy hẹn vào ô quét"))
    journey(visitor, happens(ReadersChanged(frozenset())), sees("keypad", "Máy quét vừa ngừng."))


def test_a_camera_is_drawn_as_a_camera() -> None:
    journey(an_office(), a_scanner_is_there("camera"), TRACK, sees("scan", "trước camera"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("?", "Chưa đọc được mã."),
        (ID_CARD, "Đây là số Căn cước."),
        ("001090123456.KQ.G15.000031", "giấy tờ số hoá"),
    ],
)
def test_what_is_no_dossier_is_said_and_nothing_is_asked(text: str, words: str) -> None:
    visitor = dossiers(scans(text), sees("scan", words))
    assert visitor.looks == []


def test_a_typed_id_number_is_not_sent_and_not_left_on_the_screen() -> None:
    visitor = journey(an_office(), TRACK, types("001090123456"), touch("Tìm hồ sơ"))
    sees("keypad", "Đây là số Căn cước.")(visitor)
    assert visitor.looks == []
    assert "001090123456" not in repr(seen(visitor.view))


def test_a_code_nobody_knows_stays_in_the_field_to_be_corrected() -> None:
    journey(
        an_office(),
        TRACK,
        types(NOBODYS),
        touch("Tìm hồ sơ"),
        sees("keypad", NOBODYS, "Không thấy hồ sơ này."),
        touch("Xoá"),
        sees("keypad", NOBODYS[:-1]),
        does_not_see("Không thấy hồ sơ này."),
        touch("Xoá hết"),
        does_not_see(NOBODYS[:-1]),
    )


def test_four_characters_are_the_least_that_is_looked_up() -> None:
    visitor = journey(
        an_office(), TRACK, types("H99"), touch("Tìm hồ sơ"), sees("keypad", "Mời nhập mã trước")
    )
    assert visitor.looks == []


def test_the_rest_of_the_shape_is_shown_as_far_as_it_fits() -> None:
    visitor = journey(an_office(), TRACK, types("H99.16-2611"))
    assert visitor.view.body.shape == "··-····"  # type: ignore[union-attr]
    journey(visitor, types("-"))
    assert visitor.view.body.shape == ""  # type: ignore[union-attr]


def test_the_card_opens_the_rest_and_of_it_only_the_number_is_sent() -> None:
    visitor = dossiers(
        scans(ASKED),
        sees("result", "Yêu cầu bổ sung giấy tờ"),
        does_not_see("02 ảnh 3x4", "500.000"),
        scans(ID_CARD),
        sees("result", "Bản sao Giấy chứng nhận", "500.000 đồng", "Quầy Hướng dẫn"),
    )
    assert [(look.code, look.factor) for look in visitor.looks] == [(ASKED, None), (ASKED, CARD)]
    assert "Hương" not in repr(visitor.done)


def test_a_due_day_that_supplements_moved_is_shown_with_the_one_on_the_receipt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moved = {"due_on": date(2026, 11, 25), "promised_on": date(2026, 11, 20)}
    monkeypatch.setitem(FOUND, RUNNING, FOUND[RUNNING].model_copy(update=moved))
    dossiers(scans(RUNNING), sees("result", "25/11/2026 (giấy hẹn ghi 20/11/2026)"))


def test_four_digits_open_the_rest_and_are_never_on_the_screen() -> None:
    visitor = dossiers(scans(ASKED), OPEN, sees("factor", "Nhập 4 số cuối"), types(FACTOR))
    assert visitor.view.body.typed == "••••"  # type: ignore[union-attr]
    assert FACTOR not in seen(visitor.view)
    journey(visitor, TRY, sees("result", "Bản sao Giấy chứng nhận"))


def test_three_wrong_tries_lead_to_the_counter() -> None:
    visitor = dossiers(
        scans(ASKED),
        OPEN,
        types("0000"),
        TRY,
        sees("factor", "Còn 2 lần thử."),
        types("0001"),
        TRY,
        sees("factor", "Còn 1 lần thử."),
        types("0002"),
        TRY,
        sees("result", "Mời đến quầy Hướng dẫn"),
        scans(ID_CARD),
        sees("result", "chỉ mở tại quầy"),
    )
    assert len([look for look in visitor.looks if look.factor]) == 3
    assert "Xem giấy tờ cần bổ sung" not in [press.label for press in visitor.view.touches]


def test_the_answer_goes_after_half_a_minute_with_a_warning() -> None:
    visitor = dossiers(scans(READY), wait(29), sees("result"), wait(1), sees("still_there"), wait(14))
    sees("still_there")(visitor)
    journey(visitor, wait(1), sees("home"))
    assert visitor.session.place == Home()


def test_the_next_scan_takes_the_answer_off_the_screen_at_once() -> None:
    visitor = dossiers(scans(ASKED), OPEN, types(FACTOR), TRY, sees("result", "02 ảnh 3x4"))
    visitor.answering = False
    visitor.dispatch(Scanned(READY))
    assert visitor.view.name == "looking"
    assert "02 ảnh 3x4" not in repr(visitor.session)
    assert ASKED not in repr(seen(visitor.view))


@pytest.mark.parametrize("way_out", ["Trang đầu", "Quay lại", "Tra cứu hồ sơ khác"])
def test_leaving_the_answer_leaves_nothing_of_it(way_out: str) -> None:
    visitor = dossiers(scans(ASKED), OPEN, types(FACTOR), TRY, sees("result", "02 ảnh 3x4"), touch(way_out))
    assert visitor.session.place in (Home(), Scan())


def test_a_ticket_leaves_nothing_of_the_dossier_on_the_kiosk() -> None:
    visitor = dossiers(scans(READY), touch("Lấy số nhận kết quả"), sees("ticket"))
    assert not any(READY in words for words in seen(visitor.view))


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


def test_a_late_dossier_comes_with_the_offices_apology_and_contact() -> None:
    dossiers(scans(LATE), sees("result", "Quá hạn 2 ngày", "Cơ quan xin lỗi", "Liên hệ: quầy Hướng dẫn"))


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


def test_a_scan_in_the_middle_of_taking_a_number_changes_nothing() -> None:
    journey(an_office(), a_scanner_is_there(), touch("Lấy số thứ tự"), scans(READY), sees("services"))


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


def test_the_keypad_is_cleared_after_a_minute_without_a_touch() -> None:
    visitor = journey(
        an_office(), TRACK, types("H99.16"), wait(59), sees("keypad"), wait(1), sees("still_there")
    )
    journey(visitor, wait(15.5), sees("home"))
    assert not isinstance(visitor.session.place, Keypad)


def test_neither_code_nor_factor_shows_in_the_words_for_a_log() -> None:
    visitor: Visitor = dossiers(scans(ASKED), OPEN, types(FACTOR), TRY)
    told = repr(visitor.done) + repr(visitor.session)
    assert ASKED not in told
    assert FACTOR not in repr(visitor.looks)
    assert "02 ảnh 3x4" not in told


def test_what_to_hand_in_is_printed_with_the_ticket_once_it_was_opened() -> None:
    visitor = dossiers(scans(ASKED), OPEN, types(FACTOR), TRY, touch("Lấy số nộp bổ sung"), sees("ticket"))
    (paper,) = visitor.guidance
    assert paper.slip.kind == "guidance"
    assert paper.slip.lines == ("Bản sao Giấy chứng nhận quyền sử dụng đất; 02 ảnh 3x4 chụp trong 6 tháng.",)
    assert (paper.slip.code, paper.slip.applicant, paper.slip.local_time) == (
        ASKED,
        "N*** T** H****",
        "09:43",
    )
    assert [told.job for told in visitor.of(do.TellSlip)] == ["job-12"]
    assert "02 ảnh 3x4" not in repr(visitor.session)


def test_without_the_second_factor_only_the_ticket_is_printed() -> None:
    visitor = dossiers(scans(ASKED), touch("Lấy số nộp bổ sung"), sees("ticket"))
    assert (len(visitor.printing), visitor.guidance) == (1, [])


def test_numbers_of_cards_and_telephones_do_not_go_onto_the_guidance() -> None:
    looked = answer(ASKED, FACTOR, 0)
    assert looked.protected is not None
    said = Supplement(reason="Căn cước 001 090 123 456, điện thoại 0912.345.678; 02 ảnh")
    changed = looked.model_copy(
        update={"protected": looked.protected.model_copy(update={"supplements": (said,)})}
    )
    paper = guidance(changed, issued("A012", "ho-tich", "vi", None, 12))
    assert paper is not None
    assert paper.lines == ("Căn cước ***, điện thoại ***; 02 ảnh",)
