"""How much one account may ask at a time: one that floods is cut off, the others notice nothing."""

import threading
from collections import defaultdict
from dataclasses import dataclass

import structlog

from queue_server.engine.ports import Clock

MOST_WAITING = {"kiosk": 8, "keypad": 8, "display": 4, "agent": 32, "operator": 256}
"""Kind of account → requests that may wait for the engine at once."""
MOST_REFUSED = 20
"""Refusals and repeated answers a second, of any account but an operator's; what comes after them in that
second is not read."""

log = structlog.get_logger("mqtt")


@dataclass
class _Account:
    waiting: int = 0
    second: int = -1
    refused: int = 0
    dropped: int = 0


class Admission:
    """Asked before a request is read. Safe for several threads.

    What is not admitted is dropped without an answer: a client asks again under the same id (contract.md).
    """

    def __init__(self, clock: Clock) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._accounts: defaultdict[str, _Account] = defaultdict(_Account)

    def admits(self, user: str, kind: str) -> bool:
        """Whether one more request of this account is read now; "" is the kind of whoever is unknown."""
        second = int(self._clock.monotonic())
        with self._lock:
            account = self._accounts[user if kind else ""]
            if account.second != second:
                account.second, account.refused, dropped, account.dropped = second, 0, account.dropped, 0
            else:
                dropped = 0
            trusted = kind == "operator"
            admitted = account.waiting < MOST_WAITING.get(kind, 1) and (
                trusted or account.refused < MOST_REFUSED
            )
            account.dropped += not admitted
        if dropped:
            log.warning("flood", client=user if kind else "unknown", dropped=dropped)
        return admitted

    def began(self, user: str) -> None:
        """A request of this account waits for its answer."""
        with self._lock:
            self._accounts[user].waiting += 1

    def ended(self, user: str) -> None:
        """It has been answered."""
        with self._lock:
            self._accounts[user].waiting -= 1

    def refused(self, user: str, kind: str) -> None:
        """A request of this account was answered with a no, or with what it had been told before."""
        with self._lock:
            self._accounts[user if kind else ""].refused += 1
