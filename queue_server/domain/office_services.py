"""The office file's work: services with their numbers, the counters that take them, who comes first."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from queue_server.domain.hours import Hours
from queue_server.domain.ids import AgencyId, CounterId, GroupId, PriorityGroupId, ServiceId, ZoneId
from queue_server.domain.words import Words


@dataclass(frozen=True, slots=True)
class NumberShape:
    """How numbers of a series look: prefix `A` with 3 digits is A001 … A999; prefix `1`, 3 digits is 1001.

    Normal numbering runs from `first` to `last`; blocks above `last` are granted to kiosks for outages.
    """

    prefix: str
    digits: int = 3
    first: int = 1
    last: int = 900

    def show(self, ordinal: int) -> str:
        return f"{self.prefix}{ordinal:0{self.digits}d}"

    @property
    def highest(self) -> int:
        return int(10**self.digits) - 1


@dataclass(frozen=True, slots=True)
class Procedure:
    """One administrative procedure of a service: national code (`1.001193`) and name."""

    code: str
    name: Words
    legal_days: int | None = None
    """Working days the law gives for it, where the office says so; 0 is the same working day."""
    papers: tuple[str, ...] = ()
    """What is handed in, as the receipt lists it."""
    fee: int | None = None
    """Đồng."""
    unit: str = ""
    """Who decides it; empty is the service's agency."""


@dataclass(frozen=True, slots=True)
class Agency:
    id: AgencyId
    name: Words


@dataclass(frozen=True, slots=True)
class Service:
    """One field (lĩnh vực) that citizens choose at the kiosk."""

    id: ServiceId
    letter: str
    name: Words
    example: Words
    pictogram: str
    shape: NumberShape
    group: GroupId
    agency: AgencyId | None = None
    procedures: tuple[Procedure, ...] = ()
    expected_service: timedelta = timedelta(minutes=10)
    """The office's prior for call to end, until there is history."""
    quota: int | None = None
    """Most tickets a day; None is no limit."""
    last_ticket_before_close: timedelta = timedelta()
    hours: Hours | None = None
    """Own hours where they differ from the office's."""
    note_after: tuple[str, Words] | None = None
    """(local "HH:MM", notice shown from then on), such as civil status after 15:00."""


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter as furnished; which services it takes may change while running."""

    id: CounterId
    number: int
    name: Words
    services: tuple[ServiceId, ...]
    zone: ZoneId


@dataclass(frozen=True, slots=True)
class PriorityGroup:
    """People the law lets be served first; the officer checks papers at the counter."""

    id: PriorityGroupId
    name: Words
    hint: Words
    pictogram: str


class ServiceClass(StrEnum):
    """The classes a policy knows."""

    ORDINARY = "ordinary"
    APPOINTMENT = "appointment"
    PRIORITY = "priority"
