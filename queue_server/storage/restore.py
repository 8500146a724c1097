"""Brings an office back from a backup, into its directory or into a PostgreSQL database."""

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa

from queue_server.storage import tables as t
from queue_server.storage.backup import DATABASE, FORMAT, MANIFEST, Manifest, Progress, copy_rows
from queue_server.storage.database import Database, revision, sqlite_file
from queue_server.storage.freshen import freshen
from queue_server.storage.locks import FileLock, lock_file, take_advisory


class RestoreRefused(Exception):
    """The backup is not one, is damaged, or there is an office already where it should go."""


def _nothing(_done: int, _all: int) -> None:
    return None


def restore(
    file: Path,
    database: Database,
    files: Mapping[str, Path] | None = None,
    *,
    force: bool = False,
    progress: Progress = _nothing,
) -> Manifest:
    """Put a backup in place of an empty office (with `force`, of any that is not running).

    `files` says where the named files of the backup go. Raises OfficeTaken when the office runs,
    RestoreRefused in all other cases in which nothing was changed.
    """
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=_work_directory(database)) as work:
        manifest = _unpack(file, Path(work))
        wanted = {name: path for name, path in (files or {}).items() if name in manifest.files}
        if not force:
            _must_be_empty(database, [*wanted.values()])
        copy = Path(work) / DATABASE
        _make_fresh(copy, manifest.seq, progress)
        if database.is_sqlite:
            _place_file(copy, database)
        else:
            _place_rows(copy, database, progress)
        for name, path in wanted.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(work) / name, Path(work) / f"{name}.new")
            (Path(work) / f"{name}.new").chmod(0o600)
            shutil.move(Path(work) / f"{name}.new", path)
    return manifest


def _work_directory(database: Database) -> Path | None:
    if not database.is_sqlite:
        return None
    database.path.parent.mkdir(parents=True, exist_ok=True)
    return database.path.parent


def _unpack(file: Path, work: Path) -> Manifest:
    try:
        with zipfile.ZipFile(file) as archive:
            said = json.loads(archive.read(MANIFEST))
            manifest = Manifest(**{**said, "files": tuple(said["files"])})
            members = {DATABASE: DATABASE, **{f"files/{name}": name for name in manifest.files}}
            for member, name in members.items():
                if Path(name).name != name:
                    raise RestoreRefused(f"the backup names a file outside itself: {name!r}")
                with archive.open(member) as source, (work / name).open("wb") as target:
                    shutil.copyfileobj(source, target)
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as broken:
        raise RestoreRefused(f"{file.name} is not a backup of an office, or is damaged: {broken}") from broken
    if manifest.format > FORMAT:
        raise RestoreRefused("the backup was made by a newer program; update this one first")
    _must_be_whole(Database(sqlite_file(work / DATABASE)), manifest)
    return manifest


def _must_be_whole(copy: Database, manifest: Manifest) -> None:
    j = t.journal
    try:
        with copy.engine.connect() as connection:
            sound = connection.exec_driver_sql("PRAGMA quick_check").scalar()
            last = connection.execute(sa.select(j.c.seq, j.c.hash).order_by(j.c.seq.desc()).limit(1)).first()
    except sa.exc.SQLAlchemyError as broken:
        raise RestoreRefused(f"the database in the backup is damaged: {broken}") from broken
    finally:
        copy.close()
    if sound != "ok" or (tuple(last) if last else (0, "")) != (manifest.seq, manifest.hash):
        raise RestoreRefused("the database in the backup is damaged: it does not end where the backup says")


def _must_be_empty(database: Database, files: list[Path]) -> None:
    there = [path.name for path in files if path.exists()]
    if database.is_sqlite:
        if database.path.exists():
            there.append(database.path.name)
    elif _has_events(database):
        there.append("a journal with events")
    if there:
        raise RestoreRefused(
            f"there is an office already ({', '.join(there)}); restore into an empty directory, or use force"
        )


def _has_events(database: Database) -> bool:
    with database.engine.connect() as connection:
        if revision(connection) is None:
            return False
        return connection.execute(sa.select(t.journal.c.seq).limit(1)).first() is not None


def _make_fresh(copy: Path, last: int, progress: Progress) -> None:
    """A snapshot where the backup has none of this program's, while somebody looks at a progress bar."""
    source = Database(sqlite_file(copy))
    try:
        freshen(source, last, progress)
        with source.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        source.close()


def _place_file(copy: Path, database: Database) -> None:
    lock = FileLock(lock_file(database.path))
    try:
        database.close()
        for suffix in ("-wal", "-shm"):
            database.path.with_name(database.path.name + suffix).unlink(missing_ok=True)
        with copy.open("rb") as written:
            os.fsync(written.fileno())
        copy.replace(database.path)
    finally:
        lock.release()


def _place_rows(copy: Path, database: Database, progress: Progress) -> None:
    """All in one transaction; the epoch moves on, so that an engine from before can write no more."""
    holder = database.raw()
    source = Database(sqlite_file(copy))
    try:
        take_advisory(holder)
        database.migrate()
        source.migrate()
        j, e = t.journal, t.engine_epoch
        with database.engine.begin() as connection:
            for table in reversed(t.metadata.sorted_tables):
                if table is not e:
                    connection.execute(sa.delete(table))
            copy_rows(source, connection, progress)
            last = connection.execute(sa.select(j.c.seq, j.c.hash).order_by(j.c.seq.desc()).limit(1)).first()
            seq, hash_ = (last[0], last[1]) if last else (0, "")
            connection.execute(sa.update(e).values(epoch=e.c.epoch + 1, last_seq=seq, last_hash=hash_))
    finally:
        source.close()
        holder.close()
