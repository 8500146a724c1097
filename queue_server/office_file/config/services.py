"""PURE: services and counters as the rules read them."""

from datetime import timedelta

from queue_server.domain import ids
from queue_server.domain.hours import Hours
from queue_server.domain.office_services import Counter, NumberShape, Procedure, Service
from queue_server.domain.words import Words
from queue_server.office_file.config.parts import seasons, words, zone_of
from queue_server.office_file.sections.services import CounterItem, ProcedureItem, ServiceItem
from queue_server.office_file.sections.whole import OfficeFile

EVERYBODY = ids.GroupId("chung")
"""The one group of an office that declares none."""


def shape(service: ServiceItem) -> NumberShape:
    """The number shape of a service: its letter and three digits unless it says otherwise."""
    number = service.number
    last = number.last if number.last is not None else 9 * 10**number.digits // 10
    prefix = service.letter if number.prefix is None else number.prefix
    return NumberShape(prefix, number.digits, number.first, last)


def build_groups(file: OfficeFile) -> tuple[tuple[ids.GroupId, Words], ...]:
    """Each group and its name: the declared ones, or the one of everybody."""
    declared = tuple((ids.GroupId(g.id), words(g.name)) for g in file.group)
    return declared or ((EVERYBODY, Words("Chung", "All")),)


def build_service(service: ServiceItem, hours: Hours) -> Service:
    own = service.hours
    return Service(
        id=ids.ServiceId(service.id),
        letter=service.letter,
        name=words(service.name),
        example=words(service.example),
        pictogram=service.pictogram,
        shape=shape(service),
        group=ids.GroupId(service.group) if service.group else EVERYBODY,
        agency=ids.AgencyId(service.agency) if service.agency else None,
        procedures=tuple(_procedure(p) for p in service.procedures),
        expected_service=timedelta(minutes=service.expected_minutes),
        quota=service.quota,
        last_ticket_before_close=timedelta(minutes=service.last_ticket_minutes),
        hours=Hours(hours.zone, seasons(own), hours.holidays, hours.make_up_days, own.always_open)
        if own
        else None,
        note_after=(service.note_after.time, words(service.note_after.text)) if service.note_after else None,
    )


def build_counter(file: OfficeFile, counter: CounterItem) -> Counter:
    return Counter(
        ids.CounterId(counter.id),
        counter.number,
        words(counter.name),
        tuple(ids.ServiceId(s) for s in counter.services),
        zone_of(file, counter.zone),
    )


def _procedure(item: ProcedureItem) -> Procedure:
    return Procedure(
        item.code, words(item.name), item.legal_days, tuple(item.papers), item.fee, item.unit.strip()
    )
