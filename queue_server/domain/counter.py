"""A counter while running: who sits there, what it takes, whom it serves, and what may be undone."""

from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import CommandId, CounterId, OfficerId, ServiceId, TicketId
from queue_server.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class UndoPoint:
    """The last act of a counter that can still be taken back, with the values from before it.

    The undo is refused once the ticket's version has moved on from `ticket_version_after`. `also` holds the
    same two of every other ticket that the command touched here (end and call the next is one act).
    """

    command: CommandId
    act: str
    at: datetime
    ticket_before: Ticket
    counter_state_before: CounterState
    ticket_version_after: int
    ordinary_before: int = 0
    also: tuple[tuple[Ticket, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RunningCounter:
    id: CounterId
    state: CounterState
    services: tuple[ServiceId, ...]
    officer: OfficerId | None = None
    ticket: TicketId | None = None
    pause_reason: str = ""
    paused_until: datetime | None = None
    changed_at: datetime | None = None
    ordinary_since_priority: int = 0
    """Ordinary calls since the last priority call; the interleaved policy's only memory."""
    undo: UndoPoint | None = None
