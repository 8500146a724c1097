"""PURE: whether the queue server can be asked, from the link's state and the server's heartbeats."""

from dataclasses import dataclass, replace
from typing import Literal

Server = Literal["unknown", "ready", "draining", "lost", "unlinked"]
Said = Literal["ready", "draining", "lost"]

SILENCE_S = 10.0
"""Without a heartbeat for this long the server is lost; it beats every 3 s."""
OFFLINE_GRACE_S = 2.0
"""A link that mends itself within this is no outage."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Instants in seconds of one monotonic clock."""

    since: float
    """The beginning, and again every time the link came or went."""
    online: bool = False
    ever_online: bool = False
    said: Said | None = None
    heard_at: float | None = None

    def linked(self, online: bool, now: float) -> "Presence":
        if online == self.online:
            return self
        return replace(self, online=online, ever_online=self.ever_online or online, since=now)

    def heard(self, said: Said, now: float) -> "Presence":
        return replace(self, said=said, heard_at=now)

    def server(self, now: float) -> Server:
        """What the session should believe at `now`."""
        if not self.online:
            patience = OFFLINE_GRACE_S if self.ever_online else SILENCE_S
            if now - self.since >= patience:
                return "unlinked"
            return self._last_known(now) if self.ever_online else "unknown"
        return self._last_known(now)

    def _last_known(self, now: float) -> Server:
        if self.said is None or self.heard_at is None:
            return "lost" if now - self.since >= SILENCE_S else "unknown"
        silent = now - max(self.heard_at, self.since if self.online else self.heard_at) >= SILENCE_S
        return "lost" if silent else self.said
