"""PURE: what is this scanned or typed text? One answer for kiosk and server; it never raises.

URLs are taken apart and never opened. Of an ID card only the first seven fields are looked at, and only the
number leaves this module.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from queue_server.codes.kinds import (
    DossierCode,
    IdCard,
    Kind,
    OwnPage,
    OwnTicket,
    PaperCode,
    PhoneNumber,
    TaxNumber,
    Unknown,
)
from queue_server.codes.normal import clean, normalise
from queue_server.codes.patterns import DEFAULT, Patterns

CARD_FIELDS = 7
_OWN_TICKET = re.compile(r"MOTCUA:([A-Za-z0-9_-]{1,64}):([A-Za-z0-9_-]{1,64})")
_OWN_PAGE = re.compile(r"https?://[^\s?#]{1,300}/t/([A-Za-z0-9_-]{22})/?", re.IGNORECASE)
_URL = re.compile(r"(?:[a-z][a-z0-9+.-]{1,15}://|www\.)", re.IGNORECASE)
_ID = re.compile(r"\d{12}|\d{9}", re.ASCII)
_PERSON = re.compile(r"0\d{11}", re.ASCII)
_PAPER = re.compile(r"(?:\d{9,13}(?:-\d{3})?|.{1,40}?(?=\.KQ\.))\.([A-Z0-9][A-Z0-9.-]{1,40})", re.ASCII)
_PHONE = re.compile(r"(?:0|\+?84)(?:[35789]\d{8}|2\d{9})", re.ASCII)
_TAX = re.compile(r"\d{10}(?:-?\d{3})?", re.ASCII)
_AS_TYPED = re.compile(r"(?=.*\d)[A-Z0-9Đ][A-Z0-9Đ./-]{2,63}", re.ASCII)
_NAMED = re.compile(r"ma_?-?ho_?-?so|mahs|mhs|dossier_?(?:no|code)|so_?-?ho_?-?so|code", re.IGNORECASE)
_MOST_PARAMETERS = 32


def classify(text: str, patterns: Patterns = DEFAULT) -> Kind:
    """What `text` is, as far as its first LONGEST characters tell."""
    seen = clean(text)
    if not seen:
        return Unknown()
    return (
        _card(seen)
        or _own(seen)
        or _dossier(seen, patterns)
        or _number(normalise(seen))
        or Unknown(_as_typed(seen))
    )


def _card(seen: str) -> Kind | None:
    """A card's text begins with its number; one with fewer than seven fields is torn and says nothing."""
    fields = seen.split("|", CARD_FIELDS)[:CARD_FIELDS]
    if len(fields) < 3:
        return None
    numbers = [f.strip() for f in fields[:2] if _ID.fullmatch(f.strip())]
    if not numbers:
        return Unknown() if len(fields) == CARD_FIELDS else None
    return IdCard(numbers[0]) if len(fields) == CARD_FIELDS else Unknown()


def _own(seen: str) -> Kind | None:
    """Tickets and tokens are told apart by case, so they are read before anything is put into capitals."""
    found = _OWN_TICKET.fullmatch(seen)
    if found:
        return OwnTicket(found[1], found[2])
    page = _OWN_PAGE.fullmatch(seen)
    return OwnPage(page[1]) if page else None


def _dossier(seen: str, patterns: Patterns) -> Kind | None:
    whole = normalise(seen)
    if patterns.fits(whole):
        return DossierCode(whole)
    if _URL.match(seen):
        return _in_url(seen, patterns)
    paper = _PAPER.fullmatch(whole)
    if paper:
        return PaperCode(paper[1])
    found = patterns.find(seen.upper())
    return DossierCode(found) if found else None


def _in_url(url: str, patterns: Patterns) -> Kind:
    """A parameter's value, else the last part of the path that is a code, else what a parameter names so."""
    named = ""
    for name, value in _parameters(url):
        code = normalise(value)
        if patterns.fits(code):
            return DossierCode(code)
        if _NAMED.fullmatch(name) and not named:
            named = _as_typed(value)
    whole = re.split(r"[?#]", url, maxsplit=1)[0]
    path = unquote(whole.partition("://")[2] or whole)
    for part in reversed(path.split("/")[1:][-_MOST_PARAMETERS:]):
        code = normalise(part)
        if patterns.fits(code):
            return DossierCode(code)
    found = patterns.find(path.upper())
    return DossierCode(found) if found else Unknown(named)


def _parameters(url: str) -> Iterator[tuple[str, str]]:
    """(name, value) after `?` and also after `#`, where web pages keep theirs."""
    after = re.split(r"[?#&;]", url)[1:][:_MOST_PARAMETERS]
    for pair in after:
        name, equals, value = pair.partition("=")
        yield (name.strip(), unquote(value.replace("+", " "))) if equals else ("", unquote(name))


def _number(code: str) -> Kind | None:
    joined = code.replace(".", "")
    if _PHONE.fullmatch(joined.replace("-", "")):
        return PhoneNumber(joined[-4:])
    if _PERSON.fullmatch(joined):
        return IdCard(joined)
    return TaxNumber() if _TAX.fullmatch(joined) else None


def _as_typed(text: str) -> str:
    code = normalise(text)
    return code if _AS_TYPED.fullmatch(code) else ""
