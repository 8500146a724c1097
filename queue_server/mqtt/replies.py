"""The one reply to a command, in the contract's words; stored with it, so a repeat is the same text."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from queue_server.contract.replies import Acted, Issued, RefusalView, Reply, TicketView
from queue_server.contract.values import Bilingual, Slip
from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.ids import JobId, TicketId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.queue_view import counters_of, people_ahead
from queue_server.domain.refusals import Refusal
from queue_server.domain.ticket import Ticket
from queue_server.mqtt.states import bilingual, wait_of

MQTT = "mqtt"
"""Where an actor of this edge comes from."""

PageUrl = Callable[[OfficeConfig, Ticket], str]
"""The address of a ticket's phone page, empty when the office has no public address."""


def request_id_of(command: c.Command) -> str:
    """The id the client gave: a command's id is `<client>.<request id>`."""
    return command.id.rpartition(".")[2]


def job_of(ticket: TicketId) -> JobId:
    """The id of the first slip's print job: one a ticket, so that it needs no state of its own."""
    return JobId(f"{ticket}-slip")


def ticket_view(ticket: Ticket) -> TicketView:
    return TicketView(
        ticket=ticket.id,
        number=ticket.number,
        state=ticket.state.value,
        service=ticket.service,
        counter=ticket.counter,
        officer=ticket.leg.officer if ticket.counter else None,
        service_class=ticket.service_class.value,
        issued_at=ticket.issued_at,
        people=ticket.people,
        dossiers=ticket.dossiers,
    )


def clock_of(local: datetime) -> str:
    """`HH:MM`; without `strftime`, which takes ten times as long and is asked for with every ticket."""
    return f"{local.hour:02}:{local.minute:02}"


def slip_of(office: Office, ticket: Ticket, page: str, now: datetime, reprint: bool = False) -> Slip:
    """What is on the ticket's slip; `page` is the QR's address, else the QR carries the ticket's code."""
    config = office.config
    assert config is not None
    service = config.service(ticket.service)
    assert service is not None
    local = config.hours.local(ticket.issued_at)
    time_of_day = clock_of(local)
    kiosk = config.kiosk(ticket.kiosk)
    group = next((g for g in config.priority_groups if g.id == ticket.priority_group), None)
    note = service.note_after
    told = ticket.told
    return Slip(
        office_name=bilingual(config.name),
        number=ticket.number,
        service=bilingual(service.name),
        counters=tuple(counters_of(office, ticket)),
        people_ahead=people_ahead(office, ticket, now),
        wait=wait_of(told),
        promise_at=clock_of(local + timedelta(minutes=told.promise)) if told else "",
        issued_at=ticket.issued_at,
        local_date=f"{local.day:02}/{local.month:02}/{local.year}",
        local_time=time_of_day,
        qr=page or f"MOTCUA:{config.id}:{ticket.id}",
        qr_is_page=bool(page),
        kiosk_name=bilingual(kiosk.name) if kiosk else Bilingual(vi=""),
        priority=bilingual(group.name) if group else None,
        note=bilingual(note[1]) if note and time_of_day >= note[0] else None,
        language=ticket.language,
        reprint=reprint,
        zone=config.hours.zone,
    )


def render(
    office: Office,
    command: c.Command,
    decision: Sequence[e.Event] | Refusal,
    now: datetime,
    page_url: PageUrl,
) -> str:
    """The reply as JSON, empty for a command that did not come over MQTT.

    `office` is the state after the events (or unchanged by a refusal).
    """
    if command.by.where != MQTT:
        return ""
    id_ = request_id_of(command)
    if isinstance(decision, Refusal):
        view = RefusalView(code=decision.code.value, sentence=decision.sentence, detail=decision.detail)
        return Reply(id=id_, ok=False, at=now, refusal=view).model_dump_json()
    if isinstance(command, c.IssueTicket):
        ticket = office.tickets[command.ticket]
        page = page_url(office.config, ticket) if office.config else ""
        slip = slip_of(office, ticket, page, now)
        issued = Issued(
            ticket=ticket_view(ticket),
            job=job_of(ticket.id),
            slip=slip,
            people_ahead=slip.people_ahead,
            wait=slip.wait,
            page=page,
        )
        return Reply(id=id_, ok=True, at=now, issued=issued).model_dump_json()
    return Reply(id=id_, ok=True, at=now, acted=_acted(office, command, decision)).model_dump_json()


def _acted(office: Office, command: c.Command, events: Sequence[e.Event]) -> Acted:
    touched = [event for event in events if isinstance(event, e.OfTicket)]
    ended = [event for event in touched if isinstance(event, e.TicketEnded) and event is not touched[-1]]
    current = touched[-1].ticket if touched else None
    if current is None and isinstance(command, c.OfTicket):
        current = command.ticket
    counter = office.counters.get(command.counter) if isinstance(command, c.OfCounter) else None
    return Acted(
        ticket=_view(office, current),
        ended=_view(office, ended[-1].ticket) if ended else None,
        counter_state=counter.state.value if counter else "",
    )


def _view(office: Office, id_: TicketId | None) -> TicketView | None:
    ticket = office.tickets.get(id_) if id_ else None
    return ticket_view(ticket) if ticket else None
