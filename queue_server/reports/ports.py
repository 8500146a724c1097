"""What a report needs beside the figures: dossiers on time, and what the journal says of its own quality."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from queue_server.waits.period import DayRange


@dataclass(frozen=True, slots=True)
class OnTime:
    """Dossiers whose work ended in a period (dossiers/timeliness). `unknown` have no limit to judge by."""

    early: int = 0
    on_time: int = 0
    late: int = 0
    unknown: int = 0

    @property
    def judged(self) -> int:
        return self.early + self.on_time + self.late

    @property
    def share(self) -> float | None:
        """Early and on time among those that can be judged; None without any."""
        return (self.early + self.on_time) / self.judged if self.judged else None

    def plus(self, other: "OnTime") -> "OnTime":
        return OnTime(
            self.early + other.early,
            self.on_time + other.on_time,
            self.late + other.late,
            self.unknown + other.unknown,
        )


@dataclass(frozen=True, slots=True)
class Record:
    """What the journal holds of a period, to judge its figures by and to check them."""

    first_seq: int = 0
    last_seq: int = 0
    last_hash: str = ""
    opened_days: int = 0
    signed_days: int = 0
    """Days whose close carries the office's signature."""
    clock_steps: int = 0
    clock_stepped: timedelta = timedelta()
    """The sizes of the steps together."""
    clock_doubts: int = 0
    """Starts at which the clock was not believed until a person confirmed it."""
    starts: int = 0
    closed_by_turn: int = 0
    """Days that nobody closed: midnight did."""
    ended_by_system: int = 0
    """Tickets that the end of a day ended, not a person: abandoned, ended or missed by the turn."""
    faults: Mapping[str, int] = field(default_factory=dict)
    """Device → faults reported."""
    kiosk_offline: Mapping[str, timedelta] = field(default_factory=dict)
    """Kiosk → time without the server, at least: from a ticket issued alone until it was handed in."""
    server_away: timedelta = timedelta()
    """Open hours without an event before a start on the same day, at most: the server was away in these."""

    @property
    def offline(self) -> timedelta:
        return sum(self.kiosk_offline.values(), timedelta())


class Books(Protocol):
    """Read beside the running engine, from any thread."""

    def record(self, days: DayRange) -> Record: ...

    def on_time(self, days: DayRange) -> Mapping[str, OnTime] | None:
        """Field (lĩnh vực) → how its dossiers of the period stood; None where none are known."""
        ...
