"""PURE: names masked for every screen: `N*** T** H****`."""

import re
import unicodedata
from collections.abc import Iterable

_NUMBER = re.compile(r"(?<![\d.-])(?:0[\d .]{7,13}\d|\+84[\d .]{7,13}\d|\d{12}|\d{9})(?![\d-])")
"""A phone in any grouping, or an ID number of nine or twelve digits."""
_MOST_STARS = 4
"""More would tell the length of a rare name."""
_MOST_WORDS = 12


def mask_name(name: str) -> str:
    """The first letter of every word and a star for each further one, four at the most; NFC.

    A masked name stays as it is when masked again. At most twelve words.
    """
    words = unicodedata.normalize("NFC", name).split()[:_MOST_WORDS]
    return " ".join(_masked(word) for word in words)


def veiled(text: str, names: Iterable[str]) -> str:
    """A free text, in NFC, with these names masked and what may be an ID number or a phone starred."""
    told = unicodedata.normalize("NFC", text)
    for name in names:
        plain = unicodedata.normalize("NFC", name.strip())
        if plain and plain.casefold() in told.casefold():
            told = re.sub(re.escape(plain), mask_name(plain), told, flags=re.IGNORECASE)
    return _NUMBER.sub("***", told)


def _masked(word: str) -> str:
    first = word[0] if word[0].isalpha() else "*"
    return first + "*" * max(1, min(len(word) - 1, _MOST_STARS))
