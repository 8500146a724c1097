"""From the office to its retained states: pure, one function a topic."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache

from queue_server.contract import states as s
from queue_server.contract.values import Bilingual, Wait
from queue_server.domain.availability import last_numbers_at, why_not
from queue_server.domain.counter import RunningCounter
from queue_server.domain.counter_table import SIGNED_ON
from queue_server.domain.eligibility import stranded
from queue_server.domain.ids import CounterId, OfficerId, ServiceId, ZoneId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import Service, ServiceClass
from queue_server.domain.queue_view import counters_for, next_number, waiting_by_service
from queue_server.domain.ticket import Told
from queue_server.domain.ticket_table import TicketState
from queue_server.domain.words import Words

BOARD_CALLS = 12


@lru_cache(maxsize=4096)
def bilingual(words: Words) -> Bilingual:
    """Made and checked once for every wording of the office file."""
    return Bilingual(vi=words.vi, en=words.en)


def wait_of(told: Told | None) -> Wait | None:
    if told is None:
        return None
    return Wait(low=told.low, median=told.median, high=told.high, promise=told.promise)


def office_state(
    office: Office, config: OfficeConfig, now: datetime, best_time: tuple[s.BestTime, ...] = ()
) -> s.OfficeState:
    return s.OfficeState(
        version=office.seq,
        at=now,
        office=config.id,
        name=bilingual(config.name),
        short_name=bilingual(config.short_name),
        zone=config.hours.zone,
        services=tuple(_service_info(office, service) for service in config.services),
        counters=tuple(
            s.CounterInfo(id=c.id, number=c.number, name=bilingual(c.name), zone=c.zone)
            for c in config.counters
        ),
        priority_groups=tuple(
            s.PriorityInfo(id=g.id, name=bilingual(g.name), hint=bilingual(g.hint), pictogram=g.pictogram)
            for g in config.priority_groups
        ),
        kiosks=tuple(
            s.KioskInfo(id=k.id, name=bilingual(k.name), zone=k.zone, services=k.services, printer=k.printer)
            for k in config.kiosks
        ),
        printers=tuple(s.PrinterInfo(id=p.id, name=bilingual(p.name)) for p in config.printers),
        languages=config.languages,
        call_languages=config.call_languages,
        help_desk=bilingual(config.help_desk),
        notice=bilingual(office.notice),
        public_url=config.public_url,
        feedback=config.feedback,
        dossiers=_dossiers(config),
        best_time=best_time,
    )


def _dossiers(config: OfficeConfig) -> s.DossierInfo | None:
    rules = config.dossiers
    if not rules.sources:
        return None
    return s.DossierInfo(patterns=rules.patterns, example=rules.example, letters=rules.letters)


def _service_info(office: Office, service: Service) -> s.ServiceInfo:
    note = service.note_after
    return s.ServiceInfo(
        id=service.id,
        letter=service.letter,
        name=bilingual(service.name),
        example=bilingual(service.example),
        pictogram=service.pictogram,
        series=service.shape.prefix,
        digits=service.shape.digits,
        counters=tuple(counters_for(office, service.id)),
        note_after=(note[0], bilingual(note[1])) if note else None,
    )


_WHY = {"out_of_hours", "service_closed", "quota_reached", "numbers_exhausted"}


def service_states(
    office: Office,
    newcomer: Callable[[ServiceId], Told | None],
    now: datetime,
    of: Iterable[Service],
) -> Iterator[s.ServiceState]:
    """What a newcomer meets at these services; `newcomer` gives the latest prediction, None if not known."""
    waiting = waiting_by_service(office)
    nobody_takes = {key.target.service for key in stranded(office)}
    for service in of:
        closed = why_not(office, service, now)
        detail = closed.detail if closed else {}
        reopens = detail.get("reopens_at")
        yield s.ServiceState(
            version=office.seq,
            at=now,
            service=service.id,
            open=closed is None,
            why_closed=closed.code.value if closed and closed.code.value in _WHY else "",
            reason=Bilingual(vi=detail.get("reason_vi", ""), en=detail.get("reason_en", "")),
            reopens_at=datetime.fromisoformat(reopens) if reopens else None,
            closes_at=last_numbers_at(office, service, now) if closed is None else None,
            waiting=waiting.get(service.id, 0),
            people_ahead=waiting.get(service.id, 0),
            next_number=next_number(office, service.id) if closed is None else "",
            wait=wait_of(newcomer(service.id)) if closed is None else None,
            stranded=service.id in nobody_takes,
        )


def moved_services(before: Office, office: Office, config: OfficeConfig) -> list[Service]:
    """The services whose queue or next number is another than before; hours and predictions move unseen."""
    keys = {*before.queues, *office.queues}
    queued = {key.target.service for key in keys if before.queues.get(key) is not office.queues.get(key)}
    return [
        service
        for service in config.services
        if service.id in queued
        or before.next_ordinal.get(service.shape.prefix) != office.next_ordinal.get(service.shape.prefix)
        or before.issued_today.get(service.id) != office.issued_today.get(service.id)
        or before.closures.get(service.id) is not office.closures.get(service.id)
    ]


def counter_moved(before: Office, office: Office, id_: CounterId) -> bool:
    """Whether a counter, or the ticket at it, is another than before."""
    was, running = before.counters[id_], office.counters[id_]
    return running is not was or (
        running.ticket is not None
        and before.tickets.get(running.ticket) is not office.tickets.get(running.ticket)
    )


def staffing(office: Office) -> list[tuple[bool, OfficerId | None, tuple[ServiceId, ...]]]:
    """Which counters are signed on, by whom and for what: what citizens meet depends on it, not on calls."""
    return [(c.state in SIGNED_ON, c.officer, c.services) for c in office.counters.values()]


def counter_state(office: Office, counter: RunningCounter, now: datetime) -> s.CounterState:
    ticket = office.tickets.get(counter.ticket) if counter.ticket else None
    return s.CounterState(
        version=office.seq,
        at=now,
        counter=counter.id,
        state=counter.state.value,
        number=ticket.number if ticket else "",
        called_at=ticket.leg.called_at if ticket else None,
        started_at=ticket.leg.started_at if ticket else None,
        calls=ticket.leg.calls if ticket else 0,
        priority=ticket is not None and ticket.service_class is ServiceClass.PRIORITY,
        language=ticket.language if ticket else "vi",
        pause_reason=counter.pause_reason,
        paused_until=counter.paused_until,
        services=tuple(counter.services),
    )


def board_state(office: Office, config: OfficeConfig, zone: ZoneId, now: datetime) -> s.BoardState:
    """The last calls of a zone's counters, newest first, one entry a ticket."""
    in_zone = {c.id: c for c in config.counters if c.zone == zone}
    calls: list[s.BoardCall] = []
    seen: set[str] = set()
    for ticket_id, number, counter_id, called_at in office.recent_calls:
        counter = in_zone.get(counter_id)
        if counter is None or ticket_id in seen:
            continue
        seen.add(ticket_id)
        ticket = office.tickets.get(ticket_id)
        here = ticket is not None and ticket.leg.counter == counter_id
        calls.append(
            s.BoardCall(
                call=f"{ticket_id}-{int(called_at.timestamp() * 1000)}",
                number=number,
                counter=counter_id,
                counter_number=counter.number,
                called_at=called_at,
                again=max(0, ticket.leg.calls - 1) if ticket and here else 0,
                language=ticket.language if ticket else "vi",
                priority=ticket is not None and ticket.service_class is ServiceClass.PRIORITY,
                still_called=ticket is not None and here and ticket.state is TicketState.CALLED,
            )
        )
        if len(calls) == BOARD_CALLS:
            break
    return s.BoardState(version=office.seq, at=now, zone=zone, calls=tuple(calls))
