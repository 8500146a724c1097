"""Predictions and figures of the sample office, set by the test or measured from its visits."""

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from queue_server.domain.ids import (
    ServiceId,
    TicketId,
)
from queue_server.domain.ticket import Told
from queue_server.waits.figures import Figures, Outcome, VisitRecord
from queue_server.waits.groups import Dimension, grouped
from queue_server.waits.lengths import lengths
from queue_server.waits.period import Answer as PeriodAnswer
from queue_server.waits.period import Asked, Group
from queue_server.waits.tally import figures as measured_figures
from queue_server.waits.tally import pool, tally
from tests.integration.web.public.sample_config import TODAY
from tests.integration.web.public.sample_engine import SampleClock, SampleEngine


class SamplePredictions:
    """What is foretold, settable by a test."""

    def __init__(self, clock: SampleClock) -> None:
        self._clock = clock
        self.newcomers: dict[str, Told] = {}
        self.tickets: dict[str, Told] = {}
        self.hall: Told | None = None

    def newcomer(self, service: ServiceId) -> Told | None:
        return self.newcomers.get(service)

    def ticket(self, ticket: TicketId) -> Told | None:
        return self.tickets.get(ticket)

    def hall_mean(self) -> Told | None:
        return self.hall

    def made_at(self) -> datetime | None:
        return self._clock.now()


class SampleFigures:
    """The visits of the day as a test gives them, with figures by simple arithmetic."""

    def __init__(self) -> None:
        self.records: list[VisitRecord] = []

    def visits(self, day: date) -> Sequence[VisitRecord]:
        return [visit for visit in self.records if visit.day == day]

    def figures(self, visits: Sequence[VisitRecord]) -> Figures:
        served = [v for v in visits if v.outcome is Outcome.SERVED and v.wait_s is not None]
        waits = sorted(v.wait_s or 0.0 for v in served)
        gone = sum(v.outcome is Outcome.ABANDONED for v in visits)
        missed = sum(v.outcome is Outcome.NO_SHOW for v in visits)
        if not waits:
            return Figures(0, None, None, None, None, abandoned=gone, no_show=missed)

        def at(share: float) -> float:
            return waits[min(len(waits) - 1, int(share * len(waits)))]

        within = {m: sum(w <= m * 60 for w in waits) / (len(waits) + gone) for m in (15.0, 20.0)}
        return Figures(
            len(waits),
            sum(waits) / len(waits),
            at(0.5),
            at(0.9),
            at(0.95),
            share_within=within,
            share_over_60=sum(w > 3600 for w in waits) / len(waits),
            abandoned=gone,
            no_show=missed,
            mean_open_s=sum(waits) / len(waits) - 96,
        )


class SampleRanges:
    """Figures of days over the same records, measured by the real definitions."""

    def __init__(self, figures: SampleFigures, engine: SampleEngine, clock: SampleClock) -> None:
        self._figures, self._engine, self._clock = figures, engine, clock

    def figures_for(self, asked: Asked) -> PeriodAnswer:
        config = self._engine.office.config
        assert config is not None
        visits = [
            visit
            for visit in self._figures.records
            if asked.days.first <= visit.day <= asked.days.last
            and (asked.services is None or visit.service in asked.services)
        ]
        groups = {"": visits} if asked.by is Dimension.OFFICE else {}
        if asked.by is not Dimension.OFFICE:
            groups = grouped(visits, asked.by, config.hours, config)
        targets, found = [target.minutes for target in config.targets], []
        for key, mine in sorted(groups.items()):
            pooled = pool(tally(mine))
            pooled.total.lengths = lengths(mine, asked.days.first, config.hours, self._clock.now())
            measured = measured_figures(mine, targets, np.random.default_rng(20))
            found.append(Group(key, measured, pooled.total, len(pooled.served)))
        return PeriodAnswer(tuple(found))

    def first_day(self) -> date | None:
        return min((visit.day for visit in self._figures.records), default=TODAY)
