"""How long a screen waits for a touch: the theme's [timeout_s], doubled for those who need more time."""

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.session.state import (
    Aids,
    Factor,
    Home,
    Issuing,
    Keypad,
    Looking,
    MyTicket,
    Place,
    Result,
    Safe,
    Session,
    StillThere,
    Ticket,
)

QUESTION = timedelta(seconds=45)
GRACE = timedelta(seconds=15)
TICKET = timedelta(seconds=20)
PRINTER_FAILED = timedelta(seconds=60)
DOSSIER_RESULT = timedelta(seconds=30)
KEYPAD = timedelta(seconds=60)

PRINTER_PATIENCE = timedelta(seconds=8)
"""A printer that has not answered by then keeps nobody from leaving; a later answer still counts."""
SAFE = timedelta(seconds=10)
SAFE_WITH_TICKET = timedelta(seconds=30)
REPEAT_READING = timedelta(seconds=8)
CRASH_MEMORY = timedelta(minutes=10)
SETTLE = timedelta(milliseconds=300)
"""A press this soon after its screen appeared is the second tap of a double tap."""
CLOCK_JUMP = timedelta(seconds=10)
"""Between two actions; a longer gap is the clock's or the machine's sleep, not the citizen's."""


def unhurried(limit: timedelta, aids: Aids) -> timedelta:
    """`limit`, doubled with large text, contrast or audio."""
    return limit * 2 if aids.unhurried else limit


def idle_limit(session: Session) -> timedelta | None:
    """How long without a touch until "Ông/Bà còn ở đó không?"; None asks nothing."""
    match session.place:
        case Home():
            limit = None if session.aids == Aids() and session.overlay is None else QUESTION
        case Issuing(late=late):
            limit = QUESTION if late else None
        case Ticket(slip=slip, answered_at=counting):
            if slip.state == "failed" and not _paperless(session.place):
                limit = PRINTER_FAILED
            else:
                limit = None if slip.state == "printing" or counting is not None else QUESTION
        case Safe() | Looking():
            limit = None
        case Result() | MyTicket():
            limit = DOSSIER_RESULT
        case Keypad() | Factor():
            limit = KEYPAD
        case _:
            limit = QUESTION
    return None if limit is None else unhurried(limit, session.aids)


def ticket_leaves_at(session: Session) -> datetime | None:
    """When the ticket's countdown ends; None while none runs."""
    match session.place:
        case Ticket(answered_at=datetime() as since):
            return since + unhurried(TICKET, session.aids)
    return None


def safe_leaves_at(place: Safe) -> datetime:
    return place.since + (SAFE_WITH_TICKET if place.ticket else SAFE)


def caught_up(session: Session, now: datetime) -> Session:
    """The session as of `now`; where the clock has stepped, as if everything in it had happened later."""
    gap = now - session.seen_at
    stepped = gap < timedelta() or gap > CLOCK_JUMP
    return replace(_shifted(session, gap) if stepped else session, seen_at=now)


def _shifted(session: Session, by: timedelta) -> Session:
    overlay = session.overlay
    return replace(
        session,
        touched_at=session.touched_at + by,
        arrived_at=session.arrived_at + by,
        place=_shifted_place(session.place, by),
        overlay=StillThere(overlay.since + by) if isinstance(overlay, StillThere) else overlay,
        reading=replace(
            session.reading,
            ended_at=session.reading.ended_at + by if session.reading.ended_at else None,
        ),
        crashes=tuple(at + by for at in session.crashes),
    )


def _shifted_place(place: Place, by: timedelta) -> Place:
    match place:
        case Issuing() | Safe() | Looking():
            return replace(place, since=place.since + by)
        case Ticket(slip=slip, answered_at=answered):
            return replace(
                place,
                slip=replace(slip, since=slip.since + by),
                answered_at=answered + by if answered else None,
            )
        case _:
            return place


def _paperless(place: Place) -> bool:
    return isinstance(place, Ticket) and place.paperless
