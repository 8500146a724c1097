"""A call is said as people in the hall expect it, and says nothing it has no clip for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.clips import ClipStore
from assets.phrases import load_phrases
from queue_server.speech.announce import announcement, announcement_in, counter_clips, spelled
from queue_server.speech.check import missing_clips, missing_phrases
from queue_server.speech.phrases import Clip, Language, SpeechError, caption, name_key, problems, spoken

PHRASES = load_phrases()


def keys(clips: tuple[Clip, ...]) -> list[str]:
    return [clip.key for clip in clips]


def test_a_call_is_chime_number_and_counter_said_twice() -> None:
    once = ["call.ticket", "letter.A", "digit.0", "digit.0", "digit.7", "call.to_counter", "number.3"]
    assert keys(announcement("A007", 3, "vi")) == ["chime", *once, *once]


def test_a_call_reads_as_the_sentence_of_the_design_in_both_languages() -> None:
    vietnamese = "Mời công dân có số thứ tự A không không bảy, đến quầy số ba"
    assert caption(PHRASES, announcement("A007", 3, "vi")) == f"{vietnamese}, {vietnamese}"
    english = "Number A zero zero seven, counter three"
    assert caption(PHRASES, announcement("A007", 3, "en")) == f"{english}, {english}"


def test_the_chime_rests_three_tenths_and_the_sayings_are_one_and_a_half_seconds_apart() -> None:
    clips = announcement("A012", 3, "vi")
    assert clips[0] == Clip("chime", None, 0.3)
    assert [clip.pause_s for clip in clips].count(1.5) == 1
    assert clips[len(clips) // 2].pause_s == 1.5
    assert clips[-1].pause_s == 0


def test_a_recall_begins_with_xin_nhac_lai_once() -> None:
    clips = announcement("B120", 12, "vi", again=True)
    assert keys(clips)[:3] == ["chime", "call.again", "call.ticket"]
    assert keys(clips).count("call.again") == 1
    assert keys(clips).count("call.ticket") == 2


def test_vietnamese_comes_first_and_english_second_in_each_saying() -> None:
    clips = announcement_in("A1", 2, ("vi", "en"), again=True)
    assert keys(clips).count("chime") == 1
    sayings = [clip.language for clip in clips if clip.key == "call.ticket"]
    assert sayings == ["vi", "en", "vi", "en"]
    assert [clip.language for clip in clips if clip.key == "call.again"] == ["vi", "en"]
    assert [clip.pause_s for clip in clips].count(1.5) == 1


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("A012", "A không một hai"),
        ("1001", "một không không một"),
        ("b7", "B bảy"),
        ("A-034", "A không ba bốn"),
        ("AB 5", "A B năm"),
    ],
)
def test_numbers_are_spelled_one_by_one(number: str, said: str) -> None:
    assert caption(PHRASES, spelled(number, "vi")) == said


@pytest.mark.parametrize(
    ("counter", "vietnamese", "english"),
    [
        (3, "ba", "three"),
        ("03", "ba", "three"),
        (12, "mười hai", "twelve"),
        (15, "mười lăm", "fifteen"),
        (21, "hai mươi mốt", "twenty-one"),
        (24, "hai mươi tư", "twenty-four"),
        (99, "chín mươi chín", "ninety-nine"),
        (105, "một không năm", "one zero five"),
        ("B2", "B hai", "B two"),
        ("Hướng dẫn", "quầy Hướng dẫn", "help desk"),
    ],
)
def test_counters_are_whole_numbers_and_named_desks_have_their_name(
    counter: int | str, vietnamese: str, english: str
) -> None:
    assert caption(PHRASES, counter_clips(counter, "vi")) == vietnamese
    assert caption(PHRASES, counter_clips(counter, "en")) == english


def test_a_named_desk_is_not_called_counter_number() -> None:
    said = caption(PHRASES, announcement("A1", "Hướng dẫn", "vi"))
    assert said.startswith("Mời công dân có số thứ tự A một, đến quầy Hướng dẫn, Mời")


@pytest.mark.parametrize("number", ["", "  ", "Đ001", "A²", "A_1", "A١"])
def test_a_number_that_cannot_be_spelled_is_refused(number: str) -> None:
    with pytest.raises(SpeechError):
        announcement(number, 1, "vi")


@pytest.mark.parametrize("counter", ["", " ", -1, "!!"])
def test_a_counter_that_cannot_be_said_is_refused(counter: int | str) -> None:
    with pytest.raises(SpeechError):
        announcement("A1", counter, "vi")


def test_an_announcement_needs_a_language() -> None:
    with pytest.raises(SpeechError):
        announcement_in("A1", 1, ())


@given(
    st.from_regex(r"[A-Za-z]{0,2}[0-9]{1,4}", fullmatch=True),
    st.integers(0, 999),
    st.sampled_from(["vi", "en"]),
    st.booleans(),
)
def test_every_call_can_be_said_with_phrases_of_the_catalogue(
    number: str, counter: int, language: Language, again: bool
) -> None:
    for clip in announcement(number, counter, language, again):
        assert clip.language is None or spoken(PHRASES, clip.key, language)
        assert clip.pause_s >= 0


VI = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def vietnamese(number: int) -> str:
    """Numbers as Vietnamese read them: 1 is mốt and 4 tư after mươi, 5 is lăm after mười and mươi."""
    tens, units = divmod(number, 10)
    if not tens:
        return VI[units]
    unit = {0: "", 1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}.get(
        units, VI[units]
    )
    return ("mười" if tens == 1 else f"{VI[tens]} mươi") + (f" {unit}" if unit else "")


def test_every_whole_number_is_written_as_vietnamese_read_it() -> None:
    assert [PHRASES[f"number.{n}"]["vi"] for n in range(100)] == [vietnamese(n) for n in range(100)]


def test_every_whole_number_has_its_own_english() -> None:
    english = [PHRASES[f"number.{n}"]["en"] for n in range(100)]
    assert len(set(english)) == 100
    assert english[13] == "thirteen" and english[40] == "forty" and english[57] == "fifty-seven"


def test_letters_that_sound_alike_have_different_names() -> None:
    for language in ("vi", "en"):
        names = [spoken(PHRASES, f"letter.{chr(code)}", language) for code in range(65, 91)]
        assert len(set(names)) == 26
    assert spoken(PHRASES, "letter.D", "vi") == "đê"


def test_the_catalogue_is_whole_and_mistakes_in_one_are_all_told() -> None:
    assert problems(PHRASES) == []
    found = problems({"bad key": {"vi": "a\u0301", "en": ""}, "a.b": {"vi": "a", "en": "b", "fr": "c"}})
    assert len(found) == 4


def test_a_service_is_found_by_its_vietnamese_name() -> None:
    assert name_key("service", "Hộ tịch") == "service.ho-tich"
    assert name_key("service", "  Đất đai ") == "service.dat-dai"
    with pytest.raises(SpeechError):
        name_key("service", "…")


def test_nothing_is_missing_for_all_letters_digits_and_counters() -> None:
    numbers = [f"{chr(code)}{digit}" for code in range(65, 91) for digit in range(10)] + ["1001", "X999"]
    assert missing_clips(numbers, range(1, 100), ("vi", "en"), ClipStore()) == []


class Deaf:
    """A store in which some clips are silent."""

    def __init__(self, *silent: str) -> None:
        self.silent = silent

    def audible(self, language: str | None, key: str) -> bool:
        return f"{language or 'common'}/{key}" not in self.silent


def test_what_is_missing_is_named_once_and_what_cannot_be_said_too() -> None:
    store = Deaf("vi/digit.7", "common/chime", "en/letter.Z")
    missing = missing_clips(["A007", "A070", "Đ1"], [1, 2], ("vi",), store)
    assert missing == ["'Đ' is not a letter from A to Z", "common/chime", "vi/digit.7"]


def test_a_service_nobody_recorded_is_reported_before_a_citizen_hears_nothing() -> None:
    keys = [name_key("service", name) for name in ("Hộ tịch", "Nuôi rồng")]
    assert missing_phrases(keys, ("vi", "en"), ClipStore()) == [
        "en/service.nuoi-rong",
        "vi/service.nuoi-rong",
    ]


def test_a_desk_without_a_recording_is_reported() -> None:
    assert missing_clips(["A1"], [1, "Phòng 7 tầng 2"], ("vi",), ClipStore()) == ["vi/counter.phong-7-tang-2"]
