"""One's own slip before the reader: where the ticket stands now. Nothing of it is kept after the answer."""

from dataclasses import replace
from datetime import datetime

from kiosk.session.effects import Beep, FindTicket
from kiosk.session.heard import LookRefused, TicketStands
from kiosk.session.rules import Step, go, stay
from kiosk.session.state import Home, Keypad, Looking, MyTicket, NoAnswer, Scan, Session
from queue_server.codes.kinds import OwnPage, OwnTicket

UNKNOWN = "ticket_unknown"


def find(session: Session, kind: OwnTicket | OwnPage, text: str, now: datetime) -> Step:
    """Asks for the ticket; one of another office is none of today's here."""
    if isinstance(kind, OwnTicket) and _elsewhere(session, kind):
        return go(session, NoAnswer("no_ticket", text), now), (Beep(),)
    step, place = session.step + 1, session.place
    before = place if isinstance(place, Scan | Keypad | Home) else None
    looking = Looking(step, text, now, before, ticket=True)
    asked = (
        FindTicket(step, kind.ticket) if isinstance(kind, OwnTicket) else FindTicket(step, token=kind.token)
    )
    return replace(go(session, looking, now), step=step), (asked,)


def answered(session: Session, action: TicketStands, now: datetime) -> Step:
    place = session.place
    if not isinstance(place, Looking) or place.step != action.step:
        return stay(session)
    return go(session, MyTicket(action.standing), now), ()


def refused(session: Session, place: Looking, action: LookRefused, now: datetime) -> Step:
    if action.code == UNKNOWN:
        return go(session, NoAnswer("no_ticket", place.code), now), (Beep(),)
    return go(session, NoAnswer("unavailable", place.code), now), (Beep(),)


def _elsewhere(session: Session, kind: OwnTicket) -> bool:
    office = session.world.office
    return office is not None and office.office != kind.office
