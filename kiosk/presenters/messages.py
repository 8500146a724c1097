"""Screens that tell instead of ask: working, refused, out of service, starting, safe."""

from kiosk import i18n
from kiosk.presenters.speech import Voice
from kiosk.presenters.view_parts import Banner, PlaceView, Press
from kiosk.presenters.view_visit import BusyView
from kiosk.presenters.views import MessageView
from kiosk.session.actions import AnotherNumber, GoHome, TryAgain
from kiosk.session.availability import other_kiosks, reopens_at
from kiosk.session.refusals import refusal
from kiosk.session.state import Issuing, Refused, Safe


def busy(voice: Voice, place: Issuing) -> BusyView:
    if not place.late:
        return BusyView("issuing", voice.say("issuing.title"), voice.say("issuing.body"))
    return BusyView(
        "issuing_late",
        title=voice.say("issuing.title"),
        body="",
        banner=Banner(
            "fault",
            "wifi-off",
            title=voice.say("late.title"),
            body=voice.say("late.body"),
            second=voice.english("late.title"),
        ),
        presses=(
            Press("late.leave", voice.say("late.leave"), GoHome(), voice.second("late.leave"), "house"),
        ),
    )


def refused(voice: Voice, place: Refused) -> MessageView:
    no = refusal(voice.session, place.code)
    presses: list[Press] = []
    if no.again:
        presses.append(_press(voice, "refused.try_again", TryAgain(), "refresh-cw"))
    if no.elsewhere:
        presses.append(_press(voice, "refused.another", AnotherNumber(), "list"))
    presses.append(_press(voice, "refused.home", GoHome(), "house"))
    return MessageView(
        name="refused",
        icon="triangle-alert",
        title=voice.say(no.title),
        body=voice.say(no.body),
        second=voice.english(no.body),
        presses=tuple(_primary_first(presses)),
        footer=_reopens(voice) if place.code == "out_of_hours" else (),
    )


def server_lost(voice: Voice) -> MessageView:
    """No number can be had here. Another kiosk is named only when it is this kiosk's own line that is cut."""
    world = voice.session.world
    code = f"{voice.session.kiosk}-{world.server}".upper()
    return MessageView(
        name="server_lost",
        icon="pause",
        title=voice.say("out.title"),
        body=voice.say("out.sorry"),
        second=voice.english("out.title"),
        places=(*(_kiosks(voice) if world.server == "unlinked" else ()), _desk(voice)),
        footer=(voice.say("out.still_called"), voice.say("out.code", code=code)),
    )


def starting(voice: Voice) -> MessageView:
    return MessageView(
        name="starting",
        icon="hourglass",
        title=voice.say("starting.title"),
        body=voice.say("starting.body"),
        second=voice.english("starting.title"),
    )


def safe(voice: Voice, place: Safe) -> MessageView:
    ticket = place.ticket
    body = "safe.ticket" if ticket else "safe.body"
    return MessageView(
        name="safe",
        icon="refresh-cw",
        title=voice.say("safe.title"),
        body=voice.say(body),
        second=voice.english(body),
        number=ticket.slip.number if ticket else "",
        places=(_desk(voice),),
        presses=(_press(voice, "refused.home", GoHome(), "house"),),
    )


def _reopens(voice: Voice) -> tuple[str, ...]:
    at = reopens_at(voice.session)
    return (voice.say("services.reopens", at=voice.hour(at)),) if at else ()


def _kiosks(voice: Voice) -> tuple[PlaceView, ...]:
    line = "out.kiosk_line"
    return tuple(
        PlaceView("arrow-right", voice.text(kiosk.name), voice.say(line), voice.english(line))
        for kiosk in other_kiosks(voice.session)[:2]
    )


def _desk(voice: Voice) -> PlaceView:
    name = i18n.sentence_case(voice.help_desk)
    return PlaceView("megaphone", name, voice.say("out.desk_line"), voice.english("out.desk_line"))


def _press(voice: Voice, key: str, action: TryAgain | AnotherNumber | GoHome, icon: str) -> Press:
    return Press(key, voice.say(key), action, voice.second(key), icon)


def _primary_first(presses: list[Press]) -> list[Press]:
    first, *rest = presses
    primary = Press(first.key, first.label, first.action, first.second, first.icon, kind="primary")
    return [primary, *rest]
