"""The rows of a register's file: CSV in whatever encoding, or XLSX; cells as text or as days."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from queue_server.dossiers.legacy_text import Convert, recognise
from queue_server.dossiers.ports import ImportFailed

UTF16_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SNIFFED = 64 * 1024
_DELIMITERS = ",;\t|"
_TOP = 25
_NUMBER = re.compile(r"-?\d+\.0")

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`top`: the first rows, as text, in which the header is; `rows`: all rows, numbered from 1.

    `total` is how much there is in the unit of `done` (bytes of a CSV file, rows of a sheet).
    """

    name: str
    top: tuple[tuple[str, ...], ...]
    rows: Iterator[tuple[int, Row, int]]
    """(number, cells, how much is done)"""
    total: int


def sheets(path: Path) -> Iterator[Sheet]:
    """The sheets of a file, one for CSV. Raises ImportFailed when it is no such file."""
    try:
        begin = path.open("rb").read(8)
    except OSError as problem:
        raise ImportFailed(
            f"Không đọc được {path.name}: kiểm tra tệp và quyền đọc."
            f" · {path.name} cannot be read ({problem.strerror})."
        ) from problem
    if not begin:
        raise ImportFailed(f"Tệp {path.name} trống. · {path.name} is empty.")
    if begin.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        yield from _workbook(path)
    else:
        yield _csv(path)


def shown(cell: Any) -> str:
    """A cell as text: whole numbers without `.0`."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    text = str(cell)
    return text[:-2] if isinstance(cell, float) and _NUMBER.fullmatch(text) else text


def _csv(path: Path) -> Sheet:
    lines = _Lines(path)
    rest = iter(lines)
    start = list(islice(rest, _TOP * 4))
    delimiter = _delimiter(start)
    first = csv.reader(iter(start), delimiter=delimiter)
    try:
        top = tuple(islice(first, _TOP))
    except csv.Error as problem:
        lines.close()
        raise _no_csv(path, first.line_num, problem) from problem

    def rows() -> Iterator[tuple[int, Row, int]]:
        reader = csv.reader(chain(start, rest), delimiter=delimiter)
        try:
            for number, row in enumerate(reader, 1):
                yield number, row, lines.done
        except csv.Error as problem:
            raise _no_csv(path, reader.line_num, problem) from problem
        finally:
            lines.close()

    return Sheet("", tuple(tuple(row) for row in top), rows(), path.stat().st_size)


def _no_csv(path: Path, line: int, problem: csv.Error) -> ImportFailed:
    return ImportFailed(f"{path.name}, dòng {line}: không phải là CSV. · Line {line} is no CSV ({problem}).")


class _Lines:
    """The lines of a text file; each is UTF-8, or else Windows-1258. With a UTF-16 mark all are that.

    A file of TCVN3 or VNI shows in its beginning; then lines that are not Unicode are read as that.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        start = self._file.read(_SNIFFED)
        self._file.seek(0)
        self._utf16 = _utf16(start)
        self._legacy = recognise(_narrow_text(start, "latin-1")) if not self._utf16 else None
        self.done = 0

    def __iter__(self) -> Iterator[str]:
        if self._utf16:
            return self._wide()
        return self._narrow()

    def _narrow(self) -> Iterator[str]:
        first = True
        for raw in self._file:
            self.done += len(raw)
            if first:
                raw, first = raw.removeprefix(b"\xef\xbb\xbf"), False
            if self._legacy is None:
                yield _narrow_text(raw, "cp1258")
            else:
                yield self._legacy(_narrow_text(raw, "latin-1"))

    def _wide(self) -> Iterator[str]:
        text = io.TextIOWrapper(self._file, self._utf16, errors="replace", newline="")
        for line in text:
            self.done += 2 * len(line)
            yield line.lstrip("\ufeff")

    def close(self) -> None:
        self._file.close()


def _narrow_text(raw: bytes, otherwise: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode(otherwise, errors="replace")


def _utf16(start: bytes) -> str:
    """The encoding when it is UTF-16: by its mark, or by the zero bytes of its ASCII."""
    if start[:2] in UTF16_MARKS:
        return UTF16_MARKS[start[:2]]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 8 < len(start):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _delimiter(lines: Sequence[str]) -> str:
    """The sign that stands most often on most lines."""
    return max(_DELIMITERS, key=lambda sign: sum(min(line.count(sign), 60) for line in lines[:_TOP]))


def _numbered(rows: Iterable[Row], legacy: Convert | None) -> Iterator[tuple[int, Row, int]]:
    for number, row in enumerate(rows, 1):
        if legacy is None:
            yield number, row, number
        else:
            yield number, [legacy(c) if isinstance(c, str) else c for c in row], number


def _workbook(path: Path) -> Iterator[Sheet]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as missing:
        raise ImportFailed(
            "Máy này chưa đọc được XLSX: cài python-calamine, hoặc lưu thành CSV."
            " · Reading XLSX needs python-calamine: install it, or save as CSV."
        ) from missing
    try:
        with CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                top = tuple(tuple(map(shown, row)) for row in islice(sheet.iter_rows(), _TOP))
                legacy = recognise("\n".join(" ".join(row) for row in top))
                if legacy is not None:
                    top = tuple(tuple(map(legacy, row)) for row in top)
                yield Sheet(name, top, _numbered(sheet.iter_rows(), legacy), sheet.total_height)
    except CalamineError as problem:
        raise ImportFailed(
            f"{path.name} hỏng hoặc không phải là XLSX: mở và lưu lại, hoặc lưu thành CSV."
            f" · {path.name} is damaged or no XLSX: save it again, or save it as CSV."
        ) from problem
