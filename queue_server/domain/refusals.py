"""Every way the office says no: a stable code, and the sentence an officer or developer reads."""

from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """Stable codes of refusals; a citizen's words for them are the presenter's."""

    NOT_CONFIGURED = "not_configured"
    CLOCK_UNCONFIRMED = "clock_unconfirmed"
    OUT_OF_HOURS = "out_of_hours"
    SERVICE_UNKNOWN = "service_unknown"
    SERVICE_CLOSED = "service_closed"
    QUOTA_REACHED = "quota_reached"
    NUMBERS_EXHAUSTED = "numbers_exhausted"
    TICKET_UNKNOWN = "ticket_unknown"
    TICKET_STATE = "ticket_state"
    COUNTER_UNKNOWN = "counter_unknown"
    COUNTER_STATE = "counter_state"
    COUNTER_TAKEN = "counter_taken"
    OFFICER_ELSEWHERE = "officer_elsewhere"
    NOT_YOUR_COUNTER = "not_your_counter"
    NOT_YOUR_TICKET = "not_your_ticket"
    COUNTER_CANNOT_SERVE = "counter_cannot_serve"
    NOBODY_WAITING = "nobody_waiting"
    TOO_LATE = "too_late"
    TOO_OFTEN = "too_often"
    NOTHING_TO_UNDO = "nothing_to_undo"
    REASON_NEEDED = "reason_needed"
    PRIORITY_UNKNOWN = "priority_unknown"
    STRANDS_TICKETS = "strands_tickets"
    KIOSK_UNKNOWN = "kiosk_unknown"
    NO_OUTAGE = "no_outage"
    ALREADY_DONE = "already_done"
    BAD_REQUEST = "bad_request"
    FORBIDDEN = "forbidden"
    STORAGE_FAILED = "storage_failed"
    DRAINING = "draining"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A no that changed nothing. `detail` holds what a presenter may show (hour, numbers), never names."""

    code: Code
    sentence: str
    detail: dict[str, str] = field(default_factory=dict)
