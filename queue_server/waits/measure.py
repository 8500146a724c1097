"""Measuring: the journal's events in order become visits with their waits (waiting-time page, "Measured")."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Protocol

from queue_server.domain import events as e
from queue_server.domain.commands import Actor
from queue_server.domain.hours import Hours
from queue_server.domain.ids import CommandId, ServiceId, TicketId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.ticket_table import ENDED, TicketState
from queue_server.waits.figures import VisitRecord
from queue_server.waits.record import record_of
from queue_server.waits.visit import Visit, after, issued, taken_back

HoursOf = Callable[[ServiceId], Hours | None]


class Heard(Protocol):
    """An event in the journal, as far as waits are concerned: the engine's `Recorded` is one."""

    @property
    def at(self) -> datetime: ...
    @property
    def event(self) -> e.Event: ...
    @property
    def command_id(self) -> CommandId: ...
    @property
    def by(self) -> Actor: ...


class VisitBook:
    """Every visit whose ticket it has heard issued; O(1) an event, and a record is made once a change.

    Not thread-safe. `config` is the office's at the first event, where the journal does not begin with it.
    """

    def __init__(self, config: OfficeConfig | None = None) -> None:
        self._config = config
        self._day: date | None = None
        self._visits: dict[TicketId, Visit] = {}
        self._days: dict[date, list[TicketId]] = {}
        self._records: dict[TicketId, tuple[Visit, VisitRecord]] = {}

    def hear(self, recorded: Heard) -> None:
        """The next event of the journal. A ticket issued before the first event heard is left out."""
        event = recorded.event
        if isinstance(event, e.TicketIssued):
            visit = issued(event, self._day_of(event.issued_at))
            self._visits[event.ticket] = visit
            self._days.setdefault(visit.day, []).append(event.ticket)
        elif isinstance(event, e.ActUndone):
            for id_, visit in self._visits.items():
                self._visits[id_] = taken_back(visit, event.undone)
        elif isinstance(event, e.OfTicket):
            known = self._visits.get(event.ticket)
            if known is not None:
                changed = after(known, event, recorded.at, recorded.command_id, recorded.by)
                if changed.over_at is not known.over_at and changed.state is TicketState.ABANDONED:
                    changed = replace(changed, over_at=self._censored(changed))
                self._visits[event.ticket] = changed
        elif isinstance(event, e.DayOpened):
            self._day = event.day
        elif isinstance(event, e.OfficeConfigured):
            self._config = event.config
            self._records.clear()
        elif isinstance(event, e.ClockStepped):
            self._stepped()

    def visits(self, day: date) -> tuple[VisitRecord, ...]:
        """The visits of a local day, in order of the journal, as they stand after the last event heard."""
        return tuple(self._record(id_) for id_ in self._days.get(day, ()))

    @property
    def hours(self) -> Hours | None:
        """The office's hours as of the last event heard."""
        return self._config.hours if self._config is not None else None

    def all(self) -> tuple[VisitRecord, ...]:
        return tuple(self._record(id_) for id_ in self._visits)

    def open_visits(self, day: date) -> int:
        """How many visits of a day are not over yet."""
        return sum(not _over(self._visits[id_]) for id_ in self._days.get(day, ()))

    def forget_before(self, day: date) -> None:
        """Drop the days before `day` in which everybody is gone."""
        for old in [d for d in self._days if d < day and not self.open_visits(d)]:
            for id_ in self._days.pop(old):
                self._visits.pop(id_, None)
                self._records.pop(id_, None)

    def _day_of(self, at: datetime) -> date:
        if self._config is not None:
            return self._config.hours.day_of(at)
        return at.astimezone(UTC).date()

    def _censored(self, visit: Visit) -> datetime | None:
        """Close of the day in the books, if that was before the act that gave the visit up."""
        day, hours = self._day or visit.day, self._config.hours if self._config else None
        ends = [end for _, end in hours.spans(day)] if hours else []
        if not ends or visit.over_at is None or visit.leg.queued_at >= ends[-1]:
            return visit.over_at
        return min(visit.over_at, ends[-1])

    def _stepped(self) -> None:
        for id_, visit in self._visits.items():
            if not _over(visit):
                self._visits[id_] = replace(visit, flags=visit.flags | {"clock_step"})

    def _record(self, id_: TicketId) -> VisitRecord:
        visit, made = self._visits[id_], self._records.get(id_)
        if made is not None and made[0] is visit:
            return made[1]
        record = record_of(visit, self._hours)
        self._records[id_] = (visit, record)
        return record

    def _hours(self, service: ServiceId) -> Hours | None:
        """The hours in which a service's queue is open: its own where they differ from the office's."""
        if self._config is None:
            return None
        found = self._config.service(service)
        return self._config.hours_of(found) if found else self._config.hours


def _over(visit: Visit) -> bool:
    return visit.state in ENDED or visit.state is TicketState.NO_SHOW


def measure(recorded: Iterable[Heard], config: OfficeConfig | None = None) -> tuple[VisitRecord, ...]:
    """The visits of a stretch of the journal, in order of issue."""
    book = VisitBook(config)
    for one in recorded:
        book.hear(one)
    return book.all()
