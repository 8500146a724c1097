"""The kiosk's words: both languages whole, nothing mixed, typography as the office writes."""

import re
import string
import unicodedata

import pytest
from fakes.kiosk_screens import SCREENS
from fakes.kiosk_visits import Visitor, seen

from assets.files import icon_names
from assets.theme import load_theme
from kiosk.i18n import hour_or_day, sentence_case, whole, zone
from kiosk.presenters.present import present
from kiosk.session import timing
from kiosk.session.actions import SetLanguage, ToggleLargeText
from kiosk.words.table import WORDS

ENGLISH = re.compile(
    r"\b(the|you|your|please|number|ticket|wait|waiting|counter|help|service|minutes?|min|home|back|"
    r"printer|server|again|done|people|person|closed|choose|screen|number|about|queue)\b",
    re.IGNORECASE,
)
MARKED = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
STARRED = re.compile(r"(?<![A-ZĐ*])\*|\*\w")
"""Emphasis that nobody took out; a masked name has stars only behind capitals."""
MAY_WAIT = {"issuing.title"}
OWN_NAME = {"bar.vietnamese", "bar.english"}


def _fillings(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_are_there_and_take_the_same_fillings(key: str) -> None:
    words = WORDS[key]
    assert words.vi.strip()
    assert words.en.strip()
    assert (words.vi, words.en) == (words.vi.strip(), words.en.strip())
    assert words.vi.count("*") == words.en.count("*")
    assert words.vi.count("*") % 2 == 0
    assert _fillings(words.en) - {"help_desk"} == _fillings(words.vi) - {"help_desk"}


@pytest.mark.parametrize("key", sorted(set(WORDS) - OWN_NAME))
def test_no_english_word_stands_in_a_vietnamese_sentence_nor_the_other_way(key: str) -> None:
    words = WORDS[key]
    assert not ENGLISH.search(re.sub(r"\{.*?\}", "", words.vi)), words.vi
    assert not MARKED.search(words.en), words.en


@pytest.mark.parametrize("key", WORDS)
def test_typography(key: str) -> None:
    for text in WORDS[key]:
        assert unicodedata.normalize("NFC", text) == text
        assert "..." not in text
        assert "…" not in text or key in MAY_WAIT
        assert not re.search(r"[\d}] ?- ?[\d{]", text), "a range takes an en dash"
        assert "  " not in text
        assert not re.search(r"[A-ZĐÂÊÔƠƯ]{5,}", text), "capitals are for the slip's office name"
    assert "vui lòng" not in WORDS[key].vi.lower() or key == "paper.printed"
    assert not re.search(r"\b(bạn|anh/chị|quý khách)\b", WORDS[key].vi.lower()), "citizens are Ông/Bà"


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("large", [False, True])
def test_every_screen_shows_the_language_in_use_first(screen: str, large: bool) -> None:
    visitor: Visitor = SCREENS[screen]()
    for language in ("vi", "en"):
        visitor.dispatch(SetLanguage(language))  # type: ignore[arg-type]
        if large and not visitor.session.aids.large_text:
            visitor.dispatch(ToggleLargeText())
        view = present(visitor.session, visitor.now)
        for press in view.touches:
            if press.key.startswith("bar.vietnamese") or press.key.startswith("bar.english"):
                continue
            if len(press.label) == 1:
                continue
            strange = MARKED if language == "en" else ENGLISH
            assert not strange.search(press.label), (press.key, press.label)
        assert not [words for words in seen(view) if STARRED.search(words) or "{" in words]
        assert all("…" not in words or "Đang xử lý" in words or "One moment" in words for words in seen(view))


@pytest.mark.parametrize("screen", SCREENS)
def test_every_icon_is_packaged(screen: str) -> None:
    view = present(SCREENS[screen]().session, SCREENS[screen]().now)
    icons = {press.icon for press in view.touches if press.icon}
    body = view.body
    icons |= {getattr(body, "icon", ""), getattr(body, "live_icon", "")}
    banner = getattr(body, "banner", None) or getattr(body, "hint", None)
    icons |= {banner.icon if banner else "", getattr(getattr(body, "paper", None), "icon", "")}
    icons |= {place.icon for place in getattr(body, "places", ())}
    icons |= {getattr(view.overlay, "icon", "")}
    assert icons - {""} <= set(icon_names())


def test_time_outs_are_the_themes() -> None:
    theme = load_theme().timeout_s
    told = {
        "question": timing.QUESTION,
        "question_grace": timing.GRACE,
        "ticket": timing.TICKET,
        "printer_failed": timing.PRINTER_FAILED,
    }
    assert {name: limit.total_seconds() for name, limit in told.items()} == {
        name: float(theme[name]) for name in told
    }


def test_numbers_and_days_are_written_as_here() -> None:
    from datetime import datetime

    assert (whole(3184, "vi"), whole(3184, "en")) == ("3.184", "3,184")
    friday = datetime(2026, 11, 20, 16, 0)
    assert hour_or_day(datetime(2026, 11, 20, 16, 30), friday, "vi") == "16:30"
    assert hour_or_day(datetime(2026, 11, 23, 7, 30), friday, "vi") == "07:30 Thứ Hai 23/11"
    assert hour_or_day(datetime(2026, 11, 23, 7, 30), friday, "en") == "07:30 Monday 23/11"
    assert sentence_case("quầy Hướng dẫn") == "Quầy Hướng dẫn"
    assert zone("Nowhere/At_all").key == "Asia/Ho_Chi_Minh"
