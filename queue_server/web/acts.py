"""Everything the staff can do to tickets and counters: `POST /do/<verb>`, one table verb → right, command."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from queue_server.domain import commands as c
from queue_server.domain import ids
from queue_server.domain.events import TicketIssued
from queue_server.domain.ticket import Channel, ParkedBy, Target
from queue_server.dossiers.officers import At
from queue_server.people.ports import SignedIn
from queue_server.web.auth.guard import actor, require
from queue_server.web.auth.rights import Right, may
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes
from queue_server.web.submit import bad_request, command_id, job_id, reply, submit, ticket_id
from queue_server.web.ticket_dossier import UNKNOWN, about


class Act(BaseModel):
    """What a page sends. `id` is made by the page once per press and repeated until it has an answer."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=8, max_length=64)
    counter: str = Field("", max_length=80)
    expected: str | None = Field(None, max_length=80)
    """The ticket the officer saw at the counter."""
    ticket: str = Field("", max_length=80)
    end_current: bool = False
    reason: str = Field("", max_length=200)
    minutes: int | None = Field(None, ge=1, le=480)
    parked_by: ParkedBy = ParkedBy.OFFICE
    service: str = Field("", max_length=80)
    services: list[str] = Field(default_factory=list, max_length=100)
    to_counter: str | None = Field(None, max_length=80)
    to_officer: str | None = Field(None, max_length=80)
    priority_group: str | None = Field(None, max_length=80)
    people: int = Field(1, ge=1, le=200)
    dossiers: int = Field(1, ge=1, le=500)
    language: str = Field("vi", pattern="^(vi|en)$")
    printer: str = Field("", max_length=80)
    kiosk: str = Field("", max_length=80)
    dossier: str = Field("", max_length=4096, repr=False)
    """What was typed or scanned of the dossier that a new ticket is about."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An act with all that a command needs around it."""

    act: Act
    deps: WebDeps
    id: ids.CommandId
    by: c.Actor
    who: SignedIn
    code: str = field(default="", repr=False)
    """The dossier's code, looked up."""

    @property
    def counter(self) -> ids.CounterId:
        return ids.CounterId(self.act.counter)

    @property
    def expected(self) -> ids.TicketId | None:
        return ids.TicketId(self.act.expected) if self.act.expected else None

    @property
    def ticket(self) -> ids.TicketId:
        return ids.TicketId(self.act.ticket)

    @property
    def target(self) -> Target:
        """Where to; without a service, the one the ticket is in now."""
        known = self.deps.engine.office.tickets.get(self.ticket)
        return Target(
            known.service if known and not self.act.service else ids.ServiceId(self.act.service),
            ids.CounterId(self.act.to_counter) if self.act.to_counter else None,
            ids.OfficerId(self.act.to_officer) if self.act.to_officer else None,
        )

    @property
    def priority(self) -> ids.PriorityGroupId | None:
        return ids.PriorityGroupId(self.act.priority_group) if self.act.priority_group else None


Build = Callable[[Asked], c.Command]


def _at_counter(kind: type[c.OfCounter]) -> Build:
    return lambda a: kind(id=a.id, by=a.by, counter=a.counter, expected=a.expected)


def _of_ticket(kind: type[c.OfTicket]) -> Build:
    return lambda a: kind(id=a.id, by=a.by, ticket=a.ticket)


def _sign_on(a: Asked) -> c.Command:
    return c.SignOn(id=a.id, by=a.by, counter=a.counter, officer=a.who.account.id)


def _call_next(a: Asked) -> c.Command:
    return c.CallNext(id=a.id, by=a.by, counter=a.counter, expected=a.expected, end_current=a.act.end_current)


def _call_this(a: Asked) -> c.Command:
    return c.CallTicket(id=a.id, by=a.by, counter=a.counter, expected=a.expected, ticket=a.ticket)


def _pause(a: Asked) -> c.Command:
    until = a.deps.clock.now() + timedelta(minutes=a.act.minutes) if a.act.minutes else None
    return c.PauseCounter(
        id=a.id, by=a.by, counter=a.counter, expected=a.expected, reason=a.act.reason, until=until
    )


def _change_services(a: Asked) -> c.Command:
    services = tuple(ids.ServiceId(s) for s in a.act.services)
    return c.ChangeCounterServices(id=a.id, by=a.by, counter=a.counter, services=services)


def _issue(a: Asked) -> c.Command:
    services = tuple(ids.ServiceId(s) for s in (a.act.services or [a.act.service]) if s)
    at_counter = bool(a.act.counter)
    return c.IssueTicket(
        id=a.id,
        by=a.by,
        ticket=ticket_id(a.id),
        services=services,
        channel=Channel.COUNTER if at_counter else Channel.GREETER,
        priority_group=a.priority,
        language=a.act.language,
        people=a.act.people,
        dossiers=a.act.dossiers,
        told=a.deps.predictions.newcomer(services[0]) if services else None,
        wants_slip=bool(a.act.printer),
        dossier=a.code,
    )


def _print(a: Asked) -> c.Command:
    return c.RequestPrint(id=a.id, by=a.by, ticket=a.ticket, job=job_id(a.id), printer=a.act.printer)


VERBS: dict[str, tuple[Right, Build]] = {
    "sign-on": (Right.SERVE, _sign_on),
    "sign-off": (Right.SERVE, _at_counter(c.SignOff)),
    "open": (Right.SERVE, _at_counter(c.OpenCounter)),
    "pause": (Right.SERVE, _pause),
    "close": (Right.SERVE, _at_counter(c.CloseCounter)),
    "next": (Right.SERVE, _call_next),
    "call": (Right.SERVE, _call_this),
    "recall": (Right.SERVE, _at_counter(c.Recall)),
    "start": (Right.SERVE, _at_counter(c.StartService)),
    "end": (Right.SERVE, _at_counter(c.EndService)),
    "no-show": (Right.SERVE, _at_counter(c.NoShow)),
    "await-result": (Right.SERVE, _at_counter(c.AwaitResult)),
    "undo": (Right.SERVE, _at_counter(c.Undo)),
    "counter-services": (Right.SERVE, _change_services),
    "issue": (Right.DESK, _issue),
    "print": (Right.DESK, _print),
    "come-back": (Right.DESK, _of_ticket(c.ComeBack)),
    "unpark": (Right.DESK, _of_ticket(c.UnparkTicket)),
    "cancel": (
        Right.DESK,
        lambda a: c.CancelTicket(id=a.id, by=a.by, ticket=a.ticket, reason=a.act.reason),
    ),
    "park": (
        Right.DESK,
        lambda a: c.ParkTicket(
            id=a.id, by=a.by, ticket=a.ticket, parked_by=a.act.parked_by, reason=a.act.reason
        ),
    ),
    "transfer": (
        Right.DESK,
        lambda a: c.TransferTicket(id=a.id, by=a.by, ticket=a.ticket, to=a.target, reason=a.act.reason),
    ),
    "add-service": (
        Right.DESK,
        lambda a: c.AddService(id=a.id, by=a.by, ticket=a.ticket, service=ids.ServiceId(a.act.service)),
    ),
    "result-ready": (
        Right.DESK,
        lambda a: c.ResultReady(id=a.id, by=a.by, ticket=a.ticket, to=a.target if a.act.service else None),
    ),
    "priority": (
        Right.DESK,
        lambda a: c.ChangePriority(
            id=a.id, by=a.by, ticket=a.ticket, priority_group=a.priority, reason=a.act.reason
        ),
    ),
    "served-in-outage": (
        Right.DESK,
        lambda a: c.MarkServedInOutage(
            id=a.id, by=a.by, ticket=a.ticket, counter=a.counter if a.act.counter else None
        ),
    ),
    "answer-help": (
        Right.ANSWER_HELP,
        lambda a: c.AnswerHelp(id=a.id, by=a.by, kiosk=ids.KioskId(a.act.kiosk)),
    ),
}
"""Verb → who may ask, and the command it becomes. Whose counter and ticket it is, the office decides."""


def router(deps: WebDeps) -> APIRouter:
    router = Routes(tags=["acts"])

    @router.post("/do/{verb}")
    async def do(
        verb: str, act: Act, request: Request, who: SignedIn = Depends(require(Right.SERVE, Right.DESK))
    ) -> JSONResponse:
        """Do one act once. 409 with `code` and `words` when the office says no; nothing was changed then."""
        if verb not in VERBS:
            raise HTTPException(404)
        right, build = VERBS[verb]
        if not may(who.account.role, right):
            raise HTTPException(403)
        id_ = command_id(who, act.id)
        if id_ is None:
            return bad_request("The id is 8 to 64 letters, digits, _ or -.")
        asked = Asked(act, deps, id_, actor(request, who), who)
        told = await about(deps, _at(asked), act.dossier) if verb == "issue" else None
        if told is not None and not told.given:
            words = {"vi": told.words.vi, "en": told.words.en}
            return JSONResponse({"ok": False, "code": UNKNOWN, "words": words}, 409)
        if told is not None:
            asked = replace(asked, code=told.code)
        answer = await submit(deps.engine, build(asked))
        if answer is None or answer.refusal is not None:
            return reply(answer)
        issued = next((e for e in answer.events if isinstance(e, TicketIssued)), None)
        if issued is None:
            return reply(answer)
        printed = await _print_slip(asked, issued.ticket) if act.printer else None
        more = {"about": {"vi": told.words.vi, "en": told.words.en}} if told is not None else {}
        return reply(answer, number=issued.number, ticket=issued.ticket, printing=printed, **more)

    return router


def _at(asked: Asked) -> At:
    return At(asked.who.account.id, asked.act.counter, ticket_id(asked.id))


async def _print_slip(asked: Asked, ticket: ids.TicketId) -> bool:
    """Ask for the slip of a ticket just issued; a repeat of the request asks for the same job."""
    command = c.RequestPrint(
        id=ids.CommandId(f"{asked.id}-slip"),
        by=asked.by,
        ticket=ticket,
        job=job_id(asked.id),
        printer=asked.act.printer,
        reprint=False,
    )
    answer = await submit(asked.deps.engine, command)
    return answer is not None and answer.refusal is None
