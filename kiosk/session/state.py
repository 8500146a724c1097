"""A session as a value: what the office told, where the visit is, and how it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from kiosk.session.actions import Language
from kiosk.session.heard import Reader
from queue_server.contract.dossiers import Looked
from queue_server.contract.replies import Issued, Standing
from queue_server.contract.states import OfficeState, ServiceState
from queue_server.contract.values import Bilingual, DossierSlip

Server = Literal["unknown", "ready", "draining", "lost", "unlinked"]
NO_SERVICES: Mapping[str, ServiceState] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class World:
    """What is known of the office; survives visits."""

    office: OfficeState | None = None
    services: Mapping[str, ServiceState] = field(default_factory=lambda: NO_SERVICES)
    server: Server = "unknown"
    granted: frozenset[str] = frozenset()
    """The series of which this kiosk can give numbers while the server is away."""
    readers: frozenset[Reader] = frozenset()
    """What can read a code from paper here, now."""
    printers: tuple[tuple[str, str], ...] | None = ()
    """What keeps each printer of this machine from printing; None while its agent is away."""


@dataclass(frozen=True, slots=True)
class Aids:
    """Language and aids; a visit's end returns them to these defaults."""

    language: Language = "vi"
    large_text: bool = False
    contrast: bool = False
    low_reach: bool = False
    listen: bool = False

    @property
    def unhurried(self) -> bool:
        """Whether time-outs are doubled."""
        return self.large_text or self.contrast or self.listen


@dataclass(frozen=True, slots=True)
class Home:
    pass


@dataclass(frozen=True, slots=True)
class Services:
    page: int = 0


@dataclass(frozen=True, slots=True)
class Priority:
    service: str


@dataclass(frozen=True, slots=True)
class Issuing:
    """One wish, one request: `request` is empty until its id is made; further touches change nothing."""

    step: int
    service: str
    group: str | None
    since: datetime
    request: str = ""
    late: bool = False
    dossier: str = field(default="", repr=False)
    """The code of the dossier that the citizen comes for."""
    told: Looked | None = field(default=None, repr=False)
    """What was told of it, where it says what to hand in: printed with the ticket."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What became of the newest print of the slip."""

    job: str
    since: datetime
    state: Literal["printing", "printed", "unconfirmed", "failed"] = "printing"
    reason: str = ""
    prints: int = 1
    reprint: bool = False
    """A second copy of a slip that did come out."""
    printer: str = ""
    """The spare printer that has the paper, where it is not the kiosk's own."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """A dossier's paper beside the ticket: what is to be handed in."""

    job: str
    paper: DossierSlip = field(repr=False)
    state: Literal["printing", "printed", "unconfirmed", "failed"] = "printing"
    printer: str = ""
    """As of a slip."""


@dataclass(frozen=True, slots=True)
class Printing:
    """A print under way: what the server is told with its outcome."""

    job: str
    ticket: str
    reprint: bool


@dataclass(frozen=True, slots=True)
class Ticket:
    """The ticket on the screen; `paperless` once the citizen went on without paper."""

    issued: Issued
    slip: Slip
    answered_at: datetime | None = None
    """When the printer answered: the countdown runs from here, None while there is none."""
    paperless: bool = False
    guidance: Guidance | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The server said no, just before the ticket."""

    code: str
    service: str
    group: str | None
    dossier: str = field(default="", repr=False)
    told: Looked | None = field(default=None, repr=False)


Notice = Literal["", "unread", "id_card", "paper", "not_found", "no_reader"]
"""What was wrong with the last code that was shown or typed."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A receipt is awaited."""

    notice: Notice = ""


@dataclass(frozen=True, slots=True)
class Keypad:
    """A code is typed; `letters` shows A to Z."""

    typed: str = field(default="", repr=False)
    letters: bool = False
    notice: Notice = ""


@dataclass(frozen=True, slots=True)
class Looking:
    """One look-up is under way. `before` is what was on the screen, None where that must go at once.

    `found` is the answer whose protected part a second factor was sent for.
    """

    step: int
    code: str = field(repr=False)
    since: datetime
    before: "Scan | Keypad | Home | None" = None
    found: Looked | None = field(default=None, repr=False)
    ticket: bool = False
    """What is looked for is one's own ticket."""


@dataclass(frozen=True, slots=True)
class MyTicket:
    """Where the ticket stands whose slip was scanned."""

    standing: Standing


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a dossier."""

    code: str = field(repr=False)
    looked: Looked = field(repr=False)


@dataclass(frozen=True, slots=True)
class Factor:
    """The last four digits are asked for, or an ID card; `wrong` after a try that did not fit."""

    code: str = field(repr=False)
    looked: Looked = field(repr=False)
    typed: str = field(default="", repr=False)
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The look-up told no dossier. `office` holds it where `why` is elsewhere; `wait_s` where slowed."""

    why: Literal["not_found", "elsewhere", "unavailable", "slowed", "refused", "no_ticket"]
    code: str = field(repr=False)
    office: Bilingual | None = None
    wait_s: int = 0


@dataclass(frozen=True, slots=True)
class Safe:
    """After an error nobody expected; the kiosk starts again by itself."""

    since: datetime
    where: str
    ticket: Issued | None = None
    """A number that was on the screen stays readable."""
    request: str = ""
    """An issue request that was under way; its ticket is still shown when it comes."""


Dossier = Scan | Keypad | Looking | Result | Factor | NoAnswer | MyTicket
"""The places of "Tra cứu hồ sơ", and of one's own ticket, which is scanned as a dossier is."""

Place = Home | Services | Priority | Issuing | Ticket | Refused | Safe | Dossier


@dataclass(frozen=True, slots=True)
class StillThere:
    """The question before leaving; `since` starts its countdown."""

    since: datetime


@dataclass(frozen=True, slots=True)
class Help:
    """The greeter was called; `told` is None until the server answered."""

    told: bool | None = None


Overlay = StillThere | Help


@dataclass(frozen=True, slots=True)
class Reading:
    """The audio guide: `turn` numbers the readings, `ended_at` is when the last one ended by itself."""

    turn: int = 0
    speaking: bool = False
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    kiosk: str
    touched_at: datetime
    seen_at: datetime
    """When the last action came; there are several a second, so a longer gap is the clock's."""
    arrived_at: datetime
    """When the screen last became another one."""
    world: World = World()
    aids: Aids = Aids()
    place: Place = Home()
    overlay: Overlay | None = None
    reading: Reading = Reading()
    step: int = 0
    """Counts issue wishes, so that each makes one request id."""
    abandoned: frozenset[str] = frozenset()
    """Requests whose citizen left before the reply: their tickets are cancelled when it comes."""
    printing: tuple[Printing, ...] = ()
    """Prints whose outcome the server is still to hear, also of visits that are over."""
    printer_fault: str = ""
    """Why the last slip failed, empty once one came out."""
    crashes: tuple[datetime, ...] = ()


def start(kiosk: str, now: datetime) -> Session:
    """A kiosk that was just switched on and knows nothing yet."""
    return Session(kiosk=kiosk, touched_at=now, seen_at=now, arrived_at=now)
