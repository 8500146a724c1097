"""A scanner that types, and a person who does."""

import pytest

from kiosk.readers.once import AGAIN_AFTER_S, Once
from kiosk.readers.wedge import LONGEST, PAUSE_S, Wedge

CODE = "H99.16-261117-0023"


def typed(text: str, every_s: float, then_s: float | None = None, at: float = 10.0) -> str | None:
    """What is scanned when a text comes character by character, and Enter after it."""
    wedge = Wedge()
    for char in text:
        wedge = wedge.key(char, at)
        at += every_s
    return wedge.end(at - every_s + (every_s if then_s is None else then_s))


@pytest.mark.parametrize("every_s", [0.0, 0.001, 0.016, 0.03])
def test_a_scanner_is_heard_at_any_of_its_speeds(every_s: float) -> None:
    assert typed(CODE, every_s) == CODE


@pytest.mark.parametrize("every_s", [0.08, 0.12, 0.2, 0.6])
def test_a_person_is_no_scanner_however_practised(every_s: float) -> None:
    assert typed(CODE, every_s) is None


def test_characters_handed_over_by_a_slow_screen_are_still_one_burst() -> None:
    wedge = Wedge()
    for n in range(0, len(CODE), 6):
        wedge = wedge.key(CODE[n : n + 6], 10.0 + n / 6 * 0.15)
    assert wedge.end(10.4) == CODE


def test_a_few_keys_and_enter_are_no_code() -> None:
    assert typed("12345", 0.0) is None


def test_an_enter_long_after_the_burst_ends_nothing() -> None:
    assert typed(CODE, 0.005, then_s=PAUSE_S + 0.1) is None


def test_a_key_pressed_before_the_scan_is_not_part_of_it() -> None:
    wedge = Wedge().key("x", 1.0)
    for n, char in enumerate(CODE):
        wedge = wedge.key(char, 2.0 + n * 0.01)
    assert wedge.end(2.2) == CODE


def test_what_was_typed_is_forgotten_and_never_shown() -> None:
    wedge = Wedge().key("001090123456", 1.0)
    assert "0010" not in repr(wedge)
    assert wedge.aged(1.1) is wedge
    assert wedge.aged(1.0 + PAUSE_S + 0.01) == Wedge()


def test_endless_typing_takes_no_memory() -> None:
    wedge = Wedge()
    for n in range(3 * LONGEST):
        wedge = wedge.key("x", n * 0.001)
    assert len(wedge.typed) == LONGEST


def test_a_code_held_before_a_reader_counts_once_until_it_was_away() -> None:
    once, news, now = Once(), [], 0.0
    for _ in range(20):
        once, new = once.see(CODE, now)
        news.append(new)
        now += 0.3
    assert news == [True] + [False] * 19
    once, new = once.see(CODE, now + AGAIN_AFTER_S)
    assert new
    assert once.see("H99.16-261117-0024", now)[1]
