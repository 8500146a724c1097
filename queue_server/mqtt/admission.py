"""How much one account may say at a time: one that floods is cut off, the others notice nothing."""

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from queue_server.engine.ports import Clock

MOST_WAITING = {"kiosk": 8, "keypad": 8, "display": 4, "agent": 32, "operator": 256}
"""Kind of account → requests that may wait for the engine at once."""
MOST_REFUSED = 20
"""Refusals and repeated answers a second, of any account but an operator's; what comes after them in that
second is not read."""
MOST_STATES = 100
"""States of its devices that an account may tell in a second; what comes after them is not read."""
MOST_DROPPED = 1_000
"""An account of which more was dropped within a second is shut out of the broker: the mere hearing of it
costs the others their time."""

log = structlog.get_logger("mqtt")


@dataclass
class _Account:
    waiting: int = 0
    second: int = -1
    refused: int = 0
    states: int = 0
    dropped: int = 0


class Admission:
    """Asked before a message is read. Safe for several threads.

    What is not admitted is dropped without an answer: a client asks again under the same id (contract.md).
    `cut_off` is told of an account that does not stop, on the thread that asks; it may be told again.
    """

    def __init__(self, clock: Clock, cut_off: Callable[[str], None] = lambda _user: None) -> None:
        self._clock, self._cut_off, self._lock = clock, cut_off, threading.Lock()
        self._accounts: defaultdict[str, _Account] = defaultdict(_Account)

    def admits(self, user: str, kind: str) -> bool:
        """Whether one more request of this account is read now; "" is the kind of whoever is unknown."""
        trusted = kind == "operator"
        with self._lock:
            account, before = self._this_second(user if kind else "")
            admitted = account.waiting < MOST_WAITING.get(kind, 1) and (
                trusted or account.refused < MOST_REFUSED
            )
            account.dropped += not admitted
            too_much = account.dropped == MOST_DROPPED and kind != "" and not trusted
        self._note(user if kind else "unknown", before, too_much)
        return admitted

    def admits_state(self, user: str) -> bool:
        """Whether one more state of this account's devices is read now."""
        with self._lock:
            account, before = self._this_second(user)
            account.states += 1
            admitted = account.states <= MOST_STATES
            account.dropped += not admitted
            too_much = account.dropped == MOST_DROPPED
        self._note(user, before, too_much)
        return admitted

    def _this_second(self, user: str) -> tuple[_Account, int]:
        """The account, and how much of it was dropped in a second that is over now."""
        account, second, dropped = self._accounts[user], int(self._clock.monotonic()), 0
        if account.second != second:
            dropped = account.dropped
            account.second, account.refused, account.states, account.dropped = second, 0, 0, 0
        return account, dropped

    def _note(self, user: str, dropped: int, too_much: bool) -> None:
        if dropped:
            log.warning("flood", client=user, dropped=dropped)
        if too_much:
            log.warning("cut_off", client=user)
            self._cut_off(user)

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
