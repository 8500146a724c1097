"""The office's own book of dossiers: what officers do with it, and the source `book` of look-ups."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.dossiers.book_movements import Asked, BookState, Movement, No, decide
from queue_server.dossiers.book_ports import BookFailed, BookStore, Kept, RegisterBookName
from queue_server.dossiers.book_reception import Form, Private, Wrong, checked, reception, tidy
from queue_server.dossiers.book_record import BookRecord
from queue_server.dossiers.book_show import Names, dossier_of, record_of
from queue_server.dossiers.book_table import Kind
from queue_server.dossiers.factor import digests_of
from queue_server.dossiers.ports import Found, SourceUnavailable

NAME = Words("Sổ hồ sơ của cơ quan", "The office's own book")
Moved = tuple[Movement, ...] | No | None


class NoOffice(Exception):
    """No office file is in force yet."""


class DossierBook:
    """BookRecords and DossierSource. May be used by several threads.

    `config` gives the office file in force; `names` an officer's name by account; `key` is the office's
    dossier key, for the second factor of look-ups; `now` says as of when a look-up holds, without it the last
    movement does.
    """

    name = NAME

    def __init__(
        self,
        store: BookStore,
        config: Callable[[], OfficeConfig | None],
        names: Names,
        key: bytes,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._store, self._config, self._names, self._key = store, config, names, key
        self._now = now

    @property
    def config(self) -> OfficeConfig:
        """Raises NoOffice."""
        config = self._config()
        if config is None:
            raise NoOffice
        return config

    def receive(self, command: str, form: Form, by: str, now: datetime) -> str | tuple[Wrong, ...]:
        """The dossier's id, or all that is wrong with the form. A repeated command gives the same id and
        writes nothing. Raises BookFailed, NoOffice."""
        config = self.config
        made = reception(config, form, by, now)
        return made if isinstance(made, tuple) else self._store.receive(command, made, config.book)

    def written(self, command: str) -> str | None:
        """The dossier that a command wrote. Raises BookFailed."""
        return self._store.written(command)

    def move(self, command: str, id_: str, asked: Asked, by: str, now: datetime) -> Moved:
        """The movements made, why there are none, or None for an unknown dossier. Raises BookFailed."""
        day = self.config.hours.day_of(now)
        return self._store.move(command, id_, day, lambda state: decide(state, asked, by, now))

    def correct(
        self, command: str, id_: str, form: Form, asked: Asked, by: str, now: datetime
    ) -> Moved | tuple[Wrong, ...]:
        """The applicant's sheet put right, with a reason; what is counted and numbered stays.

        Of `form` the applicant, request, papers, place of the result and note are taken.
        """
        kept = self._store.load(id_)
        if kept is None:
            return None
        wrong = [w for w in checked(form) if w is not Wrong.METHOD and w is not Wrong.ADDRESS]
        if wrong:
            return tuple(wrong)
        clean = tidy(form)
        private = Private(
            clean.applicant, clean.request or kept.procedure.vi, clean.papers, clean.result_place, clean.note
        )
        day = self.config.hours.day_of(now)

        def corrected(state: BookState) -> tuple[Movement, ...] | No:
            return No.NOT_NOW if asked.kind is not Kind.CORRECTED else decide(state, asked, by, now)

        return self._store.move(command, id_, day, corrected, private)

    def forget(self, before: date) -> int:
        """Delete what names people of dossiers whose last date is before a day; how many."""
        return self._store.forget(before)

    def load(self, id_: str) -> Kept | None:
        """Raises BookFailed."""
        return self._store.load(id_)

    def latest(self, most: int) -> Sequence[Kept]:
        return self._store.latest(most)

    def by_code(self, code: str) -> Kept | None:
        return self._store.by_code(code)

    def by_receipt(self, number: int, year: int) -> Kept | None:
        return self._store.by_receipt(number, year)

    def show(self, kept: Kept) -> BookRecord:
        return record_of(kept, self.config, self._names)

    def record(self, id_: str) -> BookRecord | None:
        kept = self._store.load(id_)
        return self.show(kept) if kept else None

    def registers(self) -> Sequence[RegisterBookName]:
        return self._store.registers()

    def register(self, field: str, year: int) -> Sequence[BookRecord]:
        return [self.show(kept) for kept in self._store.register(field, year)]

    def find(self, code: str) -> Found | None:
        """The dossier as a look-up tells it. Raises SourceUnavailable."""
        kept = self._found(code)
        if kept is None or kept.private is None:
            return None
        a = kept.private.applicant
        digests = digests_of(
            self._key, kept.code, [a.id_number] if a.id_number else (), [a.phone] if a.phone else ()
        )
        as_of = self._now() if self._now else kept.movements[-1].at
        return Found(dossier_of(kept, self.config), as_of, digests)

    def id_of(self, code: str) -> str | None:
        """The opaque id of the dossier's page. Raises SourceUnavailable."""
        kept = self._found(code)
        return kept.id if kept else None

    def applicant(self, code: str) -> str | None:
        """The applicant's full name, for an officer. Raises SourceUnavailable."""
        kept = self._found(code)
        return (kept.private.applicant.shown or None) if kept and kept.private else None

    def _found(self, code: str) -> Kept | None:
        try:
            return self._store.by_code(code)
        except BookFailed as failed:
            raise SourceUnavailable("the book cannot be read") from failed
