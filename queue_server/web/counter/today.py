"""Today's figures for the consoles: asked of the journal in the background, never on the page's thread."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from queue_server.domain.ids import ServiceId
from queue_server.waits.figures import VisitRecord
from queue_server.web.ports import WebDeps

REFRESH_EVERY = 10.0
"""Seconds between two readings of the journal."""
FEWEST = 5
"""Services of a kind before their range is spoken of; fewer say the office's own prior."""

log = structlog.get_logger("web.counter")


@dataclass(frozen=True, slots=True)
class Today:
    """What the gauge shows. `mean_s` is None and `n` 0 while nobody has been served."""

    mean_s: float | None = None
    n: int = 0
    usual: Mapping[ServiceId, tuple[float, float]] = field(default_factory=dict)
    """Service → (P10, P90) of its service time today, seconds."""


class TodaySource:
    """Keeps the latest figures; `latest` never blocks and starts a new reading when the last is old."""

    def __init__(self, deps: WebDeps) -> None:
        self._deps, self._latest, self._read_at = deps, Today(), float("-inf")
        self._workers = ThreadPoolExecutor(1, thread_name_prefix="web-today")
        self._busy = False

    def latest(self) -> Today:
        now = self._deps.clock.monotonic()
        if not self._busy and now - self._read_at >= REFRESH_EVERY:
            self._busy, self._read_at = True, now
            self._workers.submit(self._read)
        return self._latest

    def _read(self) -> None:
        try:
            office = self._deps.engine.office
            if office.config is not None:
                day = office.config.hours.day_of(self._deps.clock.now())
                visits = self._deps.figures.visits(day)
                figures = self._deps.figures.figures(visits)
                self._latest = Today(figures.mean_s, figures.n, usual_ranges(visits))
        except Exception:
            log.exception("figures_failed")
        finally:
            self._busy = False


def usual_ranges(visits: Sequence[VisitRecord]) -> dict[ServiceId, tuple[float, float]]:
    """(P10, P90) of the service times in seconds, for services with at least `FEWEST` ended today."""
    times: dict[ServiceId, list[float]] = {}
    for visit in visits:
        for leg in visit.legs:
            if leg.service_s is not None:
                times.setdefault(leg.service, []).append(leg.service_s)
    ranges = {}
    for service, found in times.items():
        if len(found) >= FEWEST:
            found.sort()
            last = len(found) - 1
            ranges[service] = (found[round(last * 0.1)], found[round(last * 0.9)])
    return ranges


def middle(range_s: tuple[float, float] | None, prior: timedelta) -> timedelta:
    """How long a service may be expected to take: the middle of today's range, else the prior."""
    return timedelta(seconds=sum(range_s) / 2) if range_s else prior
