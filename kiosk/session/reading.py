"""When the audio guide speaks: on every new screen, again after 8 s of silence, never over a touch."""

from dataclasses import replace
from datetime import datetime

from kiosk.session.availability import shown
from kiosk.session.effects import Effect, Hush, Say
from kiosk.session.guide import closed_reason, reading
from kiosk.session.guide_tracking import news_of
from kiosk.session.heard import SpeechEnded
from kiosk.session.printers import MENDED
from kiosk.session.rules import Step, stay
from kiosk.session.state import Help, Services, Session, Ticket
from kiosk.session.timing import REPEAT_READING
from queue_server.speech.phrases import Clip


def said_of(session: Session) -> tuple[object, ...]:
    """What makes a screen a new one to the ear: place, page, overlay and language."""
    overlay = session.overlay
    page = session.place.page if isinstance(session.place, Services) else 0
    told = overlay.told if isinstance(overlay, Help) else None
    return shown(session), page, type(overlay), told, session.aids.language, _paper(session)


def _paper(session: Session) -> tuple[object, ...]:
    """What became of the paper, where somebody has to know: elsewhere, or the printer is well again."""
    place = session.place
    if not isinstance(place, Ticket):
        return ()
    return place.slip.printer, place.slip.reason == MENDED


def follow(before: Session, step: Step) -> Step:
    """Adds the reading of a screen that changed, or silence when the guide is off."""
    session, effects = step
    listening = session.aids.listen
    told = news_of(session.place)
    new = said_of(before) != said_of(session) or (listening and not before.aids.listen)
    new = new or (told is not None and told != news_of(before.place))
    if listening and new:
        return _say(session, effects, reading(session))
    turned_off = before.aids.listen and not listening
    if session.reading.speaking and (new or turned_off):
        return _quiet(session, effects)
    return step


def touched(session: Session) -> Step:
    """A touch stops what is being said; it is not said again until the screen changes."""
    if session.reading.speaking:
        return _quiet(session, ())
    return replace(session, reading=replace(session.reading, ended_at=None)), ()


def ended(session: Session, action: SpeechEnded, now: datetime) -> Step:
    spoken = session.reading
    if not spoken.speaking or spoken.turn != action.turn:
        return stay(session)
    return replace(session, reading=replace(spoken, speaking=False, ended_at=now)), ()


def repeat(session: Session, now: datetime) -> Step:
    """The same screen once more, 8 s after its last reading ended."""
    ended_at = session.reading.ended_at
    if not session.aids.listen or ended_at is None or now - ended_at < REPEAT_READING:
        return stay(session)
    return _say(session, (), reading(session))


def explain(session: Session, service: str) -> Step:
    """A closed thing speaks its reason, with the guide on or off."""
    return _say(session, (), closed_reason(session, service))


def _say(session: Session, effects: tuple[Effect, ...], clips: tuple[Clip, ...]) -> Step:
    turn = session.reading.turn + 1
    spoken = replace(session.reading, turn=turn, speaking=bool(clips), ended_at=None)
    said = (Say(turn, clips),) if clips else ()
    return replace(session, reading=spoken), (*effects, *said)


def _quiet(session: Session, effects: tuple[Effect, ...]) -> Step:
    quiet = replace(session.reading, speaking=False, ended_at=None)
    return replace(session, reading=quiet), (*effects, Hush())
