"""From the office's state to the estimator's snapshot: who may call whom, who waits, what times are known."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from queue_server.domain.counter import RunningCounter
from queue_server.domain.counter_table import BUSY, CounterState
from queue_server.domain.eligibility import Takes, covered_services, takes
from queue_server.domain.ids import ServiceId
from queue_server.domain.office import Office, QueueKey
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import Service, ServiceClass
from queue_server.domain.ticket import Target, Ticket
from queue_server.domain.ticket_table import TicketState
from queue_server.domain.visit_wait import visit_wait
from queue_server.waits.conformal import Rolling
from queue_server.waits.observed import Observed
from queue_server.waits.snapshot import CounterNow, QueueNow, ServiceTimes, Snapshot, TicketNow

MOST_SAMPLES = 200
"""Of a service, and of its group: the latest."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What past and present visits taught: `last_hour` counts the arrivals of the hour before now."""

    observed: Observed = field(default_factory=Observed)
    last_hour: Counter[tuple[ServiceId, ServiceClass]] = field(default_factory=Counter)
    factors: Rolling = field(default_factory=Rolling)


def snapshot_of(office: Office, now: datetime, learnt: Learnt) -> Snapshot | None:
    """The hall at `now`; None before the office is configured."""
    config = office.config
    if config is None:
        return None
    hour = config.hours.local(now).hour
    keys = _keys(office, config, learnt, hour)
    covered = covered_services(office)
    place = {key: n for n, key in enumerate(keys)}
    tickets = [
        _ticket(office.tickets[id_], place[key], now)
        for key, waiting in office.queues.items()
        for id_ in waiting
    ]
    return Snapshot(
        at=now,
        calling=config.calling,
        services=tuple(_times(config, service, learnt.observed) for service in config.services),
        queues=tuple(
            QueueNow(
                key.target.service,
                key.service_class,
                newcomer=_plain(key) and key.service_class is ServiceClass.ORDINARY,
                arrivals_per_hour=_arrivals(learnt, key, hour) if _plain(key) else 0.0,
            )
            for key in keys
        ),
        tickets=tuple(tickets),
        counters=tuple(
            _counter(
                office,
                counter,
                tuple(takes(office, counter, key, covered) is not Takes.NO for key in keys),
                now,
            )
            for counter in (office.counters[furnished.id] for furnished in config.counters)
            if _works(counter, now)
        ),
        called_waits_s=tuple(
            visit_wait(ticket, now).total_seconds()
            for ticket in office.tickets.values()
            if ticket.state is TicketState.CALLED
        ),
        breaks=_breaks(config, now),
        factors=learnt.factors,
    )


def somebody_works(office: Office, now: datetime) -> bool:
    """Whether the snapshot would have a counter: before the first one opens nobody's wait can be said."""
    return any(_works(counter, now) for counter in office.counters.values())


def _keys(office: Office, config: OfficeConfig, learnt: Learnt, hour: int) -> list[QueueKey]:
    """The queues there are, an ordinary one for every service, and those in which somebody may still come."""
    known = {service.id for service in config.services}
    keys = [key for key in office.queues if key.target.service in known]
    for service in config.services:
        for service_class in ServiceClass:
            key = QueueKey(Target(service.id), service_class)
            wanted = service_class is ServiceClass.ORDINARY or _arrivals(learnt, key, hour) > 0
            if wanted and key not in office.queues:
                keys.append(key)
    return keys


def _plain(key: QueueKey) -> bool:
    return key.target.counter is None and key.target.officer is None


def _arrivals(learnt: Learnt, key: QueueKey, hour: int) -> float:
    """An hour's arrivals: half the last hour's, half the same hour's of past days, where there are any."""
    recent = float(learnt.last_hour[(key.target.service, key.service_class)])
    if not learnt.observed.days:
        return recent
    return (recent + learnt.observed.per_hour(key.target.service, key.service_class, hour)) / 2


def _ticket(ticket: Ticket, queue: int, now: datetime) -> TicketNow:
    since = ticket.leg.since or ticket.issued_at
    return TicketNow(
        ticket.id,
        ticket.number,
        queue,
        (now - since).total_seconds(),
        visit_wait(ticket, now).total_seconds(),
    )


def _works(counter: RunningCounter, now: datetime) -> bool:
    """Whether it calls, or has said when it will."""
    if counter.state is CounterState.PAUSED:
        return counter.paused_until is not None and counter.paused_until > now
    return counter.state is CounterState.IDLE or counter.state in BUSY


def _counter(office: Office, counter: RunningCounter, may: tuple[bool, ...], now: datetime) -> CounterNow:
    ticket = office.tickets.get(counter.ticket) if counter.ticket else None
    called = ticket.leg.called_at if ticket else None
    paused = counter.state is CounterState.PAUSED and counter.paused_until is not None
    return CounterNow(
        may,
        ticket.service if ticket else None,
        (now - called).total_seconds() if called else 0.0,
        (counter.paused_until - now).total_seconds() if paused and counter.paused_until else 0.0,
        counter.ordinary_since_priority,
    )


def _times(config: OfficeConfig, service: Service, observed: Observed) -> ServiceTimes:
    expected = service.expected_service.total_seconds()
    group = [
        seconds * expected / max(other.expected_service.total_seconds(), 1.0)
        for other in config.services
        if other.group == service.group and other.id != service.id
        for seconds in list(observed.taken_s.get(other.id, ()))[-MOST_SAMPLES:]
    ]
    return ServiceTimes(
        service.id,
        expected,
        tuple(observed.taken_s.get(service.id, ()))[-MOST_SAMPLES:],
        tuple(group[-MOST_SAMPLES:]),
        observed.no_show(service.id),
        observed.no_show_hold_s(),
    )


def _breaks(config: OfficeConfig, now: datetime) -> tuple[tuple[float, float], ...]:
    """The closed stretches between today's sessions that are still to begin."""
    spans = list(config.hours.spans(config.hours.day_of(now)))
    return tuple(
        ((end - now).total_seconds(), (start - now).total_seconds())
        for (_, end), (start, _) in pairwise(spans)
        if now < end < start
    )
