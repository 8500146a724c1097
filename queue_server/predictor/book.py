"""The latest predictions, as everybody reads them: one immutable value, replaced whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from queue_server.domain.ids import ServiceId, TicketId
from queue_server.domain.ticket import Told
from queue_server.engine.ports import Clock

STALE_AFTER = timedelta(seconds=60)
"""A prediction older than this is not shown: "Chưa tính được"."""


@dataclass(frozen=True, slots=True)
class Predicted:
    """One run of the estimator. Minutes from `made_at` until the call."""

    made_at: datetime
    newcomers: Mapping[ServiceId, Told] = field(default_factory=dict)
    tickets: Mapping[TicketId, Told] = field(default_factory=dict)
    hall_mean: Told | None = None
    """Mean wait of the visits of everyone in the hall now, wait already spent included."""


class PredictionBook:
    """Implements the pages' `Predictions`; empty until the first run."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._latest: Predicted | None = None

    def put(self, predicted: Predicted) -> None:
        self._latest = predicted

    def _fresh(self) -> Predicted | None:
        latest = self._latest
        return latest if latest and self._clock.now() - latest.made_at <= STALE_AFTER else None

    def newcomer(self, service: ServiceId) -> Told | None:
        latest = self._fresh()
        return latest.newcomers.get(service) if latest else None

    def ticket(self, ticket: TicketId) -> Told | None:
        latest = self._fresh()
        return latest.tickets.get(ticket) if latest else None

    def hall_mean(self) -> Told | None:
        latest = self._fresh()
        return latest.hall_mean if latest else None

    def made_at(self) -> datetime | None:
        latest = self._fresh()
        return latest.made_at if latest else None
