"""A code as people type it: without its signs, with other ones, with letters for digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.codes.mend import MOST, mended
from queue_server.codes.patterns import DEFAULT, Patterns

CODE = "H99.16-261117-0023"


@pytest.mark.parametrize(
    "typed",
    [
        "h99.16-261117-oo23",
        "H99162611170023",
        "h99 16 261117 0023",
        "H99-16-261117-0023",
        "H99.16/261117/0O23",
        "H99.I6-26III7-0023",
        "H99.l6-261117-0023",
        "h9916-261117-0023",
    ],
)
def test_what_was_typed_in_haste_is_the_code_that_was_meant(typed: str) -> None:
    assert mended(typed, DEFAULT)[0] == CODE


def test_a_letter_at_the_front_stays_a_letter() -> None:
    patterns = Patterns.of([r"O\d{2}-\d{4}"])
    assert mended("00l-0oi2", patterns) == ("O01-0012",)


def test_digits_of_social_insurance_get_their_slashes() -> None:
    assert "01234/2026/00045" in mended("01234202600045", DEFAULT)


@pytest.mark.parametrize("typed", ["", "abc", "xin chào", "A012", "TN-77/2026", "0912345678"])
def test_what_fits_no_pattern_is_left_alone(typed: str) -> None:
    assert mended(typed, DEFAULT) == ()


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_few_codes_that_fit_and_never_an_exception(typed: str) -> None:
    found = mended(typed, DEFAULT)
    assert len(found) <= MOST and all(DEFAULT.fits(code) for code in found)


@given(st.integers(0, 9999), st.integers(0, 99))
def test_a_right_code_without_its_signs_is_among_what_it_may_be(number: int, place: int) -> None:
    code = f"H99.{place:02d}-261117-{number:04d}"
    assert code in mended(code.translate({ord(c): None for c in ".-"}).replace("0", "o"), DEFAULT)
