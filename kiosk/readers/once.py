"""PURE: a code that is held before a reader counts once, however often it is read."""

from dataclasses import dataclass

AGAIN_AFTER_S = 2.0
"""The same code counts again when it was not seen for so long."""


@dataclass(frozen=True, slots=True)
class Once:
    """Remembers the last text by a number that means nothing outside this process."""

    mark: int | None = None
    seen_at: float = 0.0

    def see(self, text: str, now: float) -> tuple["Once", bool]:
        """What to remember, and whether this text is a new one; `now` in seconds of a monotonic clock."""
        mark = hash(text)
        new = mark != self.mark or now - self.seen_at > AGAIN_AFTER_S
        return Once(mark, now), new
