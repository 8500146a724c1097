"""The audio guide: what is said on which screen, when it stops and when it is said again."""

import pytest
from fakes.kiosk_office import closed
from fakes.kiosk_screens import SCREENS
from fakes.kiosk_steps import printer_says, slip_off, touch, wait
from fakes.kiosk_visits import Visitor, an_office, journey

from assets.phrases import load_phrases
from kiosk.session import effects as do
from kiosk.session.guide import reading
from kiosk.session.heard import SpeechEnded
from queue_server.speech.phrases import caption, problems

LISTEN = touch("Nghe đọc")
GET_A_TICKET = (touch("Lấy số thứ tự"), touch("Chứng thực"), touch("Không, lấy số thường"))


PHRASES = load_phrases()


def heard(visitor: Visitor) -> str:
    """The newest reading in the language's own words."""
    return caption(PHRASES, visitor.of(do.Say)[-1].clips)


def speech_ends(visitor: Visitor) -> None:
    visitor.dispatch(SpeechEnded(visitor.of(do.Say)[-1].turn))


def test_home_is_read_with_its_choices_and_the_bar() -> None:
    said = heard(journey(an_office(), LISTEN))
    title = "Xin chào! Ông/Bà cần làm gì? ba mươi hai người đang chờ,"
    assert said.startswith(f"{title} Có bốn lựa chọn, một, Lấy số thứ tự, hai, Tra cứu hồ sơ")
    assert said.endswith("Tiếng Việt, Tiếng Anh, Chữ lớn, Tương phản, Nghe đọc")


def test_services_are_numbered_with_their_waits_and_reasons() -> None:
    visitor = an_office(services=(closed(1, "quota_reached"),))
    said = heard(journey(visitor, LISTEN, touch("Lấy số thứ tự")))
    assert "Có tám lựa chọn, một, Chứng thực, khoảng mười hai đến mười tám phút" in said
    assert "hai, Hộ tịch, đã hết số hôm nay" in said


def test_the_ticket_is_read_digit_by_digit() -> None:
    said = heard(journey(an_office(), LISTEN, *GET_A_TICKET))
    assert said.startswith("Số thứ tự của Ông/Bà là, A không một hai, Quầy số hai hoặc ba")
    assert "Phiếu ở khe bên dưới" in said


def test_a_failed_slip_is_read_with_the_number_first() -> None:
    said = heard(journey(an_office(), LISTEN, printer_says("cover_open"), *GET_A_TICKET))
    assert said.index("Số thứ tự") < said.index("Nắp máy in đang mở")
    assert "Thử in lại" in said


def test_nothing_is_said_before_anybody_asks() -> None:
    assert journey(an_office(), *GET_A_TICKET).of(do.Say) == []


def test_a_reading_comes_again_eight_seconds_after_its_end() -> None:
    visitor = journey(an_office(), LISTEN)
    speech_ends(visitor)
    journey(visitor, wait(7.5))
    assert len(visitor.of(do.Say)) == 1
    journey(visitor, wait(1))
    assert len(visitor.of(do.Say)) == 2


def test_a_touch_stops_the_reading_and_its_repetition() -> None:
    visitor = journey(an_office(), LISTEN)
    before = len(visitor.of(do.Hush))
    journey(visitor, slip_off("Lấy số thứ tự"))
    assert len(visitor.of(do.Hush)) == before + 1
    speech_ends(visitor)
    journey(visitor, wait(20))
    assert len(visitor.of(do.Say)) == 1


def test_switching_it_off_is_silence_on_every_later_screen() -> None:
    visitor = journey(an_office(), LISTEN, LISTEN, *GET_A_TICKET)
    assert len(visitor.of(do.Say)) == 1
    assert not visitor.session.reading.speaking


def test_a_new_language_reads_the_screen_again_in_it() -> None:
    visitor = journey(an_office(), LISTEN, touch("English"))
    assert heard(visitor).startswith("How can we help?")
    assert {clip.language for clip in visitor.of(do.Say)[-1].clips} == {"en"}


def test_the_question_before_leaving_is_spoken() -> None:
    assert heard(journey(an_office(), LISTEN, wait(91))).startswith("Ông/Bà còn ở đó không?")


def test_the_end_of_a_visit_ends_the_reading() -> None:
    visitor = journey(an_office(), LISTEN, wait(91), wait(31))
    assert isinstance(visitor.done[-1], do.Hush)
    assert not visitor.session.aids.listen


def test_a_ticket_no_clip_can_say_is_silence_not_a_crash() -> None:
    visitor = journey(an_office(), *GET_A_TICKET)
    place = visitor.session.place
    slip = place.issued.slip.model_copy(update={"number": "Ễ1"})  # type: ignore[union-attr]
    issued = place.issued.model_copy(update={"slip": slip})  # type: ignore[union-attr]
    from dataclasses import replace

    odd = replace(visitor.session, place=replace(place, issued=issued))  # type: ignore[call-arg]
    assert [clip.key for clip in reading(odd)][:1] == ["guide.there_is"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_is_said_in_phrases_that_exist(screen: str, language: str) -> None:
    from kiosk.session.actions import SetLanguage

    visitor = SCREENS[screen]()
    visitor.dispatch(SetLanguage(language))  # type: ignore[arg-type]
    clips = reading(visitor.session)
    assert clips
    assert caption(PHRASES, clips)


def test_what_the_kiosk_asks_to_be_said_is_complete() -> None:
    assert problems(PHRASES) == []
