"""What a session hears: news of the office, its readers and printers, and what became of effects."""

from dataclasses import dataclass, field
from typing import Literal

from queue_server.contract.dossiers import Looked
from queue_server.contract.replies import Issued, Standing
from queue_server.contract.states import OfficeState, ServiceState

Reader = Literal["scanner", "camera"]
"""How a code is read from paper: held to a scanner's window, or before a camera."""


# What the office says.


@dataclass(frozen=True, slots=True)
class OfficeTold:
    office: OfficeState


@dataclass(frozen=True, slots=True)
class ServiceTold:
    service: ServiceState


@dataclass(frozen=True, slots=True)
class ServerChanged:
    """Whether the server can be asked: `unlinked` is this kiosk's own way to the broker."""

    server: Literal["ready", "draining", "lost", "unlinked"]


@dataclass(frozen=True, slots=True)
class GrantTold:
    """The series of which this kiosk can give numbers by itself now."""

    series: frozenset[str]


# What the machine's readers and printers say.


@dataclass(frozen=True, slots=True)
class ReadersChanged:
    """What can read a code from paper now: a reader was plugged in or is gone."""

    readers: frozenset[Reader]


@dataclass(frozen=True, slots=True)
class Scanned:
    """A reader read a whole text; what it is, is decided here and nowhere else."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PrintersTold:
    """What keeps each printer of this machine from printing, the first one first; "" is nothing known.

    A printer whose spare can print counts as one that can. None: this machine's agent cannot be asked.
    """

    troubles: tuple[tuple[str, str], ...] | None


# What became of effects.


@dataclass(frozen=True, slots=True)
class RequestMade:
    """The id of the one issue request of visit step `step`."""

    step: int
    request: str


@dataclass(frozen=True, slots=True)
class IssueLate:
    """No reply for 3 s; the same request goes on being asked."""

    request: str


@dataclass(frozen=True, slots=True)
class IssueAnswered:
    request: str
    issued: Issued


@dataclass(frozen=True, slots=True)
class IssueRefused:
    request: str
    code: str


@dataclass(frozen=True, slots=True)
class LookAnswered:
    """The office's answer to the look-up of this step."""

    step: int
    looked: Looked = field(repr=False)


@dataclass(frozen=True, slots=True)
class TicketStands:
    """The office's answer to the question of this step about one's own ticket."""

    step: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class LookRefused:
    """No answer: the server's refusal, or `no_reply`. `wait_s` is how long to wait when asked too often."""

    step: int
    code: str
    wait_s: int = 0


@dataclass(frozen=True, slots=True)
class SlipPrinted:
    """`printer` is the spare printer that took over: the paper is there. Empty where it was asked for."""

    job: str
    printer: str = ""


@dataclass(frozen=True, slots=True)
class SlipUnconfirmed:
    job: str
    reason: str = ""
    printer: str = ""


@dataclass(frozen=True, slots=True)
class SlipFailed:
    """`reason` is the agent's word: paper_out, cover_open, offline; anything else counts as unknown."""

    job: str
    reason: str


@dataclass(frozen=True, slots=True)
class HelpTold:
    """Whether the greeter was told."""

    ok: bool


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """The reading with this turn number came to its end."""

    turn: int


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed; sent a few times a second."""


@dataclass(frozen=True, slots=True)
class Crashed:
    """An error nobody expected was caught; `where` is a short word such as "ui", never personal data."""

    where: str


News = OfficeTold | ServiceTold | ServerChanged | GrantTold | ReadersChanged


Outcome = (
    RequestMade
    | IssueLate
    | IssueAnswered
    | IssueRefused
    | LookAnswered
    | TicketStands
    | LookRefused
    | SlipPrinted
    | SlipUnconfirmed
    | SlipFailed
    | HelpTold
    | SpeechEnded
    | Tick
    | Crashed
)
