"""Everything of waiting times, wired: figures of any day, predictions, advice. `main` starts and stops it."""

import subprocess
import sys
import threading
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from queue_server.advise import words
from queue_server.advise.values import QuietSpell
from queue_server.contract.states import BestTime
from queue_server.domain.office_config import OfficeConfig
from queue_server.engine.ports import Clock, Engine
from queue_server.predictor.advice_book import AdviceBook
from queue_server.predictor.book import PredictionBook
from queue_server.predictor.figures import LiveFigures
from queue_server.predictor.keeper import Keeper
from queue_server.predictor.past import Figured
from queue_server.storage.database import Database, database_errors
from queue_server.storage.day_figures import SqlDayFigures
from queue_server.storage.day_figures_rebuild import visits_of
from queue_server.storage.history import History

if TYPE_CHECKING:
    from queue_server.predictor.adviser import Adviser
    from queue_server.predictor.service import Predictor

log = structlog.get_logger("server")

AGAIN_S = 5.0
"""Today's visits are read again so long after the database failed."""


class WaitsRoom:
    """`directory` is the office's own, `office_file` what its configuration was read from.

    `predictions` and `advice` are books that the pages read; `figures` are today's, `figured` any period's.
    What is heavy (past days, learning, estimates, advice) runs in processes of its own.
    """

    def __init__(
        self,
        database: Database,
        directory: Path,
        office_file: Path,
        engine: Engine,
        clock: Clock,
        config: OfficeConfig,
        predictions: PredictionBook,
        again_s: float = AGAIN_S,
    ) -> None:
        self._directory, self._office_file, self._again_s = directory, office_file, again_s
        self._ending = ExitStack()
        self.predictions, self.advice = predictions, AdviceBook(clock)
        days = SqlDayFigures(database)
        self.figures = LiveFigures(
            engine, History(database).of_day, clock, lambda day: visits_of(database, day)
        )
        self.figured = Figured(engine, self.figures, days)
        self._engine, self._clock, self._hours = engine, clock, config.hours
        self._keeper = Keeper(engine, days.stale, self._rebuild_days, self.figured.warm)
        self._changing, self._over = threading.Lock(), threading.Event()
        self.today_is_read = False
        """Before that `figures` know nothing of today's visits."""

    def open(self) -> None:
        """Today's visits from the journal, then estimates and advice. Takes a moment, beside the first pages:
        who asks for figures meanwhile waits, and predictions are not there yet. Where the database fails it
        is asked again until it answers or `stop` comes: half a day's visits would be false figures."""
        while not self._read_today():
            if self._over.wait(self._again_s):
                return
        parts = self._thinking()
        with self._changing:
            for part in () if self._over.is_set() else (*parts, self._keeper):
                part.start()
                self._ending.callback(part.stop)

    def _read_today(self) -> bool:
        try:
            self.figures.start()
        except database_errors() as failed:
            self.figures.stop()
            log.error("today_not_read", why=type(failed).__name__)
            return False
        self.today_is_read = True
        return True

    def _thinking(self) -> tuple["Predictor", "Adviser"]:
        """What keeps predictions and advice; imported here, so that no page waits for what they need."""
        from queue_server.predictor.adviser import Adviser
        from queue_server.predictor.model_file import NAME
        from queue_server.predictor.nightly import Nightly
        from queue_server.predictor.service import Predictor

        models = Nightly(self._directory / NAME, self._learn, self._hours.day_of)
        return (
            Predictor(self._engine, self._clock, self.predictions, self.figures, models=models),
            Adviser(self._engine, self._clock, self.advice, self.figures),
        )

    def stop(self) -> None:
        """From any thread, before `open` is done too."""
        with self._changing:
            self._over.set()
            self._ending.close()
        self.figures.stop()

    def best_time(self) -> tuple[BestTime, ...]:
        """When citizens had better come, for the retained state and the pages."""
        found = self.advice.best_time()
        return () if found is None else tuple(_told(found[0], spell) for spell in found[1])

    def _rebuild_days(self) -> "subprocess.Popen[bytes]":
        """Past days' figures."""
        return self._command("rebuild", "--stale")

    def _learn(self) -> "subprocess.Popen[bytes]":
        """How predictions err, from the journal."""
        return self._command("learn")

    def _command(self, *command: str) -> "subprocess.Popen[bytes]":
        where = ("--dir", self._directory, "--office", self._office_file)
        return subprocess.Popen(
            [sys.executable, "-m", "queue_server.cli", "waits", *command, *where],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def _told(day: date, spell: QuietSpell) -> BestTime:
    return BestTime(
        date=day.isoformat(),
        start=words.clock(spell.start_s),
        end=words.clock(spell.end_s),
        wait=round(spell.wait_minutes),
    )
