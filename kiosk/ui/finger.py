"""One finger at a time: what it is on, whether it slid off, and what it pressed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

Target = TypeVar("Target")
At = Callable[[float, float], Target | None]
"""What can be touched at a point in px, or None."""
LONGEST_S = 10.0
"""A finger that is down for longer keeps no other off any more: its lifting was lost (the panel was pulled
out, another program took the touch), or a bag leans on the glass."""


@dataclass
class Finger(Generic[Target]):
    """Acts on release inside; sliding off cancels for good; further fingers are ignored while one is down."""

    touch: Hashable | None = None
    target: Target | None = None
    since: float = 0.0
    """When it came down, in seconds of the caller's clock."""

    def free(self, now: float) -> bool:
        """Whether a finger that comes down now counts."""
        return self.touch is None or now - self.since >= LONGEST_S

    def rest(self, touch: Hashable, now: float) -> None:
        """A finger came down that is to press nothing, whatever lies under it."""
        self.touch, self.target, self.since = touch, None, now

    def down(self, touch: Hashable, x: float, y: float, at: At[Target], now: float) -> Target | None:
        """A finger came down: what lights up. A second finger changes nothing while the first counts."""
        if not self.free(now):
            return None
        self.touch, self.since = touch, now
        self.target = at(x, y)
        return self.target

    def move(self, touch: Hashable, x: float, y: float, at: At[Target]) -> Target | None:
        """The finger moved: what it just slid off, which must no longer light up."""
        if touch != self.touch or self.target is None or at(x, y) is self.target:
            return None
        left, self.target = self.target, None
        return left

    def up(self, touch: Hashable, x: float, y: float, at: At[Target]) -> tuple[Target | None, bool]:
        """The finger lifted: what goes dark, and whether that was a press."""
        if touch != self.touch:
            return None, False
        target, self.touch, self.target = self.target, None, None
        return target, target is not None and at(x, y) is target

    def forget(self) -> Target | None:
        """The screen changed under the finger: its lifting presses nothing."""
        target, self.target = self.target, None
        return target
