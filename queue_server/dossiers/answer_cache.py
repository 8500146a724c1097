"""The last answers of a slow source, so that it is asked seldom and its silence is bridged. Memory only."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.dossiers.ports import Found


@dataclass(frozen=True, slots=True)
class Keeping:
    """How many answers; how long one is as good as new; how long it is shown for want of a newer one."""

    most: int = 2000
    fresh: timedelta = timedelta(minutes=2)
    stale: timedelta = timedelta(hours=24)


class AnswerCache:
    """Used by one thread at a time. `as_of` of what is kept is when the source said it."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping
        self._kept: OrderedDict[str, Found] = OrderedDict()

    def fresh(self, code: str, now: datetime) -> Found | None:
        """An answer that need not be asked for again."""
        return self._young(code, now, self._keeping.fresh)

    def stale(self, code: str, now: datetime) -> Found | None:
        """An answer that may still be shown, with its age, while the source does not speak."""
        return self._young(code, now, self._keeping.stale)

    def keep(self, code: str, found: Found) -> None:
        self._kept[code] = found
        self._kept.move_to_end(code)
        while len(self._kept) > self._keeping.most:
            self._kept.popitem(last=False)

    def drop(self, code: str) -> None:
        """The source has it no more."""
        self._kept.pop(code, None)

    def sweep(self, now: datetime) -> None:
        """Forget what is too old to be shown; answers are kept in the order in which they came."""
        while self._kept:
            oldest = next(iter(self._kept))
            if now - self._kept[oldest].as_of <= self._keeping.stale:
                return
            del self._kept[oldest]

    def __len__(self) -> int:
        return len(self._kept)

    def _young(self, code: str, now: datetime, within: timedelta) -> Found | None:
        found = self._kept.get(code)
        return found if found is not None and now - found.as_of <= within else None
