"""What a link keeps while the broker is away: bounded, the last state of each topic, newest others."""

from collections import OrderedDict
from dataclasses import dataclass
from itertools import count


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way out."""

    topic: str
    payload: bytes
    retain: bool
    qos: int


class Outbox:
    """Not thread-safe: its owner holds the lock. `dropped` counts what did not fit since the start."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[str | int, Outgoing] = OrderedDict()
        self._numbers = count()
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._kept)

    def keep(self, message: Outgoing) -> None:
        """Keeps it behind the others; a retained one replaces the older one of its topic. When full,
        the oldest that is not retained goes first, and only then the oldest retained one."""
        if message.qos == 0 and not message.retain:
            self.dropped += 1
            return
        key = message.topic if message.retain else next(self._numbers)
        self._kept.pop(key, None)
        self._kept[key] = message
        if len(self._kept) > self._limit:
            passing = (key for key, kept in self._kept.items() if not kept.retain)
            del self._kept[next(passing, next(iter(self._kept)))]
            self.dropped += 1

    def put_back(self, messages: list[Outgoing]) -> None:
        """Keeps messages that are older than all that are here, in their order."""
        later = list(self._kept.values())
        self._kept.clear()
        for message in [*messages, *later]:
            self.keep(message)

    def take_all(self) -> list[Outgoing]:
        """Everything, oldest first; the outbox is empty afterwards."""
        taken = list(self._kept.values())
        self._kept.clear()
        return taken
