"""The office file's rules of calling: the policy, coming back, the night, who is stranded."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from queue_server.domain.office_services import ServiceClass
from queue_server.domain.words import Words


class PolicyName(StrEnum):
    FIFO = "fifo"
    STRICT = "strict"
    INTERLEAVED = "interleaved"
    ACCUMULATING = "accumulating"
    SHORT_FIRST = "short_first"


@dataclass(frozen=True, slots=True)
class Calling:
    """The calling policy and its parameters (waiting-time page, "Called")."""

    policy: PolicyName = PolicyName.ACCUMULATING
    ordinary_rate: float = 1.0
    appointment_rate: float = 1.6
    priority_rate: float = 2.5
    one_priority_per: int = 3
    """Interleaved: after this many ordinary calls one priority call is due, and never more often."""
    rescue_after: timedelta = timedelta(minutes=40)
    """A wait beyond this goes first, oldest first, in every policy but fifo (which needs no rescue)."""

    def rate(self, service_class: ServiceClass) -> float:
        match service_class:
            case ServiceClass.ORDINARY:
                return self.ordinary_rate
            case ServiceClass.APPOINTMENT:
                return self.appointment_rate
            case ServiceClass.PRIORITY:
                return self.priority_rate


class ComeBackPlace(StrEnum):
    """Where a citizen stands who comes back after a no-show."""

    KEEP = "keep"
    END = "end"


class Overnight(StrEnum):
    """What becomes of tickets still waiting at local midnight."""

    ABANDON = "abandon"
    KEEP = "keep"


class StrandedRule(StrEnum):
    """Who may call a ticket whose service no signed-on counter takes."""

    GROUP = "group"
    ANY = "any"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Rules:
    come_back: ComeBackPlace = ComeBackPlace.KEEP
    come_back_within: timedelta = timedelta(minutes=60)
    come_back_times: int = 2
    overnight: Overnight = Overnight.ABANDON
    stranded: StrandedRule = StrandedRule.GROUP
    undo_within: timedelta = timedelta(seconds=10)
    citizen_park_longest: timedelta = timedelta(minutes=30)
    citizen_hold: timedelta = timedelta(minutes=5)
    """How long a called citizen may have their place held by a tap on the phone."""
    tickets_before_opening: timedelta = timedelta(minutes=30)
    """How long before a session opens the kiosk already gives numbers to those who came early."""
    pause_reasons: tuple[Words, ...] = (
        Words("Nghỉ giải lao", "Break"),
        Words("Họp đột xuất", "Urgent meeting"),
        Words("Xử lý công việc khẩn cấp", "Urgent work"),
        Words("Hỗ trợ đồng nghiệp", "Helping a colleague"),
        Words("Khác", "Other"),
    )
