"""The audio guide of "Tra cứu hồ sơ". Never a name, a code, or what a second factor opened."""

from kiosk.session.availability import is_open, offer_of
from kiosk.session.state import Dossier, Factor, Keypad, Looking, MyTicket, NoAnswer, Result, Scan, Session
from kiosk.session.tracking import may_unlock
from queue_server.contract.replies import Standing
from queue_server.speech.announce import saying, spelled
from queue_server.speech.phrases import Clip, Language
from queue_server.speech.screens import Choice, Wait, screen, sentence, ticket

_BAR = ("bar.back", "bar.home", "bar.large_text", "bar.contrast", "bar.listen")
_NOTICES = {
    "unread": "scan.unread",
    "id_card": "scan.id_card",
    "paper": "scan.paper",
    "no_reader": "scan.no_reader",
    "not_found": "keypad.not_found",
}
_STATUSES = {
    1: "result.registered",
    2: "result.processing",
    3: "result.refused",
    4: "result.processing",
    5: "result.supplement",
    6: "result.payment",
    7: "result.withdrawn",
    8: "result.stopped",
    9: "result.ready",
    10: "result.returned",
}
_OFFERS = {
    "collect": "result.get_number",
    "supplement": "result.number_papers",
    "pay": "result.number_pay",
    "ask": "result.number_ask",
}
_AGAIN = frozenset({"unavailable", "slowed"})
TOLD = frozenset({"serving", "served", "no_show", "parked", "awaiting_result", "cancelled", "abandoned"})
"""States of a ticket that have words of their own."""


def news_of(place: object) -> object:
    """What is to be said anew though the screen is the same one; None when nothing is."""
    match place:
        case Scan(notice=notice) | Keypad(notice=notice):
            return notice or None
        case Factor(looked=looked, wrong=wrong):
            return looked.tries_left if wrong else None
    return None


def said(session: Session, place: Dossier) -> tuple[Clip, ...]:
    language = session.aids.language
    match place:
        case Scan(notice=notice):
            camera = "scanner" not in session.world.readers
            title = "scan.title_camera" if camera else "scan.title"
            choices, first = [Choice("scan.by_hand")], _noticed(notice)
            return screen([*first, title, "scan.distance"], choices, [*_BAR, "bar.help"], language)
        case Keypad(notice=notice):
            keys = ["keypad.delete", "keypad.clear"]
            return screen(
                [*_noticed(notice), "keypad.title"], [Choice("keypad.search")], [*keys, *_BAR], language
            )
        case Factor(wrong=wrong):
            first = ["factor.wrong"] if wrong else []
            return screen(
                [*first, "factor.title", "factor.how"],
                [Choice("factor.open")],
                ["keypad.delete", "keypad.clear", *_BAR],
                language,
            )
        case Looking():
            return screen(["looking.title"], [], [], language)
        case Result():
            return _result(session, place)
        case NoAnswer(why=why):
            again = [Choice("refused.try_again")] if why in _AGAIN else []
            other = [Choice("result.another_file")] if why in {"not_found", "elsewhere"} else []
            return screen([f"no_answer.{why}"], [*again, *other], _BAR, language)
        case MyTicket(standing=standing):
            return (*_standing(standing, language), *screen([], [Choice("bar.home")], [], language))


def _standing(standing: Standing, language: Language) -> tuple[Clip, ...]:
    """Number first, then where it stands."""
    number = spelled(standing.ticket.number, language)
    match standing.ticket.state:
        case "waiting":
            wait = Wait(standing.wait.low, standing.wait.high) if standing.wait else None
            counters, ahead = standing.counters, standing.people_ahead
            return ticket(standing.ticket.number, counters, ahead, wait, language, slip=False)
        case "called" if standing.counters:
            return saying(standing.ticket.number, standing.counters[0], language)
        case state:
            key = f"mine.{state}" if state in TOLD else "mine.other"
            return (sentence("guide.your_number", language), *number, sentence(key, language))


def _result(session: Session, place: Result) -> tuple[Clip, ...]:
    dossier, offer = place.looked.dossier, offer_of(session)
    status = dossier.status if dossier else 0
    title = [_STATUSES.get(status, "result.other")]
    if dossier is not None and dossier.overdue is not None:
        title.append("result.overdue")
    if place.looked.factor == "right":
        title.append("result.opened")
    if place.looked.factor == "locked":
        title.append("result.locked")
    if offer is not None and offer.why == "collect":
        title.append("result.bring")
    choices = []
    if offer is not None:
        closed = () if is_open(session, offer.service) else ("guide.closed",)
        choices.append(Choice(_OFFERS[offer.why], remarks=closed))
    if may_unlock(place):
        choices.append(Choice("result.unlock"))
    choices.append(Choice("result.another_file"))
    return screen(title, choices, _BAR, session.aids.language)


def _noticed(notice: str) -> list[str]:
    return [_NOTICES[notice]] if notice in _NOTICES else []
