"""What clients may ask: one model a verb, and the verbs each kind of client may use."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from queue_server.contract.values import Bilingual, Id, Instant, Message, Text

SECOND_FACTOR = r"^(\d{4}|\d{9}|\d{12})$"
TOKEN = r"^[A-Za-z0-9_-]*$"
DOSSIER = r"^[^|\s]*$"
"""A code has no spaces, and no bars as the text of an ID card has."""


class Request(Message):
    """Every request carries its own id; the same id always gets the same reply."""

    id: Id
    expires_at: Instant | None = None


class Issue(Request):
    """A ticket for `services[0]`, the others planned after it."""

    services: Annotated[tuple[Id, ...], Field(min_length=1, max_length=8)]
    priority_group: Id | None = None
    language: Literal["vi", "en"] = "vi"
    people: Annotated[int, Field(ge=1, le=99)] = 1
    dossiers: Annotated[int, Field(ge=1, le=999)] = 1
    appointment_at: Instant | None = None
    kiosk: Id | None = None
    channel: Literal["kiosk", "greeter", "appointment"] = "kiosk"
    wants_slip: bool = True
    dossier: str = Field(default="", max_length=80, pattern=DOSSIER, repr=False)
    """The code of the dossier the citizen comes for, as `dossier-lookup` told it; the officer who calls the
    ticket sees that dossier. Kept until the end of the next day, and never journaled, published or logged."""


class OfTicket(Request):
    ticket: Id


class Cancel(OfTicket):
    reason: Text = ""


class ComeBack(OfTicket):
    pass


class Park(OfTicket):
    by: Literal["citizen", "office"]
    reason: Text = ""


class Unpark(OfTicket):
    pass


class Transfer(OfTicket):
    """To `service`'s queue, or bound to one counter or one officer of it."""

    service: Id
    counter: Id | None = None
    officer: Id | None = None
    reason: Text = ""


class AddService(OfTicket):
    service: Id


class ResultReady(OfTicket):
    service: Id | None = None
    counter: Id | None = None


class ChangePriority(OfTicket):
    priority_group: Id | None
    reason: Annotated[str, Field(min_length=1, max_length=400)]


class SlipDone(OfTicket):
    """A kiosk's own slip: what its machine's agent said of it."""

    job: Id
    outcome: Literal["printed", "unconfirmed", "failed"]
    reason: Text = ""
    reprint: bool = False


class Reprint(OfTicket):
    """A slip on a printer that the server's office file names."""

    printer: Id


class PrintOutcome(Request):
    """From the agent that owns a printer: exactly one for a job."""

    job: Id
    ticket: Id
    outcome: Literal["printed", "unconfirmed", "failed"]
    reason: Text = ""


class OfCounter(Request):
    """`expected` is the ticket the sender saw at the counter; another one there is refused."""

    counter: Id
    expected: Id | None = None


class SignOn(OfCounter):
    officer: Id


class SignOff(OfCounter):
    pass


class Open(OfCounter):
    pass


class Pause(OfCounter):
    reason: Annotated[str, Field(min_length=1, max_length=400)]
    until: Instant | None = None


class Close(OfCounter):
    pass


class ChangeServices(OfCounter):
    services: tuple[Id, ...]


class CallNext(OfCounter):
    end_current: bool = False


class CallTicket(OfCounter):
    ticket: Id


class CallNumber(OfCounter):
    """The waiting ticket whose number ends in what was typed: `12` is A012 where no other fits."""

    digits: Annotated[str, Field(pattern=r"^[0-9]{1,6}$")]


class Recall(OfCounter):
    pass


class Start(OfCounter):
    pass


class End(OfCounter):
    pass


class NoShow(OfCounter):
    pass


class AwaitResult(OfCounter):
    pass


class Undo(OfCounter):
    pass


class CloseDay(Request):
    pass


class CloseService(Request):
    service: Id
    reason: Bilingual
    until: Instant | None = None


class ReopenService(Request):
    service: Id


class PostNotice(Request):
    words: Bilingual


class Help(Request):
    """ "Tôi cần giúp": calls the greeter to a kiosk."""

    kiosk: Id


class HelpAnswered(Request):
    kiosk: Id


class Fault(Request):
    """A device reports a fault of its own; never with personal data."""

    device: Id
    fault: Text


class WantGrant(Request):
    """A kiosk asks for the numbers it may issue by itself today."""

    kiosk: Id


class MergeOffline(Request):
    """A number that a kiosk gave by itself from its grant, in a citizen's hand already.

    Its `id` is that of the `issue` that had no reply: of both together comes one ticket at the most, and who
    gets the reply to the `issue` instead sends `give-alias`. After a refusal it is sent under another id.
    """

    ticket: Id
    """Made by the kiosk, and on the paper."""
    number: Annotated[str, Field(min_length=1, max_length=8)]
    date: dt.date
    """ISO local date of the grant."""
    issued_at: Instant
    """On the server's clock, as the kiosk measured it."""
    estimated: bool = False
    """The kiosk had been switched off and on: the instant is bounded, not measured."""
    services: Annotated[tuple[Id, ...], Field(min_length=1, max_length=8)]
    priority_group: Id | None = None
    language: Literal["vi", "en"] = "vi"
    kiosk: Id | None = None


class GiveAlias(OfTicket):
    """The number on the paper for a ticket whose reply was lost: one visit, both numbers find it."""

    number: Annotated[str, Field(min_length=1, max_length=8)]
    issued_at: Instant | None = None
    """The paper's instant: the wait counts from it where the server heard the request later."""
    estimated: bool = False
    kiosk: Id | None = None


class TicketLookup(Request):
    """Where a ticket of today stands, asked with what is on its own slip. Send it with QoS 0."""

    ticket: Id | None = None
    """Of the slip's code `MOTCUA:<office>:<ticket>`."""
    token: str = Field(default="", max_length=64, pattern=TOKEN, repr=False)
    """Of the slip's page `…/t/<token>`; looked at when there is no `ticket`."""


class DossierLookup(Request):
    """What became of a dossier, by its code; with a second factor also what that protects.

    Never journaled, logged or kept: send it with QoS 0, and again under the same id when no reply comes.
    """

    code: str = Field(min_length=1, max_length=200, repr=False)
    """As typed, or as the kiosk's classifier (`queue_server.codes`) took it out of what was scanned."""
    second_factor: str | None = Field(default=None, pattern=SECOND_FACTOR, repr=False)
    """The last four digits of the applicant's ID number or phone, or the whole number of an ID card."""
    kiosk: Id | None = None


VERBS: dict[str, type[Request]] = {
    "issue": Issue,
    "cancel": Cancel,
    "come-back": ComeBack,
    "park": Park,
    "unpark": Unpark,
    "transfer": Transfer,
    "add-service": AddService,
    "result-ready": ResultReady,
    "change-priority": ChangePriority,
    "slip-done": SlipDone,
    "reprint": Reprint,
    "print-outcome": PrintOutcome,
    "sign-on": SignOn,
    "sign-off": SignOff,
    "open": Open,
    "pause": Pause,
    "close": Close,
    "change-services": ChangeServices,
    "call-next": CallNext,
    "call-ticket": CallTicket,
    "call-number": CallNumber,
    "recall": Recall,
    "start": Start,
    "end": End,
    "no-show": NoShow,
    "await-result": AwaitResult,
    "undo": Undo,
    "close-day": CloseDay,
    "close-service": CloseService,
    "reopen-service": ReopenService,
    "post-notice": PostNotice,
    "help": Help,
    "help-answered": HelpAnswered,
    "fault": Fault,
    "want-grant": WantGrant,
    "merge-offline": MergeOffline,
    "give-alias": GiveAlias,
    "dossier-lookup": DossierLookup,
    "ticket-lookup": TicketLookup,
}
"""Verb (last topic level) → model."""

_KIOSK = frozenset(
    {
        *("issue", "cancel", "slip-done", "help", "fault", "dossier-lookup", "ticket-lookup"),
        *("want-grant", "merge-offline", "give-alias"),
    }
)
_AGENT = frozenset({"print-outcome", "fault"})
_KEYPAD = frozenset({"call-next", "call-ticket", "call-number", "recall", "start", "end", "no-show", "fault"})

MAY_ASK: dict[str, frozenset[str]] = {
    "kiosk": _KIOSK,
    "agent": _AGENT,
    "keypad": _KEYPAD,
    "display": frozenset({"fault"}),
    "observer": frozenset(),
    "operator": frozenset(VERBS),
}
"""Kind of MQTT account → the verbs it may use. `operator` is for support, scripts and the simulator."""
