"""From a code to what may be told: sources in order, the second factor with its three tries, guessing slowed.

By the code alone the dossier's public part; with the second factor also what it protects. Neither codes nor
factors are logged.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from queue_server.codes.classify import classify
from queue_server.codes.kinds import DossierCode, PhoneNumber, TaxNumber, Unknown
from queue_server.codes.normal import normalise
from queue_server.codes.patterns import Patterns
from queue_server.domain.office_config import DossierRules, Words
from queue_server.dossiers import factor as factors
from queue_server.dossiers.guard import Guard
from queue_server.dossiers.ports import DossierSource, Found, SourceUnavailable, Tries

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


class Lookup:
    """One desk for all kiosks; used by one thread at a time.

    `sources` are known by the names that the office file gives them; its order holds.
    `guessing` is called with the client's name when its look-ups look like guessing.
    """

    def __init__(
        self,
        sources: Mapping[str, DossierSource],
        tries: Tries,
        guard: Guard,
        key: bytes,
        guessing: Callable[[str], None],
    ) -> None:
        self._sources, self._tries, self._guard = sources, tries, guard
        self._key, self._guessing = key, guessing

    def look(self, ask: Ask, rules: DossierRules, now: datetime) -> Answer | Slower:
        """What may be told. Raises what storage raises when it fails."""
        code = code_in(ask.text, rules)
        wait = self._guard.wait(ask.client, code, now)
        if wait is not None:
            return Slower(wait)
        answer = self._answer(code, ask.factor, rules, now)
        if self._guard.seen(ask.client, code, answer.outcome != "not_found", now):
            self._guessing(ask.client)
        return answer

    def _answer(self, code: str, factor: str | None, rules: DossierRules, now: datetime) -> Answer:
        away = False
        for name in rules.sources:
            source = self._sources[name]
            try:
                found = source.find(code) if code else None
            except SourceUnavailable:
                away = True
                continue
            if found is not None:
                return self._open(found, source.name, factor, now)
        elsewhere = other_office(code, rules)
        if elsewhere is not None:
            return Answer("elsewhere", other_office=elsewhere)
        return Answer("unavailable" if away else "not_found")

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
        return Answer("found", found, source, factor="wrong" if left else "locked", tries_left=left)


def code_in(text: str, rules: DossierRules) -> str:
    """The normalised code in what was scanned or typed; a text of no known shape is searched as typed."""
    kind = classify(text, Patterns.kept(rules.patterns))
    match kind:
        case DossierCode(code):
            return code
        case Unknown(typed):
            return typed
        case PhoneNumber() | TaxNumber():
            return normalise(text)
        case _:
            return ""


def other_office(code: str, rules: DossierRules) -> Words | None:
    """Who holds a dossier of another place: the longest prefix of the office file that fits whole parts."""
    for office in sorted(rules.other_offices, key=lambda o: -len(o.prefix)):
        prefix = normalise(office.prefix)
        rest = code[len(prefix) :]
        if prefix and code.startswith(prefix) and not rest[:1].isalnum():
            return office.name
    return None
