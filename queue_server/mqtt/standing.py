"""Where a ticket stands, for who holds its slip: read from the office's state, never journaled or logged."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from queue_server.contract.replies import RefusalView, Reply, Standing
from queue_server.contract.requests import TicketLookup
from queue_server.domain.ids import TicketId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.queue_view import counters_of, kept_overnight, people_ahead
from queue_server.domain.refusals import Code
from queue_server.domain.ticket import Ticket, Told
from queue_server.domain.ticket_table import TicketState
from queue_server.mqtt.replies import ticket_view
from queue_server.mqtt.states import wait_of

AT_A_COUNTER = frozenset({TicketState.CALLED, TicketState.SERVING})
TicketOf = Callable[[str, date, Sequence[TicketId]], TicketId | None]
"""The ticket of a page's token on that day, or one of those kept overnight."""


class Forecasts(Protocol):
    def ticket(self, ticket: TicketId) -> Told | None: ...

    def made_at(self) -> datetime | None: ...


class TicketDesk:
    """Answers `ticket-lookup`. Only what the office still holds is found: of today or carried over."""

    def __init__(self, forecasts: Forecasts, ticket_of: TicketOf) -> None:
        self._forecasts, self._ticket_of = forecasts, ticket_of

    def answer(self, office: Office, request: TicketLookup, now: datetime) -> Reply:
        config = office.config
        ticket = self._find(office, config, request, now) if config is not None else None
        if config is None or ticket is None:
            no = RefusalView(code=Code.TICKET_UNKNOWN.value, sentence="No ticket of today has this code.")
            return Reply(id=request.id, ok=False, at=now, refusal=no)
        return Reply(id=request.id, ok=True, at=now, standing=self._standing(office, config, ticket, now))

    def _find(
        self, office: Office, config: OfficeConfig, request: TicketLookup, now: datetime
    ) -> Ticket | None:
        id_ = TicketId(request.ticket) if request.ticket else None
        if id_ is None and request.token:
            id_ = self._ticket_of(request.token, config.hours.day_of(now), kept_overnight(office, now))
        return office.tickets.get(id_) if id_ is not None else None

    def _standing(self, office: Office, config: OfficeConfig, ticket: Ticket, now: datetime) -> Standing:
        seen = ticket_view(ticket).model_copy(update={"officer": None})
        if ticket.state in AT_A_COUNTER:
            counter = config.counter(ticket.counter) if ticket.counter else None
            return Standing(ticket=seen, counters=(counter.number,) if counter else ())
        if ticket.state is TicketState.NO_SHOW:
            return Standing(ticket=seen, come_back_until=_come_back(config, ticket, now))
        if ticket.state is not TicketState.WAITING:
            return Standing(ticket=seen)
        told, made_at = self._forecasts.ticket(ticket.id), self._forecasts.made_at()
        known = told if made_at is not None else None
        return Standing(
            ticket=seen,
            counters=tuple(counters_of(office, ticket)),
            people_ahead=people_ahead(office, ticket, now),
            wait=wait_of(known),
            promise_at=_hour(config, made_at + timedelta(minutes=known.promise)) if known and made_at else "",
        )


def _come_back(config: OfficeConfig, ticket: Ticket, now: datetime) -> str:
    until = (ticket.no_show_at or now) + config.rules.come_back_within
    over = now > until or ticket.no_shows > config.rules.come_back_times
    return "" if over else _hour(config, until)


def _hour(config: OfficeConfig, at: datetime) -> str:
    return f"{config.hours.local(at):%H:%M}"
