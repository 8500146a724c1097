"""present(session, now): the screen as finished strings. The index of all screens."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from kiosk.presenters import messages, tracking
from kiosk.presenters.frame import frame
from kiosk.presenters.home import home, out_of_hours
from kiosk.presenters.my_ticket import my_ticket
from kiosk.presenters.overlays import overlay
from kiosk.presenters.priority import priority
from kiosk.presenters.result import result
from kiosk.presenters.services import services
from kiosk.presenters.speech import Voice
from kiosk.presenters.ticket import printer_failed, ticket
from kiosk.presenters.view_dossier import KeypadView, ResultView, ScanView
from kiosk.presenters.view_parts import Frame, Press
from kiosk.presenters.view_visit import (
    BusyView,
    HomeView,
    PrinterFailedView,
    PriorityView,
    ServicesView,
    TicketView,
)
from kiosk.presenters.views import Body, HelpView, MessageView, OverlayView, ScreenView, StillThereView
from kiosk.session.availability import shown
from kiosk.session.state import (
    Factor,
    Home,
    Issuing,
    Keypad,
    Looking,
    MyTicket,
    NoAnswer,
    Priority,
    Refused,
    Result,
    Safe,
    Scan,
    Services,
    Session,
    Ticket,
)

BUSY_AFTER = timedelta(milliseconds=300)
"""A look-up that takes no longer leaves its question on the screen."""


def present(session: Session, now: datetime) -> ScreenView:
    """What to draw at `now`. Equal views need no redrawing."""
    voice = Voice(_as_before(session, now), now)
    session = voice.session
    framed, body, over = frame(voice, shown(session)), _body(voice), overlay(voice)
    return ScreenView(framed, body, over, touches=_touches(framed, body, over))


def _body(voice: Voice) -> Body:
    screen = shown(voice.session)
    match voice.session.place:
        case Ticket() as place:
            return printer_failed(voice, place) if screen == "printer_failed" else ticket(voice, place)
        case Issuing() as place:
            return messages.busy(voice, place)
        case Refused() as place:
            return messages.refused(voice, place)
        case Safe() as place:
            return messages.safe(voice, place)
        case Looking() as place:
            return tracking.looking(voice, place)
        case MyTicket() as place:
            return my_ticket(voice, place)
        case Result() as place:
            return result(voice, place)
        case Factor() as place:
            return tracking.factor(voice, place)
        case NoAnswer() as place:
            return tracking.no_answer(voice, place)
        case Home() | Services() | Priority() | Scan() | Keypad() as place:
            if screen == "starting":
                return messages.starting(voice)
            if screen == "server_lost":
                return messages.server_lost(voice)
            if isinstance(place, Services):
                return services(voice, place)
            if isinstance(place, Priority):
                return priority(voice, place)
            if isinstance(place, Scan):
                return tracking.scan(voice, place)
            if isinstance(place, Keypad):
                return tracking.keypad(voice, place)
            return out_of_hours(voice) if screen == "out_of_hours" else home(voice)


def _as_before(session: Session, now: datetime) -> Session:
    """The question for a moment more, so that an answer that comes at once is the next thing seen."""
    place = session.place
    if not isinstance(place, Looking) or place.before is None or now - place.since >= BUSY_AFTER:
        return session
    return replace(session, place=place.before)


def _touches(framed: Frame, body: Body, over: OverlayView | None) -> tuple[Press, ...]:
    """In focus order: the primary first, other choices, help, then the bar from left to right."""
    match over:
        case StillThereView(here=here, leave=leave):
            return here, leave
        case HelpView(close=close):
            return (close,)
    switch = (framed.switch.vietnamese, framed.switch.english) if framed.switch else ()
    help_ = (framed.help,) if framed.help else ()
    return (*_of_body(body), *help_, *switch, *framed.bar)


def _of_body(body: Body) -> tuple[Press, ...]:
    match body:
        case HomeView(hero=hero, rows=rows, aids=aids):
            return (hero, *rows, *aids)
        case ServicesView(cards=cards, more=more):
            return (*(card.press for card in cards), *((more,) if more else ()))
        case PriorityView(groups=groups, ordinary=ordinary):
            return (ordinary, *groups)
        case TicketView(done=done):
            return (done,)
        case PrinterFailedView(retry=retry, without=without):
            return (without, retry)
        case ScanView(by_hand=by_hand):
            return (by_hand,)
        case KeypadView(search=search, keys=keys):
            return (search, *keys)
        case ResultView(presses=presses):
            return presses
        case BusyView(presses=presses) | MessageView(presses=presses):
            return presses
        case _:
            assert_never(body)
