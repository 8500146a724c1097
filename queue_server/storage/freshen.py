"""Gives a database that no server runs on a snapshot of today's shape, so that its office opens at once."""

from collections.abc import Callable

from queue_server.domain.evolve import evolve
from queue_server.engine.ports import StorageFailed
from queue_server.storage.database import Database, revision
from queue_server.storage.journal import SqlJournal
from queue_server.storage.tables import HEAD

BEHIND = 10_000
"""Events after the snapshot that a start may replay by itself (under a second)."""
_TELL_EVERY = 2_000


def freshen(database: Database, last: int, progress: Callable[[int, int], None]) -> bool:
    """Whether a snapshot was made: there was none of this program's, or one far behind `last`.

    `progress` is told of (events folded, all to fold). Tables of another day's shape, and a journal that this
    program cannot fold, are left as they are: the server says what is wrong with them.
    """
    with database.engine.connect() as connection:
        if revision(connection) != HEAD:
            return False
    journal = SqlJournal(database)
    office, later = journal.load()
    begun = office.seq
    if last - begun < BEHIND:
        return False
    try:
        for one in later:
            office = evolve(office, one.event, at=one.at, seq=one.seq, command_id=one.command_id)
            if one.seq % _TELL_EVERY == 0:
                progress(one.seq - begun, last - begun)
        journal.save_snapshot(office)
    except (LookupError, TypeError, ValueError, StorageFailed):
        return False
    return True
