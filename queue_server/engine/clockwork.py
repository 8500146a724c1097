"""What the clock brings to the engine: doubt at a start, its steps, the turn of the day."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from queue_server.domain.commands import SYSTEM, Command, NoteClockStep, Tick
from queue_server.domain.ids import CommandId
from queue_server.domain.office import Office
from queue_server.engine.ports import Clock

_STEP_S = 1.0
"""A wall clock step smaller than this is not worth an event."""
_DOUBT_AFTER = timedelta(days=1)
_SET_RIGHT = timedelta(seconds=5)
"""So far back a time service may have set the clock since the last event without anybody doubting it."""

TickDue = Callable[[Office, datetime], bool]


class EngineClock(Clock, Protocol):
    def synchronised(self) -> bool:
        """Whether the machine's clock is known to be right; True when nothing is known."""
        ...


def day_turn_due(office: Office, now: datetime) -> bool:
    """Whether the office's local date has moved on from the day in its books."""
    return office.config is not None and office.config.hours.day_of(now) != office.day


def believed(clock: EngineClock, last: datetime | None) -> bool:
    """Whether the clock can be right, the last event being of that instant."""
    now = clock.now()
    if last is None:
        return True
    return now >= last - _SET_RIGHT and (now - last <= _DOUBT_AFTER or clock.synchronised())


def due(clock: EngineClock, office: Office, tick_due: TickDue, new_id: Callable[[], str]) -> list[Command]:
    """Asked once a second: the clock has stepped since, the day is to be turned."""
    commands: list[Command] = []
    step = clock.wall_step()
    if abs(step) > _STEP_S:
        commands.append(NoteClockStep(id=CommandId(new_id()), by=SYSTEM, seconds=step))
    if tick_due(office, clock.now()):
        commands.append(Tick(id=CommandId(new_id()), by=SYSTEM))
    return commands
