"""Every no of the office is said in Vietnamese and in English, with what to do next."""

import pytest

from queue_server.domain.refusals import Code, Refusal
from queue_server.web.refusal_words import REFUSALS, answer_of


@pytest.mark.parametrize("code", Code)
def test_every_code_is_said_in_both_languages(code: Code) -> None:
    words = REFUSALS[code]
    assert words.vi.endswith(".") and words.en.endswith(".")
    assert words.vi != words.en
    assert any(letter in words.vi for letter in "ăâđêôơưạảấầậắằặẹẻếềệịọỏốồộớờợụủứừựỳỷỹ")
    assert words.en.isascii()


@pytest.mark.parametrize("code", Code)
def test_every_refusal_has_a_second_part_that_says_what_to_do(code: Code) -> None:
    for sentence in (REFUSALS[code].vi, REFUSALS[code].en):
        parts = [p for p in sentence.replace(";", ".").replace(",", ".").split(".") if p.strip()]
        assert len(parts) >= 2


def test_a_refusal_as_json_carries_code_words_and_detail() -> None:
    answer = answer_of(Refusal(Code.NOBODY_WAITING, "Nobody waits.", {"counter": "quay-3"}))
    assert answer["ok"] is False
    assert answer["code"] == "nobody_waiting"
    assert answer["words"] == {"vi": REFUSALS[Code.NOBODY_WAITING].vi, "en": REFUSALS[Code.NOBODY_WAITING].en}
    assert answer["detail"] == {"counter": "quay-3"}
