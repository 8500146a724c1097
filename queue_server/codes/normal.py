"""PURE: scanned and typed texts brought to one form: NFC, one kind of dash and dot, no spaces, capitals."""

import re
import unicodedata

LONGEST = 4096
"""Characters of a text that are looked at; no code on paper is nearly as long."""
LONGEST_CODE = 64

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z](?:\\\d{6})?")
"""What a scanner may put before the text: symbology, and the character set of a QR."""
_DASHES = "‐‑‒–—―−⁃﹘﹣－"
_DOTS = "。．․·•‧∙⋅"
_SIGNS = str.maketrans({**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_DOTS, "."), "⁄": "/", "∕": "/"})
_EDGES = " \t-./:;,\"'()[]<>#"
_PLAIN = re.compile(r"[A-Z0-9]+(?:[-./][A-Z0-9]+)*")
"""A code that is in its form already, as nearly all of a register are."""
_TWICE = re.compile(r"([-./])\1+")


def text_of(raw: bytes) -> str:
    """The text in a scanner's bytes: UTF-8, with a mark for every byte that is none."""
    return raw[: 4 * LONGEST].decode("utf-8", errors="replace")


def clean(text: str) -> str:
    """At most LONGEST characters, without the scanner's prefix, in NFC, without what cannot be seen.

    Spaces, tabs and ends of lines become one space each; dashes and dots of every kind become `-` and `.`.
    """
    start = text[:LONGEST].lstrip("\ufeff\x00\x02 \t\r\n")
    composed = unicodedata.normalize("NFKC", _AIM.sub("", start, count=1) if start[:1] == "]" else start)
    seen = "".join(map(_visible, composed[:LONGEST]))
    return " ".join(seen.translate(_SIGNS).split())


def normalise(text: str) -> str:
    """A code as it is compared: capitals, no spaces, one dash or dot where there were several.

    At most LONGEST_CODE characters; what is no part of a code at either end is gone.
    """
    if len(text) <= LONGEST_CODE and _PLAIN.fullmatch(text):
        return text
    joined = clean(text).upper().replace(" ", "")
    single = _TWICE.sub(r"\1", joined)
    return unicodedata.normalize("NFC", single).strip(_EDGES)[:LONGEST_CODE].strip(_EDGES)


def _visible(char: str) -> str:
    """The character, a space for white space and separators of records, nothing for marks of direction."""
    if char.isspace() or char in "\x1c\x1d\x1e\x1f":
        return " "
    return "" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Cn", "Co") else char
