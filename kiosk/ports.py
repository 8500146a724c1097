"""What the kiosk asks of the world around it, and what its screens ask of the kiosk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from kiosk.presenters.views import ScreenView
from kiosk.session.actions import Action
from kiosk.session.effects import AskIssue, FindTicket, LookUp, TellSlip
from kiosk.session.state import Session
from queue_server.contract.dossiers import Looked
from queue_server.contract.replies import Issued, Standing
from queue_server.contract.states import PrintJob
from queue_server.speech.phrases import Clip

# For kiosk/ui


class SessionStore(Protocol):
    """One session that changes by actions. Every method may be called from any thread."""

    @property
    def session(self) -> Session: ...

    def dispatch(self, action: Action) -> None:
        """Reduces the action, in turn with those of other threads, then runs its effects. Never raises."""

    def subscribe(self, changed: Callable[[Session], None]) -> Callable[[], None]:
        """Calls `changed` with every new session, on the thread that dispatched; returns what ends it."""


class Present(Protocol):
    """kiosk.presenters.present.present"""

    def __call__(self, session: Session, now: datetime) -> ScreenView: ...


class Ui(Protocol):
    """What main gives to the UI; runs the window until it is closed and returns the exit code.

    `on_ready(stop)` is called once the loop can be stopped; `stop()` may come from any thread and ends it.
    """

    def __call__(
        self,
        store: SessionStore,
        present: Present,
        now: Callable[[], datetime],
        on_ready: Callable[[Callable[[], None]], None],
    ) -> int: ...


class Window(Ui, Protocol):
    """A Ui with the machine's loudspeaker."""

    speaker: "Speaker"


# For the effects


@dataclass(frozen=True, slots=True)
class SlipOutcome:
    """What the machine's agent said of one print job."""

    state: Literal["printed", "unconfirmed", "failed"]
    reason: str = ""
    printer: str = ""
    """The spare printer that took over, where one did."""


class SlipPrinter(Protocol):
    def print(self, job: PrintJob) -> SlipOutcome:
        """Prints and waits for the outcome; never raises: an agent that is away is failed/offline."""


class Speaker(Protocol):
    """Plays clips one reading at a time; a new reading or `hush` ends the one before."""

    def say(self, clips: Sequence[Clip], ended: Callable[[], None]) -> None:
        """Begins and returns; `ended` is called once if it comes to its own end, also without any sound."""

    def hush(self) -> None: ...

    def beep(self, sound: Literal["fault", "beep_ok", "tick"]) -> None: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """The server's answer to `issue`: the ticket, or a refusal's code."""

    issued: Issued | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """The server's answer to a look-up: what it told, or a refusal's code and how long to wait."""

    looked: Looked | None = field(default=None, repr=False)
    code: str = ""
    wait_s: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The server's answer about one's own ticket: where it stands, or a refusal's code."""

    standing: Standing | None = None
    code: str = ""


class Office(Protocol):
    """The queue server as the effects see it. Answers come on other threads; nothing blocks or raises."""

    def issue(
        self,
        ask: AskIssue,
        answered: Callable[[Asked], None],
        late: Callable[[], None],
    ) -> None:
        """Asks under one request id until there is an answer; `late` once after 3 s without one."""

    def look_up(self, look: LookUp, answered: Callable[[Sought], None]) -> None:
        """Answers once, `no_reply` after some seconds; nothing of it is kept, logged or asked again later."""

    def find_ticket(self, find: FindTicket, answered: Callable[[Found], None]) -> None:
        """Answers once, `no_reply` after some seconds."""

    def cancel(self, ticket: str, reason: str) -> None: ...

    def slip_done(self, told: TellSlip) -> None: ...

    def help(self, answered: Callable[[bool], None]) -> None:
        """Calls the greeter; False when nobody answered within 3 s."""

    def fault(self, fault: str) -> None: ...

    def health(self, state: Literal["ready", "degraded"], printer: str) -> None:
        """Publishes this kiosk's device state, retained; `printer` is the printer's fault, if any."""
