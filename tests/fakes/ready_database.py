"""A SQLite file with today's tables, made once in a process and copied for every test that needs one."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from queue_server.storage.database import Database, sqlite_url


@cache
def _tables() -> bytes:
    with TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder)))
        database.migrate()
        database.close()
        (file,) = Path(folder).glob("*.db*")
        return file.read_bytes()


def ready_database(directory: Path) -> Database:
    """The office's database in `directory`, as the first `migrate` leaves it."""
    database = Database(sqlite_url(directory))
    database.path.touch(mode=0o600)
    database.path.write_bytes(_tables())
    return database
