"""The journal as a file that others can read: JSON Lines or CSV, beside the running engine."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

import sqlalchemy as sa

from queue_server.storage.chain import COLUMNS, Row
from queue_server.storage.codec import dumps
from queue_server.storage.database import Database
from queue_server.storage.tables import journal as j

Format = Literal["jsonl", "csv"]
Progress = Callable[[int, int], None]
"""Told now and then of (done, all)."""

PICKED = ("ticket", "number", "service", "counter")
"""Members of `data` that the CSV repeats as columns of their own, for spreadsheets."""
_PROGRESS_EVERY = 5000


@dataclass(frozen=True, slots=True)
class Exported:
    """Rows written, and the last one's hash."""

    rows: int
    hash: str


def _nothing(_done: int, _all: int) -> None:
    return None


def export_journal(
    database: Database, out: Path, format_: Format = "jsonl", progress: Progress = _nothing
) -> Exported:
    """Write all rows committed by now, in order; `out` appears whole or not at all.

    In JSON Lines `data` is an object with its members in stored order, so that the row's hash can be computed
    again; the CSV has `data` as stored and begins with a byte order mark.
    """
    part = out.with_name(out.name + ".part")
    encoding = "utf-8" if format_ == "jsonl" else "utf-8-sig"
    done, last = 0, ""
    with part.open("w", encoding=encoding, newline="") as file:
        write = _jsonl(file) if format_ == "jsonl" else _csv(file)
        for row, all_ in _rows(database):
            write(row)
            done, last = done + 1, row[12]
            if done % _PROGRESS_EVERY == 0:
                progress(done, all_)
    part.replace(out)
    progress(done, done)
    return Exported(done, last)


def _rows(database: Database) -> Iterator[tuple[Row, int]]:
    with database.engine.connect() as connection:
        all_ = connection.execute(sa.select(sa.func.max(j.c.seq))).scalar() or 0
        query = sa.select(j).where(j.c.seq <= all_).order_by(j.c.seq)
        for row in connection.execution_options(yield_per=1000).execute(query):
            yield tuple(row), all_


def _jsonl(file: IO[str]) -> Callable[[Row], object]:
    def write(row: Row) -> None:
        record = dict(zip(COLUMNS, row, strict=True))
        record["data"] = json.loads(record["data"])
        file.write(dumps(record) + "\n")

    return write


def _csv(file: IO[str]) -> Callable[[Row], object]:
    writer = csv.writer(file)
    writer.writerow((*COLUMNS, *PICKED))

    def write(row: Row) -> None:
        data = json.loads(row[5])
        writer.writerow((*row, *(data.get(name, "") for name in PICKED)))

    return write
