"""A look-up's answer as the phone page's finished strings; names come masked, nothing protected comes."""

from datetime import date, datetime

from queue_server.contract.dossiers import DossierStep, DossierView, Looked
from queue_server.contract.values import Bilingual
from queue_server.domain.hours import Hours
from queue_server.dossiers.wording import METHODS
from queue_server.web.status.words import say

View = dict[str, object]


def found_view(looked: Looked, hours: Hours, language: str) -> View:
    """Chips, facts (label, text), steps and sentences of a dossier that was found."""
    o = looked.dossier
    assert o is not None, "a found answer has its dossier"
    return {
        "code": o.code,
        "procedure": o.procedure,
        "applicant": o.applicant,
        "chips": [(c.tone, _in(c.words, language)) for c in (o.chip, o.overdue) if c is not None],
        "due": _moment(o.due_on, o.due_time),
        "moved": say("moved", language, day=f"{o.promised_on:%d/%m/%Y}") if o.promised_on else "",
        "timeliness": "" if o.overdue else _in(o.timeliness.words, language),
        "next_step": _in(o.next_step, language),
        "apology": _in(o.apology, language) if o.apology else "",
        "facts": _facts(o, language),
        "steps": [_step(step, language) for step in o.steps],
        "more": say("more", language) if looked.factor in ("wanted", "locked") else "",
        "updated": say("updated", language, source=_in(o.source, language), at=_local(o.as_of, hours)),
    }


def _facts(o: DossierView, language: str) -> list[tuple[str, str]]:
    place = ", ".join(part for part in (say_method(o.result_method, language), o.result_place) if part)
    lines = (
        ("received", _moment(o.received_on, o.received_time)),
        ("office", o.receiving_office),
        ("unit", o.deciding_unit if o.deciding_unit != o.receiving_office else ""),
        ("result", place),
    )
    return [(say(key, language), text) for key, text in lines if text]


def say_method(method: str, language: str) -> str:
    return METHODS[method].in_(language) if method in METHODS else ""


def _step(step: DossierStep, language: str) -> dict[str, str]:
    return {
        "name": _in(step.name, language),
        "unit": step.unit,
        "state": step.state,
        "state_words": say(f"step_{step.state}", language),
        "when": _moment(step.on, step.time),
    }


def _in(words: Bilingual, language: str) -> str:
    return (words.en or words.vi) if language == "en" else words.vi


def _moment(day: date | None, at: str) -> str:
    return f"{at} {day:%d/%m/%Y}".strip() if day else ""


def _local(at: datetime, hours: Hours) -> str:
    return f"{hours.local(at):%H:%M %d/%m/%Y}"
