"""The private part of a dossier at the kiosk: opened by card or digits, on paper, and gone afterwards."""

import pytest
from fakes.kiosk_dossiers import (
    ASKED,
    CARD,
    FACTOR,
    READY,
    answer,
)
from fakes.kiosk_office import issued
from fakes.kiosk_screens import dossiers
from fakes.kiosk_steps import does_not_see, scans, sees, touch, types, wait
from fakes.kiosk_visits import Visitor, journey, seen

from kiosk.session import effects as do
from kiosk.session.guidance import guidance
from kiosk.session.heard import Scanned
from kiosk.session.state import Home, Scan
from queue_server.contract.dossiers import Supplement

ID_CARD = f"{CARD}|012345678|Nguyễn Thị Hương|01011990|Nữ|Xã Thanh Bình|01012022|cha|mẹ|con"
OPEN = touch("Xem giấy tờ cần bổ sung")
TRY = touch("Mở nội dung")


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
