"""What counters and officers did with their day: seconds calling, serving, idle, paused, from the journal."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from queue_server.domain import events as e
from queue_server.domain.commands import Role
from queue_server.domain.counter_table import CounterState
from queue_server.domain.hours import Hours
from queue_server.domain.ids import CommandId, CounterId, OfficerId, TicketId
from queue_server.waits.measure import Heard

_RELEASES = (
    e.TicketEnded,
    e.TicketNoShow,
    e.TicketParked,
    e.TicketTransferred,
    e.ResultAwaited,
    e.TicketCancelled,
    e.TicketAbandoned,
)
_STATES: dict[type[e.Event], CounterState] = {
    e.CounterSignedOn: CounterState.CLOSED,
    e.CounterOpened: CounterState.IDLE,
    e.CounterPaused: CounterState.PAUSED,
    e.CounterClosed: CounterState.CLOSED,
    e.CounterSignedOff: CounterState.UNSTAFFED,
    e.TicketCalled: CounterState.CALLING,
    e.TicketStarted: CounterState.SERVING,
}
OPEN = (CounterState.IDLE, CounterState.CALLING, CounterState.SERVING)
"""States that make up an open officer-hour."""

Times = dict[str, Counter[str]]
"""Counter or officer → state → microseconds."""


@dataclass(slots=True)
class _Place:
    counter: CounterId
    state: CounterState
    since: datetime
    officer: OfficerId | None = None
    ticket: TicketId | None = None
    before: tuple[CommandId, CounterState, TicketId | None] | None = None
    """The last command that did something here, and what it found."""


@dataclass(slots=True)
class WorkBook:
    """One local day. It begins with nobody at a counter, for the turn of the day signs everybody off."""

    hours: Hours | None = None
    counters: Times = field(default_factory=dict)
    officers: Times = field(default_factory=dict)
    _places: dict[CounterId, _Place] = field(default_factory=dict)

    def hear(self, recorded: Heard) -> None:
        """The next event of the day."""
        event = recorded.event
        state = _STATES.get(type(event))
        if isinstance(event, e.ActUndone):
            place = self._places.get(event.counter)
            if place is not None and place.before is not None and place.before[0] == event.undone:
                self._enter(place, *place.before[1:], recorded)
        elif state is not None:
            assert isinstance(event, e.OfCounter | e.TicketCalled | e.TicketStarted)
            place = self._places.get(event.counter)
            if place is None:
                place = _Place(event.counter, CounterState.UNSTAFFED, recorded.at)
                self._places[event.counter] = place
            self._enter(place, state, getattr(event, "ticket", None), recorded)
            if isinstance(event, e.CounterSignedOn):
                place.officer = event.officer
        elif isinstance(event, _RELEASES):
            for place in self._places.values():
                if place.ticket == event.ticket:
                    self._enter(place, CounterState.IDLE, None, recorded)

    def until(self, now: datetime) -> tuple[Times, Times]:
        """Counters' and officers' times, what is going on counted up to `now`; the book stays as it is."""
        counters = {id_: Counter(times) for id_, times in self.counters.items()}
        officers = {id_: Counter(times) for id_, times in self.officers.items()}
        for place in self._places.values():
            _spend(counters, officers, place, now)
        return counters, officers

    def _enter(self, place: _Place, state: CounterState, ticket: TicketId | None, recorded: Heard) -> None:
        _spend(self.counters, self.officers, place, self._censored(place, recorded))
        if place.before is None or place.before[0] != recorded.command_id:
            place.before = (recorded.command_id, place.state, place.ticket)
        place.state, place.ticket, place.since = state, ticket, max(recorded.at, place.since)
        if state is CounterState.UNSTAFFED:
            place.officer = None

    def _censored(self, place: _Place, recorded: Heard) -> datetime:
        """What midnight ended for somebody who forgot was over at the close of that day at the latest."""
        if recorded.by.role is not Role.SYSTEM or self.hours is None:
            return recorded.at
        day = self.hours.day_of(place.since)
        ends = [end for _, end in self.hours.spans(day)]
        closing = ends[-1] if ends else self.hours.midnight(day + timedelta(days=1))
        return max(place.since, min(recorded.at, closing))


def _spend(counters: Times, officers: Times, place: _Place, at: datetime) -> None:
    spent = round((at - place.since) / timedelta(microseconds=1))
    if spent <= 0 or place.state is CounterState.UNSTAFFED:
        return
    counters.setdefault(place.counter, Counter())[place.state.value] += spent
    if place.officer is not None:
        officers.setdefault(place.officer, Counter())[place.state.value] += spent
