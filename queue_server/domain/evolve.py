"""Folding: the office after an event. One function an event type, found in one table; never refuses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from immutables import Map

from queue_server.domain import events as e
from queue_server.domain.counter import RunningCounter
from queue_server.domain.counter_table import CounterState
from queue_server.domain.evolve_ticket import TICKET_FOLDS
from queue_server.domain.fold_steps import At, counter_changed
from queue_server.domain.ids import CommandId, TicketId
from queue_server.domain.merge import GRANTS_KEPT
from queue_server.domain.office import Closure, Grant, Office, PastGrant, PrintJob
from queue_server.domain.ticket import Ticket
from queue_server.domain.ticket_table import OPEN, TicketState

SLIPS_DUE_KEPT = timedelta(days=7)
"""How long the outcome of a slip is still taken after its ticket's day."""


def evolve(office: Office, event: e.Event, *, at: datetime, seq: int, command_id: CommandId) -> Office:
    """The office after `event`; `seq` is its journal position, `command_id` the command that made it.

    Raises KeyError for an event type without a fold (a newer journal than this program).
    """
    folded = FOLDS[type(event)](office, event, At(at, seq, command_id))
    return folded.having(seq=seq, at=at)


def _configured(office: Office, event: e.OfficeConfigured, _: At) -> Office:
    old, new = office.config, event.config
    counters = {}
    for counter in new.counters:
        running = office.counters.get(counter.id)
        before = old.counter(counter.id) if old else None
        if running is None:
            running = RunningCounter(counter.id, CounterState.UNSTAFFED, counter.services)
        elif before is None or before.services != counter.services:
            running = replace(running, services=counter.services)
        counters[counter.id] = running
    return replace(office, config=new, counters=Map(counters))


def _engine_started(office: Office, event: e.EngineStarted, at: At) -> Office:
    return replace(office, boot_id=event.boot_id, clock_doubt=event.clock_doubt, outage_until=at.at)


def _clock_confirmed(office: Office, _event: e.ClockConfirmed, _: At) -> Office:
    return replace(office, clock_doubt="")


def _unchanged(office: Office, _event: e.Event, _: At) -> Office:
    return office


def _day_opened(office: Office, event: e.DayOpened, _: At) -> Office:
    kept = {id_: t for id_, t in office.tickets.items() if t.state in OPEN}
    queues: dict[Any, tuple[TicketId, ...]] = {}
    for key, waiting in office.queues.items():
        still = tuple(id_ for id_ in waiting if id_ in kept and kept[id_].state is TicketState.WAITING)
        if still:
            queues[key] = still
    return replace(
        office,
        day=event.day,
        day_closed=False,
        tickets=Map(kept),
        slips_due=_slips_due(office, event.day, kept),
        numbers=Map({n: t.id for t in kept.values() for n in (t.number, t.alias) if n is not None}),
        queues=Map(queues),
        counters=Map(
            {id_: replace(c, undo=None, ordinary_since_priority=0) for id_, c in office.counters.items()}
        ),
        next_ordinal=Map(),
        issued_today=Map(),
        grants=Map(),
        past_grants=_past_grants(office, event.day),
        outage_until=None,
        closures=Map(),
        help_asked=Map(),
        recent_calls=(),
    )


def _slips_due(office: Office, today: date, kept: dict[TicketId, Ticket]) -> Map[TicketId, date]:
    due = {id_: day for id_, day in office.slips_due.items() if today - day <= SLIPS_DUE_KEPT}
    for id_, ticket in office.tickets.items():
        if id_ not in kept and ticket.slip == "pending":
            due[id_] = today
    return Map(due)


def _past_grants(office: Office, today: date) -> tuple[PastGrant, ...]:
    ended = (PastGrant(kiosk, grant.day, grant.blocks) for kiosk, grant in office.grants.items())
    kept = (*office.past_grants, *sorted(ended, key=lambda one: one.kiosk))
    return tuple(one for one in kept if today - one.day <= GRANTS_KEPT)


def _day_closed(office: Office, _event: e.DayClosed, _: At) -> Office:
    return replace(office, day_closed=True)


def _counter_change(**changes: Callable[[Any, At], Any]) -> Callable[[Office, Any, At], Office]:
    """A fold that changes fields of the event's counter."""

    def fold(office: Office, event: Any, at: At) -> Office:
        values = {name: value(event, at) for name, value in changes.items()}
        return counter_changed(office, event.counter, at, **values)

    return fold


def _signed_on(office: Office, event: e.CounterSignedOn, at: At) -> Office:
    office = _counter_change(state=lambda *_: CounterState.CLOSED, officer=lambda ev, _: ev.officer)(
        office, event, at
    )
    return replace(office, officers=office.officers.set(event.officer, event.counter))


def _signed_off(office: Office, event: e.CounterSignedOff, at: At) -> Office:
    office = _counter_change(
        state=lambda *_: CounterState.UNSTAFFED, officer=lambda *_: None, pause_reason=lambda *_: ""
    )(office, event, at)
    return replace(office, officers=office.officers.delete(event.officer))


def _services_changed(office: Office, event: e.CounterServicesChanged, _: At) -> Office:
    counter = replace(office.counters[event.counter], services=event.services)
    return replace(office, counters=office.counters.set(counter.id, counter))


def _service_closed(office: Office, event: e.ServiceClosed, _: At) -> Office:
    return replace(office, closures=office.closures.set(event.service, Closure(event.reason, event.until)))


def _service_reopened(office: Office, event: e.ServiceReopened, _: At) -> Office:
    return replace(office, closures=office.closures.delete(event.service))


def _notice(office: Office, event: e.NoticePosted, _: At) -> Office:
    return replace(office, notice=event.words)


def _help_asked(office: Office, event: e.HelpAsked, at: At) -> Office:
    return replace(office, help_asked=office.help_asked.set(event.kiosk, at.at))


def _help_answered(office: Office, event: e.HelpAnswered, _: At) -> Office:
    return replace(office, help_asked=office.help_asked.delete(event.kiosk))


def _granted(office: Office, event: e.NumbersGranted, _: At) -> Office:
    return replace(office, grants=office.grants.set(event.kiosk, Grant(event.day, event.blocks)))


def _slip_requested(office: Office, event: e.SlipRequested, at: At) -> Office:
    job = PrintJob(event.ticket, event.printer, event.reprint, at.at)
    return replace(office, jobs=office.jobs.set(event.job, job))


FOLDS: dict[type[e.Event], Callable[[Office, Any, At], Office]] = {
    e.OfficeConfigured: _configured,
    e.EngineStarted: _engine_started,
    e.ClockConfirmed: _clock_confirmed,
    e.ClockStepped: _unchanged,
    e.DayOpened: _day_opened,
    e.DayClosed: _day_closed,
    e.CounterSignedOn: _signed_on,
    e.CounterSignedOff: _signed_off,
    e.CounterOpened: _counter_change(
        state=lambda *_: CounterState.IDLE, pause_reason=lambda *_: "", paused_until=lambda *_: None
    ),
    e.CounterPaused: _counter_change(
        state=lambda *_: CounterState.PAUSED,
        pause_reason=lambda ev, _: ev.reason,
        paused_until=lambda ev, _: ev.until,
    ),
    e.CounterClosed: _counter_change(
        state=lambda *_: CounterState.CLOSED, pause_reason=lambda *_: "", paused_until=lambda *_: None
    ),
    e.CounterServicesChanged: _services_changed,
    e.ServiceClosed: _service_closed,
    e.ServiceReopened: _service_reopened,
    e.NoticePosted: _notice,
    e.HelpAsked: _help_asked,
    e.HelpAnswered: _help_answered,
    e.FaultReported: _unchanged,
    e.NumbersGranted: _granted,
    e.SlipRequested: _slip_requested,
    e.ActRecorded: _unchanged,
    **TICKET_FOLDS,
}
"""Event type → fold; a test proves that every type of the journal's vocabulary is here."""
