"""One engine per office: a lock file beside a SQLite database, an advisory lock inside PostgreSQL."""

import fcntl
import os
from pathlib import Path
from typing import Any

from queue_server.engine.ports import OfficeTaken

_ADVISORY = 0x6D6F746375610001
"""`motcua` and 1, as one 64-bit key; advisory locks are per database."""


class FileLock:
    """A lock that the operating system drops when its process dies; the file holds the owner's pid."""

    def __init__(self, path: Path) -> None:
        """Take the lock; raises OfficeTaken with the other process's pid where it is known."""
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            pid = os.read(self._file, 32).decode("ascii", "replace").strip()
            os.close(self._file)
            who = f" (process {pid})" if pid else ""
            raise OfficeTaken(f"another queue server{who} runs this office; stop it first") from taken
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, str(os.getpid()).encode(), 0)

    def release(self) -> None:
        os.ftruncate(self._file, 0)
        os.close(self._file)


def take_advisory(connection: Any) -> None:
    """Hold the office for as long as this PostgreSQL connection lives; raises OfficeTaken."""
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (_ADVISORY,)).fetchone()
    if not row[0]:
        raise OfficeTaken("another queue server runs this office on this database; stop it first")


def lock_file(database: Path) -> Path:
    return database.with_name(database.name + ".lock")
