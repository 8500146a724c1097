"""The latest advice, as everybody reads it: replaced whole, empty until there is some."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from queue_server.advise.values import Alert, DayAdvice, QuietSpell
from queue_server.domain.hours import Hours
from queue_server.domain.ids import ServiceId
from queue_server.engine.ports import Clock

ALERT_STALE_AFTER = timedelta(minutes=5)
"""An alert that was not found again for so long is not shown."""


@dataclass(frozen=True, slots=True)
class _Held:
    hours: Hours
    days: Mapping[date, DayAdvice]


class AdviceBook:
    """Implements the pages' `Advice`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held: _Held | None = None
        self._alerts: tuple[Alert, ...] = ()

    def put_day(self, advice: DayAdvice, hours: Hours) -> None:
        """Days before today are forgotten."""
        known = dict(self._held.days) if self._held else {}
        today = hours.day_of(self._clock.now())
        known = {day: kept for day, kept in known.items() if day >= today}
        self._held = _Held(hours, {**known, advice.day: advice})

    def put_alerts(self, alerts: tuple[Alert, ...]) -> None:
        """All there are now: of the office, of the services of an agency."""
        self._alerts = alerts

    def forget(self) -> None:
        """The office has changed: what was advised is void."""
        self._held, self._alerts = None, ()

    def day(self) -> DayAdvice | None:
        found = self._coming()
        return found[0] if found else None

    def week(self) -> Sequence[DayAdvice]:
        return self._coming()

    def alert(self, of: frozenset[ServiceId] | None = None) -> Alert | None:
        wanted, now = of or frozenset(), self._clock.now()
        for alert in self._alerts:
            if frozenset(alert.services) == wanted and now - alert.made_at <= ALERT_STALE_AFTER:
                return alert
        return None

    def best_time(self) -> tuple[date, tuple[QuietSpell, ...]] | None:
        """The next day with a quiet hour that has not yet ended, and those hours."""
        held = self._held
        for advice in self._coming():
            assert held is not None, "there are days"
            left = tuple(
                s for s in advice.quiet if self._at(held.hours, advice.day, s.end_s) > self._clock.now()
            )
            if left:
                return advice.day, left
        return None

    def _coming(self) -> tuple[DayAdvice, ...]:
        """From today on, today only while it is not over."""
        held = self._held
        if held is None:
            return ()
        now, today = self._clock.now(), held.hours.day_of(self._clock.now())
        closes = held.hours.closes_at(now)
        over = closes is None or now >= closes
        return tuple(
            held.days[day] for day in sorted(held.days) if day > today or (day == today and not over)
        )

    @staticmethod
    def _at(hours: Hours, day: date, seconds: float) -> datetime:
        return hours.midnight(day) + timedelta(seconds=seconds)
