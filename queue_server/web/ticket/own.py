"""The ticket behind a token of today: how it stands, and what its holder may do with it."""

from collections.abc import Mapping

from queue_server.advise.words import come_then
from queue_server.domain.commands import Actor, CancelTicket, Command, ParkTicket, Role, UnparkTicket
from queue_server.domain.ids import CommandId, TicketId
from queue_server.domain.office import Office
from queue_server.domain.queue_view import kept_overnight
from queue_server.domain.ticket import ParkedBy, Ticket
from queue_server.domain.ticket_table import TicketState
from queue_server.web.ports import WebDeps
from queue_server.web.ticket.view import Forecast, View, ticket_view

PHONE = "phone"
ACTS = ("later", "hold", "back", "cancel")
OVER = frozenset({TicketState.SERVED, TicketState.CANCELLED, TicketState.ABANDONED, TicketState.NO_SHOW})
"""The visit is over: what may be said is when to come another time."""


class OwnTickets:
    """Tickets as their holders' phones see them."""

    def __init__(self, deps: WebDeps) -> None:
        self._deps = deps

    def find(self, token: str) -> Ticket | None:
        """The ticket of a token of today, or of one that was kept overnight."""
        office, now = self._deps.engine.office, self._deps.clock.now()
        if office.config is None:
            return None
        kept = kept_overnight(office, now)
        id_ = self._deps.accounts.ticket_of(token, office.config.hours.day_of(now), kept)
        return office.tickets.get(id_) if id_ is not None else None

    def view(self, office: Office, ticket: Ticket, language: str) -> View:
        """What the page shows of it."""
        predictions = self._deps.predictions
        forecast = Forecast(predictions.ticket(ticket.id), predictions.made_at())
        view = ticket_view(office, ticket, forecast, language, self._deps.clock.now())
        return view | {"best": self._best(ticket, language)}

    def state(self, office: Office, key: tuple[TicketId, str]) -> Mapping[str, object]:
        """The same for a live page, by ticket and language."""
        ticket = office.tickets.get(key[0])
        return self.view(office, ticket, key[1]) if ticket is not None else {"kind": "gone"}

    def possible(self, ticket: Ticket) -> list[str]:
        """Which of ACTS the page offers now."""
        can = self.view(self._deps.engine.office, ticket, "vi")["can"]
        return [str(one) for one in can] if isinstance(can, list) else []

    def _best(self, ticket: Ticket, language: str) -> str:
        """When to come another time, for those whose visit is over; "" while it is not known."""
        advice = self._deps.advice
        found = advice.best_time() if advice is not None and ticket.state in OVER else None
        words = come_then(found[1], found[0]) if found is not None else None
        return words.in_(language) if words is not None else ""


def command(ticket: Ticket, act: str, version: int) -> Command:
    """The command of a tap; its id names the ticket, the act and the state the citizen saw."""
    id_ = CommandId(f"phone-{ticket.id}-{act}-{version}")
    by = Actor(Role.CITIZEN, ticket.id, PHONE)
    match act:
        case "later":
            return ParkTicket(id=id_, by=by, ticket=ticket.id, parked_by=ParkedBy.CITIZEN)
        case "hold":
            return ParkTicket(id=id_, by=by, ticket=ticket.id, parked_by=ParkedBy.CITIZEN, hold=True)
        case "back":
            return UnparkTicket(id=id_, by=by, ticket=ticket.id)
        case _:
            return CancelTicket(id=id_, by=by, ticket=ticket.id)
