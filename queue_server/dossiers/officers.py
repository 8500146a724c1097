"""What an officer sees of the dossier that the ticket at the counter is about, and may do with it.

An officer needs no second factor; but who asks for the full name, unlocks a dossier or types another code is
noted before the answer is given.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.dossiers.lookup import TRIES, codes_in, other_office
from queue_server.dossiers.notices import Notices
from queue_server.dossiers.ports import Found, Opening, TicketDossiers, Tries
from queue_server.dossiers.sources import Sources


@dataclass(frozen=True, slots=True)
class At:
    """Who asks, and for which ticket at which counter; whether he may is the page's to know."""

    officer: str
    counter: str
    ticket: str


@dataclass(frozen=True, slots=True)
class Seen:
    """`outcome` is found, not_found, elsewhere or unavailable, as citizens are told it.

    `locked`: three wrong second factors; `has_name`: the source can tell the full name; `name` is it, once
    it was asked for.
    """

    code: str = field(repr=False)
    outcome: str
    found: Found | None = None
    source: Words = field(default_factory=lambda: Words(""))
    source_id: str = ""
    """The source's name in the office file."""
    other_office: Words | None = None
    away: tuple[Words, ...] = ()
    locked: bool = False
    has_name: bool = False
    name: str | None = field(default=None, repr=False)
    page_id: str = ""
    """Of its page in the own book, empty for a dossier of another source."""


class OfficerDesk:
    """For several threads. Every method raises SourceUnavailable when what it needs cannot be read."""

    def __init__(
        self, sources: Sources, tries: Tries, tickets: TicketDossiers, new_id: Callable[[], str]
    ) -> None:
        self._sources, self._tries, self._tickets, self.new_id = sources, tries, tickets, new_id
        self._version, self._counting = 0, threading.Lock()
        self.notices = Notices()

    @property
    def version(self) -> int:
        """Grows whenever what an open page shows of a dossier may have changed."""
        return self._version

    def changed(self) -> None:
        """Open pages look again: a register came in, a dossier moved, one was attached or unlocked."""
        with self._counting:
            self._version += 1

    def of_ticket(self, ticket: str, config: OfficeConfig, now: datetime) -> Seen | None:
        """The dossier that the ticket is about; None when it is about none."""
        text = self._tickets.of(ticket)
        return self._see(text, config, now) if text else None

    def look_up(self, at: At, text: str, config: OfficeConfig, now: datetime) -> Seen:
        """The dossier of what was typed or scanned; when it is found, the ticket is about it from now on."""
        seen = self.see(at, text, config, now)
        if seen.found is not None:
            self._tickets.attach(at.ticket, seen.code, config.hours.day_of(now))
            self.changed()
        return seen

    def see(self, at: At, text: str, config: OfficeConfig, now: datetime) -> Seen:
        """The dossier of what was typed or scanned, noted, and nothing more."""
        seen = self._see(text, config, now)
        self._note(at, "lookup", seen.code, now)
        return seen

    def received(self, ticket: str, code: str, config: OfficeConfig, now: datetime) -> None:
        """A dossier was entered for the ticket: from now on it is about that one."""
        self._tickets.attach(ticket, code, config.hours.day_of(now))
        self.changed()

    def unlock(self, at: At, config: OfficeConfig, now: datetime) -> Seen | None:
        """The citizen has shown who he is: the tries of this ticket's dossier begin anew."""
        seen = self.of_ticket(at.ticket, config, now)
        if seen is None or seen.found is None or not seen.locked:
            return seen
        self._note(at, "unlock", seen.found.dossier.code, now)
        self._tries.forget(seen.found.dossier.code)
        self.changed()
        return replace(seen, locked=False)

    def with_name(self, at: At, config: OfficeConfig, now: datetime) -> Seen | None:
        """The same with the applicant's full name, where the source has it."""
        seen = self.of_ticket(at.ticket, config, now)
        if seen is None or seen.found is None or not seen.has_name:
            return seen
        code = seen.found.dossier.code
        self._note(at, "name", code, now)
        return replace(seen, name=self._sources.applicant(seen.source_id, code))

    def _see(self, text: str, config: OfficeConfig, now: datetime) -> Seen:
        codes = codes_in(text, config.dossiers)
        code = codes[0]
        finding = self._sources.find_one(codes, config.dossiers)
        found = finding.found
        if found is not None:
            return Seen(
                found.dossier.code,
                "found",
                found,
                finding.source,
                finding.name,
                away=finding.away,
                locked=found.dossier.has_protected and self._tries.wrong(found.dossier.code, now) >= TRIES,
                has_name=self._sources.knows_applicants(finding.name),
                page_id=self._sources.id_of(finding.name, found.dossier.code),
            )
        elsewhere = other_office(code, config.dossiers)
        outcome = "elsewhere" if elsewhere else "unavailable" if finding.away else "not_found"
        return Seen(code, outcome, other_office=elsewhere, away=finding.away)

    def _note(self, at: At, act: str, code: str, now: datetime) -> None:
        self._tickets.note(Opening(self.new_id(), now, act, at.officer, at.counter, at.ticket, code))
