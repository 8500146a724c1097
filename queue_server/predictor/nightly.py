"""Learns from the journal once a day, in a process of its own, and has the model it left for the day.

A file deleted by hand is made again the same day; without one the plain estimate stands.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import Protocol

import structlog

from queue_server.predictor.model_file import NotAModel, read
from queue_server.waits.model import Model

SETTLE_S = 60.0
"""A server that has just started has other things to do first."""
KEPT_DAYS = 45
"""A model that has not been made anew for so long is not used."""

log = structlog.get_logger("predictor")


class Working(Protocol):
    """A process: `subprocess.Popen` is one."""

    def poll(self) -> int | None: ...

    def terminate(self) -> None: ...


class Nightly:
    """Implements the predictor's `Models`; asked from one thread, stopped from any.

    `learn` begins the process that writes `path`; `day_of` gives the local date of a file's time.
    """

    def __init__(
        self,
        path: Path,
        learn: Callable[[], Working],
        day_of: Callable[[datetime], date],
        *,
        settle_s: float = SETTLE_S,
    ) -> None:
        self._path, self._learn, self._day_of = path, learn, day_of
        self._from = monotonic() + settle_s
        self._work: Working | None = None
        self._tried: date | None = None
        self._seen: tuple[int, int] | None = None
        self._model: Model | None = None
        self._stopped = False

    def model(self, today: date) -> Model | None:
        """Begins a night's learning when it is due, never waits for it."""
        self._look_at_work()
        made = self._read()
        wanted = not self._stopped and self._tried != today and made != today
        if wanted and self._work is None and monotonic() >= self._from:
            self._tried = today
            self._begin()
        model = self._model
        return model if model and today.toordinal() - model.until <= KEPT_DAYS else None

    def stop(self) -> None:
        self._stopped = True
        if self._work is not None:
            self._work.terminate()

    def _begin(self) -> None:
        try:
            self._work = self._learn()
        except OSError as problem:
            log.warning("learning_not_begun", why=str(problem))

    def _look_at_work(self) -> None:
        ended = self._work.poll() if self._work is not None else None
        if ended is not None:
            self._work = None
            (log.info if ended == 0 else log.warning)("learnt_from_the_past", exit_code=ended)

    def _read(self) -> date | None:
        """The local date the file was made, None without one; it is read again when it has changed."""
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            self._seen, self._model = None, None
            return None
        if (stat.st_mtime_ns, stat.st_size) != self._seen:
            self._seen, self._model = (stat.st_mtime_ns, stat.st_size), None
            try:
                self._model = read(self._path)
                proof = self._model.taught.proof
                log.info(
                    "model_read",
                    days_until=date.fromordinal(self._model.until).isoformat(),
                    judged_on=proof.n,
                    plain_error_s=round(proof.plain_s, 1),
                    corrected_error_s=round(proof.corrected_s, 1),
                    used=proof.better,
                )
            except (NotAModel, FileNotFoundError) as problem:
                log.warning("model_not_read", why=str(problem))
                return None
        return self._day_of(datetime.fromtimestamp(stat.st_mtime, UTC))
