"""What a driver of LED displays promises, and the values that go over it."""

from dataclasses import dataclass
from typing import Protocol

WIDTH = 8
"""Characters of a display; shorter ones show the right end of what they are given."""
CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -.?")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a display shows: at most `WIDTH` of `CHARACTERS`; brightness in percent; `test` lights everything.

    Raises ValueError for anything else.
    """

    text: str = ""
    blink: bool = False
    brightness: int = 80
    test: bool = False

    def __post_init__(self) -> None:
        if len(self.text) > WIDTH or not set(self.text) <= CHARACTERS or not 0 <= self.brightness <= 100:
            raise ValueError(f"no display can show {self.text!r} at {self.brightness} %")


@dataclass(frozen=True, slots=True)
class Report:
    """What a display says of itself. `shown` is what it shows now, None where it cannot tell."""

    shown: Shown | None
    fault: str = ""
    """`display` for broken segments, `overheated`; empty when it is well."""
    firmware: str = ""


class NoAnswer(Exception):
    """This display says nothing within its time; others on the same bus may be well."""


class Refused(Exception):
    """This display answers, and does not take what it was told; the text says why."""


class Displays(Protocol):
    """The displays of one bus. For one thread. Addresses are those of the displays' switches, from 1."""

    def open(self) -> None:
        """Opens the bus, again if it was open. Raises LineDown."""

    def show(self, address: int, shown: Shown) -> None:
        """Returns when the display has taken it. Raises NoAnswer, Refused, LineDown."""

    def ask(self, address: int) -> Report:
        """How the display is. Raises NoAnswer, Refused, LineDown."""

    def close(self) -> None:
        """Never raises."""
