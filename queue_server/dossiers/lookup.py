"""From a code to what may be told: sources in order, the second factor with its three tries, guessing slowed.

By the code alone the dossier's public part; with the second factor also what it protects. Neither codes nor
factors are logged.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from queue_server.codes.classify import classify
from queue_server.codes.kinds import DossierCode, PhoneNumber, TaxNumber, Unknown
from queue_server.codes.mend import mended
from queue_server.codes.normal import normalise
from queue_server.codes.patterns import Patterns
from queue_server.domain.office_dossiers import DossierRules
from queue_server.domain.words import Words
from queue_server.dossiers import factor as factors
from queue_server.dossiers.guard import Guard
from queue_server.dossiers.ports import Found, Tries
from queue_server.dossiers.sources import Finding, Sources

TRIES = 3


@dataclass(frozen=True, slots=True)
class Ask:
    """One look-up: which kiosk asks, the text it read, and a second factor or None."""

    client: str
    text: str = field(repr=False)
    factor: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Slower:
    """Not now: this kiosk, or this code, was asked too often."""

    wait: timedelta


@dataclass(frozen=True, slots=True)
class Answer:
    """`outcome` is found, not_found, elsewhere or unavailable.

    `factor` is not_needed, wanted, right, wrong or locked; only when it is right may the protected part of
    the dossier be told.
    """

    outcome: str
    found: Found | None = None
    source: Words = field(default_factory=lambda: Words(""))
    other_office: Words | None = None
    factor: str = "not_needed"
    tries_left: int = 0
    away: tuple[Words, ...] = ()
    """Sources that could not be asked just now."""
    just_locked: bool = False
    """By this very try."""


class Lookup:
    """One desk for all kiosks, for several threads: only the sources are asked beside each other.

    `guessing` is called with the client's name when its look-ups look like guessing; `locked` when the third
    wrong second factor locks a dossier.
    """

    def __init__(
        self,
        sources: Sources,
        tries: Tries,
        guard: Guard,
        key: bytes,
        guessing: Callable[[str], None],
        locked: Callable[[str], None] = lambda _client: None,
    ) -> None:
        self._sources, self._tries, self._guard = sources, tries, guard
        self._key, self._guessing, self._locked = key, guessing, locked
        self._counts = threading.Lock()
        """Held while limits and tries are read and written: four threads have three tries, not twelve."""

    def look(self, ask: Ask, rules: DossierRules, now: datetime) -> Answer | Slower:
        """What may be told. Raises what storage raises when it fails."""
        codes = codes_in(ask.text, rules)
        code = codes[0]
        with self._counts:
            wait = self._guard.wait(ask.client, code, now)
        if wait is not None:
            return Slower(wait)
        finding = self._sources.find_one(codes, rules)
        with self._counts:
            answer = self._answer(code, finding, ask.factor, rules, now)
            guesses = self._guard.seen(ask.client, code, answer.outcome != "not_found", now)
        if guesses:
            self._guessing(ask.client)
        if answer.just_locked:
            self._locked(ask.client)
        return answer

    def _answer(
        self, code: str, finding: Finding, factor: str | None, rules: DossierRules, now: datetime
    ) -> Answer:
        if finding.found is not None:
            return replace(self._open(finding.found, finding.source, factor, now), away=finding.away)
        elsewhere = other_office(code, rules)
        if elsewhere is not None:
            return Answer("elsewhere", other_office=elsewhere, away=finding.away)
        return Answer("unavailable" if finding.away else "not_found", away=finding.away)

    def _open(self, found: Found, source: Words, factor: str | None, now: datetime) -> Answer:
        """The dossier with the state of its second factor."""
        code = found.dossier.code
        if not found.dossier.has_protected:
            return Answer("found", found, source)
        left = TRIES - self._tries.wrong(code, now)
        if left <= 0 or not found.digests:
            return Answer("found", found, source, factor="locked")
        if factor is None or not factors.can_tell(factor, found.digests):
            return Answer("found", found, source, factor="wanted", tries_left=left)
        if factors.fits(self._key, code, factor, found.digests):
            if left < TRIES:
                self._tries.forget(code)
            return Answer("found", found, source, factor="right", tries_left=TRIES)
        left = max(0, TRIES - self._tries.count(code, now))
        if left:
            return Answer("found", found, source, factor="wrong", tries_left=left)
        return Answer("found", found, source, factor="locked", just_locked=True)


def codes_in(text: str, rules: DossierRules) -> tuple[str, ...]:
    """The normalised codes that what was scanned or typed may stand for, the likeliest first; one at least,
    which is empty where there is none.

    A text of no known shape stands for the codes it would be with its signs and digits put right, and for
    what was typed.
    """
    patterns = Patterns.kept(rules.patterns)
    kind = classify(text, patterns)
    match kind:
        case DossierCode(code):
            return (code,)
        case Unknown(typed) if typed:
            return tuple(dict.fromkeys((*mended(typed, patterns), typed)))
        case PhoneNumber() | TaxNumber():
            return (normalise(text),)
        case _:
            return ("",)


def other_office(code: str, rules: DossierRules) -> Words | None:
    """Who holds a dossier of another place: the longest prefix of the office file that fits whole parts."""
    for office in sorted(rules.other_offices, key=lambda o: -len(o.prefix)):
        prefix = normalise(office.prefix)
        rest = code[len(prefix) :]
        if prefix and code.startswith(prefix) and not rest[:1].isalnum():
            return office.name
    return None
