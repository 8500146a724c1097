"""A backup of a running office: one zip file that either database can be restored from.

It holds `manifest.json`, `office.db` (SQLite, whatever the office runs on) and the named files given, such as
its keys; so it is as secret as they are and has mode 0600. Sessions, failed sign-ins and
which ticket is about which dossier are left out. It holds a snapshot by this program, so that an office
brought back opens at once.
"""

import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import sqlalchemy as sa

from queue_server.storage import day_figures_tables, dossier_book_tables, dossier_tables
from queue_server.storage import tables as t
from queue_server.storage.database import Database, revision, sqlite_file
from queue_server.storage.freshen import freshen

FORMAT = 1
DATABASE = "office.db"
MANIFEST = "manifest.json"

Progress = Callable[[int, int], None]
"""Told now and then of (done, all)."""

_PAGES = 2000
_ROWS = 2000
LEFT_OUT = (t.sessions, t.sign_in_failures, t.engine_epoch, dossier_tables.ticket_dossiers)
TABLE_MODULES = (t, day_figures_tables, dossier_book_tables, dossier_tables)
"""Every module that puts tables into the metadata: they have to be imported before it is walked."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: the journal up to row `seq`, whose hash is `hash`."""

    format: int
    revision: str
    seq: int
    hash: str
    files: tuple[str, ...] = ()


def _nothing(_done: int, _all: int) -> None:
    return None


def backup(
    database: Database, out: Path, files: Mapping[str, Path] | None = None, progress: Progress = _nothing
) -> Manifest:
    """Write a backup beside the running engine; `out` appears whole or not at all.

    `files` (name → path) are put in as they are; those that do not exist are left out. Raises OSError and
    the database's errors.
    """
    out = out.absolute()
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=out.parent) as work:
        copy = Path(work) / DATABASE
        if database.is_sqlite:
            _copy_file(database, copy, progress)
        else:
            _copy_to_file(database, copy, progress)
        there = {name: path for name, path in (files or {}).items() if path.is_file()}
        manifest = _finish(copy, tuple(sorted(there)), progress)
        packed = Path(work) / "backup.zip"
        packed.touch(mode=0o600)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(manifest)))
            archive.write(copy, DATABASE)
            for name, path in there.items():
                archive.write(path, f"files/{name}")
        with packed.open("rb") as written:
            os.fsync(written.fileno())
        packed.replace(out)
    return manifest


def _copy_file(database: Database, copy: Path, progress: Progress) -> None:
    """Within one read transaction, so that what the engine writes meanwhile does not start it again."""
    source, target = sqlite3.connect(database.path, isolation_level=None), sqlite3.connect(copy)
    try:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM engine_epoch").fetchone()
        source.backup(target, pages=_PAGES, progress=lambda _, left, of: progress(of - left, of))
    finally:
        source.close()
        target.close()


def copy_rows(source: Database, write: sa.Connection, progress: Progress = _nothing) -> None:
    """Every row of every table but those left out, as of one instant, into empty tables of today's shape."""
    tables = [table for table in t.metadata.sorted_tables if table not in LEFT_OUT]
    level = "AUTOCOMMIT" if source.is_sqlite else "REPEATABLE READ"
    with source.engine.connect().execution_options(isolation_level=level) as read:
        if source.is_sqlite:
            read.exec_driver_sql("BEGIN")
        counts = [
            read.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables
        ]
        done, all_ = 0, sum(counts)
        for table in tables:
            rows = read.execution_options(yield_per=_ROWS).execute(sa.select(table))
            for part in rows.mappings().partitions():
                write.execute(sa.insert(table), [dict(row) for row in part])
                done += len(part)
                progress(done, all_)
        if source.is_sqlite:
            read.exec_driver_sql("ROLLBACK")


def _copy_to_file(database: Database, copy: Path, progress: Progress) -> None:
    target = Database(sqlite_file(copy))
    try:
        target.migrate()
        with target.engine.begin() as write:
            copy_rows(database, write, progress)
    finally:
        target.close()


def _finish(copy: Path, files: tuple[str, ...], progress: Progress) -> Manifest:
    """Leave out what must not live on in a backup, make it one file that opens fast, say what is in it."""
    plain = sqlite3.connect(copy, isolation_level=None)
    try:
        plain.execute("PRAGMA secure_delete=ON")
        plain.execute("PRAGMA journal_mode=DELETE")
        there = {name for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in LEFT_OUT:
            if table.name in there:
                plain.execute(f"DELETE FROM {table.name}")
    finally:
        plain.close()
    database = Database(sqlite_file(copy))
    try:
        with database.engine.connect() as connection:
            j = t.journal
            last = connection.execute(sa.select(j.c.seq, j.c.hash).order_by(j.c.seq.desc()).limit(1)).first()
            found = revision(connection) or ""
        freshen(database, last[0] if last else 0, progress)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    finally:
        database.close()
    return Manifest(FORMAT, found, last[0] if last else 0, last[1] if last else "", files)
