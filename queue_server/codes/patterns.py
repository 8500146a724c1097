"""PURE: a province's patterns of dossier codes, compiled, and refused when they could take long."""

import re
import re._parser as _parser  # type: ignore[import-not-found,unused-ignore]
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

DEFAULT_PATTERNS = (
    r"(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:\.\d{1,3}){0,3}-\d{6}-\d{4,6}",
    r"\d{5}/\d{4}/\d{5}",
)
"""Codes of TT 01/2018 (old and short form of the agency), and of social insurance."""
LONGEST_PATTERN = 300
MOST_WAYS = 2000
"""In how many ways a pattern may match one place of a text; `(a+)+` has no end of them."""
_LONGEST_TEXT = 80
_MOST_TOKENS = 64
_TOKEN = re.compile(r"[A-Z0-9][A-Z0-9./-]{3,}")
_PLAIN = {"LITERAL", "NOT_LITERAL", "ANY", "IN", "AT"}


class BadPattern(ValueError):
    """A pattern that is no regular expression, or one that could take without end; the message says which."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """`find` tries them in order."""

    compiled: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, patterns: Iterable[str]) -> "Patterns":
        """Raises BadPattern."""
        return cls(tuple(_compiled(p) for p in patterns))

    @classmethod
    def kept(cls, patterns: Iterable[str]) -> "Patterns":
        """Those that can be used, for a kiosk that must not stop for a bad one; else the default."""
        good: list[re.Pattern[str]] = []
        for pattern in patterns:
            try:
                good.append(_compiled(pattern))
            except BadPattern:
                continue
        return cls(tuple(good)) if good else DEFAULT

    def fits(self, code: str) -> bool:
        """Whether a normalised text is a code as a whole."""
        return len(code) <= _LONGEST_TEXT and any(p.fullmatch(code) for p in self.compiled)

    def find(self, text: str) -> str | None:
        """The first code inside a clean text in capitals: a word of it, or a part of a word."""
        for token in _tokens(text):
            if self.fits(token):
                return token
        for token in _tokens(text):
            for part in token.split("/"):
                if self.fits(part.strip(".-")):
                    return part.strip(".-")
            for pattern in self.compiled:
                for found in pattern.finditer(token):
                    if _alone(token, found.start(), found.end()):
                        return found[0]
        return None


def _tokens(text: str) -> Iterator[str]:
    for number, found in enumerate(_TOKEN.finditer(text)):
        if number >= _MOST_TOKENS:
            return
        token = found[0].rstrip("./-")
        if len(token) <= _LONGEST_TEXT:
            yield token


def _alone(token: str, start: int, end: int) -> bool:
    """Whether a part of a word is not cut out of a longer number or name."""
    before, after = token[:start][-1:], token[end : end + 1]
    return not before.isalnum() and before != "." and not after.isalnum()


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    if not pattern or len(pattern) > LONGEST_PATTERN:
        raise BadPattern(f"a pattern has 1 to {LONGEST_PATTERN} characters")
    try:
        compiled = re.compile(pattern)
        ways = _ways(_parser.parse(pattern))
    except (re.error, OverflowError, RecursionError) as wrong:
        raise BadPattern(f"this is no regular expression: {wrong}") from wrong
    if ways > MOST_WAYS:
        raise BadPattern("this could take without end: give repeats an upper bound, such as {1,3}")
    if compiled.match(""):
        raise BadPattern("this matches an empty text")
    return compiled


def _ways(parsed: Any) -> int:
    """In how many ways a parsed pattern can be gone through, at most MOST_WAYS + 1."""
    total = 1
    for op, argument in parsed:
        total = min(total * _ways_of(str(op), argument), MOST_WAYS + 1)
    return total


def _ways_of(op: str, argument: Any) -> int:
    if op in _PLAIN:
        return 1
    if op == "SUBPATTERN":
        return _ways(argument[-1])
    if op == "BRANCH":
        return sum(_ways(branch) for branch in argument[1])
    if op in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, inner = argument
        if int(most) > _LONGEST_TEXT:
            return MOST_WAYS + 1
        once, total = _ways(inner), 0
        for times in range(int(least), int(most) + 1):
            total += min(once**times, MOST_WAYS + 1)
        return min(total, MOST_WAYS + 1)
    raise BadPattern("look-arounds and references are not needed here")


DEFAULT = Patterns.of(DEFAULT_PATTERNS)
