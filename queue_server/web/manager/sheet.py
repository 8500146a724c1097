"""A table behind a chart or a panel, once: shown as HTML, downloaded as CSV, drawn from the same values."""

from collections.abc import Sequence
from dataclasses import dataclass

from queue_server.reports.spreadsheet import Value, csv_of
from queue_server.web.hall.format import decimal


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
    """The tables one after another, an empty line between them, as spreadsheets read it; shares are of 1."""
    lines: list[Sequence[Value]] = []
    for number, sheet in enumerate(sheets):
        lines += [[]] if number else []
        lines += [[column.name for column in sheet.columns], *sheet.rows]
    return csv_of(lines, language)
