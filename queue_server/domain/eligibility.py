"""Which queues a counter may call from, and which queues nobody may: the many-to-many of the hall."""

from collections.abc import Iterator
from datetime import datetime
from enum import Enum

from queue_server.domain.calling import Head
from queue_server.domain.counter import RunningCounter
from queue_server.domain.counter_table import SIGNED_ON
from queue_server.domain.ids import ServiceId
from queue_server.domain.office import Office, QueueKey
from queue_server.domain.office_calling import StrandedRule
from queue_server.domain.office_config import OfficeConfig


class Takes(Enum):
    NO = 0
    FALLBACK = 1
    """Only because no signed-on counter takes that queue (the office's stranded rule)."""
    YES = 2


def covered_services(office: Office) -> frozenset[ServiceId]:
    """Services that some signed-on counter takes."""
    return frozenset(s for c in office.counters.values() if c.state in SIGNED_ON for s in c.services)


def takes(office: Office, counter: RunningCounter, key: QueueKey, covered: frozenset[ServiceId]) -> Takes:
    """Whether `counter` may call from the queue `key`."""
    target = key.target
    if target.counter is not None:
        if target.counter == counter.id:
            return Takes.YES
        bound = office.counters.get(target.counter)
        if bound is not None and bound.state in SIGNED_ON:
            return Takes.NO
    elif target.officer is not None:
        if target.officer == counter.officer:
            return Takes.YES
        if target.officer in office.officers:
            return Takes.NO
    elif target.service in counter.services:
        return Takes.YES
    if target.service in covered:
        return Takes.FALLBACK if target.service in counter.services else Takes.NO
    return Takes.FALLBACK if _may_step_in(office.config, counter, target.service) else Takes.NO


def _may_step_in(config: OfficeConfig | None, counter: RunningCounter, service: ServiceId) -> bool:
    if config is None:
        return False
    match config.rules.stranded:
        case StrandedRule.NOBODY:
            return False
        case StrandedRule.ANY:
            return True
        case StrandedRule.GROUP:
            group = {s.id: s.group for s in config.services}
            return any(group.get(own) == group.get(service) for own in counter.services)


def heads(office: Office, counter: RunningCounter, now: datetime) -> Iterator[tuple[Head, Takes]]:
    """The first ticket of every queue the counter may call from."""
    config = office.config
    if config is None:
        return
    covered = covered_services(office)
    expected = {s.id: s.expected_service.total_seconds() for s in config.services}
    for key, waiting in office.queues.items():
        how = takes(office, counter, key, covered)
        if how is Takes.NO:
            continue
        ticket = office.tickets[waiting[0]]
        since = ticket.leg.since or ticket.issued_at
        yield (
            Head(
                ticket.id,
                key.service_class,
                (now - since).total_seconds(),
                expected.get(key.target.service, 600.0),
                ticket.number,
            ),
            how,
        )


def stranded(office: Office) -> tuple[QueueKey, ...]:
    """Queues with somebody in them that no signed-on counter takes by its own services: alert at once."""
    covered = covered_services(office)
    return tuple(key for key in office.queues if not _has_counter(office, key, covered))


def _has_counter(office: Office, key: QueueKey, covered: frozenset[ServiceId]) -> bool:
    target = key.target
    if target.counter is not None:
        bound = office.counters.get(target.counter)
        return bound is not None and bound.state in SIGNED_ON
    if target.officer is not None:
        return target.officer in office.officers
    return target.service in covered
