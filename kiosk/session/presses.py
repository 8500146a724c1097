"""What a press does, by where it is pressed: a press that is not offered there changes nothing."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from kiosk.session import tracking
from kiosk.session.actions import (
    AnotherNumber,
    CallHelp,
    ChoosePriority,
    ChooseService,
    CloseHelp,
    Erase,
    EraseAll,
    ExplainClosed,
    Finish,
    GoBack,
    GoHome,
    Press,
    Reprint,
    RetryPrint,
    Search,
    SetLanguage,
    ShowPage,
    StillHere,
    SwitchLetters,
    TakeNumber,
    TakeOffered,
    ToggleContrast,
    ToggleLargeText,
    ToggleListen,
    ToggleLowReach,
    TrackFile,
    TryAgain,
    TypeByHand,
    TypeKey,
    Unlock,
    WithoutPaper,
)
from kiosk.session.availability import (
    is_open,
    issuer,
    may_track,
    offer_of,
    offered,
    offline,
    on_page,
    page_of,
    pages,
    shown,
)
from kiosk.session.effects import CallGreeter
from kiosk.session.reading import explain
from kiosk.session.rules import Step, ask_for, go, leave, may_leave, may_print_again, print_again, stay
from kiosk.session.state import (
    Aids,
    Factor,
    Help,
    Home,
    Keypad,
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
from kiosk.session.timing import SETTLE

Aid = SetLanguage | ToggleLargeText | ToggleContrast | ToggleLowReach | ToggleListen
Track = TrackFile | TypeByHand | TypeKey | SwitchLetters | Erase | EraseAll | Search | Unlock | TakeOffered
Move = GoBack | GoHome | Finish | StillHere | CallHelp | CloseHelp


def press(session: Session, action: Press, now: datetime) -> Step:
    """A press just after its screen appeared was meant for the one before (double tap) and does nothing."""
    if isinstance(action, Aid):
        return _aid(session, action), ()
    if now - session.arrived_at < SETTLE:
        return stay(session)
    if isinstance(action, Move):
        return _move(session, action, now)
    if session.overlay is not None:
        return stay(session)
    return _choice(session, action, now)


def _aid(session: Session, action: Aid) -> Session:
    aids = session.aids
    match action:
        case SetLanguage(language=language):
            aids = replace(aids, language=language)
        case ToggleLargeText():
            return _same_services(session, replace(aids, large_text=not aids.large_text))
        case ToggleContrast():
            aids = replace(aids, contrast=not aids.contrast)
        case ToggleLowReach():
            aids = replace(aids, low_reach=not aids.low_reach)
        case ToggleListen():
            aids = replace(aids, listen=not aids.listen)
    return replace(session, aids=aids)


def _same_services(session: Session, aids: Aids) -> Session:
    """Other page sizes keep the first service of the page in sight."""
    changed = replace(session, aids=aids)
    if not isinstance(session.place, Services):
        return changed
    seen = on_page(session, session.place.page)
    return replace(changed, place=Services(page_of(changed, seen[0].id) if seen else 0))


def _move(session: Session, action: Move, now: datetime) -> Step:
    match action:
        case StillHere():
            asked = isinstance(session.overlay, StillThere)
            return (replace(session, overlay=None) if asked else session), ()
        case CloseHelp():
            return (replace(session, overlay=None) if isinstance(session.overlay, Help) else session), ()
        case CallHelp():
            return _call_help(session)
        case Finish():
            return leave(session, now) if may_leave(session) else stay(session)
        case GoHome():
            return _home(session, now)
        case GoBack():
            return _back(session, now)
        case _:
            assert_never(action)


def _call_help(session: Session) -> Step:
    if session.overlay is not None or not may_leave(session):
        return stay(session)
    if session.world.server != "ready":
        return replace(session, overlay=Help(told=False)), ()
    return replace(session, overlay=Help()), (CallGreeter(),)


def _home(session: Session, now: datetime) -> Step:
    """Home within the visit; from a ticket, home is the end of it."""
    if isinstance(session.overlay, StillThere) or not may_leave(session):
        return stay(session)
    if isinstance(session.place, Ticket | Safe):
        return leave(session, now)
    return go(session, Home(), now), ()


def _back(session: Session, now: datetime) -> Step:
    if session.overlay is not None:
        return stay(session)
    match session.place:
        case Priority(service=service):
            return go(session, Services(page_of(session, service)), now), ()
        case Services() | Refused():
            return go(session, Home(), now), ()
        case Scan() | Keypad() | Factor() | Result() | NoAnswer() | MyTicket():
            return tracking.back(session, now)
    return stay(session)


def _choice(
    session: Session,
    action: TakeNumber
    | ShowPage
    | ChooseService
    | ExplainClosed
    | ChoosePriority
    | TryAgain
    | Reprint
    | RetryPrint
    | WithoutPaper
    | AnotherNumber
    | Track,
    now: datetime,
) -> Step:
    if isinstance(action, Track):
        return _track(session, action, now)
    place, screen = session.place, shown(session)
    match action, place:
        case TakeNumber(), Home() if screen == "home":
            return go(session, Services(), now), ()
        case TakeNumber(), Home() if screen == "out_of_hours":
            return explain(session, "")
        case ExplainClosed(service=""), Home() if screen == "out_of_hours":
            return explain(session, "")
        case ExplainClosed(service=service), Services() if screen == "services" and service:
            return explain(session, service)
        case ShowPage(page=page), Services() if screen == "services":
            return go(session, Services(page if 0 <= page < pages(session) else 0), now), ()
        case ChooseService(service=service), Services() if screen == "services":
            return _service(session, service, now)
        case ChoosePriority(group=group), Priority(service=service) if screen == "priority":
            return ask_for(session, service, group, now) if _known(session, group) else stay(session)
        case TryAgain(), Refused(service=service, group=group) if issuer(session.world) != "nobody":
            return ask_for(session, service, group, now, dossier=place.dossier, told=place.told)
        case TryAgain(), NoAnswer():
            return tracking.again(session, now)
        case ExplainClosed(service=service), Result() if service:
            offer = offer_of(session)
            return explain(session, service) if offer and offer.service == service else stay(session)
        case AnotherNumber(), Refused():
            return go(session, Services(), now), ()
        case AnotherNumber(), Ticket() if screen == "ticket" and may_leave(session):
            return go(session, Services(), now), ()
        case Reprint(), Ticket() if screen == "ticket" and may_print_again(place):
            return print_again(session, place, now)
        case RetryPrint(), Ticket() if screen == "printer_failed":
            return print_again(session, place, now)
        case WithoutPaper(), Ticket() if screen == "printer_failed":
            return go(session, replace(place, paperless=True, answered_at=now), now), ()
    return stay(session)


def _track(session: Session, action: Track, now: datetime) -> Step:
    place = session.place
    match action:
        case TrackFile():
            here = isinstance(place, Result) or shown(session) in {"home", "out_of_hours"}
            here = here or (isinstance(place, NoAnswer) and place.why in {"not_found", "elsewhere"})
            if here and may_track(session) and offline(session):
                return explain(session, "")
            return tracking.start(session, now) if here and may_track(session) else stay(session)
        case TypeByHand():
            here = isinstance(place, Scan) and shown(session) == "scan"
            here = here or (isinstance(place, NoAnswer) and place.why == "not_found")
            return (go(session, Keypad(), now), ()) if here else stay(session)
        case TypeKey(char=char):
            return tracking.typed(session, char)
        case SwitchLetters():
            return tracking.letters(session)
        case Erase():
            return tracking.erased(session, everything=False)
        case EraseAll():
            return tracking.erased(session, everything=True)
        case Search():
            return tracking.search(session, now)
        case Unlock():
            return tracking.unlock(session, now)
        case TakeOffered():
            return tracking.take_offered(session, now)
        case _:
            assert_never(action)


def _service(session: Session, service: str, now: datetime) -> Step:
    if all(info.id != service for info in offered(session)):
        return stay(session)
    if not is_open(session, service):
        return explain(session, service)
    office = session.world.office
    if office is not None and office.priority_groups:
        return go(session, Priority(service), now), ()
    return ask_for(session, service, None, now)


def _known(session: Session, group: str | None) -> bool:
    office = session.world.office
    return group is None or (office is not None and any(g.id == group for g in office.priority_groups))
