"""Deciding: what happens when a command meets the office. Pure; a refusal changes nothing.

`decide` first turns the day if local midnight has passed, then asks the command's own rule, found in one
table. Rules live in the `decide_*.py`, in `merge.py`, `day.py` and `overdue.py`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from queue_server.domain import commands as c
from queue_server.domain import decide_counter as counter
from queue_server.domain import decide_office as office_rules
from queue_server.domain import decide_slip as slip
from queue_server.domain import decide_ticket as ticket
from queue_server.domain import merge
from queue_server.domain.day import close_day, turn_of_day
from queue_server.domain.decide_issue import issue
from queue_server.domain.decision import Decision
from queue_server.domain.evolve import evolve
from queue_server.domain.office import Office
from queue_server.domain.overdue import tick
from queue_server.domain.refusals import Code, Refusal

Rule = Callable[[Office, Any, datetime], Decision]

NEEDS_NO_CONFIG: frozenset[type[c.Command]] = frozenset({c.ConfigureOffice, c.StartEngine, c.NoteClockStep})

RULES: dict[type[c.Command], Rule] = {
    c.ConfigureOffice: office_rules.configure,
    c.StartEngine: office_rules.start_engine,
    c.ConfirmClock: office_rules.confirm_clock,
    c.NoteClockStep: office_rules.note_clock_step,
    c.Tick: tick,
    c.CloseDay: close_day,
    c.CloseService: office_rules.close_service,
    c.ReopenService: office_rules.reopen_service,
    c.PostNotice: office_rules.post_notice,
    c.AskForHelp: office_rules.ask_for_help,
    c.AnswerHelp: office_rules.answer_help,
    c.ReportFault: office_rules.report_fault,
    c.GrantNumbers: office_rules.grant_numbers,
    c.RecordAct: office_rules.record_act,
    c.IssueTicket: issue,
    c.CancelTicket: ticket.cancel,
    c.ComeBack: ticket.come_back,
    c.ParkTicket: ticket.park,
    c.UnparkTicket: ticket.unpark,
    c.TransferTicket: ticket.transfer,
    c.AddService: ticket.add_service,
    c.ResultReady: ticket.result_ready,
    c.ChangePriority: ticket.change_priority,
    c.RecordSlip: slip.record_slip,
    c.RequestPrint: slip.request_print,
    c.GiveAlias: merge.give_alias,
    c.MarkServedInOutage: merge.served_in_outage,
    c.SignOn: counter.sign_on,
    c.SignOff: counter.sign_off,
    c.OpenCounter: counter.open_counter,
    c.PauseCounter: counter.pause,
    c.CloseCounter: counter.close,
    c.ChangeCounterServices: counter.change_services,
    c.CallNext: counter.call_next,
    c.CallTicket: counter.call_ticket,
    c.Recall: counter.recall,
    c.StartService: counter.start,
    c.EndService: counter.end,
    c.NoShow: counter.no_show,
    c.AwaitResult: counter.await_result,
    c.Undo: counter.undo,
}
"""Command type → rule; a test proves that every command is here."""


def decide(office: Office, command: c.Command, now: datetime) -> Decision:
    """The events that `command` makes of `office` at `now`, or the refusal.

    The events of a turn of the day come first, and stand even when the command itself is refused: then the
    refusal is returned and the next command (or the engine's tick) turns the day.
    """
    rule = RULES[type(command)]
    if command.expires_at is not None and now > command.expires_at:
        return Refusal(Code.TOO_LATE, "The request came too late to be carried out.")
    if office.config is None:
        if type(command) not in NEEDS_NO_CONFIG:
            return Refusal(Code.NOT_CONFIGURED, "The office is not configured yet.")
        return rule(office, command, now)
    turn = turn_of_day(office, now)
    if not turn:
        return rule(office, command, now)
    turned = office
    for event in turn:
        turned = evolve(turned, event, at=now, seq=turned.seq, command_id=command.id)
    decision = rule(turned, command, now)
    return decision if isinstance(decision, Refusal) else [*turn, *decision]
