"""What the player asks of an office, what it hears, and what it counts."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: a verb of the contract and its fields (without the id)."""

    verb: str
    fields: dict[str, object]


@dataclass(frozen=True, slots=True)
class Heard:
    """The answer: `at` by the server's clock, `ticket` the one it is about, `service` its queue."""

    ok: bool
    at: datetime | None = None
    ticket: str = ""
    service: str = ""
    issued_at: datetime | None = None
    code: str = ""


@dataclass(slots=True)
class Counts:
    issued: int = 0
    refused_issues: int = 0
    served_tickets: set[str] = field(default_factory=set)
    no_show: int = 0
    came_back: int = 0
    transferred: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    """By the refusal's code."""
    waits_s: dict[str, float] = field(default_factory=dict)
    """Ticket → the sum of its legs' waits by the server's clock."""

    @property
    def served(self) -> int:
        return len(self.served_tickets)
