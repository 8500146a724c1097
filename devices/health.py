"""How a device says that it is well, and what is wrong when it is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Paper = Literal["ok", "near_end", "out", "unknown"]
Cover = Literal["closed", "open", "unknown"]
State = Literal["ready", "degraded", "lost"]
Fault = Literal["", "offline", "no_answer", "cutter", "overheated", "unrecoverable", "disk_full", "hangs"]


@dataclass(frozen=True, slots=True)
class Health:
    """One printer's health. What has not been proven by valid status bytes is `unknown`, never fine."""

    reachable: bool
    """The line to the device is open; False is `lost`."""
    paper: Paper = "unknown"
    cover: Cover = "unknown"
    fault: Fault = ""
    detail: str = ""
    """For the log and the devices page: never personal data."""

    @property
    def state(self) -> State:
        """`lost` without a line, `degraded` when a person should look at it, else `ready`."""
        if not self.reachable:
            return "lost"
        if self.fault or self.paper in ("near_end", "out") or self.cover == "open":
            return "degraded"
        return "ready"

    @property
    def can_print(self) -> bool:
        """False only when it is known that a slip would not come out."""
        return self.reachable and self.paper != "out" and self.cover != "open" and self.fault in _HARMLESS

    def words(self) -> dict[str, str]:
        """The `health` of a `DeviceState`: only keys with a value."""
        found = {"paper": self.paper, "cover": self.cover, "error": self.fault, "detail": self.detail}
        return {key: value for key, value in found.items() if value}


_HARMLESS = ("", "no_answer")

LOST = Health(reachable=False, fault="offline")
"""No line to the device."""


def worst(states: Iterable[State]) -> State:
    """The state of a group of devices: `ready` when all are, or when there are none."""
    order: tuple[State, ...] = ("ready", "degraded", "lost")
    return max(states, key=order.index, default="ready")


@dataclass(frozen=True, slots=True)
class UnitHealth:
    """The health of a device that is no printer: a display, a keypad, a speaker."""

    reachable: bool
    """The device answers; False is `lost`."""
    fault: str = ""
    """A word for the devices page: `no_answer`, `unplugged`, `refused`, `display`, `player` and so on."""
    detail: str = ""
    """For the log and the devices page, on one line: never personal data."""
    facts: tuple[tuple[str, str], ...] = ()
    """What else is known, such as ("firmware", "1.2"); changes of it are told like any other."""

    @property
    def state(self) -> State:
        if not self.reachable:
            return "lost"
        return "degraded" if self.fault else "ready"

    @property
    def can_print(self) -> bool:
        return False

    def words(self) -> dict[str, str]:
        """The `health` of a `DeviceState`: only keys with a value."""
        found = {"error": self.fault, "detail": " ".join(self.detail.split())[:200], **dict(self.facts)}
        return {key: value for key, value in found.items() if value}


NOT_SEEN = UnitHealth(reachable=False)
"""Nothing has been heard of it since the agent started."""

AnyHealth = Health | UnitHealth
