"""When each counter called, from the journal: from its opening until its next pause or close."""

from collections.abc import Callable
from datetime import date, datetime

from queue_server.domain import events as e
from queue_server.domain.ids import CounterId
from queue_server.waits.measure import Heard

Stretch = tuple[CounterId, datetime, datetime | None]
"""(counter, from, until); `until` None while it still calls."""


class DutyBook:
    """`hear` events in order. Not thread-safe. `day_of` gives the local date of an instant."""

    def __init__(self, day_of: Callable[[datetime], date]) -> None:
        self._day_of = day_of
        self._days: dict[date, list[Stretch]] = {}
        self._since: dict[CounterId, tuple[date, datetime]] = {}

    def hear(self, recorded: Heard) -> None:
        event, at = recorded.event, recorded.at
        match event:
            case e.CounterOpened():
                self._off(event.counter, at)
                self._since[event.counter] = (self._day_of(at), at)
            case e.CounterPaused() | e.CounterClosed() | e.CounterSignedOff():
                self._off(event.counter, at)
            case e.DayOpened():
                for counter in list(self._since):
                    self._off(counter, at)
                    self._since[counter] = (event.day, at)
            case _:
                pass

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """Of a local day, those still under way last."""
        now = [(counter, at, None) for counter, (began, at) in self._since.items() if began == day]
        return (*self._days.get(day, ()), *now)

    def forget_before(self, day: date) -> None:
        for old in [d for d in self._days if d < day]:
            del self._days[old]

    def _off(self, counter: CounterId, at: datetime) -> None:
        began = self._since.pop(counter, None)
        if began is not None:
            self._days.setdefault(began[0], []).append((counter, began[1], at))
