"""The office's own book of dossiers, as pages and forms read it; storage gives it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from queue_server.dossiers.book_record import BookRecord


class BookFailed(Exception):
    """The book cannot be read or written now; nothing changed. Try again."""


@dataclass(frozen=True, slots=True)
class RegisterBookName:
    """One register of the book: a field in a year, with how many dossiers it holds."""

    field: str
    year: int
    dossiers: int


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
