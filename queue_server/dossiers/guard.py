"""PURE but for its own counts: how often may be looked up, and when it looks like guessing.

Guessing is many codes that no source has, or many different codes of one row, from one kiosk in a short
time. It is slowed, longer each time, and told to the staff once.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """Look-ups a minute by one kiosk and of one code; what counts as guessing, within `window`."""

    per_client: int = 20
    per_code: int = 10
    misses: int = 6
    neighbours: int = 12
    window: timedelta = timedelta(minutes=10)
    first_slow: timedelta = timedelta(seconds=30)
    longest_slow: timedelta = timedelta(minutes=5)


@dataclass(slots=True)
class _Client:
    asked: deque[datetime] = field(default_factory=deque)
    misses: deque[datetime] = field(default_factory=deque)
    rows: deque[tuple[datetime, str, str]] = field(default_factory=deque, repr=False)
    slow_until: datetime | None = None
    times: int = 0
    last_slow: datetime | None = None


class Guard:
    """Counts in memory, by one thread at a time. Codes are forgotten after the window."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._clients: dict[str, _Client] = {}
        self._codes: dict[str, deque[datetime]] = {}
        self._swept: datetime | None = None

    def wait(self, client: str, code: str, now: datetime) -> timedelta | None:
        """None when the look-up may go on, and it is counted; else how long to wait before asking again."""
        self._sweep(now)
        one = self._clients.setdefault(client, _Client())
        if one.slow_until is not None and now < one.slow_until:
            return one.slow_until - now
        counts = [(one.asked, self._limits.per_client)]
        if code:
            counts.append((self._codes.setdefault(code, deque()), self._limits.per_code))
        for asked, most in counts:
            _drop(asked, now - _MINUTE)
            if len(asked) >= most:
                return asked[0] + _MINUTE - now
        for asked, _ in counts:
            asked.append(now)
        return None

    def seen(self, client: str, code: str, found: bool, now: datetime) -> bool:
        """Note what came of a look-up; True when the staff should hear that somebody guesses here."""
        one, limits = self._clients.setdefault(client, _Client()), self._limits
        if not found:
            one.misses.append(now)
        one.rows.append((now, *_row(code)))
        _drop(one.misses, now - limits.window)
        while one.rows and one.rows[0][0] <= now - limits.window:
            one.rows.popleft()
        row = _row(code)[0]
        neighbours = {number for _, name, number in one.rows if name == row}
        if len(one.misses) < limits.misses and len(neighbours) < limits.neighbours:
            return False
        return self._slow_down(one, now)

    def _slow_down(self, one: _Client, now: datetime) -> bool:
        if one.last_slow is not None and now - one.last_slow > 3 * self._limits.window:
            one.times = 0
        one.slow_until = now + min(self._limits.first_slow * 2**one.times, self._limits.longest_slow)
        one.times = min(one.times + 1, 16)
        first = one.last_slow is None or now - one.last_slow > self._limits.window
        one.last_slow = now
        one.misses.clear()
        one.rows.clear()
        return first

    def _sweep(self, now: datetime) -> None:
        """Once a minute forget codes nobody asks for any more."""
        if self._swept is not None and now - self._swept < _MINUTE:
            return
        self._swept = now
        for code in list(self._stale(now)):
            del self._codes[code]

    def _stale(self, now: datetime) -> Iterator[str]:
        return (code for code, asked in self._codes.items() if not asked or now - asked[-1] >= _MINUTE)


def _drop(times: deque[datetime], before: datetime) -> None:
    while times and times[0] <= before:
        times.popleft()


def _row(code: str) -> tuple[str, str]:
    """A code as the row it stands in and its number there: `H99.16-261117-`, `0023`."""
    number = len(code) - len(code.rstrip("0123456789"))
    cut = len(code) - min(number, 6)
    return code[:cut], code[cut:]
