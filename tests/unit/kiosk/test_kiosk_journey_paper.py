"""Visits at the kiosk: slips that fail, come late, come again, or do not come."""

import pytest
from fakes.kiosk_steps import printer_says, sees, touch, wait
from fakes.kiosk_visits import an_office, journey

from kiosk.session import effects as do

GET_A_TICKET = (touch("Lấy số thứ tự"), touch("Chứng thực"), touch("Không, lấy số thường"))


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
