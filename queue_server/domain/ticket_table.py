"""The whole life of a ticket as one table; a missing pair is a refusal and changes nothing."""

from enum import StrEnum


class TicketState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    AWAITING_RESULT = "awaiting_result"
    NO_SHOW = "no_show"
    SERVED = "served"
    CANCELLED = "cancelled"
    ABANDONED = "abandoned"


class TicketAct(StrEnum):
    CALL = "call"
    RECALL = "recall"
    START = "start"
    END = "end"
    END_LEG = "end_leg"
    """End, when a planned leg follows: back into a queue."""
    NO_SHOW = "no_show"
    COME_BACK = "come_back"
    PARK = "park"
    UNPARK = "unpark"
    TRANSFER = "transfer"
    ADD_SERVICE = "add_service"
    AWAIT_RESULT = "await_result"
    RESULT_READY = "result_ready"
    CHANGE_PRIORITY = "change_priority"
    CANCEL = "cancel"
    ABANDON = "abandon"
    CARRY_OVER = "carry_over"
    SERVE_IN_OUTAGE = "serve_in_outage"


_S, _A = TicketState, TicketAct

TICKET_TABLE: dict[tuple[TicketState, TicketAct], TicketState] = {
    (_S.WAITING, _A.CALL): _S.CALLED,
    (_S.WAITING, _A.PARK): _S.PARKED,
    (_S.WAITING, _A.TRANSFER): _S.WAITING,
    (_S.WAITING, _A.ADD_SERVICE): _S.WAITING,
    (_S.WAITING, _A.CHANGE_PRIORITY): _S.WAITING,
    (_S.WAITING, _A.CANCEL): _S.CANCELLED,
    (_S.WAITING, _A.ABANDON): _S.ABANDONED,
    (_S.WAITING, _A.CARRY_OVER): _S.WAITING,
    (_S.WAITING, _A.SERVE_IN_OUTAGE): _S.SERVED,
    (_S.CALLED, _A.RECALL): _S.CALLED,
    (_S.CALLED, _A.START): _S.SERVING,
    (_S.CALLED, _A.NO_SHOW): _S.NO_SHOW,
    (_S.CALLED, _A.PARK): _S.PARKED,
    (_S.CALLED, _A.TRANSFER): _S.WAITING,
    (_S.CALLED, _A.ADD_SERVICE): _S.CALLED,
    (_S.CALLED, _A.CHANGE_PRIORITY): _S.CALLED,
    (_S.CALLED, _A.CANCEL): _S.CANCELLED,
    (_S.SERVING, _A.END): _S.SERVED,
    (_S.SERVING, _A.END_LEG): _S.WAITING,
    (_S.SERVING, _A.PARK): _S.PARKED,
    (_S.SERVING, _A.TRANSFER): _S.WAITING,
    (_S.SERVING, _A.ADD_SERVICE): _S.SERVING,
    (_S.SERVING, _A.AWAIT_RESULT): _S.AWAITING_RESULT,
    (_S.SERVING, _A.CHANGE_PRIORITY): _S.SERVING,
    (_S.PARKED, _A.UNPARK): _S.WAITING,
    (_S.PARKED, _A.TRANSFER): _S.WAITING,
    (_S.PARKED, _A.CHANGE_PRIORITY): _S.PARKED,
    (_S.PARKED, _A.CANCEL): _S.CANCELLED,
    (_S.PARKED, _A.ABANDON): _S.ABANDONED,
    (_S.PARKED, _A.CARRY_OVER): _S.PARKED,
    (_S.AWAITING_RESULT, _A.RESULT_READY): _S.WAITING,
    (_S.AWAITING_RESULT, _A.CANCEL): _S.CANCELLED,
    (_S.AWAITING_RESULT, _A.ABANDON): _S.ABANDONED,
    (_S.AWAITING_RESULT, _A.CARRY_OVER): _S.AWAITING_RESULT,
    (_S.NO_SHOW, _A.COME_BACK): _S.WAITING,
}

ENDED = frozenset({_S.SERVED, _S.CANCELLED, _S.ABANDONED})
"""States a ticket never leaves. (An undo within its ten seconds restores a value; it is no transition.)"""
OPEN = frozenset(set(_S) - ENDED - {_S.NO_SHOW})
"""States in which somebody still has to act for the citizen."""
AT_COUNTER = frozenset({_S.CALLED, _S.SERVING})


def after(state: TicketState, act: TicketAct) -> TicketState | None:
    """The state after an act, None where the table has no such pair."""
    return TICKET_TABLE.get((state, act))
