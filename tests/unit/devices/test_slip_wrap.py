"""Breaking lines."""

from hypothesis import given
from hypothesis import strategies as st

from devices.receipts.wrap import keep_together, wrap

words = st.lists(st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyẩỗự", min_size=1, max_size=30), max_size=20)


@given(words, st.integers(1, 40), st.booleans())
def test_every_letter_is_on_a_line_and_every_line_fits(found: list[str], width: int, balanced: bool) -> None:
    lines = wrap(" ".join(found), width, len, balanced)
    assert "".join(lines).replace(" ", "") == "".join(found)
    assert all(0 < len(line) <= width for line in lines)


@given(words, st.integers(5, 40))
def test_balanced_lines_are_no_more_than_filled_ones(found: list[str], width: int) -> None:
    text = " ".join(found)
    assert len(wrap(text, width, len, True)) == len(wrap(text, width, len))


def test_what_belongs_together_stays_on_one_line() -> None:
    text = "Mời đến Quầy 2, đăng ký hộ tịch, chờ 12 phút, thứ Sáu, lúc 09:43"
    for width in range(14, 40):
        lines = wrap(text, width, len)
        for whole in ("Quầy 2,", "hộ tịch", "12 phút", "thứ Sáu", "lúc 09:43"):
            assert any(whole in line for line in lines), (width, lines)


def test_a_line_with_a_middle_dot_breaks_there_first() -> None:
    assert wrap("In lúc 09:43 · Kiosk 1", 30, len) == ("In lúc 09:43 · Kiosk 1",)
    assert wrap("In lúc 09:43 · Kiosk 1", 18, len) == ("In lúc 09:43", "Kiosk 1")


def test_balancing_leaves_no_single_word_on_the_last_line() -> None:
    assert wrap("Xem lượt trên điện thoại", 19, len) == ("Xem lượt trên điện", "thoại")
    assert wrap("Xem lượt trên điện thoại", 19, len, True) == ("Xem lượt trên", "điện thoại")


def test_plain_words_are_left_alone() -> None:
    assert keep_together("Chứng thực bản sao") == "Chứng thực bản sao"
