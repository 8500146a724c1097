"""Moves that several actions share: beginning and leaving a visit, asking for a ticket, printing its slip."""

from dataclasses import replace
from datetime import datetime

from kiosk.session.availability import this_kiosk
from kiosk.session.effects import Effect, Hush, MakeRequest, PrintGuidance, PrintSlip
from kiosk.session.guidance import guidance
from kiosk.session.state import Aids, Guidance, Home, Issuing, Place, Printing, Safe, Session, Slip, Ticket
from queue_server.contract.dossiers import Looked
from queue_server.contract.replies import Issued

Step = tuple[Session, tuple[Effect, ...]]

DEFAULT_PRINTER = "default"
MOST_PRINTS = 4
"""Of one ticket, counting those that may have used paper."""
_ID_LENGTH = 64


def stay(session: Session) -> Step:
    return session, ()


def go(session: Session, place: Place, now: datetime) -> Session:
    """To another place within the visit, as a touch does."""
    return replace(abandoning(session, place), place=place, overlay=None, touched_at=now)


def leave(session: Session, now: datetime) -> Step:
    """The visit ends: everything of it is wiped, language and aids return to their defaults."""
    effects = (Hush(),) if session.reading.speaking else ()
    quiet = replace(session.reading, speaking=False, ended_at=None)
    return replace(go(session, Home(), now), aids=Aids(), reading=quiet), effects


def abandoning(session: Session, to: Place) -> Session:
    """Remembers a request under way that nobody will wait for any more."""
    request = _request_of(session.place)
    if not request or _request_of(to) == request or isinstance(to, Ticket):
        return session
    return replace(session, abandoned=session.abandoned | {request})


def ask_for(
    session: Session,
    service: str,
    group: str | None,
    now: datetime,
    dossier: str = "",
    told: Looked | None = None,
) -> Step:
    """One wish: a new step, and one request id for it."""
    step = session.step + 1
    place = Issuing(step=step, service=service, group=group, since=now, dossier=dossier, told=told)
    return replace(go(session, place, now), step=step), (MakeRequest(step),)


def show_ticket(session: Session, issued: Issued, now: datetime) -> Step:
    """The ticket and its slip; after it what a dossier's answer asked to be handed in, on paper."""
    told = session.place.told if isinstance(session.place, Issuing) else None
    paper = guidance(told, issued) if told else None
    beside = Guidance(_job(issued, "-g"), paper) if paper else None
    ticket = Ticket(issued, Slip(job=issued.job, since=now), guidance=beside)
    return _printing(go(session, ticket, now), ticket, beside)


def print_again(session: Session, place: Ticket, now: datetime) -> Step:
    """Another print of the ticket's slip, under its own job; a copy says so when the first one came out.

    What was to come out beside it and failed is tried again too.
    """
    prints = place.slip.prints + 1
    slip = Slip(
        job=_job(place.issued, f"-p{prints}"),
        since=now,
        prints=prints,
        reprint=place.slip.state != "failed" or place.slip.reprint,
    )
    failed = place.guidance if place.guidance and place.guidance.state == "failed" else None
    again = replace(failed, job=_job(place.issued, f"-g{prints}"), state="printing") if failed else None
    ticket = replace(place, slip=slip, answered_at=None, paperless=False, guidance=again or place.guidance)
    return _printing(go(session, ticket, now), ticket, again)


def may_print_again(place: Ticket) -> bool:
    """Whether "In lại phiếu" is offered: the printer has answered, and not too often."""
    return place.slip.state in {"printed", "unconfirmed"} and place.slip.prints < MOST_PRINTS


def may_leave(session: Session) -> bool:
    """Whether the visit may end by a touch: not while the only request or the first slip is under way."""
    match session.place:
        case Issuing(late=late):
            return late
        case Ticket(slip=slip):
            return slip.state != "printing"
    return True


def _printing(session: Session, place: Ticket, beside: Guidance | None) -> Step:
    slip = place.slip
    under_way = Printing(slip.job, place.issued.ticket.ticket, slip.reprint)
    paper = place.issued.slip.model_copy(update={"reprint": slip.reprint})
    print_ = PrintSlip(slip.job, under_way.ticket, printer_of(session), paper)
    also = (PrintGuidance(beside.job, printer_of(session), beside.paper),) if beside else ()
    return replace(session, place=place, printing=(*session.printing, under_way)), (print_, *also)


def _job(issued: Issued, suffix: str) -> str:
    return issued.job[: _ID_LENGTH - len(suffix)] + suffix


def printer_of(session: Session) -> str:
    """The printer's id in the office file, or `default` for the machine's first one."""
    me = this_kiosk(session)
    return (me.printer if me else None) or DEFAULT_PRINTER


def _request_of(place: Place) -> str:
    return place.request if isinstance(place, Issuing | Safe) else ""
