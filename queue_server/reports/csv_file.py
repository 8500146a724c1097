"""A report as one CSV file for spreadsheets: UTF-8 with BOM, table after table, formulas made harmless."""

import csv
import io

from queue_server.reports.cells import Cell
from queue_server.reports.heading import subject
from queue_server.reports.method import method
from queue_server.reports.report import Report
from queue_server.reports.tables import tables

BOM = b"\xef\xbb\xbf"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins so would be run as a formula by a spreadsheet."""


def csv_file(report: Report, language: str) -> bytes:
    """Vietnamese: semicolons and decimal commas, as spreadsheets there expect; English: commas and points.

    Numbers are full, not rounded, shares are of 1. Every table has its title, its head and an empty line.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    for line in (*subject(report, language), ""):
        writer.writerow([_safe(line)] if line else [])
    for table in tables(report, language):
        writer.writerow([_safe(table.title)])
        writer.writerow([_safe(column.name) for column in table.columns])
        for row in table.rows:
            writer.writerow([_cell(cell, language) for cell in row])
        writer.writerow([])
    for title, text in method(report, language):
        writer.writerow([_safe(title), _safe(text)])
    return BOM + out.getvalue().encode()


def _cell(cell: Cell, language: str) -> str:
    if isinstance(cell, str):
        return _safe(cell)
    if cell.value is None:
        return ""
    return str(cell.value) if language == "en" else str(cell.value).replace(".", ",")


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_DANGEROUS) else text
