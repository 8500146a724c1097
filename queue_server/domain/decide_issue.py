"""The rules of giving a number: kiosk, services, hours and quota allow it; the next of the series."""

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain.availability import why_not
from queue_server.domain.checks import class_of, configured, known_service
from queue_server.domain.decision import Decision
from queue_server.domain.issued import issued
from queue_server.domain.merge import take_in
from queue_server.domain.numbering import next_ordinal
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import Service
from queue_server.domain.refusals import Code, Refusal


def issue(office: Office, command: c.IssueTicket, now: datetime) -> Decision:
    """A number for the first service; the others are planned. Quotas and hours bind all but supervisors."""
    if office.clock_doubt:
        return Refusal(
            Code.CLOCK_UNCONFIRMED,
            "The clock is in doubt; a person must confirm it before numbers are given.",
        )
    config = configured(office)
    if not command.services or command.people < 1 or command.dossiers < 1:
        return Refusal(Code.BAD_REQUEST, "A ticket needs a service and at least one person and dossier.")
    if command.number is not None:
        return take_in(office, command, now)
    refused = _not_at_this_kiosk(config, command)
    if refused is not None:
        return refused
    if command.ticket in office.tickets:
        return Refusal(Code.ALREADY_DONE, "A ticket with this id exists already.")
    for id_ in command.services:
        service = known_service(office, id_)
        if isinstance(service, Refusal):
            return service
    first = known_service(office, command.services[0])
    assert not isinstance(first, Refusal)
    service_class = class_of(config, command.priority_group, command.appointment_at)
    if isinstance(service_class, Refusal):
        return service_class
    ordinal = _ordinal(office, command, first, now)
    if isinstance(ordinal, Refusal):
        return ordinal
    return [
        issued(
            command,
            first,
            ordinal,
            now,
            service_class=service_class,
            priority_group=command.priority_group,
            planned=command.services[1:],
        )
    ]


def _not_at_this_kiosk(config: OfficeConfig, command: c.IssueTicket) -> Refusal | None:
    """Why the kiosk of the command may not give this ticket: it is not in the office file, or does not
    offer one of the services."""
    if command.kiosk is None:
        return None
    kiosk = config.kiosk(command.kiosk)
    if kiosk is None:
        return Refusal(Code.KIOSK_UNKNOWN, "The office file has no such kiosk.", {"kiosk": command.kiosk})
    for service in command.services:
        if kiosk.services and service not in kiosk.services:
            detail = {"kiosk": kiosk.id, "service": service}
            return Refusal(Code.SERVICE_UNKNOWN, "This kiosk does not offer that service.", detail)
    return None


_SENIOR_MAY = frozenset({Code.OUT_OF_HOURS, Code.QUOTA_REACHED, Code.SERVICE_CLOSED})
"""What a supervisor may issue in spite of."""


def _ordinal(office: Office, command: c.IssueTicket, service: Service, now: datetime) -> int | Refusal:
    """The next number of the series."""
    closed = why_not(office, service, now)
    if closed is not None and not (command.by.role in c.SENIOR and closed.code in _SENIOR_MAY):
        return closed
    ordinal = next_ordinal(office, service.shape)
    if ordinal is None:
        return Refusal(Code.NUMBERS_EXHAUSTED, "The number series has no number left today.")
    return ordinal
