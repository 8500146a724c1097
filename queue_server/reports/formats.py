"""A report in any of its formats: extension → how it is made, and what a browser is told it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from queue_server.reports.csv_file import csv_file
from queue_server.reports.json_file import json_file
from queue_server.reports.pdf_file import pdf_file
from queue_server.reports.report import Report


@dataclass(frozen=True, slots=True)
class Format:
    media_type: str
    make: Callable[[Report, str], bytes]
    """(report, language) → the file. PDF raises paper's PaperFailed."""


def _xlsx(report: Report, language: str) -> bytes:
    from queue_server.reports.xlsx_file import xlsx_file  # the library takes memory that few servers need

    return xlsx_file(report, language)


FORMATS: Mapping[str, Format] = {
    "pdf": Format("application/pdf", pdf_file),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "csv": Format("text/csv; charset=utf-8", csv_file),
    "json": Format("application/json", json_file),
}
