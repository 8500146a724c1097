"""From a folded visit to its record: the definitions of wait, walk and service, in one place."""

from collections.abc import Callable
from datetime import datetime, timedelta

from queue_server.domain.hours import Hours
from queue_server.domain.ids import ServiceId
from queue_server.domain.ticket import ParkedBy
from queue_server.domain.ticket_table import TicketState
from queue_server.waits.figures import LegRecord, Outcome, VisitRecord
from queue_server.waits.visit import LegState, Visit

OUTCOMES = {
    TicketState.SERVED: Outcome.SERVED,
    TicketState.NO_SHOW: Outcome.NO_SHOW,
    TicketState.ABANDONED: Outcome.ABANDONED,
    TicketState.CANCELLED: Outcome.CANCELLED,
}
"""Every other state is a visit still open."""
UNMEASURED = frozenset({"served_in_outage", "outcome_unknown"})
"""Flags of visits of which a wait is unknown for ever."""


def record_of(visit: Visit, hours_of: Callable[[ServiceId], Hours | None]) -> VisitRecord:
    """`hours_of` gives the open hours of a service's queue, None where they are not known."""
    outcome = OUTCOMES.get(visit.state, Outcome.OPEN)
    if outcome is Outcome.CANCELLED and visit.left:
        outcome = Outcome.ABANDONED
    unmeasured = bool(visit.flags & UNMEASURED) and outcome is not Outcome.OPEN
    if unmeasured:
        outcome = Outcome.UNMEASURED
    legs = tuple(_leg_record(visit, leg, hours_of(leg.service)) for leg in visit.legs)
    waits = [leg.wait_s for leg in legs if leg.wait_s is not None]
    opens = [leg.open_wait_s for leg in legs if leg.open_wait_s is not None]
    told = visit.told
    return VisitRecord(
        ticket=visit.ticket,
        number=visit.number,
        day=visit.day,
        issued_at=visit.issued_at,
        outcome=outcome,
        service=visit.legs[0].service,
        service_class=visit.service_class,
        priority_group=visit.priority_group,
        channel=visit.channel,
        kiosk=visit.kiosk,
        legs=legs,
        wait_s=sum(waits) if waits and not unmeasured else None,
        open_wait_s=sum(opens) if opens and not unmeasured else None,
        until_first_call_s=legs[0].wait_s,
        told=(told.low, told.median, told.high, told.promise) if told else None,
        told_by=told.made_by if told else "",
        flags=visit.flags,
        waited_s=None if unmeasured or outcome is Outcome.OPEN else _waited(visit, sum(waits)),
    )


def _waited(visit: Visit, called_s: float) -> float:
    """The wait of a visit that is over, an uncalled last leg counted until the citizen was given up."""
    if visit.leg.first_called_at is not None or visit.over_at is None:
        return called_s
    until = visit.over_at
    if visit.parked_at is not None and visit.parked_by is ParkedBy.CITIZEN:
        until = min(until, visit.parked_at)
    return called_s + leg_wait(visit, visit.leg, until).total_seconds()


def entry_of(visit: Visit, leg: LegState) -> datetime:
    """From when a leg's wait runs: its entry into the queue, or the appointment's slot if that is later."""
    if leg.number == 1 and visit.appointment_at is not None:
        return max(leg.queued_at, visit.appointment_at)
    return leg.queued_at


def leg_wait(visit: Visit, leg: LegState, until: datetime) -> timedelta:
    """From the entry until the first call (`until`), without the parks the citizen asked for."""
    entry = entry_of(visit, leg)
    return max(until - entry, timedelta()) - sum(
        (_overlap(entry, until, *park) for park in leg.parks), timedelta()
    )


def _overlap(start: datetime, end: datetime, from_: datetime, to: datetime) -> timedelta:
    return max(min(end, to) - max(start, from_), timedelta())


def _open_wait(visit: Visit, leg: LegState, until: datetime, hours: Hours) -> timedelta:
    """The same wait, counted in open hours only."""
    entry = entry_of(visit, leg)
    total = hours.open_time(entry, until) if until > entry else timedelta()
    for from_, to in leg.parks:
        away = (max(entry, from_), min(until, to))
        if away[1] > away[0]:
            total -= hours.open_time(*away)
    return total


def _leg_record(visit: Visit, leg: LegState, hours: Hours | None) -> LegRecord:
    called, started = leg.first_called_at, leg.started_at
    served = started is not None and leg.ended_at is not None and not leg.ended_by_turn
    return LegRecord(
        number=leg.number,
        service=leg.service,
        counter=leg.counter,
        officer=leg.officer,
        queued_at=leg.queued_at,
        first_called_at=called,
        started_at=started,
        ended_at=leg.ended_at,
        wait_s=leg_wait(visit, leg, called).total_seconds() if called else None,
        open_wait_s=_open_wait(visit, leg, called, hours).total_seconds() if called and hours else None,
        walk_s=(started - leg.called_at).total_seconds() if started and leg.called_at else None,
        service_s=(leg.ended_at - started).total_seconds() if served and started and leg.ended_at else None,
    )
