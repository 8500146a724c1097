"""The kiosk reads its screens aloud in whole sentences of the catalogue."""

from __future__ import annotations

import pytest

from assets.clips import ClipStore
from assets.phrases import load_phrases
from queue_server.speech.phrases import Clip, caption
from queue_server.speech.screens import Choice, Wait, people_waiting, screen, sentence, ticket, wait_clips

PHRASES = load_phrases()


def said(clips: tuple[Clip, ...]) -> str:
    assert all(ClipStore().audible(clip.language, clip.key) for clip in clips)
    return caption(PHRASES, clips)


def test_a_screen_says_title_number_of_choices_each_choice_and_the_bar() -> None:
    clips = screen(
        ["services.title"],
        [
            Choice("service.chung-thuc", Wait(12, 18)),
            Choice("service.ho-tich", Wait(1, 2)),
            Choice("service.xay-dung", remarks=("guide.closed",)),
        ],
        ["bar.back", "bar.home"],
        "vi",
    )
    assert said(clips) == (
        "Chọn việc cần làm, Có ba lựa chọn, một, Chứng thực, khoảng mười hai đến mười tám phút, "
        "hai, Hộ tịch, sắp đến lượt, ba, Xây dựng, đang tạm ngừng, "
        "Hàng phím dưới cùng, Quay lại, Trang đầu"
    )


def test_one_choice_is_singular_in_english() -> None:
    assert said(screen(["timeout.title"], [Choice("timeout.here")], [], "en")) == (
        "Are you still there? There is one choice, one, I am here"
    )


@pytest.mark.parametrize(
    ("wait", "vietnamese", "english"),
    [
        (Wait(12, 18), "khoảng mười hai đến mười tám phút", "about twelve to eighteen minutes"),
        (Wait(5, 5), "khoảng năm phút", "about five minutes"),
        (Wait(0, 2), "sắp đến lượt", "soon"),
        (
            Wait(45, 75),
            "khoảng bốn mươi lăm phút đến hơn một giờ",
            "about forty-five minutes to over one hour",
        ),
        (Wait(70, 90), "hơn một giờ", "over one hour"),
        (Wait(60, 75), "hơn một giờ", "over one hour"),
        (None, "chưa tính được thời gian chờ", "waiting time not known"),
    ],
)
def test_a_wait_is_a_range_and_unknown_is_never_zero(
    wait: Wait | None, vietnamese: str, english: str
) -> None:
    assert said(wait_clips(wait, "vi")) == vietnamese
    assert said(wait_clips(wait, "en")) == english


@pytest.mark.parametrize(
    ("count", "vietnamese", "english"),
    [
        (0, "chưa có người chờ", "no one waiting"),
        (1, "một người đang chờ", "one person waiting"),
        (14, "mười bốn người đang chờ", "fourteen people waiting"),
        (250, "hơn chín mươi chín người đang chờ", "more than ninety-nine people waiting"),
    ],
)
def test_the_number_of_people_waiting_is_said_naturally(count: int, vietnamese: str, english: str) -> None:
    assert said(people_waiting(count, "vi")) == vietnamese
    assert said(people_waiting(count, "en")) == english


def test_a_ticket_is_read_with_number_counters_people_ahead_wait_and_where_the_slip_is() -> None:
    assert said(ticket("A012", [2, 3], 4, Wait(12, 18), "vi")) == (
        "Số thứ tự của Ông/Bà là, A không một hai, Quầy số hai hoặc ba, Trước Ông/Bà còn bốn người, "
        "Thời gian chờ khoảng mười hai đến mười tám phút, Phiếu ở khe bên dưới"
    )


def test_the_next_person_is_told_so_and_without_a_slip_none_is_promised() -> None:
    text = said(ticket("A012", [2], 0, None, "en", slip=False))
    assert text == "Your number is, A zero one two, Counter two, You are next, waiting time not known"


def test_a_sentence_ends_in_a_silence() -> None:
    assert sentence("printer.paper_out", "vi").pause_s == 0.5
