"""A visit while it is folded from its ticket's events: what the record of waits is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from queue_server.domain import events as e
from queue_server.domain.commands import Actor, Role
from queue_server.domain.ids import (
    CommandId,
    CounterId,
    KioskId,
    OfficerId,
    PriorityGroupId,
    ServiceId,
    TicketId,
)
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket import Channel, ParkedBy, Told
from queue_server.domain.ticket_table import TicketState

FAST_NO_SHOW_S = 60.0


@dataclass(frozen=True, slots=True)
class LegState:
    """One stay in one queue; `parks` are the stretches out of it at the citizen's wish."""

    number: int
    service: ServiceId
    queued_at: datetime
    first_called_at: datetime | None = None
    called_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by_turn: bool = False
    counter: CounterId | None = None
    officer: OfficerId | None = None
    parks: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """`before` is how to take the last command back: its id, and the visit as it was."""

    ticket: TicketId
    number: str
    day: date
    issued_at: datetime
    service_class: ServiceClass
    priority_group: PriorityGroupId | None
    channel: Channel
    kiosk: KioskId | None
    appointment_at: datetime | None
    told: Told | None
    legs: tuple[LegState, ...]
    state: TicketState = TicketState.WAITING
    parked_at: datetime | None = None
    parked_by: ParkedBy | None = None
    over_at: datetime | None = None
    """When it was abandoned or cancelled; the wait of an uncalled leg ends here at the latest."""
    left: bool = False
    """Cancelled by the citizen: an abandoned visit."""
    flags: frozenset[str] = frozenset()
    before: "tuple[CommandId, Visit] | None" = field(default=None, compare=False, repr=False)

    @property
    def leg(self) -> LegState:
        return self.legs[-1]


def issued(event: e.TicketIssued, day: date) -> Visit:
    """The visit that a ticket begins on the office's local `day`."""
    return Visit(
        ticket=event.ticket,
        number=event.number,
        day=day,
        issued_at=event.issued_at,
        service_class=event.service_class,
        priority_group=event.priority_group,
        channel=event.channel,
        kiosk=event.kiosk,
        appointment_at=event.appointment_at,
        told=event.told,
        legs=(LegState(1, event.service, event.issued_at),),
        flags=frozenset({"estimated_time"}) if event.estimated_time else frozenset(),
    )


def after(visit: Visit, event: e.OfTicket, at: datetime, command: CommandId, by: Actor) -> Visit:
    """The visit after one of its events; those that say nothing of waits change nothing."""
    fold = FOLDS.get(type(event))
    if fold is None:
        return visit
    again = visit.before is not None and visit.before[0] == command
    before = visit.before if again else (command, replace(visit, before=None))
    return replace(fold(visit, event, at, by), before=before)


def taken_back(visit: Visit, undone: CommandId) -> Visit:
    """The visit without what command `undone` did to it, if that is the last that was done."""
    if visit.before is None or visit.before[0] != undone:
        return visit
    old = visit.before[1]
    return replace(old, flags=old.flags | (visit.flags & {"clock_step"}))


def _leg(visit: Visit, **changes: Any) -> tuple[LegState, ...]:
    return (*visit.legs[:-1], replace(visit.leg, **changes))


def _new_leg(visit: Visit, service: ServiceId, queued_at: datetime) -> tuple[LegState, ...]:
    return (*visit.legs, LegState(len(visit.legs) + 1, service, queued_at))


def _flag(visit: Visit, flag: str, wanted: bool = True) -> frozenset[str]:
    return visit.flags | {flag} if wanted else visit.flags


def _called(visit: Visit, event: e.TicketCalled, at: datetime, _: Actor) -> Visit:
    legs = _leg(
        visit,
        first_called_at=visit.leg.first_called_at or at,
        called_at=at,
        counter=event.counter,
        officer=event.officer,
    )
    flags = _flag(visit, "out_of_turn", event.out_of_turn)
    return replace(visit, state=TicketState.CALLED, legs=legs, flags=flags)


def _started(visit: Visit, event: e.TicketStarted, at: datetime, _: Actor) -> Visit:
    return replace(visit, state=TicketState.SERVING, legs=_leg(visit, started_at=at))


def _ended(visit: Visit, event: e.TicketEnded, at: datetime, _: Actor) -> Visit:
    ended = replace(
        visit,
        state=TicketState.SERVED,
        legs=_leg(visit, ended_at=at, ended_by_turn=event.by_turn),
        flags=_flag(visit, "ended_by_turn", event.by_turn),
    )
    if event.next_service is None:
        return ended
    return replace(ended, state=TicketState.WAITING, legs=_new_leg(ended, event.next_service, at))


def _no_show(visit: Visit, event: e.TicketNoShow, at: datetime, _: Actor) -> Visit:
    called = visit.leg.called_at
    fast = called is not None and (at - called).total_seconds() <= FAST_NO_SHOW_S and not event.by_turn
    flags = _flag(visit, "fast_no_show", fast) | _flag(visit, "ended_by_turn", event.by_turn)
    return replace(visit, state=TicketState.NO_SHOW, legs=_leg(visit, ended_at=at), flags=flags)


def _came_back(visit: Visit, event: e.TicketCameBack, at: datetime, _: Actor) -> Visit:
    return replace(visit, state=TicketState.WAITING, legs=_leg(visit, ended_at=None))


def _parked(visit: Visit, event: e.TicketParked, at: datetime, _: Actor) -> Visit:
    flags = _flag(visit, "called_then_parked", visit.state is TicketState.CALLED)
    flags |= _flag(visit, "citizen_park", event.parked_by is ParkedBy.CITIZEN)
    legs = _leg(visit, ended_at=at) if visit.leg.started_at else visit.legs
    return replace(
        visit, state=TicketState.PARKED, legs=legs, parked_at=at, parked_by=event.parked_by, flags=flags
    )


def _back(visit: Visit, at: datetime) -> Visit:
    """Out of a park, which paused the leg if the citizen had asked for it."""
    legs = visit.legs
    if visit.parked_at is not None and visit.parked_by is ParkedBy.CITIZEN:
        legs = _leg(visit, parks=(*visit.leg.parks, (visit.parked_at, at)))
    return replace(visit, state=TicketState.WAITING, legs=legs, parked_at=None, parked_by=None)


def _unparked(visit: Visit, event: e.TicketUnparked, at: datetime, _: Actor) -> Visit:
    back = _back(visit, at)
    return replace(back, legs=_new_leg(back, visit.leg.service, event.queued_at)) if event.new_leg else back


def _transferred(visit: Visit, event: e.TicketTransferred, at: datetime, _: Actor) -> Visit:
    moved = _back(visit, at)
    if not event.new_leg:
        return replace(moved, legs=_leg(moved, service=event.to.service))
    ended = replace(moved, legs=_leg(moved, ended_at=moved.leg.ended_at or at))
    return replace(ended, legs=_new_leg(ended, event.to.service, event.queued_at or at))


def _awaited(visit: Visit, event: e.ResultAwaited, at: datetime, _: Actor) -> Visit:
    return replace(visit, state=TicketState.AWAITING_RESULT, legs=_leg(visit, ended_at=at))


def _ready(visit: Visit, event: e.ResultBecameReady, at: datetime, _: Actor) -> Visit:
    return replace(visit, state=TicketState.WAITING, legs=_new_leg(visit, event.to.service, at))


def _priority(visit: Visit, event: e.PriorityChanged, at: datetime, _: Actor) -> Visit:
    return replace(visit, service_class=event.service_class, priority_group=event.priority_group)


def _cancelled(visit: Visit, event: e.TicketCancelled, at: datetime, by: Actor) -> Visit:
    return replace(
        visit,
        state=TicketState.CANCELLED,
        legs=_leg(visit, ended_at=visit.leg.ended_at or at),
        over_at=at,
        left=by.role is Role.CITIZEN,
        flags=_flag(visit, "staff_cancel", event.by_staff),
    )


def _abandoned(visit: Visit, event: e.TicketAbandoned, at: datetime, _: Actor) -> Visit:
    """A citizen served who only awaited a result is not abandoned: every leg was called and started."""
    if visit.state is TicketState.AWAITING_RESULT:
        return replace(visit, state=TicketState.SERVED)
    legs = _leg(visit, ended_at=visit.leg.ended_at or at)
    return replace(visit, state=TicketState.ABANDONED, legs=legs, over_at=at)


def _unchanged(visit: Visit, event: e.OfTicket, at: datetime, _: Actor) -> Visit:
    return visit


def _alias(visit: Visit, event: e.AliasGiven, at: datetime, _: Actor) -> Visit:
    """A paper that was earlier than the server's own hearing: the visit began with it."""
    if event.issued_at is None:
        return visit
    first, *others = visit.legs
    legs = (replace(first, queued_at=event.issued_at), *others)
    flags = _flag(visit, "estimated_time", event.estimated_time)
    return replace(visit, issued_at=event.issued_at, legs=legs, flags=flags)


def _in_outage(visit: Visit, event: e.TicketServedInOutage, at: datetime, _: Actor) -> Visit:
    """Nothing is known of this leg's wait: it has no call, and the visit no figure."""
    flags = _flag(visit, "served_in_outage" if event.known else "outcome_unknown")
    gone = replace(visit, state=TicketState.SERVED, legs=_leg(visit, ended_at=at), flags=flags)
    if event.next_service is None:
        return gone
    return replace(gone, state=TicketState.WAITING, legs=_new_leg(gone, event.next_service, at))


FOLDS: dict[type[e.Event], Callable[[Visit, Any, datetime, Actor], Visit]] = {
    e.TicketCalled: _called,
    e.TicketRecalled: _unchanged,
    e.TicketStarted: _started,
    e.TicketEnded: _ended,
    e.TicketNoShow: _no_show,
    e.TicketCameBack: _came_back,
    e.TicketParked: _parked,
    e.TicketUnparked: _unparked,
    e.TicketTransferred: _transferred,
    e.ServiceAdded: _unchanged,
    e.ResultAwaited: _awaited,
    e.ResultBecameReady: _ready,
    e.PriorityChanged: _priority,
    e.TicketCancelled: _cancelled,
    e.TicketAbandoned: _abandoned,
    e.TicketCarriedOver: _unchanged,
    e.TicketServedInOutage: _in_outage,
    e.AliasGiven: _alias,
}
"""Event type → fold. Slips say nothing of waits, so they are not here."""
