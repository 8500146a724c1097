"""From a request of the contract to the command of the domain; one line a verb."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from queue_server.contract import requests as r
from queue_server.domain import commands as c
from queue_server.domain.ids import (
    CommandId,
    CounterId,
    JobId,
    KioskId,
    OfficerId,
    PriorityGroupId,
    ServiceId,
    TicketId,
)
from queue_server.domain.ticket import Channel, ParkedBy, Target, Told
from queue_server.domain.words import Words
from queue_server.mqtt.replies import MQTT
from queue_server.mqtt.typed_numbers import NOBODY


@dataclass(frozen=True, slots=True)
class Client:
    """Who is behind an MQTT account: its name, its kind (contract.MAY_ASK) and, for a keypad, its counter."""

    user: str
    kind: str
    counter: str | None = None


@dataclass(frozen=True, slots=True)
class Fresh:
    """What the edge adds to a request: new opaque ids, and the latest prediction for a newcomer."""

    ticket: str
    job: str
    told: Callable[[str], Told | None]
    typed: Callable[[str, str], str] = lambda counter, digits: NOBODY
    """(counter, digits) → the ticket that an officer means who types a number on a keypad."""


def command_of(request: r.Request, client: Client, fresh: Fresh) -> c.Command:
    """The command a checked request stands for. Raises KeyError for a request without a rule here."""
    role = c.Role.SUPERVISOR if client.kind == "operator" else c.Role.DEVICE
    head = {
        "id": CommandId(f"{client.user}.{request.id}"),
        "by": c.Actor(role, client.user, MQTT),
        "expires_at": request.expires_at,
    }
    return _COMMANDS[type(request)](request, head, client, fresh)


def _issue(q: r.Issue, head: dict[str, Any], client: Client, fresh: Fresh) -> c.Command:
    return c.IssueTicket(
        **head,
        ticket=TicketId(fresh.ticket),
        services=tuple(ServiceId(s) for s in q.services),
        channel=Channel(q.channel),
        kiosk=_kiosk(q, client),
        priority_group=PriorityGroupId(q.priority_group) if q.priority_group else None,
        language=q.language,
        people=q.people,
        dossiers=q.dossiers,
        appointment_at=q.appointment_at,
        told=fresh.told(q.services[0]),
        wants_slip=q.wants_slip,
        dossier=q.dossier,
    )


def _kiosk(q: Any, client: Client) -> KioskId | None:
    """A kiosk speaks for itself; an operator may name one."""
    named = client.user if client.kind == "kiosk" else q.kiosk
    return KioskId(named) if named else None


def _merge(q: r.MergeOffline, head: dict[str, Any], client: Client, fresh: Fresh) -> c.Command:
    return c.IssueTicket(
        **head,
        ticket=TicketId(q.ticket),
        services=tuple(ServiceId(s) for s in q.services),
        channel=Channel.OFFLINE,
        kiosk=_kiosk(q, client),
        priority_group=PriorityGroupId(q.priority_group) if q.priority_group else None,
        language=q.language,
        issued_at=q.issued_at,
        number=q.number,
        granted_on=q.date,
        estimated_time=q.estimated,
    )


def _target(service: str, counter: str | None, officer: str | None) -> Target:
    return Target(
        ServiceId(service),
        CounterId(counter) if counter else None,
        OfficerId(officer) if officer else None,
    )


def _ticket(q: r.OfTicket) -> dict[str, Any]:
    return {"ticket": TicketId(q.ticket)}


def _counter(q: r.OfCounter) -> dict[str, Any]:
    return {"counter": CounterId(q.counter), "expected": TicketId(q.expected) if q.expected else None}


def _of_counter(command: type[c.OfCounter]) -> Callable[..., c.Command]:
    return lambda q, head, client, fresh: command(**head, **_counter(q))


def _of_ticket(command: type[c.OfTicket]) -> Callable[..., c.Command]:
    return lambda q, head, client, fresh: command(**head, **_ticket(q))


_COMMANDS: dict[type[r.Request], Callable[[Any, dict[str, Any], Client, Fresh], c.Command]] = {
    r.Issue: _issue,
    r.Cancel: lambda q, h, *_: c.CancelTicket(**h, **_ticket(q), reason=q.reason),
    r.ComeBack: _of_ticket(c.ComeBack),
    r.Park: lambda q, h, *_: c.ParkTicket(**h, **_ticket(q), parked_by=ParkedBy(q.by), reason=q.reason),
    r.Unpark: _of_ticket(c.UnparkTicket),
    r.Transfer: lambda q, h, *_: c.TransferTicket(
        **h, **_ticket(q), to=_target(q.service, q.counter, q.officer), reason=q.reason
    ),
    r.AddService: lambda q, h, *_: c.AddService(**h, **_ticket(q), service=ServiceId(q.service)),
    r.ResultReady: lambda q, h, *_: c.ResultReady(
        **h, **_ticket(q), to=_target(q.service, q.counter, None) if q.service else None
    ),
    r.ChangePriority: lambda q, h, *_: c.ChangePriority(
        **h,
        **_ticket(q),
        priority_group=PriorityGroupId(q.priority_group) if q.priority_group else None,
        reason=q.reason,
    ),
    r.SlipDone: lambda q, h, *_: c.RecordSlip(
        **h, **_ticket(q), job=JobId(q.job), outcome=q.outcome, reason=q.reason, reprint=q.reprint
    ),
    r.Reprint: lambda q, h, _, fresh: c.RequestPrint(
        **h, **_ticket(q), job=JobId(fresh.job), printer=q.printer
    ),
    r.PrintOutcome: lambda q, h, *_: c.RecordSlip(
        **h, ticket=TicketId(q.ticket), job=JobId(q.job), outcome=q.outcome, reason=q.reason, reprint=True
    ),
    r.SignOn: lambda q, h, *_: c.SignOn(**h, **_counter(q), officer=OfficerId(q.officer)),
    r.SignOff: _of_counter(c.SignOff),
    r.Open: _of_counter(c.OpenCounter),
    r.Pause: lambda q, h, *_: c.PauseCounter(**h, **_counter(q), reason=q.reason, until=q.until),
    r.Close: _of_counter(c.CloseCounter),
    r.ChangeServices: lambda q, h, *_: c.ChangeCounterServices(
        **h, **_counter(q), services=tuple(ServiceId(s) for s in q.services)
    ),
    r.CallNext: lambda q, h, *_: c.CallNext(**h, **_counter(q), end_current=q.end_current),
    r.CallTicket: lambda q, h, *_: c.CallTicket(**h, **_counter(q), ticket=TicketId(q.ticket)),
    r.CallNumber: lambda q, h, _, fresh: c.CallTicket(
        **h, **_counter(q), ticket=TicketId(fresh.typed(q.counter, q.digits))
    ),
    r.Recall: _of_counter(c.Recall),
    r.Start: _of_counter(c.StartService),
    r.End: _of_counter(c.EndService),
    r.NoShow: _of_counter(c.NoShow),
    r.AwaitResult: _of_counter(c.AwaitResult),
    r.Undo: _of_counter(c.Undo),
    r.CloseDay: lambda q, h, *_: c.CloseDay(**h),
    r.CloseService: lambda q, h, *_: c.CloseService(
        **h, service=ServiceId(q.service), reason=Words(q.reason.vi, q.reason.en), until=q.until
    ),
    r.ReopenService: lambda q, h, *_: c.ReopenService(**h, service=ServiceId(q.service)),
    r.PostNotice: lambda q, h, *_: c.PostNotice(**h, words=Words(q.words.vi, q.words.en)),
    r.Help: lambda q, h, client, _: c.AskForHelp(
        **h, kiosk=KioskId(client.user if client.kind == "kiosk" else q.kiosk)
    ),
    r.HelpAnswered: lambda q, h, *_: c.AnswerHelp(**h, kiosk=KioskId(q.kiosk)),
    r.Fault: lambda q, h, *_: c.ReportFault(**h, device=q.device, fault=q.fault),
    r.WantGrant: lambda q, h, client, _: c.GrantNumbers(
        **h, kiosk=KioskId(client.user if client.kind == "kiosk" else q.kiosk)
    ),
    r.MergeOffline: _merge,
    r.GiveAlias: lambda q, h, client, _: c.GiveAlias(
        **h,
        **_ticket(q),
        number=q.number,
        kiosk=_kiosk(q, client) or KioskId(""),
        issued_at=q.issued_at,
        estimated_time=q.estimated,
    ),
}
"""Request model → command; a test proves that every verb of the contract is here but the two look-ups."""


def own_counter_only(request: r.Request, client: Client) -> bool:
    """Whether a keypad asks for its own counter (every other kind of client may name any)."""
    return (
        client.kind != "keypad"
        or (
            isinstance(request, r.OfCounter)
            and client.counter is not None
            and request.counter == client.counter
        )
        or isinstance(request, r.Fault)
    )
