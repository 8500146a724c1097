"""present(session, now): the screen as finished strings. The index of all screens."""

from datetime import datetime
from typing import assert_never

from kiosk.presenters import messages
from kiosk.presenters.frame import frame
from kiosk.presenters.home import home, out_of_hours
from kiosk.presenters.overlays import overlay
from kiosk.presenters.priority import priority
from kiosk.presenters.services import services
from kiosk.presenters.speech import Voice
from kiosk.presenters.ticket import printer_failed, ticket
from kiosk.presenters.views import (
    Body,
    BusyView,
    Frame,
    HelpView,
    HomeView,
    MessageView,
    OverlayView,
    Press,
    PrinterFailedView,
    PriorityView,
    ScreenView,
    ServicesView,
    StillThereView,
    TicketView,
)
from kiosk.session.availability import shown
from kiosk.session.state import Home, Issuing, Priority, Refused, Safe, Services, Session, Ticket


def present(session: Session, now: datetime) -> ScreenView:
    """What to draw at `now`. Equal views need no redrawing."""
    voice = Voice(session, now)
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
        case Home() | Services() | Priority() as place:
            if screen == "starting":
                return messages.starting(voice)
            if screen == "server_lost":
                return messages.server_lost(voice)
            if isinstance(place, Services):
                return services(voice, place)
            if isinstance(place, Priority):
                return priority(voice, place)
            return out_of_hours(voice) if screen == "out_of_hours" else home(voice)


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
        case BusyView(presses=presses) | MessageView(presses=presses):
            return presses
        case _:
            assert_never(body)
