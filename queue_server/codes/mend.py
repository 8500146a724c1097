"""PURE: codes as people type them, put back into a pattern's shape: signs left out, O for 0, I for 1."""

import re
import re._parser as _parser  # type: ignore[import-not-found,unused-ignore]
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from queue_server.codes.normal import normalise
from queue_server.codes.patterns import Patterns

MOST = 3
"""Codes that one typed text may stand for; the likeliest are kept."""
_MOST_SEEN = 200
_LONGEST = 40
_SIGNS = ("-", ".", "/")
_SWAPS = {"O": "0", "Q": "0", "I": "1", "L": "1", "0": "O", "1": "I"}
_DAY = re.compile(r"(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)", re.ASCII)
"""The yymmdd that codes of dossiers have."""
_CATEGORIES: Mapping[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdigit,
    "CATEGORY_WORD": str.isalnum,
    "CATEGORY_NOT_SPACE": bool,
}


def mended(text: str, patterns: Patterns) -> tuple[str, ...]:
    """Codes of these patterns that `text` may be meant to be, those with a day first; at most MOST."""
    typed = normalise(text)
    if not 4 <= len(typed) <= _LONGEST:
        return ()
    bare = "".join(c for c in typed if c not in _SIGNS)
    found = _codes(typed, patterns) or _codes(bare, patterns)
    return tuple(sorted(found, key=lambda code: _DAY.search(code) is None)[:MOST])


def _codes(typed: str, patterns: Patterns) -> list[str]:
    found: dict[str, None] = {}
    for pattern in patterns.compiled:
        ways = _walk(_parsed(pattern.pattern), typed, 0)
        for end, code in islice(ways, _MOST_SEEN):
            if end == len(typed) and pattern.fullmatch(code):
                found[code] = None
    return list(found)


@lru_cache(maxsize=64)
def _parsed(pattern: str) -> tuple[Any, ...]:
    return tuple(_parser.parse(pattern))


_Ways = Iterator[tuple[int, str]]
"""(where the text has been read to, the code so far)"""


def _walk(parts: Sequence[Any], text: str, at: int) -> _Ways:
    if not parts:
        yield at, ""
        return
    op, argument = parts[0]
    for after, made in _one(str(op), argument, text, at):
        for end, rest in _walk(parts[1:], text, after):
            yield end, made + rest


def _one(op: str, argument: Any, text: str, at: int) -> _Ways:
    match op:
        case "SUBPATTERN":
            yield from _walk(tuple(argument[-1]), text, at)
        case "BRANCH":
            for branch in argument[1]:
                yield from _walk(tuple(branch), text, at)
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, inner = argument
            yield from _repeat(int(least), int(most), tuple(inner), text, at)
        case "AT":
            yield at, ""
        case "LITERAL" if chr(argument) in _SIGNS:
            yield (at + 1 if text[at : at + 1] in _SIGNS else at), chr(argument)
        case _:
            seen = text[at : at + 1]
            for char in (seen, _SWAPS.get(seen, "")):
                if char and _allows(op, argument, char):
                    yield at + 1, char
                    return


def _repeat(least: int, most: int, inner: Sequence[Any], text: str, at: int) -> _Ways:
    """As often as it can, then less."""
    if most > 0:
        for after, made in _walk(inner, text, at):
            if after > at:
                for end, rest in _repeat(max(0, least - 1), most - 1, inner, text, after):
                    yield end, made + rest
    if least == 0:
        yield at, ""


def _allows(op: str, argument: Any, char: str) -> bool:
    if op == "LITERAL":
        return ord(char) == int(argument)
    if op == "NOT_LITERAL":
        return ord(char) != int(argument)
    if op == "ANY":
        return True
    if op != "IN":
        return False
    negated = bool(argument) and str(argument[0][0]) == "NEGATE"
    return any(_in(str(kind), what, char) for kind, what in argument if str(kind) != "NEGATE") != negated


def _in(kind: str, what: Any, char: str) -> bool:
    if kind == "RANGE":
        return bool(what[0] <= ord(char) <= what[1])
    if kind == "CATEGORY":
        test = _CATEGORIES.get(str(what))
        return test is not None and test(char)
    return kind == "LITERAL" and ord(char) == int(what)
