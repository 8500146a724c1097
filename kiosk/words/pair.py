"""One sentence in both languages."""

from typing import NamedTuple


class Words(NamedTuple):
    vi: str
    en: str
