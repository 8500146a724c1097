"""PURE: a circuit breaker: a source that keeps failing is left alone for a while, then tried once.

A frozen value; every change is a new one. Times are instants given by the caller.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Patience:
    """`failures` in a row open the breaker for `first`, twice as long each further time, `longest` at most.

    A trial that never came back counts as lost after `lost_after`.
    """

    failures: int = 3
    first: timedelta = timedelta(seconds=10)
    longest: timedelta = timedelta(minutes=5)
    lost_after: timedelta = timedelta(seconds=30)


PATIENCE = Patience()


@dataclass(frozen=True, slots=True)
class Breaker:
    """Closed while `open_until` is None; `trial_since` is set while the one request of a trial runs."""

    failures: int = 0
    opened: int = 0
    """How often in a row it has opened without a success between."""
    open_until: datetime | None = None
    trial_since: datetime | None = None

    def ask(self, now: datetime, patience: Patience = PATIENCE) -> "tuple[bool, Breaker]":
        """Whether a request may go out now, and the breaker that knows of it."""
        if self.open_until is None:
            return True, self
        if now < self.open_until:
            return False, self
        if self.trial_since is not None and now - self.trial_since < patience.lost_after:
            return False, self
        return True, replace(self, trial_since=now)

    def succeeded(self) -> "Breaker":
        """It answered, whatever it said: closed, and everything is forgiven."""
        return Breaker()

    def failed(self, now: datetime, patience: Patience = PATIENCE) -> "Breaker":
        """A request came to nothing. Requests that were under way when it opened do not open it again."""
        if self.open_until is not None and self.trial_since is None:
            return self
        failures = self.failures + 1
        if self.trial_since is None and failures < patience.failures:
            return replace(self, failures=failures)
        pause = min(patience.first * 2 ** min(self.opened, 16), patience.longest)
        return Breaker(failures, self.opened + 1, now + pause)
