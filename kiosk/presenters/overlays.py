"""What lies over a screen: "còn ở đó không?" and the answer to "tôi cần giúp"."""

from typing import Literal

from kiosk.i18n import counted
from kiosk.presenters.speech import Voice
from kiosk.presenters.ticket import countdown
from kiosk.presenters.view_parts import Countdown, Press
from kiosk.presenters.views import HelpView, OverlayView, StillThereView
from kiosk.session.actions import CloseHelp, Finish, StillHere
from kiosk.session.state import Help, StillThere
from kiosk.session.timing import GRACE, unhurried


def overlay(voice: Voice) -> OverlayView | None:
    match voice.session.overlay:
        case StillThere() as asked:
            return _still_there(voice, asked)
        case Help() as called:
            return _help(voice, called)
        case None:
            return None


def _still_there(voice: Voice, asked: StillThere) -> StillThereView:
    lasts = unhurried(GRACE, voice.session.aids)
    ring = countdown(voice.now, asked.since + lasts, lasts.total_seconds()) or Countdown(0, 0.0)
    return StillThereView(
        name="still_there",
        countdown=ring,
        title=voice.say("timeout.title"),
        body=counted("timeout.body", ring.seconds, voice.language),
        second=voice.english("timeout.title"),
        here=_press(voice, "timeout.here", StillHere(), "primary"),
        leave=_press(voice, "timeout.leave", Finish()),
    )


def _help(voice: Voice, called: Help) -> HelpView:
    title, body, icon = {
        None: ("help.calling", "help.wait", "bell-ring"),
        True: ("help.called", "help.wait", "circle-check"),
        False: ("help.not_called", "help.go", "megaphone"),
    }[called.told]
    return HelpView(
        name="help",
        icon=icon,
        title=voice.say(title),
        body=voice.say(body),
        second=voice.english(title),
        close=_press(voice, "help.close", CloseHelp(), "primary"),
    )


def _press(
    voice: Voice,
    key: str,
    action: StillHere | Finish | CloseHelp,
    kind: Literal["primary", "secondary"] = "secondary",
) -> Press:
    return Press(key, voice.say(key), action, voice.second(key), kind=kind)
