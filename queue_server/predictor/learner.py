"""What visits teach the estimator, kept up: past days once, today again and again."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from queue_server.domain.office import Office
from queue_server.predictor.snapshot import Learnt
from queue_server.waits.conformal import Rolling
from queue_server.waits.estimate import MADE_BY
from queue_server.waits.figures import VisitRecord
from queue_server.waits.observed import Observed, last_hour
from queue_server.waits.quality import heard

LEARN_EVERY = timedelta(seconds=20)
REST = 20
"""Times as long as the learning took: on a day of tens of thousands of visits it is done less often."""

PAST_DAYS = 14
"""So many calendar days back are learnt from, one a round."""


class Visits(Protocol):
    """The visits of a local day: LiveFigures is one."""

    def visits(self, day: date) -> Sequence[VisitRecord]: ...


class Learner:
    """What visits teach, kept up: past days once, one a round; today's again every `LEARN_EVERY`."""

    def __init__(self, visits: Visits, monotonic: Callable[[], float] = lambda: 0.0) -> None:
        self._visits, self._monotonic = visits, monotonic
        self._rest = LEARN_EVERY
        self._today: date | None = None
        self._to_read: list[date] = []
        self._past, self._factors = Observed(), Rolling()
        self._learnt, self._learnt_at = Learnt(), datetime.min

    @property
    def behind(self) -> bool:
        """Whether past days are still to be read."""
        return bool(self._to_read)

    def learnt(self, office: Office, now: datetime) -> Learnt:
        if office.config is None:
            return self._learnt
        hours, today = office.config.hours, office.config.hours.day_of(now)
        if today != self._today:
            self._today, self._past, self._factors = today, Observed(), Rolling()
            self._to_read = [today - timedelta(days=n) for n in range(1, PAST_DAYS + 1)]
            self._learnt_at = now - self._rest
        fresh = False
        if self._to_read:
            visits = self._visits.visits(self._to_read.pop())
            self._past.add(visits, hours)
            heard(self._factors, visits, MADE_BY)
            fresh = not self._to_read
        if fresh or now - self._learnt_at >= self._rest:
            began = self._monotonic()
            visits = self._visits.visits(today)
            factors = heard(self._factors.copy(), visits, MADE_BY)
            observed = self._past.copy().add(visits, hours)
            observed.arrivals, observed.days = Counter(self._past.arrivals), set(self._past.days)
            self._learnt = Learnt(observed, last_hour(visits, now), factors)
            self._learnt_at = now
            self._rest = max(LEARN_EVERY, timedelta(seconds=REST * (self._monotonic() - began)))
        return self._learnt
