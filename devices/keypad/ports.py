"""What a driver of call keypads promises, and the keys they have."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Key(StrEnum):
    """A key as an officer means it; the value is what ASCII frames carry."""

    NEXT = "N"
    RECALL = "R"
    NO_SHOW = "X"
    CALL = "C"
    """Call the number just typed."""
    CLEAR = "D"
    ZERO, ONE, TWO, THREE, FOUR = "0", "1", "2", "3", "4"
    FIVE, SIX, SEVEN, EIGHT, NINE = "5", "6", "7", "8", "9"


@dataclass(frozen=True, slots=True)
class Press:
    """A key went down at one keypad of the line. `count` tells a repeated frame from a second press."""

    address: int
    key: Key
    count: str = ""


class Keys(Protocol):
    """The keypads of one line. For one thread."""

    def open(self) -> None:
        """Opens the line, again if it was open. Raises LineDown."""

    def read(self, within: float) -> tuple[Press, ...]:
        """What was pressed, waiting up to `within` seconds for the first; () for nothing. Raises LineDown."""

    def close(self) -> None:
        """Never raises."""
