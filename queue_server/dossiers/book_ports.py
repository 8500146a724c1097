"""The office's own book of dossiers: what storage keeps of it, and what pages and forms read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from queue_server.domain.office_dossiers import BookRules
from queue_server.domain.words import Words
from queue_server.dossiers.book_movements import BookState, Movement, No
from queue_server.dossiers.book_reception import Private, Reception
from queue_server.dossiers.book_record import BookRecord, FormNumber, RegisterPlace


class BookFailed(Exception):
    """The book cannot be read or written now; nothing changed. Try again."""


@dataclass(frozen=True, slots=True)
class RegisterBookName:
    """One register of the book: a field in a year, with how many dossiers it holds."""

    field: str
    year: int
    dossiers: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A dossier as it is kept. `private` is None once it has been forgotten."""

    id: str
    code: str
    receipt: FormNumber
    control: FormNumber
    guidance_suffix: str
    place: RegisterPlace
    procedure_code: str
    procedure: Words
    legal_days: int | None
    received_at: datetime
    counts_from: datetime
    due_at: datetime
    sets: int
    channel: str
    result_method: str
    receiving_unit: str
    deciding_unit: str
    private: Private | None = field(repr=False)
    movements: tuple[Movement, ...] = ()


Decide = Callable[[BookState], "tuple[Movement, ...] | No"]


class BookStore(Protocol):
    """Where the book lies. Every call is one transaction: all of it, or nothing. All raise BookFailed."""

    def receive(self, command: str, made: Reception, rules: BookRules) -> str:
        """Write a dossier in with its code and its gapless numbers; its id. A repeated `command` gets the
        id it got before, and nothing is written."""
        ...

    def written(self, command: str) -> str | None:
        """The id of the dossier that a command wrote, None when it wrote none."""
        ...

    def move(
        self, command: str, id_: str, day: date, decide: Decide, private: Private | None = None
    ) -> tuple[Movement, ...] | No | None:
        """Append what `decide` makes of the dossier's state now; None for an unknown dossier.

        A repeated `command` gets the movements it made before. `private` replaces the applicant's sheet.
        """
        ...

    def load(self, id_: str) -> Kept | None: ...

    def by_code(self, code: str) -> Kept | None: ...

    def latest(self, most: int) -> Sequence[Kept]:
        """The dossiers received last, the newest first."""
        ...

    def by_receipt(self, number: int, year: int) -> Kept | None: ...

    def registers(self) -> "Sequence[RegisterBookName]": ...

    def register(self, field: str, year: int) -> Sequence[Kept]: ...

    def forget(self, before: date) -> int:
        """Delete what names people of dossiers whose last date is before a day; how many dossiers."""
        ...


class BookRecords(Protocol):
    """What prints: one dossier by its opaque id, a register by field and year."""

    def record(self, id_: str) -> BookRecord | None:
        """The dossier, None when there is none. Raises BookFailed."""
        ...

    def registers(self) -> Sequence[RegisterBookName]:
        """Every register that has a line, newest year first. Raises BookFailed."""
        ...

    def register(self, field: str, year: int) -> Sequence[BookRecord]:
        """The lines of a register in the order of book and line. Raises BookFailed."""
        ...
