"""Today's figures as one retained state: the pages' own, with the hall's predicted mean beside them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from queue_server.contract import states as s
from queue_server.domain.office import Office
from queue_server.domain.queue_view import waiting_by_service
from queue_server.domain.ticket import Told
from queue_server.mqtt.states import wait_of
from queue_server.waits.groups import Dimension
from queue_server.waits.period import Asked, DayRange, FiguresFor, Group

EVERY = timedelta(seconds=15)
REST = 20
"""Times as long as the making took: on a day of tens of thousands of visits it is made less often."""


class Summary:
    """Asked at each look of the publisher; asks for figures itself once in `EVERY` at most. Not thread-safe.

    Until the server has `read` today's visits after its start there is none: "nobody yet" would be wrong.
    """

    def __init__(
        self,
        figures: FiguresFor,
        hall_mean: Callable[[], Told | None],
        read: Callable[[], bool] = lambda: True,
        monotonic: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._figures, self._hall_mean, self._read = figures, hall_mean, read
        self._monotonic = monotonic
        self._made: s.FiguresState | None = None
        self._rest = EVERY

    def __call__(self, office: Office, now: datetime) -> s.FiguresState | None:
        """None before there is an office file, and before today is read."""
        if office.config is None or not self._read():
            return None
        if self._made is None or not timedelta() <= now - self._made.at < self._rest:
            began = self._monotonic()
            self._made = self._make(office, now)
            self._rest = max(EVERY, timedelta(seconds=REST * (self._monotonic() - began)))
        return self._made

    def _make(self, office: Office, now: datetime) -> s.FiguresState:
        assert office.config is not None
        today = office.config.hours.day_of(now)
        days = DayRange(today, today)
        (whole, *_) = self._figures.figures_for(Asked(days)).groups
        services = self._figures.figures_for(Asked(days, Dimension.SERVICE)).groups
        waiting = waiting_by_service(office)
        f = whole.figures
        return s.FiguresState(
            version=office.seq,
            at=now,
            day=today.isoformat(),
            waiting=sum(waiting.values()),
            hall=wait_of(self._hall_mean()),
            n=f.n,
            mean_s=f.mean_s,
            p50_s=f.p50_s,
            p90_s=f.p90_s,
            within=tuple(s.WithinTarget(minutes=m, share=share) for m, share in f.share_within.items()),
            abandoned=f.abandoned,
            no_show=f.no_show,
            services=tuple(_service(group) for group in services),
        )


def _service(group: Group) -> s.ServiceFigures:
    f = group.figures
    return s.ServiceFigures(
        service=group.key,
        n=f.n,
        mean_s=f.mean_s,
        p90_s=f.p90_s,
        abandoned=f.abandoned,
        no_show=f.no_show,
    )
