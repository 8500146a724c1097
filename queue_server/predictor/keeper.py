"""Keeps past days' figures up: after each close and turn of a day, at start, and when a past day changes.

The work is done by a process of its own, so that the writer's thread never waits for it.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

import structlog

from queue_server.domain.events import DayClosed, DayOpened
from queue_server.domain.office import Office
from queue_server.engine.ports import Engine, Recorded
from queue_server.predictor.figures import day_touched

SETTLE_S = 5.0
"""Changes to a past day come in bursts: it is made again once they are over."""
LOOK_EVERY_S = 3600.0
LOOK_AT_WORK_S = 0.2

log = structlog.get_logger("figures")


class Working(Protocol):
    """A process: `subprocess.Popen` is one."""

    def poll(self) -> int | None: ...

    def terminate(self) -> None: ...


class Keeper:
    """`start` once, `stop` with the server (within half a second). `done` is called after every look, when
    the days are up to date."""

    def __init__(
        self,
        engine: Engine,
        stale: Callable[[], Sequence[date]],
        rebuild: Callable[[], Working],
        done: Callable[[], None] = lambda: None,
        *,
        settle_s: float = SETTLE_S,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._engine, self._stale, self._rebuild, self._done = engine, stale, rebuild, done
        self._settle_s, self._look_every_s = settle_s, look_every_s
        self._news, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="day-figures", daemon=True)
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self) -> None:
        self._unsubscribe = self._engine.subscribe(self._told)
        self._thread.start()

    def stop(self) -> None:
        self._unsubscribe()
        self._stopping.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(0.5)

    def _told(self, office: Office, recorded: Sequence[Recorded]) -> None:
        for one in recorded:
            if isinstance(one.event, DayOpened | DayClosed):
                self._news.set()
            else:
                day = day_touched(office, one)
                if day is not None and office.day is not None and day < office.day:
                    self._news.set()

    def _run(self) -> None:
        while not self._stopping.wait(self._settle_s):
            self._news.clear()
            try:
                self._look()
                if not self._stopping.is_set():
                    self._done()
            except Exception:
                log.exception("day_figures_failed")
            self._news.wait(self._look_every_s)

    def _look(self) -> None:
        days = self._stale()
        if not days:
            return
        log.info("day_figures_begin", days=len(days), first=days[0].isoformat(), last=days[-1].isoformat())
        work = self._rebuild()
        while (ended := work.poll()) is None:
            if self._stopping.wait(LOOK_AT_WORK_S):
                work.terminate()
                return
        (log.info if ended == 0 else log.error)("day_figures_done", exit_code=ended)
