"""A register's file into the book: good rows go in, bad ones are reported, a broken file changes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from queue_server.dossiers import factor
from queue_server.dossiers.dossier import Dossier
from queue_server.dossiers.ports import ImportFailed, RegisterBook
from queue_server.dossiers.register_columns import Header, header_of
from queue_server.dossiers.register_files import Sheet, sheets
from queue_server.dossiers.register_rows import Problem, heading_of, row_of

BATCH = 2000
"""Rows a transaction: short ones, so that the office's journal is never kept waiting."""
KEPT_PROBLEMS = 1000

Progress = Callable[[int, int], None]
"""(done, total) in the unit of the file."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file. `problems` are the first KEPT_PROBLEMS of `bad`."""

    file: str
    good: int
    bad: int
    problems: tuple[Problem, ...]
    skipped_sheets: tuple[str, ...] = ()


class RegisterImport:
    """`key` makes the second factors' digests; `now` is when the file says so."""

    def __init__(self, book: RegisterBook, key: bytes) -> None:
        self._book, self._key = book, key

    def run(
        self,
        path: Path,
        now: Callable[[], datetime],
        progress: Progress = lambda done, total: None,
        on_problem: Callable[[Problem], None] = lambda problem: None,
    ) -> Report:
        """Import `path` as one generation: seen as a whole at the end, or not at all.

        Raises ImportFailed when the file cannot be read to its end or holds no register.
        """
        generation = self._book.begin(path.name, now())
        try:
            run = _Run(self._book, self._key, generation, progress, on_problem)
            run.file(path)
            self._book.finish(generation, run.good, run.bad, now())
        except BaseException:
            self._book.abandon(generation)
            raise
        return Report(path.name, run.good, run.bad, tuple(run.problems), tuple(run.skipped))


class _Run:
    """One file on its way."""

    def __init__(
        self,
        book: RegisterBook,
        key: bytes,
        generation: int,
        progress: Progress,
        on_problem: Callable[[Problem], None],
    ) -> None:
        self._book, self._generation = book, generation
        self._progress, self._on_problem = progress, on_problem
        self._key = key
        self._codes: set[int] = set()
        self._batch: list[tuple[Dossier, tuple[bytes, ...]]] = []
        self.good = self.bad = 0
        self.problems: list[Problem] = []
        self.skipped: list[str] = []

    def file(self, path: Path) -> None:
        headed = False
        for sheet in sheets(path):
            header = header_of(sheet.top)
            if header is None:
                if any(any(row) for row in sheet.top):
                    self.skipped.append(sheet.name)
                continue
            headed = True
            self._sheet(sheet, header)
        if not headed:
            raise ImportFailed(
                f"{path.name}: không thấy cột Mã hồ sơ và Ngày nhận hồ sơ ở các dòng đầu."
                " Thêm dòng tiêu đề như Sổ theo dõi hồ sơ."
                " · No columns for the dossier code and the day of receipt: add the register's header."
            )
        self._flush()

    def _sheet(self, sheet: Sheet, header: Header) -> None:
        field = heading_of((sheet.name,)) or "" if sheet.name.casefold().startswith("lĩnh vực") else ""
        place = header.columns["code"]
        total = sheet.total
        for number, row, done in sheet.rows:
            if number <= header.rows or not any(row):
                continue
            if place >= len(row) or not row[place]:
                heading = heading_of(row)
                if heading is not None:
                    field = heading
                    continue
            self._row(number, row, header, field, sheet.name)
            if len(self._batch) >= BATCH:
                self._flush()
                self._progress(done, total)
        self._flush()
        self._progress(total, total)

    def _row(self, number: int, row: Sequence[Any], header: Header, field: str, sheet: str) -> None:
        made = row_of(number, row, header, self._digests, field)
        if isinstance(made, Problem):
            self._wrong(replace(made, sheet=sheet))
            return
        mark = hash(made.dossier.code)
        if mark in self._codes:
            vi, en = "Mã này đã có ở một dòng trên.", "This code is there already in a row above."
            self._wrong(Problem(number, header.names["code"], vi, en, sheet))
            return
        self._codes.add(mark)
        self._batch.append((made.dossier, made.digests))
        self.good += 1

    def _digests(self, code: str, ids: Sequence[str], phones: Sequence[str]) -> tuple[bytes, ...]:
        return factor.digests_of(self._key, code, ids, phones)

    def _wrong(self, problem: Problem) -> None:
        self.bad += 1
        if len(self.problems) < KEPT_PROBLEMS:
            self.problems.append(problem)
        self._on_problem(problem)

    def _flush(self) -> None:
        if self._batch:
            self._book.add(self._generation, self._batch)
            self._batch = []
