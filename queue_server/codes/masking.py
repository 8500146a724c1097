"""PURE: names masked for every screen: `N*** T** H****`."""

import unicodedata

_MOST_STARS = 4
"""More would tell the length of a rare name."""
_MOST_WORDS = 12


def mask_name(name: str) -> str:
    """The first letter of every word and a star for each further one, four at the most; NFC.

    A masked name stays as it is when masked again. At most twelve words.
    """
    words = unicodedata.normalize("NFC", name).split()[:_MOST_WORDS]
    return " ".join(_masked(word) for word in words)


def _masked(word: str) -> str:
    first = word[0] if word[0].isalpha() else "*"
    return first + "*" * max(1, min(len(word) - 1, _MOST_STARS))
