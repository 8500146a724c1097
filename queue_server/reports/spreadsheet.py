"""CSV as spreadsheets read it: UTF-8 with BOM; Vietnamese semicolons and decimal commas; no formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

BOM = b"\xef\xbb\xbf"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins so would be run as a formula by a spreadsheet."""
Value = str | int | float | None


def csv_of(lines: Iterable[Sequence[Value]], language: str) -> bytes:
    """Vietnamese: semicolons and decimal commas, as spreadsheets there expect; English: commas and points.

    Numbers are full, not rounded; None is an empty cell, a line of nothing an empty line; a text that looks
    like a formula is made harmless.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    for line in lines:
        writer.writerow([_cell(value, language) for value in line])
    return BOM + out.getvalue().encode()


def _cell(value: Value, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(DANGEROUS) else value
    return str(value) if language == "en" else str(value).replace(".", ",")
