"""[dossiers], [forms] and [book]: where dossiers are asked, what is printed, how the book numbers."""

from typing import Literal

from pydantic import Field

from queue_server.office_file.sections.base import ClockOrEmpty, Section, Text


class OtherOfficeItem(Section):
    prefix: str = Field(min_length=1)
    name: Text


class ProvincialSection(Section):
    """The province's system, asked over HTTP; what each value means is in domain/office_dossiers.py."""

    url: str = Field(min_length=1)
    name: Text | None = None
    method: Literal["post", "get"] = "post"
    code_field: str = Field(default="mahoso", min_length=1)
    send: dict[str, str] = Field(default={"service": "TraCuuHoSo"})
    token_file: str = ""
    token_header: str = Field(default="Authorization", min_length=1)
    token_prefix: str = "Bearer "
    authority: str = ""
    mapping: Literal["dvcqg", "opencps", "own"] = "dvcqg"
    records: str | None = None
    fields: dict[str, str] = Field(default_factory=dict)
    statuses: dict[str, int] = Field(default_factory=dict)
    connect_seconds: float = Field(default=1, ge=0.1, le=5)
    answer_seconds: float = Field(default=3, ge=0.2, le=8)
    fresh_minutes: float = Field(default=2, ge=0, le=1440)
    shown_hours: float = Field(default=24, ge=0, le=168)


class DossiersSection(Section):
    sources: list[Literal["book", "register", "provincial"]] = Field(default_factory=list)
    patterns: list[str] = Field(default_factory=list)
    example: str = ""
    letters: list[str] = Field(default_factory=list)
    collect_service: str | None = None
    supplement_service: str | None = None
    fee_service: str | None = None
    ask_service: str | None = None
    other_offices: list[OtherOfficeItem] = Field(default_factory=list)
    contact: str = ""
    apology: Text | None = None
    retention_days: int = Field(default=730, ge=1, le=36525)
    provincial: ProvincialSection | None = None


class FormTable(Section):
    """One printed form; what is not written stays as in domain/office_dossiers.py."""

    title: Text | None = None
    form: str = Field(default="", max_length=80)
    paper: Literal["a4", "a5"] | None = None


class FormsSection(Section):
    agency: str = Field(default="", max_length=300)
    unit: str | None = Field(default=None, min_length=1, max_length=200)
    unit_short: str | None = Field(default=None, min_length=1, max_length=60)
    place: str = Field(default="", max_length=80)
    receipt: FormTable = Field(default_factory=FormTable)
    guidance: FormTable = Field(default_factory=FormTable)
    control: FormTable = Field(default_factory=FormTable)
    register_: FormTable = Field(default_factory=FormTable, alias="register")


class BookSection(Section):
    code: str = ""
    late_after: ClockOrEmpty = "15:00"
    units: list[str] = Field(default_factory=list)
    lines_per_book: int = Field(default=500, ge=1, le=100_000)
    receipt: str = Field(default="TNHS", min_length=1)
    guidance: str = Field(default="HDHS", min_length=1)
    control: str = Field(default="KSGQHS", min_length=1)
