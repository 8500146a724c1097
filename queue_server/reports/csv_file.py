"""A report as one CSV file for spreadsheets, table after table."""

from collections.abc import Iterator, Sequence

from queue_server.reports.heading import subject
from queue_server.reports.method import method
from queue_server.reports.report import Report
from queue_server.reports.spreadsheet import Value, csv_of
from queue_server.reports.tables import tables


def csv_file(report: Report, language: str) -> bytes:
    """Every table has its title, its head and an empty line after it; shares are of 1."""
    return csv_of(_lines(report, language), language)


def _lines(report: Report, language: str) -> Iterator[Sequence[Value]]:
    for line in (*subject(report, language), ""):
        yield [line] if line else []
    for table in tables(report, language):
        yield [table.title]
        yield [column.name for column in table.columns]
        for row in table.rows:
            yield [cell if isinstance(cell, str) else cell.value for cell in row]
        yield []
    for title, text in method(report, language):
        yield [title, text]
