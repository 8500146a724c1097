"""What a scanned or typed text is, by example and by fuzzing."""

import logging
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.codes.classify import classify
from queue_server.codes.kinds import (
    DossierCode,
    IdCard,
    Kind,
    OwnPage,
    OwnTicket,
    PaperCode,
    PhoneNumber,
    TaxNumber,
    Unknown,
)
from queue_server.codes.masking import mask_name
from queue_server.codes.normal import LONGEST_CODE, clean, normalise, text_of
from queue_server.codes.patterns import DEFAULT, DEFAULT_PATTERNS, BadPattern, Patterns

CODE = "H99.16-261117-0023"
CARD = "001090123456|012345678|Nguyễn Thị Hoa|01021990|Nữ|Xã Thanh Bình|01012022"
TOKEN = "6KFCRwgu_hNkVIQkihJ-Ww"

DOSSIERS = [
    CODE,
    " h99.16 – 261117 – 0023 ",
    "H99．16－261117－0023",
    "H99..16--261117-0023",
    "\u200fH99.16\u200b-261117-0023\x00",
    f"]Q1{CODE}\r\n",
    f"]Q3\\000026{CODE}",
    f"https://dvc.example/tra-cuu?x=1&ma_ho_so={CODE}",
    "https://dvc.example/tra-cuu?mahoso=h99.16%2D261117%2D0023#top",
    f"https://dvc.example/#/tra-cuu?maHoSo={CODE}",
    f"https://dvc.example/ho-so/{CODE}",
    f"https://dvc.example/ho-so/{CODE}/?lang=vi",
    f"HTTPS://DVC.EXAMPLE/{CODE}/chi-tiet",
    f"www.dvc.example/ho-so/{CODE}",
    f"Mã hồ sơ: {CODE}, hẹn trả 20/11/2026",
    f"GIẤY HẸN\nMã hồ sơ:{CODE}.\nCơ quan",
    f"{CODE}|17/11/2026|Một cửa",
]


@pytest.mark.parametrize("text", DOSSIERS)
def test_a_dossier_code_is_found_bare_in_a_url_and_in_a_text(text: str) -> None:
    assert classify(text) == DossierCode(CODE)


@pytest.mark.parametrize(
    "code",
    ["000.00.16.H05-230515-0001", "H56.16-230515-0001", "G22.99-230515-00012", "H55-230515-000123",
     "H55.1.22.333-230515-0001", "03706/2026/07906"],
)  # fmt: skip
def test_every_form_of_the_country_s_codes_is_one(code: str) -> None:
    assert classify(code) == DossierCode(code)
    assert classify(f"https://dvc.example/?q={code}") == DossierCode(code)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("MOTCUA:thanh-binh:aB_-12", OwnTicket("thanh-binh", "aB_-12")),
        (f"]Q1https://mot-cua.example/t/{TOKEN}", OwnPage(TOKEN)),
        (CARD, IdCard("001090123456")),
        (CARD.replace("|012345678|", "||"), IdCard("001090123456")),
        (f"{CARD}|Nguyễn Văn Cha|Trần Thị Mẹ|0010", IdCard("001090123456")),
        ("001090123456", IdCard("001090123456")),
        ("001090123456.KQ.G15.000031", PaperCode("KQ.G15.000031")),
        ("0101234567-001.KQ.G15.000031", PaperCode("KQ.G15.000031")),
        ("H99.16.KQ.G15.000031", PaperCode("KQ.G15.000031")),
        ("0912 345 678", PhoneNumber("5678")),
        ("+84912345678", PhoneNumber("5678")),
        ("02438123456", PhoneNumber("3456")),
        ("0101234567", TaxNumber()),
        ("0101234567-001", TaxNumber()),
        ("abc-12/3", Unknown("ABC-12/3")),
        ("https://dvc.example/?mahoso=tn-77", Unknown("TN-77")),
        ("https://dvc.example/gioi-thieu", Unknown()),
        ("Xin chào Ông Bà", Unknown()),
        ("", Unknown()),
        ("\u202e\x00", Unknown()),
    ],
)
def test_everything_else_is_told_apart(text: str, kind: Kind) -> None:
    assert classify(text) == kind


@pytest.mark.parametrize("fields", range(3, 7))
def test_a_torn_card_gives_nothing_away(fields: int) -> None:
    assert classify("|".join(CARD.split("|")[:fields])) == Unknown()


def test_seven_fields_without_an_id_number_give_nothing_away() -> None:
    assert classify("x1|y2|Nguyễn Thị Hoa|3|4|5|6") == Unknown()


def test_no_kind_shows_its_content_when_it_is_printed() -> None:
    for text in (CODE, CARD, "0912345678", f"https://mot-cua.example/t/{TOKEN}", "ABC-12"):
        shown = repr(classify(text))
        assert not any(char.isdigit() for char in shown), shown


def test_an_office_s_own_patterns_are_used_and_no_others() -> None:
    own = Patterns.of([r"TB-\d{4}/\d{2}"])
    assert classify("Biên nhận tb-0042/26", own) == DossierCode("TB-0042/26")
    assert classify(CODE, own) == Unknown(CODE)


@pytest.mark.parametrize(
    "pattern",
    ["(", "", r"(a+)+$", r"\d*", r"(?:\d{1,9}){1,9}", r"(\d)\1", r"(?=a)b", "a" * 301, r"(?:a|a|a){0,20}b"],
)
def test_a_pattern_that_could_take_without_end_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        Patterns.of([pattern])


def test_a_kiosk_keeps_the_patterns_that_can_be_used() -> None:
    assert Patterns.kept(["(", r"TB-\d{4}"]).compiled == Patterns.of([r"TB-\d{4}"]).compiled
    assert Patterns.kept(["("]) == DEFAULT
    assert Patterns.of(DEFAULT_PATTERNS) == DEFAULT


def test_a_code_is_not_cut_out_of_a_longer_one() -> None:
    assert classify("X1H99.16-261117-00231234567") != DossierCode("H99.16-261117-002312")


ANY = st.one_of(
    st.text(max_size=300),
    st.binary(max_size=300).map(text_of),
    st.text(alphabet="H9.-/|:?&=%#\u200f\u202e\x00\x1d\ud7ff đĐ0123456789", max_size=400),
    st.lists(st.sampled_from([CODE, CARD, "https://", "?ma=", "|", "\u202e", "%2", "MOTCUA:", " "])).map(
        "".join
    ),
)


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_no_text_makes_it_raise_and_the_answer_is_stable(text: str) -> None:
    kind = classify(text)
    assert classify(text) == kind
    if isinstance(kind, DossierCode):
        assert classify(kind.code) == kind and len(kind.code) <= 80
    if isinstance(kind, Unknown):
        assert len(kind.typed) <= LONGEST_CODE


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_a_normalised_code_stays_as_it_is(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once and clean(clean(text)) == clean(text)


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="0123456789.-/H|?&=%a ", min_size=1, max_size=12),
    st.sampled_from(["", "]Q1", "https://"]),
)
def test_ten_thousand_characters_take_a_bounded_time(part: str, before: str) -> None:
    text = (before + part * 10_000)[:10_000]
    began = time.process_time()
    classify(text)
    assert time.process_time() - began < 1.0


@settings(max_examples=100, deadline=None)
@given(ANY)
def test_nothing_is_logged_of_what_was_read(text: str) -> None:
    heard: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = heard.append  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        classify(text)
    finally:
        logging.getLogger().removeHandler(handler)
    assert heard == []


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Ngọc Thị Hương", "N*** T** H****"),
        ("Nguyễn Văn A", "N**** V** A*"),
        ("  Đặng   Ý ", "Đ*** Ý*"),
        ("(Bà) 123", "**** ***"),
        ("", ""),
    ],
)
def test_a_name_is_masked_word_by_word(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(st.text(max_size=200))
def test_a_masked_name_stays_masked(name: str) -> None:
    masked = mask_name(name)
    assert mask_name(masked) == masked
    assert all(len(word) <= 5 and set(word[1:]) == {"*"} for word in masked.split())
