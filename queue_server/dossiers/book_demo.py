"""The demo's own book: dossiers entered at the counter, on their way, with days relative to now."""

from datetime import datetime, timedelta

from queue_server.domain.office_config import OfficeConfig
from queue_server.dossiers.book import DossierBook
from queue_server.dossiers.book_movements import Asked, Said
from queue_server.dossiers.book_reception import Form, catalogue
from queue_server.dossiers.book_record import Applicant, Paper
from queue_server.dossiers.book_table import Kind

BY = "demo"
_K = Kind
_PEOPLE: tuple[tuple[str, str, tuple[Kind, ...], int | None], ...] = (
    ("Trịnh Thị Quyên", "Thôn Đông", (), None),
    ("Cao Văn Rạng", "Thôn Đoài", (_K.FORWARDED,), None),
    ("Hồ Thị Sen", "Thôn Thượng", (_K.FORWARDED, _K.SUPPLEMENT_ASKED), None),
    ("Kiều Văn Tấn", "Thôn Hạ", (_K.FORWARDED, _K.CAME_BACK, _K.RESULT_READY), 8_000),
)
"""Invented people: name, address, movements so far, fee."""


def put_book(book: DossierBook, config: OfficeConfig, phone_end: str, now: datetime) -> list[str]:
    """The demo's dossiers in the book, once a day; their codes. `phone_end` is everybody's second factor."""
    rows = [(s, p) for s, p in catalogue(config).values() if p.legal_days is not None]
    if not config.book.code or not rows:
        return []
    day, codes = config.hours.day_of(now), []
    for n, (name, address, kinds, fee) in enumerate(_PEOPLE):
        _, procedure = rows[(3 * n) % len(rows)]
        form = Form(
            procedure.code,
            Applicant(name, phone=f"091234{phone_end}", address=address),
            papers=tuple(Paper(paper, 1) for paper in procedure.papers),
            fee=fee,
        )
        begun = now - timedelta(hours=len(kinds) + 1)
        id_ = book.receive(f"demo-book-{day}-{n}", form, BY, begun)
        if isinstance(id_, tuple):
            continue
        for step, kind in enumerate(kinds, 1):
            asked = Asked(kind, step, _unit(config, kind), None, _said(kind))
            book.move(f"demo-book-{day}-{n}-{step}", id_, asked, BY, begun + timedelta(hours=step))
        kept = book.load(id_)
        codes += [kept.code] if kept else []
    return codes


def _unit(config: OfficeConfig, kind: Kind) -> str:
    return config.book.units[0] if kind is Kind.FORWARDED and config.book.units else ""


def _said(kind: Kind) -> Said:
    wanted = ("Bản sao Giấy chứng sinh", "02 ảnh 3x4 chụp trong 6 tháng")
    return Said(items=wanted) if kind is Kind.SUPPLEMENT_ASKED else Said()
