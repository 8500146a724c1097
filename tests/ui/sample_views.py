"""Views as the presenters make them, in both languages: the design's sample office on 20/11/2026."""

from __future__ import annotations

from dataclasses import replace

from kiosk.presenters.view_visit import (
    HomeView,
)
from kiosk.presenters.views import Body, OverlayView, ScreenView
from tests.ui.sample_frame import Language, frame
from tests.ui.sample_home import home, home_with_rows, offline_home, out_of_hours
from tests.ui.sample_messages import help_called, refused, safe, server_lost, still_there
from tests.ui.sample_questions import busy, busy_late, long_services, priority, services
from tests.ui.sample_tickets import printer_failed, priority_ticket, ticket

SCREENS = {
    "home": (home, "home"),
    "home-rows": (home_with_rows, "home"),
    "home-offline": (offline_home, "home"),
    "out-of-hours": (out_of_hours, "home"),
    "services": (services, "question"),
    "services-long": (long_services, "question"),
    "priority": (priority, "question"),
    "issuing": (busy, "none"),
    "issuing-late": (busy_late, "failed"),
    "ticket": (ticket, "ticket"),
    "ticket-priority": (priority_ticket, "ticket"),
    "printer-failed": (printer_failed, "failed"),
    "server-lost": (server_lost, "none"),
    "refused": (refused, "failed"),
    "safe": (safe, "none"),
}


def overlong(language: Language = "vi", large: bool = False) -> HomeView:
    """A word no panel has room for: what the measure must find."""
    return replace(home(language, large), title="Nghĩavụquânsự" * 4)


FAULTS = {"overlong": (overlong, "home")}
OVERLAYS = {"still-there": still_there, "help-called": help_called}
MAIN = ("home", "services", "priority", "ticket", "printer-failed", "still-there", "server-lost")


def screen(
    name: str, language: Language = "vi", *, contrast: bool = False, large: bool = False, low: bool = False
) -> ScreenView:
    """A whole screen by its name in SCREENS or OVERLAYS (those over the services)."""
    overlay: OverlayView | None = None
    if name in OVERLAYS:
        overlay = OVERLAYS[name](language, large)
        name = "services"
    make, kind = {**SCREENS, **FAULTS}[name]
    body: Body = make(language, large)  # type: ignore[operator]
    around = frame(language, contrast=contrast, large=large, low=low, home=kind == "home", kind=kind)
    return ScreenView(around, body, overlay)
