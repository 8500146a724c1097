"""Where one's own ticket stands, as the phone page tells it. Nothing personal."""

from kiosk.i18n import whole
from kiosk.presenters.speech import Voice
from kiosk.presenters.ticket import counters
from kiosk.presenters.view_parts import PlaceView, Press
from kiosk.presenters.views import MessageView
from kiosk.session.actions import GoHome
from kiosk.session.guide_tracking import TOLD
from kiosk.session.state import MyTicket
from queue_server.contract.replies import Standing

_ICONS = {
    "waiting": "hourglass",
    "called": "bell-ring",
    "serving": "user-check",
    "served": "circle-check",
    "parked": "pause",
    "awaiting_result": "hourglass",
}


def my_ticket(voice: Voice, place: MyTicket) -> MessageView:
    standing = place.standing
    state = standing.ticket.state
    known = state if state in TOLD or state in {"waiting", "called"} else "other"
    return MessageView(
        name="my_ticket",
        icon=_ICONS.get(known, "ticket"),
        title=voice.say(f"mine.{known}", counter=counters(voice, standing.counters)),
        body=_body(voice, standing, known),
        second=voice.english(f"mine.{known}", counter=_english_counter(voice, standing)),
        number=standing.ticket.number,
        places=_places(voice, standing, known),
        presses=(
            Press(
                "refused.home",
                voice.say("refused.home"),
                GoHome(),
                voice.second("refused.home"),
                "house",
                kind="primary",
            ),
        ),
    )


def _body(voice: Voice, standing: Standing, state: str) -> str:
    if state in {"waiting", "called", "serving"}:
        return ""
    if state == "no_show" and not standing.come_back_until:
        return voice.say("mine.no_show_over")
    until, number = standing.come_back_until, standing.ticket.number
    return voice.say(f"mine.{state}_body", until=until, number=number)


def _places(voice: Voice, standing: Standing, state: str) -> tuple[PlaceView, ...]:
    """Ahead, range and counters while it waits; afterwards the counter alone."""
    if state == "waiting":
        return (_ahead(voice, standing), _wait(voice, standing), _counters(voice, standing, state))
    return (_counters(voice, standing, state),) if standing.counters else ()


def _ahead(voice: Voice, standing: Standing) -> PlaceView:
    people = standing.people_ahead or 0
    key = "mine.ahead_one" if people == 1 else "mine.ahead"
    name = voice.say(key, n=whole(people, voice.language)) if people else voice.say("ticket.next")
    return PlaceView("users", name, voice.helper("mine.others_first"), "")


def _wait(voice: Voice, standing: Standing) -> PlaceView:
    at = standing.promise_at
    line = voice.say("ticket.promise", at=at) if at and standing.wait else ""
    return PlaceView("clock", _sentence(voice.wait(standing.wait)), line, "")


def _counters(voice: Voice, standing: Standing, state: str) -> PlaceView:
    name = counters(voice, standing.counters)
    key = {"called": "mine.go_now", "serving": "mine.stay"}.get(state, "mine.listen")
    return PlaceView("arrow-right", name, voice.say(key) if standing.counters else "", "")


def _english_counter(voice: Voice, standing: Standing) -> str:
    return voice.english("ticket.counter", counters=", ".join(str(n) for n in standing.counters))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
