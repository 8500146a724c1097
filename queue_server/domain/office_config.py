"""The office as it is configured: what the checked office file says, as values the rules can read."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from queue_server.domain.hours import Hours
from queue_server.domain.ids import (
    AgencyId,
    CounterId,
    DeviceId,
    GroupId,
    KioskId,
    OfficeId,
    PriorityGroupId,
    ServiceId,
    ZoneId,
)


@dataclass(frozen=True, slots=True)
class Words:
    """A text in every language of the office: Vietnamese always, English where given."""

    vi: str
    en: str = ""

    def in_(self, language: str) -> str:
        return (self.en or self.vi) if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class NumberShape:
    """How numbers of a series look: prefix `A` with 3 digits is A001 … A999; prefix `1`, 3 digits is 1001.

    Normal numbering runs from `first` to `last`; blocks above `last` are granted to kiosks for outages.
    """

    prefix: str
    digits: int = 3
    first: int = 1
    last: int = 900

    def show(self, ordinal: int) -> str:
        return f"{self.prefix}{ordinal:0{self.digits}d}"

    @property
    def highest(self) -> int:
        return int(10**self.digits) - 1


@dataclass(frozen=True, slots=True)
class Procedure:
    """One administrative procedure of a service: national code (`1.001193`) and name."""

    code: str
    name: Words
    legal_days: int | None = None
    """Working days the law gives for it, where the office says so; 0 is the same working day."""
    papers: tuple[str, ...] = ()
    """What is handed in, as the receipt lists it."""
    fee: int | None = None
    """Đồng."""
    unit: str = ""
    """Who decides it; empty is the service's agency."""


@dataclass(frozen=True, slots=True)
class Agency:
    id: AgencyId
    name: Words


@dataclass(frozen=True, slots=True)
class Service:
    """One field (lĩnh vực) that citizens choose at the kiosk."""

    id: ServiceId
    letter: str
    name: Words
    example: Words
    pictogram: str
    shape: NumberShape
    group: GroupId
    agency: AgencyId | None = None
    procedures: tuple[Procedure, ...] = ()
    expected_service: timedelta = timedelta(minutes=10)
    """The office's prior for call to end, until there is history."""
    quota: int | None = None
    """Most tickets a day; None is no limit."""
    last_ticket_before_close: timedelta = timedelta()
    hours: Hours | None = None
    """Own hours where they differ from the office's."""
    note_after: tuple[str, Words] | None = None
    """(local "HH:MM", notice shown from then on), such as civil status after 15:00."""


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter as furnished; which services it takes may change while running."""

    id: CounterId
    number: int
    name: Words
    services: tuple[ServiceId, ...]
    zone: ZoneId


@dataclass(frozen=True, slots=True)
class PriorityGroup:
    """People the law lets be served first; the officer checks papers at the counter."""

    id: PriorityGroupId
    name: Words
    hint: Words
    pictogram: str


class PolicyName(StrEnum):
    FIFO = "fifo"
    STRICT = "strict"
    INTERLEAVED = "interleaved"
    ACCUMULATING = "accumulating"
    SHORT_FIRST = "short_first"


class ServiceClass(StrEnum):
    """The classes a policy knows."""

    ORDINARY = "ordinary"
    APPOINTMENT = "appointment"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class Calling:
    """The calling policy and its parameters (waiting-time page, "Called")."""

    policy: PolicyName = PolicyName.ACCUMULATING
    ordinary_rate: float = 1.0
    appointment_rate: float = 1.6
    priority_rate: float = 2.5
    one_priority_per: int = 3
    """Interleaved: after this many ordinary calls one priority call is due, and never more often."""
    rescue_after: timedelta = timedelta(minutes=40)
    """A wait beyond this goes first, oldest first, in every policy but fifo (which needs no rescue)."""

    def rate(self, service_class: ServiceClass) -> float:
        match service_class:
            case ServiceClass.ORDINARY:
                return self.ordinary_rate
            case ServiceClass.APPOINTMENT:
                return self.appointment_rate
            case ServiceClass.PRIORITY:
                return self.priority_rate


class ComeBackPlace(StrEnum):
    """Where a citizen stands who comes back after a no-show."""

    KEEP = "keep"
    END = "end"


class Overnight(StrEnum):
    """What becomes of tickets still waiting at local midnight."""

    ABANDON = "abandon"
    KEEP = "keep"


class StrandedRule(StrEnum):
    """Who may call a ticket whose service no signed-on counter takes."""

    GROUP = "group"
    ANY = "any"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Rules:
    come_back: ComeBackPlace = ComeBackPlace.KEEP
    come_back_within: timedelta = timedelta(minutes=60)
    come_back_times: int = 2
    overnight: Overnight = Overnight.ABANDON
    stranded: StrandedRule = StrandedRule.GROUP
    undo_within: timedelta = timedelta(seconds=10)
    citizen_park_longest: timedelta = timedelta(minutes=30)
    citizen_hold: timedelta = timedelta(minutes=5)
    """How long a called citizen may have their place held by a tap on the phone."""
    tickets_before_opening: timedelta = timedelta(minutes=30)
    """How long before a session opens the kiosk already gives numbers to those who came early."""
    pause_reasons: tuple[Words, ...] = (
        Words("Nghỉ giải lao", "Break"),
        Words("Họp đột xuất", "Urgent meeting"),
        Words("Xử lý công việc khẩn cấp", "Urgent work"),
        Words("Hỗ trợ đồng nghiệp", "Helping a colleague"),
        Words("Khác", "Other"),
    )


@dataclass(frozen=True, slots=True)
class Zone:
    id: ZoneId
    name: Words


@dataclass(frozen=True, slots=True)
class Kiosk:
    id: KioskId
    name: Words
    zone: ZoneId
    printer: DeviceId | None = None
    services: tuple[ServiceId, ...] = ()
    """Only these services are offered; empty is all."""
    readers: tuple[str, ...] = ()
    """What reads codes there, for the kiosk of this machine, such as `wedge` or `serial:///dev/…`."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A slip printer.

    `url` is `tcp://host:9100`, `usb://vendor:product`, `serial:///dev/…`, `file://…`, `cups://queue` or
    `simulated:`.
    """

    id: DeviceId
    name: Words
    url: str
    dots: int = 576
    agent: str = "agent"
    fallback: DeviceId | None = None
    """The printer of the same agent that takes over while this one cannot print."""


@dataclass(frozen=True, slots=True)
class Display:
    id: DeviceId
    kind: str
    """`hall` or `counter`."""
    zone: ZoneId
    counter: CounterId | None = None


@dataclass(frozen=True, slots=True)
class Led:
    """A LED display at a counter, one address of a serial bus. `brightness` is a percentage.

    `url` is `modbus:///dev/…?baud=9600`, `modbus://host:port`, the same with `ascii`, `simulated:` or a
    plug-in's `x-…`.
    """

    id: DeviceId
    counter: CounterId
    url: str
    address: int = 1
    brightness: int = 80
    agent: str = "agent"


@dataclass(frozen=True, slots=True)
class Keypad:
    """A call keypad of a counter, and its account on the broker.

    `url` is `evdev:///dev/input/…`, `keys:///dev/…`, `ascii:///dev/…`, `simulated:` or a plug-in's `x-…`.
    """

    id: DeviceId
    counter: CounterId
    url: str
    address: int = 1
    agent: str = "agent"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A loudspeaker on an agent's machine that says a zone's calls in the place of the browsers there.

    `url` is `alsa:default` (any ALSA device), `file:///folder`, `null:`, `simulated:` or a plug-in's `x-…`.
    """

    id: DeviceId
    name: Words
    zone: ZoneId
    url: str
    agent: str = "agent"


@dataclass(frozen=True, slots=True)
class DeviceRules:
    alert_after: timedelta = timedelta(minutes=3)
    """A device unwell for this long is told to the supervisor, and recorded."""


@dataclass(frozen=True, slots=True)
class StaffRules:
    second_factor: frozenset[str] = frozenset()
    """Roles that may not work without a second factor; everybody else may have one."""


@dataclass(frozen=True, slots=True)
class Target:
    """A mean-wait target: minutes per visit, who set it, and between which days it holds."""

    minutes: float
    name: Words
    scope: str = "office"
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class OtherOffice:
    """Who holds dossiers whose codes begin with `prefix`, such as `H99.17` or `G01`."""

    prefix: str
    name: Words


@dataclass(frozen=True, slots=True)
class ProvincialRules:
    """How the province's own system is asked for a dossier over HTTP, and how its answer is read."""

    url: str
    """With `{code}` where the method is `get`."""
    name: Words = field(default_factory=lambda: Words(""))
    method: str = "post"
    code_field: str = "mahoso"
    """The field of a posted body that holds the code."""
    send: tuple[tuple[str, str], ...] = (("service", "TraCuuHoSo"),)
    """The body's other fields."""
    token_file: str = ""
    """What it holds is the token; from the office's directory unless absolute."""
    token_header: str = "Authorization"
    token_prefix: str = "Bearer "
    authority: str = ""
    """A PEM file to trust in place of the public authorities."""
    mapping: str = "dvcqg"
    """dvcqg, opencps or own."""
    records: str | None = None
    """Where in the answer the dossier stands; None is where the mapping says."""
    fields: tuple[tuple[str, str], ...] = ()
    """Our field → place in the answer, over the mapping's own."""
    statuses: tuple[tuple[str, int], ...] = ()
    """The system's status → one of the national ten."""
    connect_within: timedelta = timedelta(seconds=1)
    answer_within: timedelta = timedelta(seconds=3)
    """For the whole question, from the first byte to the last."""
    fresh_for: timedelta = timedelta(minutes=2)
    """An answer of this age is given again without asking."""
    shown_for: timedelta = timedelta(hours=24)
    """An answer of this age is still shown when there is no newer one."""


@dataclass(frozen=True, slots=True)
class DossierRules:
    """How dossiers are looked up here; without `sources` they are not."""

    sources: tuple[str, ...] = ()
    """Where dossiers are looked for, in this order: `book`, `register`, `provincial`."""
    patterns: tuple[str, ...] = ()
    """Regular expressions of this province's codes, the likeliest first."""
    example: str = ""
    letters: tuple[str, ...] = ()
    collect_service: ServiceId | None = None
    """The service of a ticket to collect a result; the next three likewise, None is the procedure's own."""
    supplement_service: ServiceId | None = None
    fee_service: ServiceId | None = None
    ask_service: ServiceId | None = None
    other_offices: tuple[OtherOffice, ...] = ()
    contact: str = ""
    """Whom a citizen may ask about a dossier."""
    apology: Words = field(default_factory=lambda: Words("", ""))
    """What the office says when a dossier is overdue."""
    retention_days: int = 730
    """Days a dossier is kept after its last date."""
    provincial: ProvincialRules | None = None


@dataclass(frozen=True, slots=True)
class BookRules:
    """How dossiers are entered at the counter; without `code` they are not."""

    code: str = ""
    """The pattern of codes given here, such as `H99.16-{yymmdd}-{nnnn}`."""
    late_after: str = "15:00"
    """Local HH:MM: what is received later counts from the next working day; empty is no such hour."""
    units: tuple[str, ...] = ()
    """Where dossiers may be forwarded to, besides the procedures' own units."""
    lines_per_book: int = 500
    """After so many lines a register's next book (quyển) begins; lines count on through the year."""
    receipt: str = "TNHS"
    """What follows the running number on the receipt; the next two on guidance and control slip."""
    guidance: str = "HDHS"
    control: str = "KSGQHS"


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A form's title, its number among the forms (mẫu số, may be empty), and its paper: a4 or a5."""

    title: Words
    form: str = ""
    paper: str = "a4"


@dataclass(frozen=True, slots=True)
class FormRules:
    """What the printed forms say that no dossier knows; an empty place is a dotted line."""

    agency: str = ""
    """TÊN CƠ QUAN in the block on the left; empty is the office's name."""
    unit: str = "Bộ phận tiếp nhận và trả kết quả"
    unit_short: str = "Bộ phận TN&TKQ"
    """The same in the narrow column of the control slip."""
    place: str = ""
    """Before the day: `Thanh Bình, ngày 20 tháng 11 năm 2026`."""
    receipt: PrintedForm = PrintedForm(
        Words("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Receipt of a file and appointment for its result"),
        paper="a5",
    )
    guidance: PrintedForm = PrintedForm(
        Words("Phiếu hướng dẫn hoàn thiện hồ sơ", "Guidance on completing a file"), paper="a5"
    )
    control: PrintedForm = PrintedForm(
        Words("Phiếu kiểm soát quá trình giải quyết hồ sơ", "Control slip of a file's way")
    )
    register: PrintedForm = PrintedForm(Words("Sổ theo dõi hồ sơ", "Register of files"))


@dataclass(frozen=True, slots=True)
class MailRules:
    """How reports are sent by e-mail; without `to` they are not."""

    to: tuple[str, ...] = ()
    sender: str = ""
    server: str = ""
    """`host:port`."""
    security: str = "starttls"
    """starttls, tls or none; none only to this machine."""
    user: str = ""
    """Empty: the server asks for no password."""
    password_file: str = ""
    """What it holds is the password; from the office's directory unless absolute."""
    authority: str = ""
    """A PEM file to trust in place of the public authorities."""


@dataclass(frozen=True, slots=True)
class ReportRules:
    """What the printed report says that no figure knows, and which reports are made by themselves."""

    superior: str = ""
    """The line above the agency's; empty is none."""
    agency: str = ""
    """Empty is the forms' agency, else the office's name."""
    number: str = ""
    """What follows `Số:`, such as `…/BC-UBND`; empty is a dotted line."""
    place: str = ""
    """Empty is the forms' place."""
    authority: str = ""
    """The line above the signer's post, such as `TM. ỦY BAN NHÂN DÂN`."""
    post: str = ""
    """The signer's post, such as `CHỦ TỊCH`."""
    signer: str = ""
    recipients: tuple[str, ...] = ()
    """Nơi nhận."""
    every: tuple[str, ...] = ()
    """day, week, month, quarter, year: made when one is over; empty is none."""
    at: str = "06:00"
    """Local HH:MM from which the report of what is over is made."""
    formats: tuple[str, ...] = ("pdf", "xlsx")
    folder: str = "reports"
    """From the office's directory unless absolute."""
    edition: str = "public"
    """public: no officer's name; inner: with figures by officer."""
    language: str = "vi"
    mail: MailRules = field(default_factory=MailRules)


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the office may be reached from. Loopback until the file says otherwise, then only with TLS."""

    http: str = "127.0.0.1:8080"
    mqtt: str = "127.0.0.1:1883"
    tls_certificate: str = ""
    tls_key: str = ""
    tls_ca: str = ""
    """The authority that programs of the office trust; empty: the certificate itself."""

    @property
    def trusted(self) -> str:
        """The PEM file to trust when asking one's own pages or broker, empty without TLS."""
        return self.tls_ca or self.tls_certificate


@dataclass(frozen=True, slots=True)
class OfficeConfig:
    """The whole office file, checked. Order of tuples is the order on screens."""

    id: OfficeId
    name: Words
    short_name: Words
    hours: Hours
    services: tuple[Service, ...]
    counters: tuple[Counter, ...]
    zones: tuple[Zone, ...]
    agencies: tuple[Agency, ...] = ()
    groups: tuple[tuple[GroupId, Words], ...] = ()
    priority_groups: tuple[PriorityGroup, ...] = ()
    calling: Calling = field(default_factory=Calling)
    rules: Rules = field(default_factory=Rules)
    kiosks: tuple[Kiosk, ...] = ()
    printers: tuple[Printer, ...] = ()
    displays: tuple[Display, ...] = ()
    leds: tuple[Led, ...] = ()
    keypads: tuple[Keypad, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    devices: DeviceRules = field(default_factory=DeviceRules)
    staff: StaffRules = field(default_factory=StaffRules)
    targets: tuple[Target, ...] = ()
    languages: tuple[str, ...] = ("vi", "en")
    call_languages: tuple[str, ...] = ("vi",)
    """Languages every call is spoken in; a ticket's own language is added."""
    theme: str = ""
    feedback: str = ""
    help_desk: Words = field(default_factory=lambda: Words("quầy Hướng dẫn", "the help desk"))
    public_url: str = ""
    broker_url: str = ""
    """`mqtt://host:port` of an outside broker; empty is the embedded one."""
    database_url: str = ""
    """SQLAlchemy URL; empty is SQLite in the office's directory."""
    retention_days: int = 1826
    home_assistant: bool = False
    """Whether the broker is told of the office's figures as Home Assistant looks for them."""
    listening: Listening = field(default_factory=Listening)
    dossiers: DossierRules = field(default_factory=DossierRules)
    forms: FormRules = field(default_factory=FormRules)
    book: BookRules = field(default_factory=BookRules)
    reports: ReportRules = field(default_factory=ReportRules)

    def service(self, id_: ServiceId) -> Service | None:
        for service in self.services:  # a plain loop: asked for again and again for each ticket
            if service.id == id_:
                return service
        return None

    def counter(self, id_: CounterId) -> Counter | None:
        return next((c for c in self.counters if c.id == id_), None)

    def kiosk(self, id_: KioskId | None) -> Kiosk | None:
        for kiosk in self.kiosks:
            if kiosk.id == id_:
                return kiosk
        return None

    def hours_of(self, service: Service) -> Hours:
        return service.hours or self.hours
