"""A visitor before a kiosk without glass: the reducer, the effects noted, what the presenters say."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any

from fakes.kiosk_dossiers import FOUND, answer
from fakes.kiosk_office import NOW, issued, office, standing, state

from kiosk.presenters.present import present
from kiosk.presenters.view_parts import PlaceView
from kiosk.presenters.views import ScreenView
from kiosk.session import effects as do
from kiosk.session.actions import Action
from kiosk.session.availability import offline
from kiosk.session.heard import (
    HelpTold,
    IssueAnswered,
    IssueRefused,
    LookAnswered,
    LookRefused,
    OfficeTold,
    RequestMade,
    ServerChanged,
    ServiceTold,
    SlipFailed,
    SlipPrinted,
    SlipUnconfirmed,
    Tick,
    TicketStands,
)
from kiosk.session.reducer import reduce
from kiosk.session.state import Session, start
from queue_server.contract.replies import Issued, Standing
from queue_server.contract.states import OfficeState, ServiceState

NO_WORDS = {"key", "icon", "live_icon", "pictogram", "kind", "state", "action", "language"}
Step = Callable[["Visitor"], None]


@dataclass
class Visitor:
    """A kiosk in front of a person, an office that answers at once, a printer that prints."""

    session: Session = field(default_factory=lambda: start("k1", NOW))
    now: datetime = NOW
    done: list[do.Effect] = field(default_factory=list)
    answering: bool = True
    refusing: str = ""
    greeter: bool = True
    guided: str = "printed"
    """What becomes of guidance slips."""
    outcomes: deque[str] = field(default_factory=deque)
    asked: list[do.AskIssue] = field(default_factory=list)
    tickets: dict[str, Issued] = field(default_factory=dict)
    given: int = 0
    """Tickets so far, also those that a long run has let go of."""
    requests: int = 0
    held: dict[str, do.AskIssue] = field(default_factory=dict)
    printing: list[do.PrintSlip] = field(default_factory=list)
    guidance: list[do.PrintGuidance] = field(default_factory=list)
    looks: list[do.LookUp] = field(default_factory=list)
    finds: list[do.FindTicket] = field(default_factory=list)
    stands: Standing | None = field(default_factory=standing)
    """What the server says of the ticket that is scanned; None is no ticket of today."""
    tries: dict[str, int] = field(default_factory=dict)
    """Wrong factors so far, by code."""

    def dispatch(self, action: Action) -> None:
        waiting: deque[Action] = deque([action])
        while waiting:
            self.session, effects = reduce(self.session, waiting.popleft(), self.now)
            self.done += effects
            for effect in effects:
                waiting.extend(self._do(effect))

    def _do(self, effect: do.Effect) -> Iterator[Action]:
        match effect:
            case do.MakeRequest(step=step):
                self.requests += 1
                yield RequestMade(step, f"request-{self.requests}")
            case do.AskIssue() as ask:
                self.asked.append(ask)
                if self.answering:
                    yield self.answer(ask)
                else:
                    self.held[ask.request] = ask
            case do.LookUp() as look:
                self.looks.append(look)
                if self.answering:
                    yield self.look_up(look)
            case do.FindTicket() as find:
                self.finds.append(find)
                if self.answering:
                    yield self.find(find)
            case do.PrintSlip(job=job):
                self.printing.append(effect)
                outcome = self.outcomes.popleft() if self.outcomes else "printed"
                yield from self.outcome_of(job, outcome)
            case do.PrintGuidance(job=job):
                self.guidance.append(effect)
                yield from self.outcome_of(job, self.guided)
            case do.CallGreeter():
                yield HelpTold(self.greeter)
            case _:
                pass

    def answer(self, ask: do.AskIssue) -> Action:
        """As the server does: the same request always gets the same ticket."""
        if self.refusing:
            return IssueRefused(ask.request, self.refusing)
        if ask.request not in self.tickets:
            serial = self.given + 12
            self.given += 1
            made = issued(f"A{serial:03}", ask.service, ask.language, ask.group, serial)
            self.tickets[ask.request] = by_itself(made) if offline(self.session) else made
        return IssueAnswered(ask.request, self.tickets[ask.request])

    def look_up(self, look: do.LookUp) -> Action:
        """As the server does: three tries of the factor, then the counter."""
        if self.refusing:
            return LookRefused(look.step, self.refusing, 20)
        told = answer(look.code, look.factor, self.tries.get(look.code, 0))
        if told.factor in {"wrong", "locked"} and look.factor and look.code in FOUND:
            self.tries[look.code] = self.tries.get(look.code, 0) + 1
        return LookAnswered(look.step, told)

    def find(self, find: do.FindTicket) -> Action:
        if self.refusing or self.stands is None:
            return LookRefused(find.step, self.refusing or "ticket_unknown")
        return TicketStands(find.step, self.stands)

    def outcome_of(self, job: str, outcome: str) -> Iterator[Action]:
        match outcome:
            case "printed":
                yield SlipPrinted(job)
            case "unconfirmed":
                yield SlipUnconfirmed(job, "no_proof")
            case "spare":
                yield SlipPrinted(job, "may-in-quay-2")
            case "silent":
                return
            case reason:
                yield SlipFailed(job, reason)

    @property
    def view(self) -> ScreenView:
        return present(self.session, self.now)

    def passes(self, seconds: float) -> None:
        """Time goes by in ticks of half a second."""
        end = self.now + timedelta(seconds=seconds)
        while self.now < end:
            self.now = min(end, self.now + timedelta(seconds=0.5))
            self.dispatch(Tick())

    def of(self, kind: type[Any]) -> list[Any]:
        """The effects of this kind so far."""
        return [effect for effect in self.done if isinstance(effect, kind)]


def by_itself(made: Issued) -> Issued:
    """The ticket as the kiosk gives it without the server: nothing of waits, no page."""
    code = {"offline": True, "wait": None, "promise_at": "", "people_ahead": 0, "qr_is_page": False}
    slip = made.slip.model_copy(update={**code, "qr": f"MOTCUA:thanh-binh:{made.ticket.ticket}"})
    return made.model_copy(update={"slip": slip, "wait": None, "people_ahead": 0, "page": ""})


def words_of(value: object) -> Iterator[str]:
    """Every string that a view holds, keys and icon names apart."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from words_of(item)
    elif is_dataclass(value):
        for each in fields(value):
            if each.name not in NO_WORDS and (each.name != "name" or isinstance(value, PlaceView)):
                yield from words_of(getattr(value, each.name))


def seen(view: ScreenView) -> list[str]:
    return [words for words in words_of((view.frame, view.body, view.overlay)) if words]


def an_office(told: OfficeState | None = None, services: tuple[ServiceState, ...] | None = None) -> Visitor:
    """A kiosk that is linked, in an office that is open."""
    visitor = Visitor()
    catalogue = told or office()
    visitor.dispatch(OfficeTold(catalogue))
    for position in range(len(catalogue.services)):
        visitor.dispatch(ServiceTold(state(position)))
    for changed in services or ():
        visitor.dispatch(ServiceTold(changed))
    visitor.dispatch(ServerChanged("ready"))
    visitor.passes(1)
    return visitor


def journey(visitor: Visitor, *steps: Step) -> Visitor:
    for step in steps:
        step(visitor)
    return visitor
