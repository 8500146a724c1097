"""What each screen shows and what can be pressed on it: finished strings only, and the action of every press.

The UI places these and dispatches `action` when a press is released inside its button. Empty strings are not
drawn. Views are values: equal views need no redrawing.
"""

from dataclasses import dataclass, field
from typing import Literal

from kiosk.presenters.view_dossier import KeypadView, ResultView, ScanView
from kiosk.presenters.view_parts import Countdown, Frame, PlaceView, Press
from kiosk.presenters.view_visit import (
    BusyView,
    HomeView,
    PrinterFailedView,
    PriorityView,
    ServicesView,
    TicketView,
)


@dataclass(frozen=True, slots=True)
class MessageView:
    """A centred message (picture 8b): refusals, server lost, safe screen. `presses` are in the touch zone."""

    name: Literal["refused", "server_lost", "starting", "safe", "no_answer", "my_ticket"]
    icon: str
    title: str
    body: str
    second: str = ""
    number: str = ""
    """A ticket number that stays valid, drawn big."""
    places: tuple[PlaceView, ...] = ()
    presses: tuple[Press, ...] = ()
    footer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StillThereView:
    """Picture 8c, over a dimmed screen: nothing below it can be touched."""

    name: Literal["still_there"]
    countdown: Countdown
    title: str
    body: str
    second: str
    here: Press
    leave: Press


@dataclass(frozen=True, slots=True)
class HelpView:
    """ "Đã báo quầy Hướng dẫn": over a dimmed screen; nothing below it can be touched."""

    name: Literal["help"]
    icon: str
    title: str
    body: str
    second: str
    close: Press


Body = (
    HomeView
    | ServicesView
    | PriorityView
    | BusyView
    | TicketView
    | PrinterFailedView
    | MessageView
    | ScanView
    | KeypadView
    | ResultView
)
OverlayView = StillThereView | HelpView


@dataclass(frozen=True, slots=True)
class ScreenView:
    """Everything there is to draw. `touches` lists every press that works now, in focus order."""

    frame: Frame
    body: Body
    overlay: OverlayView | None = None
    touches: tuple[Press, ...] = field(default=())

    @property
    def name(self) -> str:
        """The screen's stable name, the overlay's where there is one."""
        return self.overlay.name if self.overlay else self.body.name
