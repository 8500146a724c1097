""" "Tra cứu hồ sơ": from a code that is scanned or typed to what became of the dossier, and to a ticket."""

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.session import own_ticket
from kiosk.session.availability import is_open, issuer, may_track, offer_of, patterns, reading_start
from kiosk.session.effects import Beep, LookUp
from kiosk.session.heard import LookAnswered, LookRefused, Scanned
from kiosk.session.rules import Step, ask_for, go, stay
from kiosk.session.state import (
    Dossier,
    Factor,
    Home,
    Keypad,
    Looking,
    MyTicket,
    NoAnswer,
    Notice,
    Result,
    Scan,
    Session,
)
from queue_server.codes.classify import classify
from queue_server.codes.kinds import (
    DossierCode,
    IdCard,
    Kind,
    OwnPage,
    OwnTicket,
    PaperCode,
    TaxNumber,
    Unknown,
)
from queue_server.codes.normal import normalise

LONGEST = 40
"""Characters that the keypad takes; the longest code that is printed has 31."""
SHORTEST = 4
FACTOR_DIGITS = 4
PATIENCE = timedelta(seconds=15)
"""A look-up that nobody answered for so long is given up, should its effect be lost."""
_SLOWED = "too_often"
_MAY_PASS = frozenset({"no_reply", "storage_failed", "draining", "too_late"})
_KEYS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ0123456789.-/")


def scanned(session: Session, action: Scanned, now: datetime) -> Step:
    """What a reader read, wherever a code may be awaited; anywhere else nothing happens.

    Of an ID card only the number is looked at here, and leaves only as the factor of a dossier on the screen.
    """
    place = session.place
    if not isinstance(place, Home | Dossier):
        return stay(session)
    kind = classify(action.text, patterns(session))
    if isinstance(kind, OwnTicket | OwnPage):
        after, effects = own_ticket.find(session, kind, action.text, now)
        return after, (Beep("beep_ok"), *effects)
    if not may_track(session):
        return stay(session)
    if isinstance(place, Result | Factor) and isinstance(kind, IdCard):
        return _card(session, place, kind, now)
    code = _code_of(kind, action.text)
    if code:
        after, effects = _look(session, code, now)
        return after, (Beep("beep_ok"), *effects)
    return _not_a_code(session, _notice(kind), now)


def start(session: Session, now: datetime) -> Step:
    """The beginning of a look-up: the scanner where there is one, else the keypad."""
    return go(session, reading_start(session), now), ()


def typed(session: Session, char: str) -> Step:
    match session.place:
        case Keypad(typed=so_far) as place if char in _KEYS and len(so_far) < LONGEST:
            return replace(session, place=replace(place, typed=so_far + char, notice="")), (Beep("tick"),)
        case Factor(typed=so_far) as place if char.isdecimal() and len(so_far) < FACTOR_DIGITS:
            digits = so_far + char
            return replace(session, place=replace(place, typed=digits, wrong=False)), (Beep("tick"),)
    return stay(session)


def erased(session: Session, *, everything: bool) -> Step:
    match session.place:
        case Keypad() as place:
            left = "" if everything else place.typed[:-1]
            return replace(session, place=replace(place, typed=left, notice="")), (Beep("tick"),)
        case Factor() as place:
            left = "" if everything else place.typed[:-1]
            return replace(session, place=replace(place, typed=left, wrong=False)), (Beep("tick"),)
    return stay(session)


def letters(session: Session) -> Step:
    place = session.place
    if not isinstance(place, Keypad):
        return stay(session)
    return replace(session, place=replace(place, letters=not place.letters)), (Beep("tick"),)


def may_search(session: Session) -> bool:
    """Whether what was typed is long enough to be looked up."""
    match session.place:
        case Keypad(typed=text):
            return len(text) >= SHORTEST
        case Factor(typed=text):
            return len(text) == FACTOR_DIGITS
    return False


def search(session: Session, now: datetime) -> Step:
    place = session.place
    if not may_search(session):
        return stay(session)
    if isinstance(place, Factor):
        return _try_factor(session, place, place.typed, now)
    if not isinstance(place, Keypad):
        return stay(session)
    kind = classify(place.typed, patterns(session))
    if isinstance(kind, IdCard):
        return replace(session, place=replace(place, typed="", notice="id_card")), (Beep(),)
    return _look(session, _code_of(kind, place.typed) or normalise(place.typed), now)


def again(session: Session, now: datetime) -> Step:
    """The same code once more, after an answer that may become another one."""
    place = session.place
    if isinstance(place, NoAnswer) and place.why in {"unavailable", "slowed", "refused"}:
        kind = classify(place.code, patterns(session))
        if isinstance(kind, OwnTicket | OwnPage):
            return own_ticket.find(session, kind, place.code, now)
        return _look(session, place.code, now)
    return stay(session)


def unlock(session: Session, now: datetime) -> Step:
    place = session.place
    if isinstance(place, Result) and may_unlock(place):
        return go(session, Factor(place.code, place.looked), now), ()
    return stay(session)


def may_unlock(place: Result | Factor) -> bool:
    """Whether a second factor would open more of the answer."""
    return place.looked.factor in {"wanted", "wrong"} and place.looked.tries_left > 0


def take_offered(session: Session, now: datetime) -> Step:
    """One touch: the ticket that the answer offers, with the dossier for the officer who calls it."""
    place, offer = session.place, offer_of(session)
    if not isinstance(place, Result) or offer is None or issuer(session.world) == "nobody":
        return stay(session)
    if not is_open(session, offer.service):
        return stay(session)
    told = place.looked if offer.why == "supplement" and place.looked.protected else None
    return ask_for(session, offer.service, None, now, dossier=_told_code(place), told=told)


def back(session: Session, now: datetime) -> Step:
    match session.place:
        case Factor(code=code, looked=looked):
            return go(session, Result(code, looked), now), ()
        case Keypad() if session.world.readers:
            return go(session, Scan(), now), ()
        case Scan() | Keypad():
            return go(session, Home(), now), ()
        case MyTicket() | NoAnswer(why="no_ticket"):
            return go(session, Home(), now), ()
        case Result() | NoAnswer():
            return start(session, now)
    return stay(session)


def answered(session: Session, action: LookAnswered, now: datetime) -> Step:
    """The answer to the look-up that is awaited; any other one is nobody's."""
    place = session.place
    if not isinstance(place, Looking) or place.step != action.step:
        return stay(session)
    looked = action.looked
    match looked.outcome:
        case "found":
            if place.found is not None and looked.factor == "wrong":
                return go(session, Factor(place.code, looked, wrong=True), now), (Beep(),)
            return go(session, Result(place.code, looked), now), ()
        case "not_found" if isinstance(place.before, Keypad):
            return go(session, replace(place.before, notice="not_found"), now), (Beep(),)
        case "elsewhere":
            return go(session, NoAnswer("elsewhere", place.code, looked.other_office), now), ()
        case "not_found" | "unavailable" as why:
            return go(session, NoAnswer(why, place.code), now), (Beep(),)


def refused(session: Session, action: LookRefused, now: datetime) -> Step:
    place = session.place
    if not isinstance(place, Looking) or place.step != action.step:
        return stay(session)
    if place.ticket:
        return own_ticket.refused(session, place, action, now)
    if action.code == _SLOWED:
        return go(session, NoAnswer("slowed", place.code, wait_s=action.wait_s), now), (Beep(),)
    if action.code in _MAY_PASS:
        return go(session, NoAnswer("unavailable", place.code), now), (Beep(),)
    return go(session, NoAnswer("refused", place.code), now), (Beep(),)


def overdue(session: Session, now: datetime) -> bool:
    """Whether a look-up has lasted longer than anybody waits."""
    place = session.place
    return isinstance(place, Looking) and now - place.since >= PATIENCE


def _look(session: Session, code: str, now: datetime) -> Step:
    """A new look-up; an answer that is on the screen goes at once, a question stays until the answer."""
    place, step = session.place, session.step + 1
    before = place if isinstance(place, Scan | Keypad | Home) else None
    looking = Looking(step, code, now, before)
    return replace(go(session, looking, now), step=step), (LookUp(step, code),)


def _card(session: Session, place: Result | Factor, card: IdCard, now: datetime) -> Step:
    if not may_unlock(place):
        return session, (Beep(),)
    after, effects = _try_factor(session, place, card.number, now)
    return after, (Beep("beep_ok"), *effects)


def _try_factor(session: Session, place: Result | Factor, factor: str, now: datetime) -> Step:
    step = session.step + 1
    looking = Looking(step, place.code, now, found=place.looked)
    return replace(go(session, looking, now), step=step), (LookUp(step, place.code, factor),)


def _code_of(kind: Kind, text: str) -> str:
    """What is looked up: a code, or a text of a shape that nobody knows, as it stands there."""
    match kind:
        case DossierCode(code):
            return code
        case Unknown(seen):
            return seen
        case TaxNumber():
            return normalise(text)
        case _:
            return ""


def _told_code(place: Result) -> str:
    return place.looked.dossier.code if place.looked.dossier else place.code


def _notice(kind: Kind) -> Notice:
    match kind:
        case IdCard():
            return "id_card"
        case PaperCode():
            return "paper"
        case _:
            return "unread"


def _not_a_code(session: Session, notice: Notice, now: datetime) -> Step:
    match session.place:
        case Scan() | Keypad() as place:
            return replace(session, place=replace(place, notice=notice)), (Beep(),)
        case Home() | NoAnswer() | MyTicket():
            shown = replace(reading_start(session), notice=notice)
            return go(session, shown, now), (Beep(),)
    return session, (Beep(),)
