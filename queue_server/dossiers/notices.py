"""What the staff should know of look-ups now: a kiosk where codes are guessed, a dossier that was locked.

In memory and for half an hour; what is needed later stands in the journal as a device's fault. No notice
names a dossier.
"""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

SHOWN_FOR = timedelta(minutes=30)
GUESSING, LOCKED = "guessing", "locked"
_MOST = 50


@dataclass(frozen=True, slots=True)
class Notice:
    """`kind` is GUESSING or LOCKED; `client` the kiosk where it happened; `at` the last time."""

    kind: str
    client: str
    at: datetime


class Notices:
    """For several threads. The same at the same kiosk is one notice with the newer time."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Notice] = {}
        self._lock = threading.Lock()

    def add(self, kind: str, client: str, now: datetime) -> None:
        with self._lock:
            self._kept.pop((kind, client), None)
            self._kept[kind, client] = Notice(kind, client, now)
            while len(self._kept) > _MOST:
                del self._kept[next(iter(self._kept))]

    def now(self, at: datetime) -> tuple[Notice, ...]:
        """What is not older than half an hour, the newest first."""
        with self._lock:
            kept = list(self._kept.values())
        return tuple(one for one in reversed(kept) if at - one.at < SHOWN_FOR)
