"""The shape of the office file: every section and key, its type, its default and its bounds.

Meaning across sections is checked in `cross*.py`; docs/office-file.md describes each key.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, PrivateAttr, model_validator

from queue_server.domain.hours import Session
from queue_server.office_file.forbidden import check_rates, parse_policy, refuse_keys
from queue_server.office_file.parse import (
    as_words,
    parse_clock,
    parse_clock_or_empty,
    parse_day,
    parse_day_of_year,
    parse_days,
    parse_session,
    parse_weekday,
)


class Section(BaseModel):
    """A table of the file. Unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=False)


class Placed(Section):
    """One of an array of tables; `at` is its place in the file, from 0."""

    _at: int = PrivateAttr(default=-1)

    @property
    def at(self) -> int:
        return self._at

    def put_at(self, place: int) -> None:
        self._at = place


class Item(Placed):
    id: str = Field(min_length=1)


class TextTable(Section):
    vi: str = Field(min_length=1)
    en: str = ""


Text = Annotated[TextTable, BeforeValidator(as_words)]
Day = Annotated[InstanceOf[date], BeforeValidator(parse_day)]
Days = Annotated[InstanceOf[tuple], BeforeValidator(parse_days)]  # type: ignore[type-arg]
DayOfYear = Annotated[InstanceOf[tuple], BeforeValidator(parse_day_of_year)]  # type: ignore[type-arg]
Clock = Annotated[str, BeforeValidator(parse_clock)]
ClockOrEmpty = Annotated[str, BeforeValidator(parse_clock_or_empty)]
Weekday = Annotated[int, BeforeValidator(parse_weekday)]
Sitting = Annotated[InstanceOf[Session], BeforeValidator(parse_session)]
Week = dict[str, list[Sitting]]
Language = Literal["vi", "en"]


class OfficeSection(Section):
    id: str = Field(min_length=1)
    name: Text
    short_name: Text | None = None
    timezone: str = "Asia/Ho_Chi_Minh"
    help_desk: Text | None = None
    feedback: str = ""
    public_url: str = ""


class LanguagesSection(Section):
    shown: list[Language] = ["vi", "en"]
    spoken: list[Language] = ["vi"]


class BrandSection(Section):
    theme: str = ""


class ListeningSection(Section):
    http: str = "127.0.0.1:8080"
    mqtt: str = "127.0.0.1:1883"
    tls_certificate: str = ""
    tls_key: str = ""
    tls_ca: str = ""


class ServerSection(Section):
    broker_url: str = ""
    database_url: str = ""
    retention_days: int = Field(default=1826, ge=1, le=36525)
    home_assistant: bool = False


class SeasonItem(Section):
    name: str = Field(min_length=1)
    from_: DayOfYear = Field(alias="from")
    to: DayOfYear
    week: Week


class MakeUpDay(Section):
    day: Day
    follows: Weekday


class HoursSection(Section):
    always_open: bool = False
    week: Week = {}
    season: list[SeasonItem] = []
    holidays: list[Days] = []
    make_up_days: list[MakeUpDay] = []


class ServiceHours(Section):
    """A service's own timetable; holidays and make-up days stay the office's."""

    always_open: bool = False
    week: Week = {}
    season: list[SeasonItem] = []


class AgencyItem(Item):
    name: Text


class GroupItem(Item):
    name: Text


class ProcedureItem(Section):
    code: str
    name: Text
    legal_days: int | None = Field(default=None, ge=0, le=999)
    papers: list[str] = Field(default=[], max_length=20)
    fee: int | None = Field(default=None, ge=0, le=10_000_000_000)
    unit: str = ""


class NumberSection(Section):
    prefix: str | None = None
    digits: int = Field(default=3, ge=1, le=6)
    first: int = Field(default=1, ge=0)
    last: int | None = Field(default=None, ge=1)


class NoteAfter(Section):
    time: Clock
    text: Text


class ServiceItem(Item):
    letter: str
    name: Text
    example: Text | None = None
    pictogram: str = "file-text"
    group: str | None = None
    agency: str | None = None
    expected_minutes: float = Field(default=10, gt=0, le=480)
    quota: int | None = Field(default=None, ge=1, le=9999)
    last_ticket_minutes: int = Field(default=0, ge=0, le=480)
    number: NumberSection = Field(default_factory=NumberSection)
    note_after: NoteAfter | None = None
    hours: ServiceHours | None = None
    procedures: list[ProcedureItem] = []


class CounterItem(Item):
    number: int = Field(ge=1, le=999)
    name: Text
    services: list[str] = Field(min_length=1)
    zone: str | None = None


class PriorityGroupItem(Item):
    name: Text
    hint: Text | None = None
    pictogram: str = "hand-heart"


class CallingSection(Section):
    policy: Annotated[
        Literal["fifo", "strict", "interleaved", "accumulating", "short_first"], BeforeValidator(parse_policy)
    ] = "accumulating"
    ordinary_rate: float = Field(default=1.0, gt=0, le=100)
    appointment_rate: float = Field(default=1.6, gt=0, le=100)
    priority_rate: float = Field(default=2.5, gt=0, le=100)
    one_priority_per: int = Field(default=3, ge=1, le=50)
    rescue_after_minutes: float = Field(default=40, ge=1, le=120)

    @model_validator(mode="before")
    @classmethod
    def _no_forbidden_key(cls, section: object) -> object:
        return refuse_keys(section)

    @model_validator(mode="after")
    def _rates_in_order(self) -> "CallingSection":
        check_rates(self.ordinary_rate, self.appointment_rate, self.priority_rate)
        return self


class RulesSection(Section):
    come_back: Literal["keep", "end"] = "keep"
    come_back_within_minutes: float = Field(default=60, ge=0, le=720)
    come_back_times: int = Field(default=2, ge=0, le=20)
    overnight: Literal["abandon", "keep"] = "abandon"
    stranded: Literal["group", "any", "nobody"] = "group"
    undo_within_seconds: float = Field(default=10, ge=0, le=60)
    citizen_park_longest_minutes: float = Field(default=30, ge=1, le=480)
    citizen_hold_minutes: float = Field(default=5, ge=1, le=30)
    tickets_before_opening_minutes: float = Field(default=30, ge=0, le=240)
    pause_reasons: list[Text] | None = Field(default=None, min_length=1)


class ZoneItem(Item):
    name: Text


class KioskItem(Item):
    name: Text
    zone: str | None = None
    printer: str | None = None
    services: list[str] = []
    readers: list[str] = []


class PrinterItem(Item):
    name: Text
    url: str
    dots: Literal[576, 512, 384] = 576
    agent: str = "agent"
    fallback: str | None = None


class DisplayItem(Item):
    kind: Literal["hall", "counter"]
    zone: str | None = None
    counter: str | None = None


class LedItem(Item):
    counter: str
    url: str
    address: int = Field(default=1, ge=1, le=247)
    brightness: int = Field(default=80, ge=5, le=100)
    agent: str = "agent"


class KeypadItem(Item):
    counter: str
    url: str
    address: int = Field(default=1, ge=1, le=99)
    agent: str = "agent"


class SpeakerItem(Item):
    name: Text
    zone: str | None = None
    url: str
    agent: str = "agent"


class DevicesSection(Section):
    alert_after_minutes: float = Field(default=3, ge=0.5, le=240)


class StaffSection(Section):
    second_factor: list[Literal["officer", "greeter", "supervisor", "manager", "administrator"]] = []


class TargetItem(Placed):
    minutes: float = Field(gt=0, le=480)
    name: Text
    scope: str = "office"
    valid_from: Day | None = None
    valid_to: Day | None = None


class OtherOfficeItem(Section):
    prefix: str = Field(min_length=1)
    name: Text


class ProvincialSection(Section):
    """The province's system, asked over HTTP; what each value means is in domain/office_dossiers.py."""

    url: str = Field(min_length=1)
    name: Text | None = None
    method: Literal["post", "get"] = "post"
    code_field: str = Field(default="mahoso", min_length=1)
    send: dict[str, str] = {"service": "TraCuuHoSo"}
    token_file: str = ""
    token_header: str = Field(default="Authorization", min_length=1)
    token_prefix: str = "Bearer "
    authority: str = ""
    mapping: Literal["dvcqg", "opencps", "own"] = "dvcqg"
    records: str | None = None
    fields: dict[str, str] = {}
    statuses: dict[str, int] = {}
    connect_seconds: float = Field(default=1, ge=0.1, le=5)
    answer_seconds: float = Field(default=3, ge=0.2, le=8)
    fresh_minutes: float = Field(default=2, ge=0, le=1440)
    shown_hours: float = Field(default=24, ge=0, le=168)


class DossiersSection(Section):
    sources: list[Literal["book", "register", "provincial"]] = []
    patterns: list[str] = []
    example: str = ""
    letters: list[str] = []
    collect_service: str | None = None
    supplement_service: str | None = None
    fee_service: str | None = None
    ask_service: str | None = None
    other_offices: list[OtherOfficeItem] = []
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
    units: list[str] = []
    lines_per_book: int = Field(default=500, ge=1, le=100_000)
    receipt: str = Field(default="TNHS", min_length=1)
    guidance: str = Field(default="HDHS", min_length=1)
    control: str = Field(default="KSGQHS", min_length=1)


class MailSection(Section):
    to: list[str] = []
    sender: str = Field(default="", max_length=254)
    server: str = ""
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_file: str = ""
    authority: str = ""


class ReportsSection(Section):
    superior: str = Field(default="", max_length=200)
    agency: str = Field(default="", max_length=300)
    number: str = Field(default="", max_length=60)
    place: str = Field(default="", max_length=80)
    authority: str = Field(default="", max_length=120)
    post: str = Field(default="", max_length=120)
    signer: str = Field(default="", max_length=120)
    recipients: list[str] = []
    every: list[Literal["day", "week", "month", "quarter", "year"]] = []
    at: Clock = "06:00"
    formats: list[Literal["pdf", "xlsx", "csv", "json"]] = ["pdf", "xlsx"]
    folder: str = Field(default="reports", min_length=1)
    edition: Literal["public", "inner"] = "public"
    language: Literal["vi", "en"] = "vi"
    mail: MailSection = Field(default_factory=MailSection)


class OfficeFile(Section):
    """The whole file; the attributes are the section names."""

    office: OfficeSection
    languages: LanguagesSection = Field(default_factory=LanguagesSection)
    brand: BrandSection = Field(default_factory=BrandSection)
    listening: ListeningSection = Field(default_factory=ListeningSection)
    server: ServerSection = Field(default_factory=ServerSection)
    hours: HoursSection
    agency: list[AgencyItem] = []
    group: list[GroupItem] = []
    service: list[ServiceItem]
    zone: list[ZoneItem] = []
    counter: list[CounterItem]
    priority_group: list[PriorityGroupItem] = []
    calling: CallingSection = Field(default_factory=CallingSection)
    rules: RulesSection = Field(default_factory=RulesSection)
    kiosk: list[KioskItem] = []
    printer: list[PrinterItem] = []
    display: list[DisplayItem] = []
    led: list[LedItem] = []
    keypad: list[KeypadItem] = []
    speaker: list[SpeakerItem] = []
    devices: DevicesSection = Field(default_factory=DevicesSection)
    staff: StaffSection = Field(default_factory=StaffSection)
    target: list[TargetItem] = []
    dossiers: DossiersSection = Field(default_factory=DossiersSection)
    forms: FormsSection = Field(default_factory=FormsSection)
    book: BookSection = Field(default_factory=BookSection)
    reports: ReportsSection = Field(default_factory=ReportsSection)


def key_names(model: type[BaseModel]) -> dict[str, Any]:
    """Key as written in the file → its field."""
    return {field.alias or name: field for name, field in model.model_fields.items()}
