"""PURE: how far this machine's clock is from the server's, by the server's heartbeats."""

from collections import deque
from datetime import datetime, timedelta
from statistics import median

from queue_server.contract.states import ServerState

KEPT = 7
TOO_FAR = timedelta(seconds=5)
"""Slips and expiries go by the clock: beyond this a person should look at it."""


class ClockOffset:
    """The median of the last heartbeats, so that one that was held up on its way does not matter."""

    def __init__(self) -> None:
        self._seen: deque[timedelta] = deque(maxlen=KEPT)

    def heard(self, state: ServerState, now: datetime, retained: bool) -> None:
        """A retained state is older than its arrival and tells nothing."""
        if not retained and state.state == "ready":
            self._seen.append(now - state.at)

    @property
    def offset(self) -> timedelta | None:
        """This clock minus the server's, transport included; None before the first heartbeat."""
        return timedelta(seconds=median(one.total_seconds() for one in self._seen)) if self._seen else None

    @property
    def is_far(self) -> bool:
        offset = self.offset
        return offset is not None and abs(offset) > TOO_FAR

    def words(self) -> dict[str, str]:
        """For the agent's health: whole milliseconds, and `clock` as its error when it is far off."""
        offset = self.offset
        if offset is None:
            return {}
        found = {"clock_offset_ms": str(round(offset.total_seconds() * 1000))}
        return found | ({"error": "clock"} if self.is_far else {})
