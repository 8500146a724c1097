"""What can be done now, from what the office told: which screen really shows, which services are open."""

from datetime import datetime
from typing import Literal

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
    World,
)
from queue_server.codes.patterns import DEFAULT, Patterns
from queue_server.contract.dossiers import TicketOffer
from queue_server.contract.states import KioskInfo, OfficeState, ServiceInfo, ServiceState

Shown = Literal[
    "starting",
    "home",
    "out_of_hours",
    "services",
    "priority",
    "issuing",
    "issuing_late",
    "ticket",
    "printer_failed",
    "refused",
    "server_lost",
    "safe",
    "scan",
    "keypad",
    "looking",
    "result",
    "factor",
    "no_answer",
    "my_ticket",
]
PAGE = 8
PAGE_LARGE_TEXT = 4


def issuer(world: World) -> Literal["server", "kiosk", "nobody"]:
    """Who can give a number now: the kiosk itself, of granted numbers, while the server is away."""
    if world.office is None or world.server == "unknown":
        return "nobody"
    if world.server == "ready":
        return "server"
    return "kiosk" if world.granted else "nobody"


def offline(session: Session) -> bool:
    """Whether this kiosk gives numbers by itself."""
    return issuer(session.world) == "kiosk"


def shown(session: Session) -> Shown:
    """The screen that the session's place really shows: a question nobody can act on gives way."""
    match session.place:
        case Safe():
            return "safe"
        case Ticket(slip=slip, paperless=paperless):
            return "printer_failed" if slip.state == "failed" and not paperless else "ticket"
        case Issuing(late=late):
            return "issuing_late" if late else "issuing"
        case Refused():
            return "refused"
        case Looking():
            return "looking"
        case Result():
            return "result"
        case Factor():
            return "factor"
        case MyTicket():
            return "my_ticket"
        case NoAnswer():
            return "no_answer"
        case Home() | Services() | Priority() | Scan() | Keypad() as place:
            if session.world.server == "unknown" or _catalogue_awaited(session.world):
                return "starting"
            if issuer(session.world) == "nobody":
                return "server_lost"
            if isinstance(place, Services):
                return "services"
            if isinstance(place, Priority):
                return "priority"
            if isinstance(place, Scan):
                return "scan"
            if isinstance(place, Keypad):
                return "keypad"
            return "out_of_hours" if out_of_hours(session) else "home"


def may_track(session: Session) -> bool:
    """Whether the office looks up dossiers."""
    office = session.world.office
    return office is not None and office.dossiers is not None


def patterns(session: Session) -> Patterns:
    """The shapes of dossier codes here."""
    office = session.world.office
    told = office.dossiers.patterns if office and office.dossiers else ()
    return Patterns.kept(told) if told else DEFAULT


def reading_start(session: Session) -> Scan | Keypad:
    """Where a look-up begins: what is missing at this machine is not offered."""
    return Scan() if session.world.readers else Keypad()


def offer_of(session: Session) -> TicketOffer | None:
    """The ticket that the answer on the screen offers, of a service that the office has."""
    place = session.place
    dossier = place.looked.dossier if isinstance(place, Result) else None
    offer = dossier.offer if dossier else None
    if offer is None or service_info(session.world.office, offer.service) is None:
        return None
    return offer


def offered(session: Session) -> tuple[ServiceInfo, ...]:
    """The services of this kiosk in the catalogue's order; a kiosk that names none offers all."""
    office = session.world.office
    if office is None:
        return ()
    me = this_kiosk(session)
    if me is None or not me.services:
        return office.services
    return tuple(service for service in office.services if service.id in me.services)


def this_kiosk(session: Session) -> KioskInfo | None:
    office = session.world.office
    return next((kiosk for kiosk in office.kiosks if kiosk.id == session.kiosk), None) if office else None


def other_kiosks(session: Session) -> tuple[KioskInfo, ...]:
    office = session.world.office
    return tuple(kiosk for kiosk in office.kiosks if kiosk.id != session.kiosk) if office else ()


def service_info(office: OfficeState | None, service: str) -> ServiceInfo | None:
    return next((info for info in office.services if info.id == service), None) if office else None


def state_of(session: Session, service: str) -> ServiceState | None:
    return session.world.services.get(service)


def is_open(session: Session, service: str) -> bool:
    """Whether it may be chosen; one whose state was never told may, and the server decides."""
    return not why_closed(session, service)


def why_closed(session: Session, service: str) -> str:
    """Empty for one that may be chosen. While the server is away its last word stands, with its hours."""
    state = state_of(session, service)
    if not offline(session):
        return "" if state is None or state.open else state.why_closed or "service_closed"
    info = service_info(session.world.office, service)
    if info is None or info.series not in session.world.granted:
        return "numbers_exhausted"
    if state is None:
        return ""
    if not state.open:
        opened = state.reopens_at is not None and session.seen_at >= state.reopens_at
        return "" if opened else state.why_closed or "service_closed"
    over = state.closes_at is not None and session.seen_at >= state.closes_at
    return "out_of_hours" if over else ""


def out_of_hours(session: Session) -> bool:
    """Whether this kiosk's services are closed because of the hour; some may be closed by hand as well."""
    why = {why_closed(session, one.id) for one in offered(session)}
    return "out_of_hours" in why and why <= {"out_of_hours", "service_closed"}


def reopens_at(session: Session) -> datetime | None:
    """The earliest hour at which one of this kiosk's services reopens, None when nobody said.

    What is closed by hand reopens then at the earliest, if the office is open: hours count before it.
    """
    states = [state for one in offered(session) if (state := state_of(session, one.id)) and state.reopens_at]
    by_hour = [state for state in states if state.why_closed == "out_of_hours"]
    return min((state.reopens_at for state in by_hour or states if state.reopens_at), default=None)


def page_size(session: Session) -> int:
    return PAGE_LARGE_TEXT if session.aids.large_text else PAGE


def pages(session: Session) -> int:
    return max(1, -(-len(offered(session)) // page_size(session)))


def page_of(session: Session, service: str) -> int:
    """The page a service is on; 0 for one that is not offered."""
    ids = [info.id for info in offered(session)]
    return ids.index(service) // page_size(session) if service in ids else 0


def on_page(session: Session, page: int) -> tuple[ServiceInfo, ...]:
    """The services of a page; a page that is not there gives the first."""
    size = page_size(session)
    page = page if 0 <= page < pages(session) else 0
    return offered(session)[page * size : (page + 1) * size]


def _catalogue_awaited(world: World) -> bool:
    """The server is there but has not told yet what it offers: its states come one after another."""
    if world.office is None:
        return world.server == "ready"
    return bool(world.office.services) and not world.services and world.server == "ready"
