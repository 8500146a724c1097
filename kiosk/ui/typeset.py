"""Vietnamese text into lines: measured, wrapped at words, never cut."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from PIL import ImageFont

from kiosk.ui.theme import Rgb, Type, font_file

Align = Literal["left", "center", "right"]
NBSP = "\u00a0"
FIGURE_CELL_EM = 0.72
"""The face has no tabular figures: a digit that changes in place has a cell of its own."""
KEEP_TOGETHER = re.compile(
    "|".join(
        (
            r"(?<=[Hh]ộ) (?=tịch)",
            r"(?<=ành) (?=chính)",
            r"(?<=ành chính) (?=công)",
            r"(?<=[Tt]rang) (?=đầu)",
            r"(?<=[Hh]ướng) (?=dẫn)",
            r"(?<=\d) (?=(?:phút|người|giây|giờ|min|people|waiting|ahead|s)\b)",
            r"(?<=[Qq]uầy) (?=\d)",
            r"(?<=[Cc]ounter) (?=\d)",
        )
    )
)


EMPHASIS = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Run:
    """A piece of a line in one weight and colour."""

    text: str
    weight: int
    colour: Rgb


@dataclass(frozen=True)
class Piece:
    """A run placed in a line: `x` px from the line's left end."""

    x: float
    run: Run


@dataclass(frozen=True)
class Line:
    """One line's pieces and its width in px."""

    pieces: tuple[Piece, ...]
    width: float


@dataclass(frozen=True)
class Setting:
    """Text broken into lines: what `draw` needs. `height` is lines × line height, in px."""

    lines: tuple[Line, ...]
    size: int
    line_px: float
    family: str
    align: Align
    cells: bool

    @property
    def width(self) -> float:
        return max((line.width for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        return len(self.lines) * self.line_px


def runs_of(
    text: str,
    weight: int,
    colour: Rgb,
    strong_weight: int = 700,
    strong_colour: Rgb | None = None,
    keep: bool = True,
    plain: bool = False,
) -> tuple[Run, ...]:
    """`một **hai** ba` → runs, the starred part in the strong weight and colour.

    `keep` holds figures with their unit, "hộ tịch" and the like on one line. Stars of a `plain` text stay.
    """
    text = unicodedata.normalize("NFC", text)
    text = KEEP_TOGETHER.sub(NBSP, text) if keep else text
    runs: list[Run] = []
    for n, part in enumerate([text] if plain else EMPHASIS.split(text)):
        if part:
            strong = n % 2 == 1
            runs.append(
                Run(
                    part, strong_weight if strong else weight, (strong_colour or colour) if strong else colour
                )
            )
    return tuple(runs)


@lru_cache(maxsize=64)
def font(family: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file(family, weight), size)


def _advance(text: str, family: str, weight: int, size: int, cells: bool = False) -> float:
    """Advance in px; with `cells`, every digit takes the same FIGURE_CELL_EM."""
    if not cells:
        return font(family, weight, size).getlength(text)
    return sum(cell_width(char, family, weight, size) for char in text)


text_width = lru_cache(maxsize=2048)(_advance)


_private_width = lru_cache(maxsize=512)(_advance)


Measure = Callable[[str, str, int, int, bool], float]


def forget() -> None:
    """Drop every private text that was measured."""
    _private.cache_clear()
    _private_width.cache_clear()


def cell_width(char: str, family: str, weight: int, size: int) -> float:
    return FIGURE_CELL_EM * size if char.isdigit() else font(family, weight, size).getlength(char)


def _words(runs: Sequence[Run]) -> list[list[Run] | None]:
    """Unbreakable groups in order; None is a line break asked for. A leading space marks a gap before."""
    words: list[list[Run] | None] = []
    open_word: list[Run] = []
    for run in runs:
        for n, paragraph in enumerate(run.text.split("\n")):
            if n:
                if open_word:
                    words.append(open_word)
                    open_word = []
                words.append(None)
            for token in re.findall(r" +|[^ ]+", paragraph):
                if token.startswith(" "):
                    if open_word:
                        words.append(open_word)
                    open_word = [Run(token, run.weight, run.colour)]
                else:
                    open_word.append(Run(token, run.weight, run.colour))
    if open_word:
        words.append(open_word)
    return words


def _break(
    words: Sequence[list[Run] | None],
    family: str,
    size: int,
    cells: bool,
    width: float,
    measure: Measure,
) -> tuple[Line, ...]:
    lines: list[Line] = []
    pieces: list[Piece] = []
    x = 0.0

    def end() -> None:
        nonlocal pieces, x
        lines.append(Line(tuple(pieces), x))
        pieces, x = [], 0.0

    for word in words:
        if word is None:
            end()
            continue
        runs = [run for run in word if run.text.strip(" ")] if not pieces else word
        length = sum(measure(run.text, family, run.weight, size, cells) for run in runs)
        if pieces and x + length > width + 0.01:
            end()
            runs = [run for run in word if run.text.strip(" ")]
        for run in runs:
            if pieces and pieces[-1].run.weight == run.weight and pieces[-1].run.colour == run.colour:
                last = pieces[-1]
                joined = Run(last.run.text + run.text, run.weight, run.colour)
                pieces[-1] = Piece(last.x, joined)
                x = last.x + measure(joined.text, family, run.weight, size, cells)
            elif runs:
                pieces.append(Piece(x, run))
                x += measure(run.text, family, run.weight, size, cells)
    if pieces or not lines:
        end()
    return tuple(lines)


def _set(
    runs: tuple[Run, ...],
    kind: Type,
    width: float,
    align: Align,
    family: str,
    balance: bool,
    cells: bool,
    shrink_to: int,
    measure: Measure,
) -> Setting:
    words = _words(runs)
    size = kind.size
    lines = _break(words, family, size, cells, width, measure)
    while shrink_to and size > shrink_to and (len(lines) > 1 or lines[0].width > width):
        size -= max(1, size // 40)
        lines = _break(words, family, size, cells, width, measure)
    if balance and len(lines) > 1:
        low, high = width * 0.4, width
        while high - low > 4:
            middle = (low + high) / 2
            tried = _break(words, family, size, cells, middle, measure)
            if len(tried) == len(lines) and all(line.width <= middle + 0.01 for line in tried):
                high = middle
            else:
                low = middle
        lines = _break(words, family, size, cells, high, measure)
    return Setting(lines, size, size * kind.line_height, family, align, cells)


_shared = lru_cache(maxsize=512)(_set)


_private = lru_cache(maxsize=256)(_set)


def typeset(
    runs: tuple[Run, ...],
    kind: Type,
    width: float,
    *,
    align: Align = "left",
    family: str = "Be Vietnam Pro",
    balance: bool = False,
    cells: bool = False,
    shrink_to: int = 0,
    private: bool = False,
) -> Setting:
    """Break runs into lines no wider than `width` px (a single longer word stays whole).

    `balance` makes the lines of a heading about equally long. `shrink_to` > 0 lets one-line figures
    such as a five-character ticket number become smaller, never under that size. What is `private` is
    remembered apart, until `forget`.
    """
    kept, measure = (_private, _private_width) if private else (_shared, text_width)
    return kept(runs, kind, width, align, family, balance, cells, shrink_to, measure)
