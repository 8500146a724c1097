"""Every subscription is made twice, and of what is then told twice each handler hears it once.

A broker that is just storing a retained message may pass it by: too late for who subscribes in that very
moment to get it live, too early to get it as retained (seen with the embedded broker once in some hundred
such moments). Asking for the same filter again a second later closes the gap.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from queue_server.link.ports import Received

ASK_AGAIN_AFTER = timedelta(seconds=1)
ANSWERED_WITHIN = timedelta(seconds=10)
"""How long after the second asking a retained message may still be its answer."""

_LIVE = None


@dataclass(slots=True)
class _Asked:
    at: float
    again_at: float | None = None
    seen: dict[str, bytes | None] = field(default_factory=dict)
    """Topic → the last retained payload, or `_LIVE` once something came that is newer than any retained."""


class SecondAsk:
    """Times are seconds of a steady clock. Not locked: the link's lock guards it."""

    def __init__(self) -> None:
        self._asked: dict[str, _Asked] = {}

    @property
    def is_open(self) -> bool:
        """Whether anything may still be told twice."""
        return bool(self._asked)

    def asked(self, filters: list[str], now: float) -> None:
        """These were asked for the first time (or anew, for another handler)."""
        for filter in filters:
            self._asked[filter] = _Asked(now)

    def due(self, now: float) -> list[str]:
        """Those to ask for again now; each is given once."""
        self._forget(now)
        due = [
            filter
            for filter, asked in self._asked.items()
            if asked.again_at is None and now - asked.at >= ASK_AGAIN_AFTER.total_seconds()
        ]
        for filter in due:
            self._asked[filter].again_at = now
        return due

    def is_news(self, filter: str, received: Received) -> bool:
        """False for a retained message which this filter's handlers heard, or heard something newer of."""
        if (asked := self._asked.get(filter)) is None:
            return True
        if not received.retained:
            asked.seen[received.topic] = _LIVE
            return True
        if received.topic in asked.seen and asked.seen[received.topic] in {_LIVE, received.payload}:
            return False
        asked.seen[received.topic] = received.payload
        return True

    def clear(self) -> None:
        """The connection has ended."""
        self._asked.clear()

    def _forget(self, now: float) -> None:
        over = [
            filter
            for filter, asked in self._asked.items()
            if asked.again_at is not None and now - asked.again_at >= ANSWERED_WITHIN.total_seconds()
        ]
        for filter in over:
            del self._asked[filter]
