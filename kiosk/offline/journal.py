"""The kiosk's own journal: facts appended to one file, each on the disk before anybody hears of it."""

import logging
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from kiosk.offline.lines import fact_of, line_of
from kiosk.offline.papers import Book, Fact, Tried, fold, folded

_log = logging.getLogger(__name__)

KEPT = timedelta(days=7)
"""How long a paper that is home is remembered, counted from the newest day in the book."""


class OfflineJournal:
    """One writer, not thread-safe. Raises OSError where the disk fails; the book is then as it was.

    A line that was being written when the power failed is left out: nobody had seen its number.
    """

    def __init__(self, path: Path, sync: Callable[[int], None] = os.fsync) -> None:
        self._path, self._sync = path, sync
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book = folded(self._read())
        try:
            self._tidy()
        except OSError as problem:  # as on a full disk: what is in the book still has to go home
            _log.error("offline journal: old papers stay: %s", problem.strerror)
        self._torn = False
        """Whether the file may end within a line: the next one then begins on its own."""
        self._file = path.open("ab")
        self._size = self._file.tell()

    def append(self, fact: Fact) -> None:
        """On the disk when this returns."""
        after = fold(self.book, fact)
        if after is self.book:
            return
        try:
            if self._file.closed:
                self._file = self._path.open("ab")
            self._file.write((b"\n" if self._torn else b"") + line_of(fact).encode())
            self._file.flush()
            self._sync(self._file.fileno())
        except OSError:
            self._take_back()
            raise
        self._size, self._torn = self._file.tell(), False
        self.book = after

    def close(self) -> None:
        self._file.close()

    def _take_back(self) -> None:
        """Whatever of a line got to the disk is cut off again; the next line opens the file anew."""
        try:
            self._file.close()
        except OSError:
            _log.error("offline journal: a line is given up")
        try:
            os.truncate(self._path, self._size)
        except OSError as problem:
            self._torn = True
            _log.error("offline journal: a torn line stays: %s", problem.strerror)

    def _read(self) -> list[Fact]:
        """The facts that are whole; a torn end is cut off, so that the next line begins on its own."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return []
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) < len(data):
            _log.warning("offline journal: the last line was torn and is left out")
            os.truncate(self._path, len(whole))
        facts = []
        for line in whole.decode(errors="replace").splitlines():
            fact = fact_of(line)
            if fact is None:
                _log.error("offline journal: a line cannot be read and is left out")
            else:
                facts.append(fact)
        return facts

    def _tidy(self) -> None:
        """Forgets, by writing the file anew, papers that have been home for long."""
        kept = remembered(self.book)
        if len(kept.papers) == len(self.book.papers):
            return
        facts: list[Fact] = [kept.granted] if kept.granted else []
        facts += [*kept.papers.values(), *kept.homes.values()]
        facts += [Tried(request, tries) for request, tries in kept.tries.items()]
        new = self._path.with_suffix(".new")
        with new.open("wb") as file:
            file.write("".join(line_of(fact) for fact in facts).encode())
            file.flush()
            self._sync(file.fileno())
        new.replace(self._path)
        self.book = folded(facts)


def remembered(book: Book) -> Book:
    """The book without papers that went home more than `KEPT` before its newest day."""
    days = [paper.day for paper in book.papers.values()]
    newest: date = max([*days, *([book.granted.day] if book.granted else [])], default=date.min)
    papers = {
        request: paper
        for request, paper in book.papers.items()
        if request not in book.homes or newest - paper.day <= KEPT
    }
    homes = {request: home for request, home in book.homes.items() if request in papers}
    tries = {request: many for request, many in book.tries.items() if request in papers}
    return Book(book.granted, papers, homes, tries)
