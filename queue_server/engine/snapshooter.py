"""Keeps the state now and then, in a quiet moment and on a thread of its own."""

import threading

import structlog

from queue_server.domain.office import Office
from queue_server.engine.ports import Journal, StorageFailed

_log = structlog.get_logger("engine")

_NOT_WAITING_LONGER = 4
"""After this many times `every` events the state is kept even if it is never quiet."""


class Snapshooter:
    """Keeps the state `every` events when it is quiet, when a day opens, and at a clean stop."""

    def __init__(self, journal: Journal, every: int) -> None:
        self._journal, self._every = journal, every
        self._kept = 0
        self._day: object = None
        self._working: threading.Thread | None = None

    def start(self, kept: int, office: Office) -> None:
        """`kept` is the position of the snapshot that the start found, `office` the state now."""
        self._kept, self._day = kept, office.day

    def offer(self, office: Office, quiet: bool) -> None:
        """Keep this committed state if it is time; returns at once."""
        behind = office.seq - self._kept
        enough = self._every if quiet else self._every * _NOT_WAITING_LONGER
        if behind < enough and (office.day == self._day or behind <= 0):
            return
        if self._working is not None and self._working.is_alive():
            return
        self._kept, self._day = office.seq, office.day
        self._working = threading.Thread(target=self._keep, args=(office,), name="snapshot", daemon=True)
        self._working.start()

    def stop(self, office: Office) -> None:
        """Keep the last state, waiting for a snapshot under way."""
        if self._working is not None:
            self._working.join()
        if office.seq > self._kept:
            self._keep(office)

    def _keep(self, office: Office) -> None:
        try:
            self._journal.save_snapshot(office)
        except StorageFailed:
            _log.exception("snapshot_failed", seq=office.seq)
