"""The register book as CSV, read beside the running office."""

import csv
import os
import sys
from pathlib import Path

from queue_server.commands.journal import database_of
from queue_server.commands.screen import console
from queue_server.commands.shared import fail
from queue_server.domain.office_config import OfficeConfig
from queue_server.dossiers.book import DossierBook
from queue_server.dossiers.book_ports import BookFailed
from queue_server.dossiers.book_register import table
from queue_server.engine.ports import StorageFailed
from queue_server.office_file.load import load_office
from queue_server.office_file.problems import OfficeFileError
from queue_server.storage.database import database_errors
from queue_server.storage.dossier_book import SqlBook
from queue_server.storage.keys import dossier_key

BOM = "\ufeff"
"""So that a spreadsheet reads Vietnamese as UTF-8."""


def write(field: str, year: int, directory: Path, out: Path | None) -> None:
    """Print or write the register; ends the command with a sentence when there is none."""
    office, database = database_of(directory)
    try:
        database.migrate()
        config = _config(office.office_file)
        book = DossierBook(
            SqlBook(database, dossier_key(office.secrets)), lambda: config, lambda _id: "", b""
        )
        records = book.register(field, year)
        known = ", ".join(f"{name.field} {name.year}" for name in book.registers())
    except (StorageFailed, BookFailed) as problem:
        fail(str(problem))
    except database_errors() as problem:
        fail(f"Chưa đọc được sổ, thử lại. · The database failed ({type(problem).__name__}); try again.")
    finally:
        database.close()
    if not records:
        there = f" Có: {known}. · There is: {known}." if known else ""
        fail(f"Không có sổ {field} {year}. · There is no register {field} {year}.{there}")
    rows = table(records, config.hours)
    if out is None:
        sys.stdout.write(BOM)
        csv.writer(sys.stdout, lineterminator="\n").writerows(rows)
        return
    descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    console.print(f"{len(records)} hồ sơ · dossiers → {out}")


def _config(office_file: Path) -> OfficeConfig:
    try:
        return load_office(office_file)
    except OfficeFileError as problem:
        fail(str(problem), 2)
