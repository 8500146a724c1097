"""A table behind a chart or a panel, once: shown as HTML, downloaded as CSV, drawn from the same values."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from queue_server.web.hall.format import decimal

Value = str | int | float | None
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins so would be run as a formula by a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Column:
    """`digits` is how a number is rounded on the page; None is a text. Shares are of 1. `file_only` columns
    stand in the file and not on the page, which has no room for them."""

    name: str
    digits: int | None = None
    share: bool = False
    file_only: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def head(self) -> tuple[Column, ...]:
        """The columns that the page has room for."""
        return tuple(column for column in self.columns if not column.file_only)

    def shown(self, language: str) -> list[list[dict[str, object]]]:
        """Cells as text; `number` says how they stand."""
        return [
            [
                {"text": text(value, column, language), "number": column.digits is not None}
                for value, column in zip(row, self.columns, strict=True)
                if not column.file_only
            ]
            for row in self.rows
        ]


def text(value: Value, column: Column, language: str) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, str):
        return value
    if column.share:
        return decimal(value * 100, language, column.digits or 0) + ("%" if language == "en" else " %")
    return decimal(value, language, column.digits or 0)


def csv_bytes(sheets: Sequence[Sheet], language: str) -> bytes:
    """UTF-8 with BOM. Vietnamese: semicolons and decimal commas, as spreadsheets there expect; English:
    commas and points. Numbers are full, not rounded; a text that looks like a formula is made harmless.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    for number, sheet in enumerate(sheets):
        if number:
            writer.writerow([])
        writer.writerow([_safe(column.name) for column in sheet.columns])
        for row in sheet.rows:
            writer.writerow([_cell(value, language) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Value, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _safe(value)
    return str(value) if language == "en" else str(value).replace(".", ",")


def _safe(text_: str) -> str:
    return f"'{text_}" if text_.startswith(_DANGEROUS) else text_
