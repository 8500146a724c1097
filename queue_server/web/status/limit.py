"""How often one address may open status pages; forged addresses count like good ones."""

from collections import OrderedDict, deque

PER_MINUTE = 30
_MINUTE_S = 60.0
_MOST_ADDRESSES = 10_000


class StatusLimit:
    """Counts in memory; used by one thread at a time. `now` is monotonic, in seconds."""

    def __init__(self, per_minute: int = PER_MINUTE) -> None:
        self._per_minute = per_minute
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_s(self, address: str, now: float) -> int:
        """0 when the page may be opened, and it is counted; else the seconds until the next may be."""
        asked = self._asked.pop(address, deque())
        self._asked[address] = asked
        if len(self._asked) > _MOST_ADDRESSES:
            self._asked.popitem(last=False)
        while asked and asked[0] <= now - _MINUTE_S:
            asked.popleft()
        if len(asked) >= self._per_minute:
            return max(1, round(asked[0] + _MINUTE_S - now))
        asked.append(now)
        return 0
