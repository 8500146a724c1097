"""The event of a ticket that is given, at the kiosk as on paper: what was asked for, with its number."""

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.ids import PriorityGroupId, ServiceId
from queue_server.domain.office_services import Service, ServiceClass


def issued(
    command: c.IssueTicket,
    service: Service,
    ordinal: int,
    at: datetime,
    *,
    service_class: ServiceClass,
    priority_group: PriorityGroupId | None,
    planned: tuple[ServiceId, ...],
    late: bool = False,
    estimated_time: bool = False,
) -> e.TicketIssued:
    """A ticket given `at` this time; one with an appointment queues from its slot on, never earlier."""
    slot = command.appointment_at
    return e.TicketIssued(
        ticket=command.ticket,
        number=service.shape.show(ordinal),
        series=service.shape.prefix,
        ordinal=ordinal,
        service=service.id,
        service_class=service_class,
        issued_at=at,
        since=max(at, slot) if slot is not None else at,
        channel=command.channel,
        planned=planned,
        priority_group=priority_group,
        kiosk=command.kiosk,
        language=command.language,
        people=command.people,
        dossiers=command.dossiers,
        appointment_at=slot,
        told=command.told,
        wants_slip=command.wants_slip,
        estimated_time=estimated_time,
        late=late,
    )
