"""The ports of `devices`: what the agent expects of every printer, real or simulated."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

from PIL import Image

from devices.health import Health

Result = Literal["printed", "unconfirmed", "failed"]
Reason = Literal[
    "",
    "paper_out",
    "cover_open",
    "offline",
    "timeout",
    "expired",
    "no_proof",
    "agent_restarted",
    "unknown_printer",
    "bad_slip",
    "storage_failed",
]
Now = Callable[[], datetime]
"""The wall clock, aware, in UTC."""
Monotonic = Callable[[], float]
"""Seconds that never go back."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a print job.

    `printed`: status bytes asked for after the last byte prove it (reason empty).
    `unconfirmed`: all bytes were handed over, nothing proves that paper came out
    (`no_proof`, or `agent_restarted` when the agent died before it could say).
    `failed`: it is known that no whole slip came out, with the reason.
    """

    result: Result
    reason: Reason = ""
    partial: bool = field(default=False, compare=False)
    """Failed in mid-slip: half of it hangs out of the printer."""
    printer: str = field(default="", compare=False)
    """The spare printer that took over; empty when it came out where it was asked for."""


class SlipPrinter(Protocol):
    """A printer of slips. It never raises for a broken device: it answers, and says so in its health."""

    @property
    def dots(self) -> int:
        """Width of the head in dots; images are drawn for it."""

    def print_slip(self, image: Image.Image, job: str) -> Outcome:
        """Prints one 1-bit image of width `dots` and cuts. Sent once, whatever the outcome."""

    def health(self) -> Health:
        """Asks the device now; opens the line again when it was lost. Returns within a few seconds."""

    def close(self) -> None:
        """Lets go of the device. Printing or asking for health opens it again."""


@runtime_checkable
class Listens(Protocol):
    """A printer that tells by itself when something changes (ASB), between two looks."""

    def news(self) -> Health | None:
        """What it has said since it was last asked, at once; None for nothing. Never raises."""
