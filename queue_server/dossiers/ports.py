"""Where dossiers come from and where tries are counted: what look-up and import need, storage gives."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Dossier


class SourceUnavailable(Exception):
    """This source cannot answer now: ask the others, and this one later."""


class ImportFailed(Exception):
    """The whole file was left out; the message says why, in Vietnamese and English."""


@dataclass(frozen=True, slots=True)
class Found:
    """A dossier, when its source last said so, and the keyed digests of what opens the rest of it."""

    dossier: Dossier
    as_of: datetime
    digests: tuple[bytes, ...] = field(default=(), repr=False)


class DossierSource(Protocol):
    """One place where dossiers are looked for."""

    @property
    def name(self) -> Words:
        """What citizens read as the source, such as "Sổ theo dõi hồ sơ"."""
        ...

    def find(self, code: str) -> Found | None:
        """The dossier of a normalised code. Raises SourceUnavailable."""
        ...


@runtime_checkable
class KnowsApplicants(Protocol):
    """A source that can tell an officer the applicant's full name."""

    def applicant(self, code: str) -> str | None:
        """The full name, None when there is none. Raises SourceUnavailable."""
        ...


@runtime_checkable
class KeepsPages(Protocol):
    """A source whose dossiers have a page here, under an opaque id."""

    def id_of(self, code: str) -> str | None:
        """The id of a code's dossier, None when there is none. Raises SourceUnavailable."""
        ...


class Tries(Protocol):
    """Wrong second factors, counted per dossier over all kiosks, surviving a restart."""

    def wrong(self, code: str, now: datetime) -> int:
        """How many there were of late."""
        ...

    def count(self, code: str, now: datetime) -> int:
        """One more wrong try; how many there are now."""
        ...

    def forget(self, code: str) -> None:
        """The factor was right after all."""
        ...


class RegisterBook(Protocol):
    """The imported register: one generation a file, seen only when it is finished."""

    def begin(self, name: str, now: datetime) -> int:
        """A new generation for a file called `name`."""
        ...

    def add(self, generation: int, rows: Sequence[tuple[Dossier, tuple[bytes, ...]]]) -> None:
        """Rows of a generation, in one short transaction; nobody sees them yet."""
        ...

    def finish(self, generation: int, rows: int, bad: int, now: datetime) -> None:
        """All rows of the generation are seen from now on, instead of older ones of the same codes."""
        ...

    def abandon(self, generation: int) -> None:
        """Nothing of the generation stays."""
        ...


@dataclass(frozen=True, slots=True)
class Opening:
    """An officer opened more of a dossier than its code tells: `act` is name, unlock or lookup."""

    id: str
    at: datetime
    act: str
    officer: str
    counter: str
    ticket: str
    code: str = field(default="", repr=False)


class TicketDossiers(Protocol):
    """Which dossier a ticket is about, until the end of the next day; and who opened it."""

    def of(self, ticket: str) -> str:
        """The code that came with the ticket, or was attached to it; empty when there is none."""
        ...

    def attach(self, ticket: str, code: str, day: date) -> None:
        """From now on the ticket is about this dossier; an empty code takes it away."""
        ...

    def note(self, opening: Opening) -> None:
        """Keep who opened what, with a keyed digest in place of the code."""
        ...
