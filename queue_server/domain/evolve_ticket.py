"""The folds of tickets, one function an event type: ticket, queue and counter move together."""

from collections.abc import Callable
from typing import Any

from queue_server.domain import events as e
from queue_server.domain.fold_counter import (
    act_undone,
    ticket_called,
    ticket_ended,
    ticket_no_show,
    ticket_recalled,
    ticket_served_in_outage,
    ticket_started,
)
from queue_server.domain.fold_paper import alias_given, slip_outcome
from queue_server.domain.fold_steps import At, put
from queue_server.domain.fold_waiting import (
    priority_changed,
    result_awaited,
    result_became_ready,
    service_added,
    ticket_abandoned,
    ticket_came_back,
    ticket_cancelled,
    ticket_issued,
    ticket_parked,
    ticket_transferred,
    ticket_unparked,
)
from queue_server.domain.office import Office


def _ticket_carried_over(office: Office, event: e.OfTicket, _: At) -> Office:
    return put(office, office.tickets[event.ticket])


TICKET_FOLDS: dict[type[e.Event], Callable[[Office, Any, Any], Office]] = {
    e.TicketIssued: ticket_issued,
    e.TicketCalled: ticket_called,
    e.TicketRecalled: ticket_recalled,
    e.TicketStarted: ticket_started,
    e.TicketEnded: ticket_ended,
    e.TicketNoShow: ticket_no_show,
    e.TicketCameBack: ticket_came_back,
    e.TicketParked: ticket_parked,
    e.TicketUnparked: ticket_unparked,
    e.TicketTransferred: ticket_transferred,
    e.ServiceAdded: service_added,
    e.ResultAwaited: result_awaited,
    e.ResultBecameReady: result_became_ready,
    e.PriorityChanged: priority_changed,
    e.TicketCancelled: ticket_cancelled,
    e.TicketAbandoned: ticket_abandoned,
    e.TicketCarriedOver: _ticket_carried_over,
    e.AliasGiven: alias_given,
    e.TicketServedInOutage: ticket_served_in_outage,
    e.SlipOutcome: slip_outcome,
    e.ActUndone: act_undone,
}
