"""The office as it is configured: what the checked office file says, as values the rules can read."""

from dataclasses import dataclass, field
from datetime import date

from queue_server.domain.hours import Hours
from queue_server.domain.ids import CounterId, GroupId, KioskId, OfficeId, ServiceId
from queue_server.domain.office_calling import Calling, Rules
from queue_server.domain.office_devices import (
    DeviceRules,
    Display,
    Keypad,
    Kiosk,
    Led,
    Printer,
    Speaker,
    Zone,
)
from queue_server.domain.office_dossiers import BookRules, DossierRules, FormRules
from queue_server.domain.office_services import Agency, Counter, PriorityGroup, Service
from queue_server.domain.words import Words


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
