"""PURE: a dossier as an officer enters it, checked, with its due day."""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from queue_server.domain.hours import Hours
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import Procedure, Service
from queue_server.dossiers.book_due import Due, due, due_on
from queue_server.dossiers.book_movements import MOST_DONG
from queue_server.dossiers.book_record import Applicant, Paper

CHANNELS = ("counter", "post", "online")
METHODS = ("counter", "post", "online")
MOST_SETS = 99
MOST_PAPERS = 30
LONGEST = 300


class Wrong(StrEnum):
    """What is wrong with a form; the page says it in words beside the field."""

    PROCEDURE = "procedure"
    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    EMAIL = "email"
    SETS = "sets"
    PAPERS = "papers"
    FEE = "fee"
    CHANNEL = "channel"
    METHOD = "method"
    ADDRESS = "address"
    """Sent by post, but where to?"""
    DUE_DAY = "due_day"
    UNIT = "unit"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Form:
    """What the officer filled in, as typed."""

    procedure: str = ""
    """Its national code."""
    applicant: Applicant = field(default_factory=Applicant)
    request: str = field(default="", repr=False)
    papers: tuple[Paper, ...] = field(default=(), repr=False)
    sets: int = 1
    fee: int | None = None
    channel: str = "counter"
    result_method: str = "counter"
    result_place: str = field(default="", repr=False)
    unit: str = ""
    """The deciding unit; empty is the procedure's own."""
    due_day: date | None = None
    """The officer's day, where the office file has no days for the procedure."""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Private:
    """What names people, or may: kept apart and forgotten by retention."""

    applicant: Applicant = field(default_factory=Applicant)
    request: str = field(default="", repr=False)
    papers: tuple[Paper, ...] = field(default=(), repr=False)
    result_place: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Reception:
    """A dossier ready to be written into the book; numbers and code are still the store's to give."""

    procedure: Procedure
    field: str
    """The register it stands in: the field (lĩnh vực), in Vietnamese."""
    day: date
    """The office's own day of receipt: its year is the numbers' year."""
    received_at: datetime
    counts_from: datetime
    due_at: datetime
    last_day: date
    """The due day: retention counts from it unless something happens later."""
    sets: int
    channel: str
    result_method: str
    receiving_unit: str
    deciding_unit: str
    fee: int | None
    by: str
    private: Private


def catalogue(config: OfficeConfig) -> dict[str, tuple[Service, Procedure]]:
    """Every procedure of the office file by code, with the first service that names it."""
    found: dict[str, tuple[Service, Procedure]] = {}
    for service in config.services:
        for procedure in service.procedures:
            found.setdefault(procedure.code, (service, procedure))
    return found


def unit_of(config: OfficeConfig, service: Service, procedure: Procedure) -> str:
    """The unit that decides a procedure: its own, its service's agency, else the service's officers."""
    agency = next((a.name.vi for a in config.agencies if a.id == service.agency), "")
    return procedure.unit or agency or f"Bộ phận {service.name.vi}"


def units(config: OfficeConfig) -> tuple[str, ...]:
    """Where dossiers may be forwarded to: the office file's units, and those of its procedures."""
    own = [unit_of(config, s, p) for s, p in catalogue(config).values()]
    return tuple(dict.fromkeys((*config.book.units, *own)))


def due_of(config: OfficeConfig, service: Service, procedure: Procedure, now: datetime) -> Due | None:
    """When it would be due if it were received now; None where the office file has no days for it."""
    if procedure.legal_days is None:
        return None
    rules = config.book
    return due(hours_of(config, service), now, procedure.legal_days, rules.late_after)


def hours_of(config: OfficeConfig, service: Service) -> Hours:
    """The calendar that a service's days are counted by."""
    own = config.hours_of(service)
    return own if any(any(s.week) for s in own.seasons) else config.hours


def reception(config: OfficeConfig, form: Form, by: str, now: datetime) -> Reception | tuple[Wrong, ...]:
    """What goes into the book, or everything that is wrong with the form."""
    form = tidy(form)
    known = catalogue(config).get(form.procedure)
    wrong = [*_wrong(form)]
    if known is None:
        return (Wrong.PROCEDURE, *wrong)
    service, procedure = known
    if form.unit and form.unit not in units(config):
        wrong.append(Wrong.UNIT)
    rules = config.book
    if procedure.legal_days is None and form.due_day is not None:
        found = due_on(hours_of(config, service), now, form.due_day, rules.late_after)
    else:
        found = due_of(config, service, procedure, now)
    if found is None:
        wrong.append(Wrong.DUE_DAY)
    if wrong or found is None:
        return tuple(dict.fromkeys(wrong))
    return Reception(
        procedure=procedure,
        field=service.name.vi,
        day=config.hours.day_of(now),
        received_at=now,
        counts_from=found.counts_from,
        due_at=found.at,
        last_day=config.hours.day_of(found.at),
        sets=form.sets,
        channel=form.channel,
        result_method=form.result_method,
        receiving_unit=config.name.vi,
        deciding_unit=form.unit or unit_of(config, service, procedure),
        fee=form.fee or None,
        by=by,
        private=private_of(form, procedure),
    )


def private_of(form: Form, procedure: Procedure) -> Private:
    """The part of a form that is kept apart."""
    return Private(
        form.applicant, form.request or procedure.name.vi, form.papers, form.result_place, form.note
    )


def checked(form: Form) -> tuple[Wrong, ...]:
    """What is wrong with the sheet alone, as for a correction."""
    return tuple(dict.fromkeys(_wrong(tidy(form))))


def tidy(form: Form) -> Form:
    """In NFC, without spaces at the ends, numbers without the dots and spaces that people write in them."""
    a = form.applicant
    return replace(
        form,
        procedure=form.procedure.strip().partition(" ")[0],
        applicant=Applicant(
            _text(a.name), _text(a.organisation), re.sub(r"[\s.]", "", a.id_number),
            re.sub(r"[\s.()-]", "", a.phone), _text(a.address), _text(a.email),
        ),
        request=_text(form.request),
        papers=tuple(replace(p, name=_text(p.name)) for p in form.papers if _text(p.name)),
        result_place=_text(form.result_place),
        note=_text(form.note),
    )  # fmt: skip


def _wrong(form: Form) -> list[Wrong]:
    a = form.applicant
    texts = (
        a.name, a.organisation, a.address, a.email, form.request, form.result_place, form.note, form.unit,
        *(p.name for p in form.papers),
    )  # fmt: skip
    checks = {
        Wrong.NAME: bool(a.name or a.organisation),
        Wrong.ID_NUMBER: not a.id_number or re.fullmatch(r"\d{9}|\d{12}", a.id_number),
        Wrong.PHONE: not a.phone or re.fullmatch(r"(\+84|0)\d{9,10}", a.phone),
        Wrong.EMAIL: not a.email or re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", a.email),
        Wrong.SETS: 1 <= form.sets <= MOST_SETS,
        Wrong.PAPERS: len(form.papers) <= MOST_PAPERS
        and all(0 <= n <= 99 for p in form.papers for n in (p.originals, p.copies)),
        Wrong.FEE: 0 <= (form.fee or 0) <= MOST_DONG,
        Wrong.CHANNEL: form.channel in CHANNELS,
        Wrong.METHOD: form.result_method in METHODS,
        Wrong.ADDRESS: form.result_method != "post" or bool(form.result_place or a.address),
        Wrong.TOO_LONG: all(len(text) <= LONGEST for text in texts),
    }
    return [wrong for wrong, fine in checks.items() if not fine]


def _text(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
