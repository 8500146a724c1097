"""PURE: a dossier's receipt and guidance as slips of 80 mm, without anybody's name, number or address.

A slip goes over the broker to the machine of its printer and may lie in a tray, so it says no more than the
kiosk says to the code alone, plus what the office itself wrote: papers handed in, what is to be completed,
whom to ask. In those texts the applicant's name is masked, and numbers that may be an ID or a phone are
starred. The whole form, with the name, is the PDF that the officer prints at the counter.
"""

from datetime import datetime

from queue_server.codes.masking import mask_name, veiled
from queue_server.contract.values import Bilingual, DossierSlip
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_dossiers import PrintedForm
from queue_server.domain.words import Words
from queue_server.dossiers.book_record import Applicant, BookRecord, Paper, Supplement
from queue_server.forms.texts import short_moment

_MOST_LINES, _LONG, _TEXT = 100, 2000, 400


def receipt_slip(
    record: BookRecord, office: OfficeConfig, link: str, now: datetime, language: str, reprint: bool = False
) -> DossierSlip:
    """`link` is the signed address, empty without one: then the QR holds the bare code."""
    return _slip(
        record,
        office,
        office.forms.receipt,
        link,
        now,
        language,
        reprint,
        kind="receipt",
        form_number=str(record.receipt),
        lines=tuple(_paper(paper, language) for paper in record.papers),
        contact=office.dossiers.contact,
    )


def guidance_slip(
    record: BookRecord,
    supplement: Supplement,
    office: OfficeConfig,
    link: str,
    now: datetime,
    language: str,
    reprint: bool = False,
) -> DossierSlip:
    """What one request asks to be completed; the office's own contact keeps its number."""
    return _slip(
        record,
        office,
        office.forms.guidance,
        link,
        now,
        language,
        reprint,
        kind="guidance",
        form_number=str(supplement.number),
        lines=supplement.items,
        contact=", ".join(part for part in (supplement.contact, supplement.contact_phone) if part),
    )


def _veiled(text: str, applicant: Applicant) -> str:
    return veiled(text, (applicant.name, applicant.organisation))


def _slip(
    record: BookRecord,
    office: OfficeConfig,
    form: PrintedForm,
    link: str,
    now: datetime,
    language: str,
    reprint: bool,
    *,
    kind: str,
    form_number: str,
    lines: tuple[str, ...],
    contact: str,
) -> DossierSlip:
    local, who = office.hours.local, record.applicant
    procedure = Words(record.procedure.vi or record.request, record.procedure.en)
    return DossierSlip.model_validate(
        {
            "kind": kind,
            "office_name": _bilingual(office.name),
            "title": _bilingual(form.title),
            "form": form.form,
            "form_number": form_number,
            "code": record.code,
            "procedure": _veiled(procedure.in_(language), who)[:_LONG],
            "applicant": mask_name(who.organisation or who.name)[:_TEXT],
            "received": short_moment(record.received_at, local),
            "due": short_moment(record.due_at, local),
            "legal_days": record.legal_days,
            "sets": max(0, record.sets),
            "lines": [_veiled(line, who)[:_LONG] for line in lines[:_MOST_LINES]],
            "result_place": _place(record)[:_LONG],
            "register_place": f"{record.place.book}/{record.place.line}",
            "contact": contact[:_LONG],
            "qr": link or record.code,
            "qr_is_page": bool(link),
            "local_date": f"{local(now):%d/%m/%Y}",
            "local_time": f"{local(now):%H:%M}",
            "language": language,
            "reprint": reprint,
        }
    )


def _place(record: BookRecord) -> str:
    """Where the result is collected; an address at home is the applicant's own and is not said."""
    if record.result_method == "post":
        return "Qua dịch vụ bưu chính"
    return _veiled(record.result_place, record.applicant)


def _paper(paper: Paper, language: str) -> str:
    words = ("originals", "copies") if language == "en" else ("bản chính", "bản sao")
    counts = [f"{word}: {n}" for word, n in zip(words, (paper.originals, paper.copies), strict=True) if n]
    return f"{paper.name} ({', '.join(counts)})" if counts else paper.name


def _bilingual(words: Words) -> Bilingual:
    return Bilingual(vi=words.vi, en=words.en)
