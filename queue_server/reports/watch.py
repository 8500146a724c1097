"""Beside the running office: looks once a minute for a due report, and starts the program that makes it."""

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import structlog

from queue_server.engine.ports import Clock, Engine
from queue_server.reports.schedule import due, read

log = structlog.get_logger("reports")

LOOK_EVERY_S = 60.0
TRY_AGAIN = timedelta(minutes=10)
"""After a try that left something to do, such as a mail server that was away."""


class Watch:
    """`start` and `stop` with the server; `look` on its thread. Making is in a process of its own."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        directory: Path,
        office_file: Path,
        first_day: Callable[[], date | None],
        begin: "Callable[[Path, Path], subprocess.Popen[bytes]] | None" = None,
        every_s: float = LOOK_EVERY_S,
    ) -> None:
        """`directory` is the office's own; `begin` (given it and the office file) makes what is due."""
        self._every_s = every_s
        self._engine, self._clock, self._directory = engine, clock, directory
        self._office_file, self._first_day, self._begin = office_file, first_day, begin or _begin
        self._making: subprocess.Popen[bytes] | None = None
        self._not_before: float = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reports", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """A report that is being made is left to end by itself: it is written whole or not at all."""
        self._stop.set()

    def look(self) -> bool:
        """Start what is due; whether anything was started."""
        config = self._engine.office.config
        if config is None or not config.reports.every or self._clock.monotonic() < self._not_before:
            return False
        if self._making is not None:
            ended = self._making.poll()
            if ended is None:
                return False
            self._making = None
            if ended:
                log.warning("reports_failed", exit_code=ended, why="run motcua report due to be told")
        local = config.hours.local(self._clock.now())
        if not due(config.reports, local, read(self._directory), self._first_day()):
            return False
        self._making = self._begin(self._directory, self._office_file)
        self._not_before = self._clock.monotonic() + TRY_AGAIN.total_seconds()
        return True

    def _run(self) -> None:
        while not self._stop.wait(self._every_s):
            try:
                self.look()
            except Exception as failed:  # a locked database, no memory: another look may do better
                log.error("reports_not_looked_at", why=type(failed).__name__)


def _begin(directory: Path, office_file: Path) -> "subprocess.Popen[bytes]":
    command = ("report", "due", "--dir", directory, "--office", office_file)
    return subprocess.Popen(
        [sys.executable, "-m", "queue_server.cli", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
