"""Which page shows which view."""

from __future__ import annotations

from kiosk.presenters.view_dossier import KeypadView, ResultView, ScanView
from kiosk.presenters.view_visit import (
    BusyView,
    HomeView,
    PrinterFailedView,
    PriorityView,
    ServicesView,
    TicketView,
)
from kiosk.presenters.views import HelpView, MessageView, StillThereView
from kiosk.ui.screens.busy import BusyPage
from kiosk.ui.screens.dialog import DialogPage
from kiosk.ui.screens.home import HomePage
from kiosk.ui.screens.keypad import KeypadPage
from kiosk.ui.screens.message import MessagePage
from kiosk.ui.screens.page import Page, load_rules
from kiosk.ui.screens.printer_failed import PrinterFailedPage
from kiosk.ui.screens.priority import PriorityPage
from kiosk.ui.screens.result import ResultPage
from kiosk.ui.screens.scan import ScanPage
from kiosk.ui.screens.services import ServicesPage
from kiosk.ui.screens.ticket import TicketPage
from kiosk.ui.widgets import (
    banner,
    button,
    card,
    disc,
    dossier,
    holding,
    numbered,
    opened,
    pad,
    place,
    ring,
    row,
    text,
    ticket,
    way,
)

PAGES: dict[type, type[Page]] = {
    HomeView: HomePage,
    ServicesView: ServicesPage,
    PriorityView: PriorityPage,
    BusyView: BusyPage,
    TicketView: TicketPage,
    PrinterFailedView: PrinterFailedPage,
    MessageView: MessagePage,
    ScanView: ScanPage,
    KeypadView: KeypadPage,
    ResultView: ResultPage,
    StillThereView: DialogPage,
    HelpView: DialogPage,
}
RULES = (
    "home", "services", "priority", "busy", "ticket", "printer_failed", "message", "dialog",
    "scan", "keypad", "result",
)  # fmt: skip
WIDGETS = (
    banner, button, card, disc, dossier, holding, numbered, opened, pad, place, ring, row, text, ticket, way,
)  # fmt: skip
"""Modules whose widgets the rules name; importing them makes Kivy know them."""


class PageRack:
    """One page of each kind, built once and kept."""

    def __init__(self) -> None:
        for name in RULES:
            load_rules(name)
        self._pages: dict[type[Page], Page] = {}

    def page(self, view: object) -> Page:
        """The page that shows this view. Raises KeyError for a view that has none."""
        return self._built(PAGES[type(view)])

    def build_next(self) -> bool:
        """Build one page that is not there yet; False when all are."""
        for kind in dict.fromkeys(PAGES.values()):
            if kind not in self._pages:
                self._built(kind)
                return True
        return False

    def _built(self, kind: type[Page]) -> Page:
        if kind not in self._pages:
            self._pages[kind] = kind()
        return self._pages[kind]
