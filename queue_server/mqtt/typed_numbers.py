"""Which ticket an officer means who types digits on a keypad that has no letters. Pure."""

from queue_server.domain.ids import CounterId, TicketId
from queue_server.domain.office import Office
from queue_server.domain.queue_view import waiting_tickets

NOBODY = TicketId("-")
"""No ticket has this id: the engine refuses it as `ticket_unknown`."""


def ticket_typed(office: Office, counter: str, digits: str) -> TicketId:
    """The one waiting ticket of the counter's services whose ordinal is `digits`; NOBODY for none or several.

    Leading zeros do not matter: 12 and 012 are A012. Two services with an 012 each make it nobody's: the
    officer calls it on the console, where the letter can be seen.
    """
    running = office.counters.get(CounterId(counter))
    if running is None:
        return NOBODY
    found = [
        ticket.id
        for ticket in waiting_tickets(office)
        if ticket.service in running.services and _ordinal(ticket.number) == int(digits)
    ]
    return found[0] if len(found) == 1 else NOBODY


def _ordinal(number: str) -> int:
    """The digits at the end of a number, -1 for none."""
    tail = number[len(number.rstrip("0123456789")) :]
    return int(tail) if tail else -1
