"""What passing time does: the question before leaving, the ticket's countdown, the start after an error."""

from dataclasses import replace
from datetime import datetime

from kiosk.session import tracking
from kiosk.session.availability import shown
from kiosk.session.effects import Effect, Hush, StartAgain, TellFault
from kiosk.session.heard import Crashed
from kiosk.session.rules import Step, go, leave, stay
from kiosk.session.state import Issuing, Looking, NoAnswer, Safe, Session, StillThere, Ticket
from kiosk.session.timing import (
    CRASH_MEMORY,
    GRACE,
    PRINTER_PATIENCE,
    idle_limit,
    safe_leaves_at,
    ticket_leaves_at,
    unhurried,
)

TOO_MANY_CRASHES = 3


def tick(session: Session, now: datetime) -> Step:
    place, overlay = session.place, session.overlay
    if isinstance(place, Safe):
        return leave(session, now) if now >= safe_leaves_at(place) else stay(session)
    if isinstance(overlay, StillThere):
        over = now - overlay.since >= unhurried(GRACE, session.aids)
        return leave(session, now) if over else stay(session)
    if _printer_is_slow(session, now):
        session = _without_the_printers_answer(session, now)
    if isinstance(place, Looking) and tracking.overdue(session, now):
        return go(session, NoAnswer("unavailable", place.code), now), ()
    leaves_at = ticket_leaves_at(session)
    if leaves_at is not None and overlay is None and now >= leaves_at:
        return leave(session, now)
    limit = idle_limit(session)
    if limit is None or now - session.touched_at < limit:
        return stay(session)
    if shown(session) in {"server_lost", "starting"}:
        return leave(session, now)
    return replace(session, overlay=StillThere(now)), ()


def crashed(session: Session, action: Crashed, now: datetime) -> Step:
    """The safe screen; a number that was shown stays, a request under way still gets its ticket."""
    match session.place:
        case Ticket(issued=issued):
            safe = Safe(now, action.where, ticket=issued)
        case Issuing(request=request):
            safe = Safe(now, action.where, request=request)
        case Safe(ticket=ticket, request=request):
            safe = Safe(now, action.where, ticket, request)
        case _:
            safe = Safe(now, action.where)
    recent = tuple(at for at in session.crashes if now - at < CRASH_MEMORY)
    quiet = replace(session.reading, speaking=False, ended_at=None)
    session = replace(go(session, safe, now), crashes=(*recent, now), reading=quiet)
    effects: list[Effect] = [Hush(), TellFault(f"crash_{action.where}")]
    if len(session.crashes) >= TOO_MANY_CRASHES:
        effects.append(StartAgain())
    return session, tuple(effects)


def _printer_is_slow(session: Session, now: datetime) -> bool:
    place = session.place
    waiting = isinstance(place, Ticket) and place.slip.state == "printing"
    return waiting and isinstance(place, Ticket) and now - place.slip.since >= PRINTER_PATIENCE


def _without_the_printers_answer(session: Session, now: datetime) -> Session:
    """Nobody knows whether the slip came out; the printer's own answer still counts when it comes."""
    place = session.place
    if not isinstance(place, Ticket):
        return session
    slip = replace(place.slip, state="unconfirmed", reason="slow")
    counting = now if session.overlay is None else None
    return replace(session, place=replace(place, slip=slip, answered_at=counting))
