"""What keeps this kiosk's printer from printing, known before it is needed; it clears by itself."""

from dataclasses import replace
from datetime import datetime

from kiosk.session.effects import Effect, ShowHealth
from kiosk.session.heard import PrintersTold
from kiosk.session.rules import DEFAULT_PRINTER, Step, printer_of
from kiosk.session.state import Session, Ticket

MENDED = "mended"
"""Instead of the reason why a slip failed: the printer is well again."""
AWAY = "offline"


def trouble(session: Session) -> str:
    """Why a slip would not come out now; empty when nothing is known to be wrong."""
    printers = session.world.printers
    if printers is None:
        return AWAY
    named = printer_of(session)
    if named == DEFAULT_PRINTER:
        return printers[0][1] if printers else ""
    return dict(printers).get(named, "")


def printers_told(session: Session, action: PrintersTold, now: datetime) -> Step:
    """The kiosk's own printer's trouble; one that is over is over on the screen of a failed slip too."""
    after = replace(session, world=replace(session.world, printers=action.troubles))
    if trouble(session) and not trouble(after):
        after = replace(after, printer_fault="")
        place = after.place
        if isinstance(place, Ticket) and place.slip.state == "failed" and not place.paperless:
            mended = replace(place, slip=replace(place.slip, reason=MENDED))
            after = replace(after, place=mended, touched_at=now)
    return after, health(session, after)


def health(before: Session, after: Session) -> tuple[Effect, ...]:
    """This kiosk's device state, told when the printer's part of it is another one."""
    was, now = _fault(before), _fault(after)
    return () if was == now else (ShowHealth("degraded" if now else "ready", now),)


def _fault(session: Session) -> str:
    return trouble(session) or session.printer_fault
