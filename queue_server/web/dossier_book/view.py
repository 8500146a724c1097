"""A dossier of the book as finished strings for its page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.dossiers.book import DossierBook
from queue_server.dossiers.book_movements import Movement, counted, fold
from queue_server.dossiers.book_ports import Kept
from queue_server.dossiers.book_reception import units
from queue_server.dossiers.book_show import dossier_of, expected_at
from queue_server.dossiers.book_table import Kind, possible
from queue_server.dossiers.standing import standing_of
from queue_server.dossiers.timeliness import Timeliness
from queue_server.dossiers.wording import TONES, timeliness_words
from queue_server.web.dossier_book.words import BUTTONS, CHANNELS, KINDS, METHODS, PLACES, STAGES, USUAL
from queue_server.web.say import either


def moment(config: OfficeConfig, at: datetime) -> str:
    """An instant as `09:30 20/11/2026`, local."""
    return f"{config.hours.local(at):%H:%M %d/%m/%Y}"


def day(config: OfficeConfig, at: datetime) -> str:
    return f"{config.hours.local(at):%d/%m/%Y}"


def dong(amount: int, language: str) -> str:
    text = f"{amount:,}"
    return f"{text if language == 'en' else text.replace(',', '.')} đ"


def standing_words(standing: Timeliness, language: str) -> tuple[str, str]:
    """(tone, words) of how it stands."""
    return TONES.get(standing.standing, ""), timeliness_words(standing).in_(language)


def line(config: OfficeConfig, kept: Kept, now: datetime, language: str) -> dict[str, object]:
    """A dossier as a row of a list."""
    state = fold(kept.movements)
    tone, words = STAGES[state.stage]
    return {
        "id": kept.id,
        "code": kept.code,
        "receipt": str(kept.receipt),
        "who": kept.private.applicant.shown if kept.private else "",
        "procedure": kept.procedure.in_(language),
        "received": moment(config, kept.received_at),
        "due": day(config, expected_at(kept, state, config.hours)),
        "chip": (tone, words.in_(language)),
        "standing": standing_words(standing_of(dossier_of(kept, config), config, now), language),
    }


def page(
    book: DossierBook,
    kept: Kept,
    config: OfficeConfig,
    now: datetime,
    names: Callable[[str], str],
    language: str,
) -> dict[str, Any]:
    """Everything the page of one dossier shows."""
    state, record = fold(kept.movements), book.show(kept)
    tone, words = STAGES[state.stage]
    kinds = [] if record.forgotten else [k for k in possible(state.stage) if k in BUTTONS]
    if not state.fee_due:
        kinds = [k for k in kinds if k is not Kind.FEE_PAID]
    usual = USUAL.get(state.stage)
    kinds.sort(key=lambda kind: kind is not usual)
    undoable = next((m for m in kept.movements if m.seq == state.undoable), None)
    return {
        "kept": kept,
        "record": record,
        "chip": (tone, words.in_(language)),
        "standing": standing_words(standing_of(dossier_of(kept, config), config, now), language),
        "facts": _facts(kept, config, language, book),
        "moves": [_move(kept, m, config, names, language) for m in reversed(kept.movements)],
        "buttons": [(kind.value, *BUTTONS[kind], kind is usual) for kind in kinds],
        "units": [unit for unit in units(config) if unit != state.unit],
        "usual_unit": kept.deciding_unit,
        "expected": state.last.seq,
        "undoable": KINDS[undoable.kind].in_(language) if undoable and not record.forgotten else "",
        "again": state.supplements >= 1,
        "fee_due": dong(state.fee_due, language) if state.fee_due else "",
    }


def _facts(kept: Kept, config: OfficeConfig, language: str, book: DossierBook) -> list[tuple[str, str]]:
    record = book.show(kept)
    a = record.applicant
    fee = ""
    if record.fee:
        paid = (
            either(language, "đã thu", "paid")
            if record.fee_paid_at
            else either(language, "chưa thu", "unpaid")
        )
        fee = f"{dong(record.fee, language)} · {paid}"
    papers = "; ".join(
        p.name
        + (f" · {p.originals} {either(language, 'bản chính', 'original')}" if p.originals else "")
        + (f" · {p.copies} {either(language, 'bản sao', 'copy')}" if p.copies else "")
        for p in record.papers
    )
    method = METHODS[record.result_method].in_(language)
    place = kept.private.result_place if kept.private else ""
    days = ""
    if record.legal_days:
        days = f"{record.legal_days} {either(language, 'ngày làm việc', 'working days')}"
    elif record.legal_days == 0:
        days = either(language, "Trong ngày làm việc", "Within the working day")
    moved = record.expected_at != record.due_at
    rows: list[tuple[Words, str]] = [
        (Words("Công dân, tổ chức", "Applicant"), a.shown),
        (Words("Số giấy tờ", "ID number"), a.id_number),
        (Words("Điện thoại", "Phone"), a.phone),
        (Words("Thư điện tử", "E-mail"), a.email),
        (Words("Địa chỉ", "Address"), a.address),
        (Words("Nội dung", "Request"), record.request),
        (Words("Lĩnh vực", "Field"), record.place.field),
        (Words("Giấy tờ nộp", "Papers"), papers),
        (Words("Số bộ", "Sets"), str(record.sets)),
        (Words("Nộp", "Handed in"), CHANNELS[record.channel].in_(language)),
        (Words("Tiếp nhận", "Received"), moment(config, record.received_at)),
        (Words("Thời hạn", "Time by law"), days),
        (Words("Hẹn trả", "Due"), moment(config, record.due_at)),
        (
            Words("Hẹn trả sau bổ sung", "Due after papers"),
            moment(config, record.expected_at) if moved else "",
        ),
        (
            Words("Trả kết quả", "Result"),
            f"{method} · {place}" if place else method,
        ),
        (Words("Bộ phận giải quyết", "Decided by"), record.deciding_unit),
        (Words("Phí, lệ phí", "Fee"), fee),
        (
            Words("Sổ theo dõi", "Register"),
            either(
                language,
                f"Quyển {record.place.book}, số {record.place.line}, năm {record.place.year}",
                f"Book {record.place.book}, line {record.place.line}, {record.place.year}",
            ),
        ),
        (Words("Phiếu kiểm soát", "Control slip"), str(record.control)),
        (Words("Người tiếp nhận", "Received by"), record.receiver),
        (Words("Ghi chú", "Note"), record.note),
    ]
    return [(words.in_(language), text) for words, text in rows if text]


def _move(
    kept: Kept, m: Movement, config: OfficeConfig, names: Callable[[str], str], language: str
) -> dict[str, object]:
    def place(unit: str) -> str:
        return PLACES[unit].in_(language) if unit in PLACES else unit

    holds = m in counted(kept.movements) or m.kind is Kind.UNDONE
    more = [text for text in (m.said.reason, *m.said.items) if text]
    if m.kind is Kind.RECEIVED:
        more.append(str(kept.receipt))
    if m.number is not None:
        more.insert(0, f"{m.number}/{kept.guidance_suffix}")
    if m.kind is Kind.FEE_SET and m.amount:
        more.append(dong(m.amount, language))
    route = f"{place(m.from_unit)} → {place(m.to_unit)}" if m.from_unit != m.to_unit else ""
    return {
        "words": KINDS[m.kind].in_(language),
        "at": moment(config, m.at),
        "who": names(m.by),
        "route": route,
        "more": more,
        "gone": not holds,
    }
