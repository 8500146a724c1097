"""Everything a session may want done; the runner does it and answers with actions."""

from dataclasses import dataclass, field
from typing import Literal

from queue_server.contract.values import DossierSlip, Slip
from queue_server.speech.phrases import Clip


@dataclass(frozen=True, slots=True)
class MakeRequest:
    """Make one id for visit step `step`; answered by RequestMade."""

    step: int


@dataclass(frozen=True, slots=True)
class AskIssue:
    """Ask for the ticket until there is an answer: IssueLate after 3 s, IssueAnswered or IssueRefused."""

    request: str
    service: str
    group: str | None
    language: str
    dossier: str = field(default="", repr=False)
    """The code of the dossier that the citizen comes for, for the officer's eyes."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """What became of a dossier: answered by LookAnswered or LookRefused with the same step.

    Neither code nor factor may be kept, logged or repeated anywhere.
    """

    step: int
    code: str = field(repr=False)
    factor: str | None = field(default=None, repr=False)
    """Four digits, or the number of an ID card."""


@dataclass(frozen=True, slots=True)
class FindTicket:
    """Where one's own ticket stands, by its slip's code or page: answered by TicketStands or LookRefused."""

    step: int
    ticket: str = ""
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CancelTicket:
    """A ticket came for a citizen who had left."""

    ticket: str
    reason: str


@dataclass(frozen=True, slots=True)
class PrintSlip:
    """Answered by SlipPrinted, SlipUnconfirmed or SlipFailed."""

    job: str
    ticket: str
    printer: str
    """The printer's id in the office file, or `default` for the machine's first one."""
    slip: Slip


@dataclass(frozen=True, slots=True)
class PrintGuidance:
    """A dossier's paper beside the ticket; answered like a slip."""

    job: str
    printer: str
    slip: DossierSlip = field(repr=False)


@dataclass(frozen=True, slots=True)
class TellSlip:
    ticket: str
    job: str
    outcome: Literal["printed", "unconfirmed", "failed"]
    reason: str
    reprint: bool


@dataclass(frozen=True, slots=True)
class TellFault:
    fault: str


@dataclass(frozen=True, slots=True)
class ShowHealth:
    """This kiosk's device state; `printer` is the printer's fault, empty when none is known."""

    state: Literal["ready", "degraded"]
    printer: str


@dataclass(frozen=True, slots=True)
class CallGreeter:
    """Answered by HelpTold."""


@dataclass(frozen=True, slots=True)
class Say:
    """Read these clips aloud; answered by SpeechEnded with the same turn unless something else is said."""

    turn: int
    clips: tuple[Clip, ...]


@dataclass(frozen=True, slots=True)
class Hush:
    pass


@dataclass(frozen=True, slots=True)
class Beep:
    """Two low beeps for a fault, a rising one for a code that was read, a soft tick for a key."""

    sound: Literal["fault", "beep_ok", "tick"] = "fault"


@dataclass(frozen=True, slots=True)
class StartAgain:
    """End the program, so that its supervisor starts it anew: it has crashed too often."""


Effect = (
    MakeRequest
    | AskIssue
    | LookUp
    | FindTicket
    | CancelTicket
    | PrintSlip
    | PrintGuidance
    | TellSlip
    | TellFault
    | ShowHealth
    | CallGreeter
    | Say
    | Hush
    | Beep
    | StartAgain
)
