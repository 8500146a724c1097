"""Breaks words into lines that fit, and keeps together what belongs together."""

import re
from collections.abc import Callable

_SPACES = re.compile(r"[ \t\r\n]+")
_TOGETHER = re.compile(
    r"\b(?:hộ tịch|Chủ nhật|thứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy))\b"
    r"|\b\d+ (?:phút|người|giờ|min|people|person|hour)\b"
    r"|\b(?:kiosk|quầy|counter|trước|before|lúc|printed) \d\S*",
    re.IGNORECASE,
)
_STUCK = "\N{NO-BREAK SPACE}"


def keep_together(text: str) -> str:
    """`text` with no-break spaces inside "hộ tịch", "12 phút", "Quầy 2", "thứ Sáu", "lúc 09:43"."""
    return _TOGETHER.sub(lambda found: found.group(0).replace(" ", _STUCK), text)


def wrap(text: str, width: int, width_of: Callable[[str], int], balanced: bool = False) -> tuple[str, ...]:
    """Lines at most `width` wide with nothing left out; a word wider than a line is broken between letters.

    A text that needs several lines is broken at its middle dots first, which are then not written.
    `balanced` evens the lines out instead of filling each. Returns () for an empty text.
    """
    whole = keep_together(_SPACES.sub(" ", text).strip())
    if not whole:
        return ()
    if width_of(_plain(whole)) <= width:
        return (_plain(whole),)
    parts = [part.strip() for part in whole.split(" · ")]
    return tuple(line for part in parts if part for line in _lines(part, width, width_of, balanced))


def _lines(text: str, width: int, width_of: Callable[[str], int], balanced: bool) -> list[str]:
    lines = _filled(text, width, width_of)
    if not balanced or len(lines) == 1:
        return lines
    narrow, wide = 1, width
    while narrow < wide:
        middle = (narrow + wide) // 2
        tried = _filled(text, middle, width_of)
        if len(tried) == len(lines) and all(width_of(line) <= middle for line in tried):
            wide, lines = middle, tried
        else:
            narrow = middle + 1
    return lines


def _filled(text: str, width: int, width_of: Callable[[str], int]) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width_of(_plain(longer)) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _letters(word, width, width_of)
        lines += full
    return [_plain(found) for found in [*lines, line] if found]


def _plain(text: str) -> str:
    return text.replace(_STUCK, " ")


def _letters(word: str, width: int, width_of: Callable[[str], int]) -> list[str]:
    if width_of(_plain(word)) <= width:
        return [word]
    if _STUCK in word:
        pieces: list[str] = []
        line = ""
        for part in word.split(_STUCK):
            longer = f"{line} {part}" if line else part
            if line and width_of(longer) > width:
                pieces.append(line)
                line = part
            else:
                line = longer
        return [piece for whole in [*pieces, line] for piece in _letters(whole, width, width_of)]
    pieces, line = [], ""
    for letter in word:
        if line and width_of(line + letter) > width:
            pieces.append(line)
            line = letter
        else:
            line += letter
    return [*pieces, line]
