"""PURE: what each form says, as finished strings; an empty string is a dotted line for a pen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_dossiers import PrintedForm
from queue_server.dossiers.book_record import BookRecord, Handover, Paper, Supplement
from queue_server.forms import texts

COPIES = ("Liên 1: Lưu", "Liên 2: Giao khách hàng")
_EMPTY_HANDOVERS = 4
"""Rows of a control slip, at least; an officer fills them by hand."""


@dataclass(frozen=True, slots=True)
class Head:
    """The block over every form. `number` is such as `12/TNHS`, empty for the register."""

    agency: str
    unit: str
    form: str
    title: str
    paper: str
    number: str = ""
    place_and_day: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """The lines about the applicant."""

    name: str
    address: str
    phone: str
    email: str
    request: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả. `link` is the QR's address, empty without one."""

    head: Head
    who: Who
    unit: str
    papers: tuple[tuple[str, str, str], ...]
    """Name, originals, copies."""
    sets: str
    days: str
    received: str
    due: str
    result_place: str
    book: str
    line: str
    applicant: str
    receiver: str
    link: str
    copies: tuple[str, ...] = COPIES


@dataclass(frozen=True, slots=True)
class Guidance:
    """Phiếu hướng dẫn hoàn thiện hồ sơ."""

    head: Head
    who: Who
    items: tuple[str, ...]
    contact: str
    contact_phone: str
    guide: str


@dataclass(frozen=True, slots=True)
class Passing:
    """One hand-over of the control slip."""

    giver_unit: str
    taker_unit: str
    given: str
    taken: str
    giver: str
    taker: str
    result: str
    note: str


@dataclass(frozen=True, slots=True)
class Control:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ."""

    head: Head
    receipt: str
    deciding_unit: str
    cooperating_unit: str
    passings: tuple[Passing, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """One volume of a register: its rows have the fourteen columns of the form."""

    number: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Register:
    """Sổ theo dõi hồ sơ of a field and a year."""

    head: Head
    field: str
    year: str
    books: tuple[Book, ...]


def receipt(record: BookRecord, office: OfficeConfig, link: str = "") -> Receipt:
    """Both copies of a dossier's receipt."""
    local = office.hours.local
    return Receipt(
        head=_head(office, office.forms.receipt, str(record.receipt), record.received_at, record.code),
        who=_who(record),
        unit=record.receiving_unit or office.name.vi,
        papers=tuple(_paper(paper) for paper in record.papers),
        sets=texts.count(record.sets),
        days=_days(record.legal_days),
        received=texts.moment(record.received_at, local),
        due=texts.moment(record.due_at, local),
        result_place=record.result_place,
        book=str(record.place.book),
        line=str(record.place.line),
        applicant=record.applicant.name,
        receiver=record.receiver,
        link=link,
    )


def guidance(record: BookRecord, supplement: Supplement, office: OfficeConfig) -> Guidance:
    """What is to be completed, for one of the dossier's supplement requests."""
    return Guidance(
        head=_head(office, office.forms.guidance, str(supplement.number), supplement.asked_at, record.code),
        who=_who(record),
        items=supplement.items,
        contact=supplement.contact,
        contact_phone=supplement.contact_phone,
        guide=supplement.guide,
    )


def control(record: BookRecord, office: OfficeConfig) -> Control:
    """The way of a dossier so far, with rows left for a pen; it leaves the desk and comes back to it."""
    own, local = office.forms.unit_short, office.hours.local
    passings = [_passing(handover, local) for handover in record.handovers]
    if not passings:
        passings.append(_blank(own, ""))
    is_back = record.back_at is not None
    while not is_back and len(passings) < _EMPTY_HANDOVERS - 1:
        passings.append(_blank("", ""))
    if not is_back:
        passings.append(_blank("", own))
    return Control(
        head=_head(office, office.forms.control, str(record.control), record.received_at, record.code),
        receipt=str(record.receipt),
        deciding_unit=record.deciding_unit,
        cooperating_unit=record.cooperating_unit,
        passings=tuple(passings),
    )


def register(records: Sequence[BookRecord], field: str, year: int, office: OfficeConfig) -> Register:
    """The lines of a register, a volume at a time; an empty one has one empty volume."""
    books = tuple(
        Book(number, tuple(_row(record, office.hours.local) for record in lines))
        for number, lines in groupby(records, key=lambda record: record.place.book)
    )
    return Register(_head(office, office.forms.register), field, str(year), books or (Book(1, ()),))


def _head(
    office: OfficeConfig, form: PrintedForm, number: str = "", at: datetime | None = None, code: str = ""
) -> Head:
    rules = office.forms
    return Head(
        agency=rules.agency or office.name.vi,
        unit=rules.unit,
        form=form.form,
        title=form.title.vi,
        paper=form.paper,
        number=number,
        place_and_day=texts.place_and_day(rules.place, at, office.hours.local),
        code=code,
    )


def _who(record: BookRecord) -> Who:
    who = record.applicant
    return Who(who.shown, who.address, who.phone, who.email, record.request or record.procedure.vi)


def _paper(paper: Paper) -> tuple[str, str, str]:
    return paper.name, texts.count(paper.originals), texts.count(paper.copies)


def _days(days: int | None) -> str:
    if days is None:
        return ""
    return "trong ngày làm việc" if days == 0 else f"{texts.count(days)} ngày làm việc"


def _passing(handover: Handover, local: texts.Local) -> Passing:
    taken = handover.taken_at
    return Passing(
        handover.from_unit,
        handover.to_unit,
        texts.moment(handover.given_at, local),
        texts.moment(taken, local) if taken is not None and taken != handover.given_at else "",
        handover.giver,
        handover.taker,
        texts.STANDINGS.get(handover.standing, "") if handover.standing else "",
        handover.note,
    )


def _blank(giver: str, taker: str) -> Passing:
    return Passing(giver, taker, texts.moment(None, lambda at: at), "", "", "", "", "")


def _row(record: BookRecord, local: texts.Local) -> tuple[str, ...]:
    who = record.applicant
    return (
        str(record.place.line),
        record.code,
        record.procedure.vi,
        str(record.sets),
        who.shown,
        _joined((who.address, who.phone)),
        record.deciding_unit,
        texts.short_moment(record.received_at, local),
        texts.short_moment(record.due_at, local),
        texts.short_day(record.forwarded_at, local),
        texts.short_day(record.back_at, local),
        texts.short_day(record.returned_at, local),
        "",
        record.note,
    )


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)
