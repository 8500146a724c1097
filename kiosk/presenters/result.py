"""Screen 7: what became of a dossier, what to do next, and the ticket that helps."""

from datetime import date

from kiosk import i18n
from kiosk.i18n import counted, whole
from kiosk.presenters.speech import Voice
from kiosk.presenters.view_dossier import Chip, Line, ResultView, Step
from kiosk.presenters.view_parts import Banner, Press, Span
from kiosk.session.actions import ExplainClosed, TakeOffered, TrackFile, Unlock
from kiosk.session.availability import is_open, issuer, offer_of, state_of
from kiosk.session.state import Result
from kiosk.session.tracking import may_unlock
from queue_server.contract.dossiers import Chip as ToldChip
from queue_server.contract.dossiers import DossierStep, DossierView, Protected

OLD_MIN = 2
"""An answer this many minutes old says so."""
_READY, _ASKED = 9, 5
"""Of the national table of statuses."""
_ICONS = {"green": "circle-check", "gold": "triangle-alert", "red": "circle-x", "blue": "hourglass"}
_OFFER_ICONS = {"collect": "ticket", "supplement": "file-plus", "pay": "hand-coins", "ask": "ticket"}


def result(voice: Voice, place: Result) -> ResultView:
    looked = place.looked
    dossier = looked.dossier
    assert dossier is not None
    chips = [_chip(voice, dossier.chip, icon=True)]
    if dossier.overdue is not None:
        chips.append(_chip(voice, dossier.overdue, icon=True))
    opened = _opened(voice, looked.protected) if looked.protected else ()
    locked = looked.factor == "locked"
    return ResultView(
        name="result",
        chips=tuple(chips),
        code=dossier.code,
        procedure=i18n.sentence_case(dossier.procedure) or dossier.field,
        lines=_lines(voice, dossier),
        steps=() if opened else tuple(_step(voice, dossier, step) for step in dossier.steps),
        opened_title=voice.say("result.opened") if opened else "",
        opened=opened,
        advice_icon="lock" if locked else "id-card" if dossier.offer else "info",
        advice=_advice(voice, place, dossier),
        apology=_apology(voice, dossier),
        age=_age(voice, dossier),
        presses=_presses(voice, place, dossier),
    )


def _lines(voice: Voice, dossier: DossierView) -> tuple[Line, ...]:
    words = voice.text(dossier.timeliness.words)
    timely = Chip("grey", words) if words and dossier.overdue is None else None
    due = _day(dossier.due_on)
    lines = [
        Line(voice.say("result.applicant"), dossier.applicant),
        Line(voice.say("result.received"), _day(dossier.received_on)),
        Line(
            voice.say("result.due"),
            _moved(voice, dossier) or due or (voice.say("result.no_due") if timely is None else ""),
            timely,
        ),
    ]
    if dossier.fee_is_due:
        lines.append(Line(voice.say("result.fee"), voice.say("result.fee_due")))
    return tuple(line for line in lines if line.value or line.chip)


def _moved(voice: Voice, dossier: DossierView) -> str:
    """The due day with the one on the receipt, where supplements have moved it; else empty."""
    if not dossier.promised_on:
        return ""
    return voice.say("result.moved", day=_day(dossier.due_on), promised=_day(dossier.promised_on))


def _step(voice: Voice, dossier: DossierView, step: DossierStep) -> Step:
    when = f"{step.on:%d/%m}" if step.on else ""
    unit = step.unit
    if step.state == "here" and not unit:
        unit = voice.say("result.waits" if dossier.status == _READY else "result.here")
    return Step(step.state, voice.text(step.name), unit, f"{when} · {step.time}" if step.time else when)


def _opened(voice: Voice, protected: Protected) -> tuple[Line, ...]:
    """What the second factor opened; a supplement that was handed in says so."""
    lines: list[Line] = []
    for asked in protected.supplements:
        supplied = asked.supplied_on is not None
        chip = Chip("green", voice.say("result.supplied", day=_day(asked.supplied_on))) if supplied else None
        day = _day(asked.asked_on)
        label = voice.say("result.asked_on", day=day) if day else voice.say("result.asked")
        lines.append(Line(label, asked.reason, chip))
    if protected.fee_due is not None:
        amount = voice.say("result.dong", n=whole(protected.fee_due, voice.language))
        lines.append(Line(voice.say("result.fee"), amount))
    if protected.contact:
        lines.append(Line(voice.say("result.contact"), i18n.sentence_case(protected.contact)))
    return tuple(lines)


def _advice(voice: Voice, place: Result, dossier: DossierView) -> tuple[Span, ...]:
    if place.looked.factor == "locked":
        return voice.spans("result.locked")
    if dossier.offer is not None and dossier.offer.why == "collect":
        return voice.spans("result.bring")
    words = voice.text(dossier.next_step)
    return (Span(words),) if words else ()


def _apology(voice: Voice, dossier: DossierView) -> Banner | None:
    words = voice.text(dossier.apology)
    return Banner("fault", "clock", words) if words else None


def _age(voice: Voice, dossier: DossierView) -> str:
    """ "cập nhật lúc 09:12", with the day where it is not today; nothing for a fresh answer."""
    source, minutes = voice.text(dossier.source), dossier.age_minutes
    if minutes < OLD_MIN:
        return ""
    at = voice.hour(dossier.as_of)
    key = "result.as_of_source" if source else "result.as_of"
    return voice.say(key, source=source, at=at)


def _presses(voice: Voice, place: Result, dossier: DossierView) -> tuple[Press, ...]:
    another = Press(
        "result.another",
        voice.say("result.another"),
        TrackFile(),
        voice.second("result.another"),
        "file-search",
    )
    offered = (offer,) if (offer := _offer(voice)) else ()
    opens = (_unlock(voice, dossier),) if may_unlock(place) else ()
    return (*offered, *opens, another)


def _offer(voice: Voice) -> Press | None:
    """One touch to the ticket, with how many wait; dashed with its reason while it cannot be had."""
    session = voice.session
    offer = offer_of(session)
    if offer is None:
        return None
    label, icon = voice.text(offer.label), _OFFER_ICONS[offer.why]
    if issuer(session.world) == "nobody":
        reason = voice.say("result.no_server")
        return Press(
            "result.offer", label, ExplainClosed(offer.service), reason, icon, "primary", closed=True
        )
    state = state_of(session, offer.service)
    if not is_open(session, offer.service):
        at = voice.hour(state.reopens_at) if state and state.reopens_at else ""
        why = state.why_closed if state else ""
        reason = {
            "quota_reached": voice.say("services.full"),
            "numbers_exhausted": voice.say("services.full"),
            "out_of_hours": voice.say("home.closed"),
        }.get(why, voice.say("services.closed"))
        reason = f"{reason}, {voice.say('home.reopens', at=at)}" if at else reason
        return Press(
            "result.offer", label, ExplainClosed(offer.service), reason, icon, "primary", closed=True
        )
    second = ""
    if state is not None and not voice.brief:
        waiting = counted("services.waiting", state.waiting, voice.language) if state.waiting else ""
        second = " · ".join(
            part for part in (waiting or voice.say("services.nobody"), voice.wait(state.wait)) if part
        )
    return Press("result.offer", label, TakeOffered(), second, icon, kind="primary")


def _unlock(voice: Voice, dossier: DossierView) -> Press:
    key = "result.unlock_supplement" if dossier.status == _ASKED else "result.unlock"
    return Press("result.unlock", voice.say(key), Unlock(), voice.helper("result.unlock_how"), "lock")


def _chip(voice: Voice, chip: ToldChip, *, icon: bool) -> Chip:
    return Chip(chip.tone, voice.text(chip.words), _ICONS.get(chip.tone, "info") if icon else "")


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
