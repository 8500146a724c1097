"""What the demo page needs from outside: the offscreen kiosk's frames and touches, and the demo's sign-in."""

from dataclasses import dataclass
from typing import Protocol

from queue_server.domain.words import Words


class KioskFrames(Protocol):
    """The kiosk's own pixels and its own touch input; nothing is drawn by the page."""

    def latest(self) -> bytes | None:
        """The last frame as PNG or JPEG, None while the kiosk is not there; asked ten times a second."""
        ...

    def touch(self, x: float, y: float) -> None:
        """One touch (down and up) at a place of the frame, from (0, 0) top left to (1, 1) bottom right."""
        ...


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """A demo account's sign-in, made afresh by `up --demo`; a supervisor may serve and see the figures."""

    login: str
    password: str


@dataclass(frozen=True, slots=True)
class DemoDossiers:
    """Invented dossiers that can be looked up today: (code, what it shows in Vietnamese and English)."""

    codes: tuple[tuple[str, Words], ...] = ()
    factor: str = ""
    """The four digits that open the protected part of each."""
