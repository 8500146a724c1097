"""The sample office with a book, and a dossier entered at its counter."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from assets.files import office_path
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_dossiers import BookRules
from queue_server.dossiers.book_movements import Asked, Said
from queue_server.dossiers.book_reception import Form
from queue_server.dossiers.book_record import Applicant, Paper
from queue_server.dossiers.book_table import Kind
from queue_server.office_file.load import load_office

BIRTH, MARITAL, WILL = "1.001193", "1.004873", "2.001019"
"""Procedures of the tests' office: 0 working days, 3 working days, and one without days."""
NAME, ID_NUMBER, PHONE = "Nguyễn Thị Hương Giang", "001090123456", "0912345678"
APPLICANT = Applicant(NAME, "", ID_NUMBER, PHONE, "Thôn 3, xã Thanh Bình", "giang@example.vn")
RULES = BookRules(code="H99.16-{yymmdd}-{nnnn}", units=("Công an xã", "Phòng Kinh tế"), lines_per_book=3)
FRIDAY = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
"""09:30 of a working Friday at the office."""


def config(**changes: Any) -> OfficeConfig:
    """The sample commune with days and papers for two procedures."""
    return replace(_config(), **changes)


@cache
def _config() -> OfficeConfig:
    base = load_office(office_path("commune"))
    days = {BIRTH: 0, MARITAL: 3, WILL: None}
    services = tuple(
        replace(
            s,
            procedures=tuple(
                replace(p, legal_days=days[p.code], papers=("Tờ khai", "Căn cước"), fee=None, unit="")
                if p.code in days
                else p
                for p in s.procedures
            ),
        )
        for s in base.services
    )
    dossiers = replace(base.dossiers, sources=("book", "register"), contact="Quầy 2")
    return replace(base, services=services, book=RULES, dossiers=dossiers)


def form(procedure: str = MARITAL, **changes: Any) -> Form:
    made = Form(procedure, APPLICANT, "", (Paper("Tờ khai", 1, 0), Paper("Căn cước", 0, 1)))
    return replace(made, **changes)


def asked(kind: Kind, expected: int, unit: str = "", amount: int | None = None, **said: Any) -> Asked:
    if kind in (Kind.REFUSED, Kind.CORRECTED, Kind.UNDONE):
        said.setdefault("reason", "Không đủ điều kiện")
    if kind is Kind.SUPPLEMENT_ASKED:
        said.setdefault("items", ("Bản sao Giấy khai sinh",))
    if kind is Kind.FORWARDED:
        unit = unit or "Phòng Kinh tế"
    if kind is Kind.FEE_SET:
        amount = amount or 50_000
    return Asked(kind, expected, unit, amount, Said(**said))
