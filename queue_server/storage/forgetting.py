"""Deletes once a day what has had its time: see `storage/retention.py`. A day on which the database cannot be
written is made up for on the next."""

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta

import structlog

from queue_server.domain.office_config import OfficeConfig
from queue_server.engine.ports import Clock
from queue_server.storage.database import database_errors

log = structlog.get_logger("server")

EVERY_S = timedelta(days=1).total_seconds()

Forget = Callable[[datetime, date, timedelta], dict[str, int]]
"""Now, the office's local date, how long the names of who left are kept → table → rows deleted."""


class Forgetting:
    """`config` is the office file in force, asked each time: it may be changed while the office runs."""

    def __init__(
        self, forget: Forget, clock: Clock, config: Callable[[], OfficeConfig], every_s: float = EVERY_S
    ) -> None:
        self._forget, self._clock, self._config, self._every_s = forget, clock, config, every_s
        self._stopping = threading.Event()

    def run(self) -> None:
        """At once, and then every day, until `stop`, on the thread that calls."""
        while not self._stopping.is_set():
            try:
                log.info("forgotten", **self._once())
            except database_errors() as failed:
                log.error("forgetting_failed", why=type(failed).__name__)
            self._stopping.wait(self._every_s)

    def stop(self) -> None:
        """From any thread."""
        self._stopping.set()

    def _once(self) -> dict[str, int]:
        config, now = self._config(), self._clock.now()
        return self._forget(now, config.hours.day_of(now), timedelta(days=config.retention_days))
