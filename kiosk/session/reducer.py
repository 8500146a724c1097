"""reduce(session, action, now): the index of everything that can happen to a session."""

from dataclasses import replace
from datetime import datetime

from kiosk.session import idle, own_ticket, reading, slips, tracking
from kiosk.session.actions import Action, Touched
from kiosk.session.heard import (
    Crashed,
    GrantTold,
    HelpTold,
    IssueAnswered,
    IssueLate,
    IssueRefused,
    LookAnswered,
    LookRefused,
    OfficeTold,
    PrintersTold,
    ReadersChanged,
    RequestMade,
    Scanned,
    ServerChanged,
    ServiceTold,
    SlipFailed,
    SlipPrinted,
    SlipUnconfirmed,
    SpeechEnded,
    Tick,
    TicketStands,
)
from kiosk.session.news import told
from kiosk.session.presses import press
from kiosk.session.printers import printers_told
from kiosk.session.rules import Step
from kiosk.session.state import Help, Session, StillThere, Ticket
from kiosk.session.timing import caught_up


def reduce(session: Session, action: Action, now: datetime) -> Step:
    """Pure and total: an action that means nothing here changes nothing. Never raises for any session."""
    session = caught_up(session, now)
    after, effects = reading.follow(session, _reduced(session, action, now))
    if _screen(session) != _screen(after):
        after = replace(after, arrived_at=now)
    return after, effects


def _reduced(session: Session, action: Action, now: datetime) -> Step:
    match action:
        case Touched():
            return reading.touched(_noticed(session, now))
        case Tick():
            session, effects = idle.tick(session, now)
            session, more = reading.repeat(session, now)
            return session, (*effects, *more)
        case OfficeTold() | ServiceTold() | ServerChanged() | GrantTold() | ReadersChanged():
            return told(session, action), ()
        case PrintersTold():
            return printers_told(session, action, now)
        case RequestMade():
            return slips.request_made(session, action)
        case IssueLate():
            return slips.issue_late(session, action)
        case IssueAnswered():
            return slips.issue_answered(session, action, now)
        case IssueRefused():
            return slips.issue_refused(session, action, now)
        case Scanned():
            return tracking.scanned(_noticed(session, now), action, now)
        case LookAnswered():
            return tracking.answered(session, action, now)
        case TicketStands():
            return own_ticket.answered(session, action, now)
        case LookRefused():
            return tracking.refused(session, action, now)
        case SlipPrinted() | SlipUnconfirmed() | SlipFailed():
            return slips.slip_answered(session, action, now)
        case HelpTold(ok=ok):
            asked = isinstance(session.overlay, Help) and session.overlay.told is None
            return (replace(session, overlay=Help(told=ok)) if asked else session), ()
        case SpeechEnded():
            return reading.ended(session, action, now)
        case Crashed():
            return idle.crashed(session, action, now)
        case _:
            return press(_noticed(session, now), action, now)


def _noticed(session: Session, now: datetime) -> Session:
    """Someone is there: the time-out starts anew, a ticket's countdown stops."""
    session = replace(session, touched_at=now)
    if isinstance(session.overlay, StillThere):
        return replace(session, overlay=StillThere(now))
    if isinstance(session.place, Ticket):
        return replace(session, place=replace(session.place, answered_at=None))
    return session


def _screen(session: Session) -> tuple[object, ...]:
    """What a finger aims at: another one of these and a second tap must not count."""
    return (*reading.said_of(session)[:3],)
