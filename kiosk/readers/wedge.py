"""PURE: what a keyboard-wedge scanner types, told apart from a person by its speed."""

from dataclasses import dataclass, field

SHORTEST = 6
LONGEST = 1024
MOST_S_A_CHAR = 0.04
"""A scanner types a character in 1 to 30 ms; a practised person needs 80 and more."""
START_S = 0.12
"""What a busy screen may add to a burst: characters are handed over frame by frame."""
PAUSE_S = 0.25
"""A longer pause ends a burst."""


@dataclass(frozen=True, slots=True)
class Wedge:
    """Characters so far. Times are seconds of one monotonic clock."""

    typed: str = field(default="", repr=False)
    began_at: float = 0.0
    last_at: float = 0.0

    def key(self, text: str, at: float) -> "Wedge":
        """One or more characters that were typed at once."""
        if not self.typed or at - self.last_at > PAUSE_S:
            return Wedge(text[:LONGEST], at, at)
        if len(self.typed) >= LONGEST:
            return Wedge(self.typed, self.began_at, at)
        return Wedge((self.typed + text)[:LONGEST], self.began_at, at)

    def end(self, at: float) -> str | None:
        """What was scanned, when Enter or Tab ended one burst; None when a person typed."""
        characters = len(self.typed)
        if characters < SHORTEST or at - self.last_at > PAUSE_S:
            return None
        fast = at - self.began_at <= START_S + MOST_S_A_CHAR * characters
        return self.typed if fast else None

    def aged(self, at: float) -> "Wedge":
        """Nothing is remembered once the burst is over."""
        return Wedge() if self.typed and at - self.last_at > PAUSE_S else self
