"""The rules of slips: a print job is asked for once and has one outcome."""

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.checks import configured, known_ticket
from queue_server.domain.decision import Decision
from queue_server.domain.office import Office
from queue_server.domain.refusals import Code, Refusal


def record_slip(office: Office, command: c.RecordSlip, now: datetime) -> Decision:
    """The one outcome of a print job. A ticket whose slip failed still waits: the kiosk shows its number.

    A slip gets its outcome even when its ticket has left the state with its day.
    """
    ticket = known_ticket(office, command.ticket)
    due = command.job in office.jobs or command.ticket in office.slips_due
    if isinstance(ticket, Refusal) and not due:
        return ticket
    if not isinstance(ticket, Refusal) and command.job in ticket.slips_done:
        return Refusal(Code.ALREADY_DONE, "This print job has its one outcome already.", {"job": command.job})
    if command.outcome not in ("printed", "unconfirmed", "failed"):
        return Refusal(Code.BAD_REQUEST, "An outcome is printed, unconfirmed or failed.")
    return [
        e.SlipOutcome(
            ticket=command.ticket,
            job=command.job,
            outcome=command.outcome,
            reason=command.reason,
            reprint=command.reprint,
        )
    ]


def request_print(office: Office, command: c.RequestPrint, now: datetime) -> Decision:
    ticket = known_ticket(office, command.ticket)
    if isinstance(ticket, Refusal):
        return ticket
    if not any(p.id == command.printer for p in configured(office).printers):
        return Refusal(Code.BAD_REQUEST, "The office file has no such printer.", {"printer": command.printer})
    if command.job in office.jobs:
        return Refusal(Code.ALREADY_DONE, "This print job is under way already.")
    return [
        e.SlipRequested(ticket=ticket.id, job=command.job, printer=command.printer, reprint=command.reprint)
    ]
