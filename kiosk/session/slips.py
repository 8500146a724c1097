"""The ticket and its slip: replies to the one request, outcomes of prints."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from kiosk.session.effects import AskIssue, Beep, CancelTicket, Effect, TellFault, TellSlip
from kiosk.session.heard import (
    IssueAnswered,
    IssueLate,
    IssueRefused,
    RequestMade,
    SlipFailed,
    SlipPrinted,
    SlipUnconfirmed,
)
from kiosk.session.printers import health
from kiosk.session.rules import Step, go, show_ticket, stay
from kiosk.session.state import Issuing, Refused, Safe, Session, Ticket

Answer = SlipPrinted | SlipUnconfirmed | SlipFailed

LEFT = "left_kiosk"
"""Why a ticket is cancelled whose citizen did not wait for the late reply."""


def request_made(session: Session, action: RequestMade) -> Step:
    """The first id for this step is asked for; any further one is nobody's."""
    place = session.place
    if not isinstance(place, Issuing) or place.request or place.step != action.step:
        return stay(session)
    ask = AskIssue(action.request, place.service, place.group, session.aids.language, place.dossier)
    return replace(session, place=replace(place, request=action.request)), (ask,)


def issue_late(session: Session, action: IssueLate) -> Step:
    place = session.place
    if not isinstance(place, Issuing) or place.request != action.request or place.late:
        return stay(session)
    return replace(session, place=replace(place, late=True)), (Beep(),)


def issue_answered(session: Session, action: IssueAnswered, now: datetime) -> Step:
    """The waiting citizen gets the ticket; one who left, or a second reply, changes nothing for the next."""
    place = session.place
    if isinstance(place, Issuing | Safe) and place.request and place.request == action.request:
        return show_ticket(session, action.issued, now)
    if action.request in session.abandoned:
        cancel = CancelTicket(action.issued.ticket.ticket, LEFT)
        return replace(session, abandoned=session.abandoned - {action.request}), (cancel,)
    return stay(session)


def issue_refused(session: Session, action: IssueRefused, now: datetime) -> Step:
    place = session.place
    if isinstance(place, Safe) and place.request and place.request == action.request:
        return replace(session, place=replace(place, request="")), ()
    if not isinstance(place, Issuing) or not place.request or place.request != action.request:
        return replace(session, abandoned=session.abandoned - {action.request}), ()
    moved = go(session, Refused(action.code, place.service, place.group, place.dossier, place.told), now)
    return replace(moved, abandoned=moved.abandoned - {action.request}), (Beep(),)


def slip_answered(session: Session, action: Answer, now: datetime) -> Step:
    """The server hears every outcome once, also of a visit that is over; the screen follows if it can."""
    job = next((printing for printing in session.printing if printing.job == action.job), None)
    if job is None:
        return _guidance_answered(session, action, now)
    outcome, reason = _outcome(action)
    session = replace(session, printing=tuple(p for p in session.printing if p is not job))
    effects: list[Effect] = [TellSlip(job.ticket, job.job, outcome, reason, job.reprint)]
    session, told = _health(session, outcome, reason)
    effects += told
    place = session.place
    if not isinstance(place, Ticket) or place.slip.job != action.job:
        return session, tuple(effects)
    slip = replace(place.slip, state=outcome, reason=reason, printer=_elsewhere(action))
    if outcome == "failed":
        place = replace(place, slip=slip, answered_at=None)
        return replace(session, place=place, touched_at=now), (*effects, Beep())
    counting = place.answered_at or (now if session.overlay is None else None)
    return replace(session, place=replace(place, slip=slip, answered_at=counting)), tuple(effects)


def _guidance_answered(session: Session, action: Answer, now: datetime) -> Step:
    """Told to the citizen alone, who must not look for it in vain; there is time to read it."""
    place = session.place
    if not isinstance(place, Ticket) or place.guidance is None or place.guidance.job != action.job:
        return stay(session)
    outcome, reason = _outcome(action)
    session, effects = _health(session, outcome, reason)
    guidance = replace(place.guidance, state=outcome, printer=_elsewhere(action))
    failed = outcome == "failed"
    counting = now if failed and place.answered_at else place.answered_at
    place = replace(place, guidance=guidance, answered_at=counting)
    beep: tuple[Effect, ...] = (Beep(),) if failed else ()
    return replace(session, place=place, touched_at=now if failed else session.touched_at), (*effects, *beep)


def _elsewhere(action: Answer) -> str:
    return "" if isinstance(action, SlipFailed) else action.printer


def _outcome(action: Answer) -> tuple[Literal["printed", "unconfirmed", "failed"], str]:
    match action:
        case SlipPrinted():
            return "printed", ""
        case SlipUnconfirmed(reason=reason):
            return "unconfirmed", reason
        case SlipFailed(reason=reason):
            return "failed", reason or "unknown"


def _health(session: Session, outcome: str, reason: str) -> tuple[Session, tuple[Effect, ...]]:
    """A new fault is told once; a slip that came out ends it."""
    if outcome == "unconfirmed":
        return session, ()
    fault = reason if outcome == "failed" else ""
    if fault == session.printer_fault:
        return session, ()
    after = replace(session, printer_fault=fault)
    told: tuple[Effect, ...] = (TellFault(f"printer_{fault}"),) if fault else ()
    return after, (*told, *health(session, after))
