"""The audio guide: what is said of the screen that is shown, as clips."""

from collections.abc import Sequence

from kiosk.session.availability import (
    offered,
    offline,
    on_page,
    other_kiosks,
    pages,
    reopens_at,
    shown,
    state_of,
    why_closed,
)
from kiosk.session.guide_tracking import said
from kiosk.session.home_rows import rows
from kiosk.session.printers import MENDED
from kiosk.session.refusals import refusal
from kiosk.session.rules import may_print_again
from kiosk.session.state import (
    Factor,
    Help,
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
    StillThere,
    Ticket,
)
from queue_server.contract.states import ServiceInfo
from queue_server.contract.values import Wait as Forecast
from queue_server.speech.announce import spelled
from queue_server.speech.phrases import Clip, SpeechError, name_key
from queue_server.speech.screens import Choice, Wait, people_waiting, screen, sentence, ticket

AIDS = ("bar.large_text", "bar.contrast", "bar.listen")
PRINTER_FAULTS = frozenset({"paper_out", "cover_open", "offline"})
CLOSED: dict[str, str] = {
    "out_of_hours": "home.closed",
    "quota_reached": "guide.full",
    "numbers_exhausted": "guide.full",
}


def reading(session: Session) -> tuple[Clip, ...]:
    """The whole screen, its overlay where there is one; silence where no clip can say it.

    Never a name or a code of a dossier.
    """
    try:
        return _reading(session)
    except SpeechError:
        return ()


def _reading(session: Session) -> tuple[Clip, ...]:
    language = session.aids.language
    match session.overlay:
        case StillThere():
            return screen(["timeout.title"], [Choice("timeout.here"), Choice("timeout.leave")], [], language)
        case Help(told=told):
            title = "help.not_called" if told is False else "help.called" if told else "help.calling"
            return screen([title], [], ["help.close"], language)
    match session.place:
        case Ticket() as place:
            return _ticket(session, place)
        case Priority() if shown(session) == "priority":
            return screen(
                ["priority.title", "priority.checked"],
                [*_priority_choices(session), Choice("priority.none")],
                _bar(session, "bar.back"),
                language,
            )
        case Services(page=page) if shown(session) == "services":
            return _services(session, page)
        case Scan() | Keypad() if shown(session) not in {"scan", "keypad"}:
            return _other(session)
        case Scan() | Keypad() | Looking() | Result() | Factor() | NoAnswer() | MyTicket() as dossier:
            return said(session, dossier)
        case Refused(code=code):
            return _refused(session, code)
        case Safe(ticket=issued) if issued is not None:
            number = spelled(issued.slip.number, language)
            return (*screen(["safe.title"], [], [], language), *number, sentence("safe.ticket", language))
    return _other(session)


def closed_reason(session: Session, service: str) -> tuple[Clip, ...]:
    """Why a closed service, or with "" the closed red button, cannot be pressed."""
    language = session.aids.language
    if not service and shown(session) == "home" and offline(session):
        return (sentence("offline.title", language),)
    why = why_closed(session, service) if service else "out_of_hours"
    info = next((info for info in offered(session) if info.id == service), None)
    reason = sentence(CLOSED.get(why, "guide.closed"), language)
    try:
        return (Clip(name_key("service", info.name.vi), language, 0.3), reason) if info else (reason,)
    except SpeechError:
        return (reason,)


def _refused(session: Session, code: str) -> tuple[Clip, ...]:
    no = refusal(session, code)
    choices = [
        *([Choice("refused.try_again")] if no.again else []),
        *([Choice("refused.another")] if no.elsewhere else []),
        Choice("bar.home"),
    ]
    return screen(no.spoken, choices, _bar(session, "bar.home"), session.aids.language)


def _services(session: Session, page: int) -> tuple[Clip, ...]:
    choices = [_service(session, info) for info in on_page(session, page)]
    bar = _bar(session, "bar.back")
    more = ["bar.more"] if pages(session) > 1 else []
    return screen(["services.title", "services.forecast"], choices, [*more, *bar], session.aids.language)


def _service(session: Session, info: ServiceInfo) -> Choice:
    state = state_of(session, info.id)
    key = name_key("service", info.name.vi)
    if why := why_closed(session, info.id):
        return Choice(key, remarks=(CLOSED.get(why, "guide.closed"),))
    wait = state.wait if state and not offline(session) else None
    return Choice(key, wait=_wait(wait), remarks=() if wait else ("guide.wait_unknown",))


def _priority_choices(session: Session) -> list[Choice]:
    office = session.world.office
    groups = office.priority_groups if office else ()
    return [Choice(name_key("priority", group.name.vi)) for group in groups]


def _ticket(session: Session, place: Ticket) -> tuple[Clip, ...]:
    """The number comes first, then the paper's trouble; a number no clip can say leaves the rest."""
    language, issued = session.aids.language, place.issued
    failed = shown(session) == "printer_failed"
    came_out = not place.paperless and place.slip.state in {"printing", "printed"} and not place.slip.printer
    try:
        said = ticket(
            issued.slip.number,
            issued.slip.counters,
            None if issued.slip.offline else issued.people_ahead,
            _wait(issued.wait),
            language,
            slip=came_out,
        )
    except SpeechError:
        said = ()
    if failed:
        known = place.slip.reason in PRINTER_FAULTS
        reason = f"printer.{place.slip.reason}" if known else "printer.failed"
        told = screen(
            ["printer.still_valid"] if place.slip.reason == MENDED else [reason, "printer.still_valid"],
            [Choice("printer.try_again"), Choice("printer.without")],
            [],
            language,
        )
        return (*said, *told)
    unsure = place.slip.state == "unconfirmed" and not place.paperless
    look = ["ticket.look_in_slot"] if unsure else []
    if place.slip.printer and not place.paperless:
        look = ["printer.elsewhere"]
    keys = ["bar.reprint"] if may_print_again(place) else []
    return (*said, *screen(look, [Choice("ticket.done")], [*keys, "bar.another"], language))


def _other(session: Session) -> tuple[Clip, ...]:
    language = session.aids.language
    match shown(session):
        case "home":
            waiting = sum(state.waiting for state in session.world.services.values())
            title = (sentence("home.title", language), *people_waiting(waiting, language))
            if offline(session):
                title = (sentence("offline.title", language), sentence("offline.still_issues", language))
            listed = [Choice(f"home.{row.name}") for row in rows(session)]
            choices = [Choice("home.take_number"), *listed, Choice("bar.low_reach"), Choice("bar.help")]
            return (*title, *screen([], choices, ["bar.vietnamese", "bar.english", *AIDS], language))
        case "out_of_hours":
            help_ = ["home.closed_help"] if reopens_at(session) else []
            bar = ["bar.vietnamese", "bar.english", *AIDS]
            return screen(["home.closed", *help_], [Choice("bar.help")], bar, language)
        case "server_lost":
            other = session.world.server == "unlinked" and other_kiosks(session)
            places = ["out.other_kiosk"] if other else []
            return screen(["out.title", *places, "out.help_desk", "out.still_called"], [], [], language)
        case "issuing":
            return screen(["ticket.busy"], [], [], language)
        case "issuing_late":
            return screen(["ticket.late", "out.help_desk"], [], ["bar.home", "bar.help"], language)
        case "starting":
            return screen(["out.starting"], [], [], language)
        case "safe":
            return screen(["safe.title", "out.help_desk"], [], [], language)
    return ()


def _bar(session: Session, *first: str) -> Sequence[str]:
    other = "bar.english" if session.aids.language == "vi" else "bar.vietnamese"
    return [*first, other, *AIDS, "bar.help"]


def _wait(wait: Forecast | None) -> Wait | None:
    return Wait(wait.low, wait.high) if wait else None
