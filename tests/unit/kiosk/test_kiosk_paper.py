"""Where the paper is: at another printer, not beside the ticket, or in trouble before anybody comes."""

import pytest
from fakes.kiosk_office import office
from fakes.kiosk_screens import GET_A_TICKET, PAPER_OUT, PRINTER_WELL, SCREENS, guided
from fakes.kiosk_steps import does_not_see, happens, printer_says, sees, touch
from fakes.kiosk_visits import an_office, journey

from assets.phrases import load_phrases
from devices.agent.protocol import DeviceHealth, Healths
from kiosk.printer_watch import troubles
from kiosk.session import effects as do
from kiosk.session.guide import reading
from kiosk.session.heard import PrintersTold
from queue_server.speech.phrases import caption, problems

PHRASES = load_phrases()
OUT = {"paper": "out", "cover": "closed"}


def printer(device: str, able: bool = True, spare: str = "", **health: str) -> DeviceHealth:
    state = "ready" if able else "lost" if health.get("error") == "offline" else "degraded"
    return DeviceHealth.model_validate(
        {"device": device, "state": state, "can_print": able, "health": health, "spare": spare}
    )


def test_a_slip_from_the_spare_printer_is_fetched_where_it_is() -> None:
    visitor = SCREENS["printed_elsewhere"]()
    journey(visitor, sees("ticket", "Mời lấy phiếu ở máy in may-in-quay-2"), does_not_see("Khe bên dưới"))
    journey(visitor, touch("English"), sees("ticket", "Please take your ticket at printer may-in-quay-2"))


def test_a_spare_printer_of_another_kiosk_is_called_by_the_kiosks_name() -> None:
    told = office()
    here, there = told.kiosks
    told = told.model_copy(update={"kiosks": (here, there.model_copy(update={"printer": "may-in-quay-2"}))})
    visitor = journey(an_office(told), printer_says("spare"), *GET_A_TICKET)
    journey(visitor, sees("ticket", "Mời lấy phiếu ở Kiosk 2, cạnh cửa ra vào"))


@pytest.mark.parametrize(
    ("screen", "words"),
    [
        ("printed_elsewhere", "Phiếu ở máy in khác."),
        ("printer_mended", "Số vẫn có giá trị. Ông/Bà không mất lượt."),
    ],
)
def test_what_became_of_the_paper_is_read_aloud(screen: str, words: str) -> None:
    visitor = journey(SCREENS[screen](), touch("Nghe đọc"))
    clips = reading(visitor.session)
    assert words in caption(PHRASES, clips)
    assert problems(PHRASES) == []
    assert "Phiếu ở khe bên dưới" not in caption(PHRASES, clips)
    assert "chưa in được" not in caption(PHRASES, clips)


def test_a_guidance_slip_that_fails_is_told_and_tried_again_with_the_ticket() -> None:
    visitor = guided("paper_out", "paper_out")
    said = "Phiếu hướng dẫn cũng chưa in được."
    journey(visitor, sees("printer_failed", "Số A012 vẫn có giá trị", said))
    visitor.guided = "printed"
    journey(visitor, touch("Thử in lại"), sees("ticket", "Vui lòng nhận phiếu"), does_not_see(said))
    assert [each.job for each in visitor.guidance] == ["job-12-g", "job-12-g2"]


def test_a_guidance_slip_alone_that_fails_is_told_beside_the_ticket() -> None:
    visitor = guided("unknown", "printed")
    journey(visitor, sees("ticket", "Vui lòng nhận phiếu", "Phiếu hướng dẫn chưa in được"))
    journey(visitor, touch("English"), sees("ticket", "The list of missing papers was not printed"))
    assert [told.outcome for told in visitor.of(do.TellSlip)] == ["printed"]


def test_trouble_of_the_printer_is_told_before_a_number_is_taken_and_clears_itself() -> None:
    visitor = journey(an_office(), happens(PAPER_OUT))
    journey(visitor, sees("home", "Máy in hết giấy", "Ông/Bà vẫn lấy được số"))
    journey(visitor, happens(PRINTER_WELL), sees("home"), does_not_see("Máy in hết giấy"))
    assert visitor.of(do.ShowHealth) == [do.ShowHealth("degraded", "paper_out"), do.ShowHealth("ready", "")]
    assert visitor.of(do.TellFault) == []


def test_the_number_is_given_all_the_same_and_a_mended_printer_says_so() -> None:
    visitor = journey(an_office(), happens(PAPER_OUT), printer_says("paper_out"), *GET_A_TICKET)
    journey(visitor, sees("printer_failed", "Máy hết giấy, chưa in được phiếu"))
    journey(visitor, happens(PRINTER_WELL), sees("printer_failed", "Máy in đã dùng lại được"))
    journey(visitor, touch("Thử in lại"), sees("ticket", "Vui lòng nhận phiếu"))


def test_an_agent_that_is_away_and_a_printer_by_name() -> None:
    told = office()
    here, there = told.kiosks
    told = told.model_copy(update={"kiosks": (here.model_copy(update={"printer": "in-2"}), there)})
    visitor = journey(an_office(told), happens(PAPER_OUT), does_not_see("Máy in hết giấy"))
    journey(visitor, happens(PrintersTold((("in-1", ""), ("in-2", "cover_open")))))
    journey(visitor, sees("home", "Nắp máy in đang mở"))
    journey(visitor, happens(PrintersTold(None)), sees("home", "Máy in tạm ngừng"))


def test_what_an_agent_says_becomes_the_printers_trouble_unless_a_spare_can() -> None:
    told = Healths(
        id="watch",
        devices=(
            printer("a", able=False, **OUT),
            printer("b", able=False, spare="e", paper="ok", cover="open"),
            printer("c", able=False, spare="a", error="offline"),
            printer("d", able=False, error="overheated"),
            printer("e", paper="near_end"),
            DeviceHealth(device="hall", kind="display", state="lost", can_print=False),
        ),
    )
    assert troubles(told) == (("a", "paper_out"), ("b", ""), ("c", "offline"), ("d", "unknown"), ("e", ""))
