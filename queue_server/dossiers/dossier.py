"""PURE: a dossier as every source gives it. It never holds a full name, an address or a number."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import IntEnum

from queue_server.domain.words import Words


@dataclass(frozen=True, slots=True)
class When:
    """A local day, with its time where the source has one."""

    day: date
    at: time | None = None

    @classmethod
    def of(cls, moment: datetime) -> "When":
        """From a local moment, to the minute."""
        return cls(moment.date(), moment.time().replace(second=0, microsecond=0))


class Status(IntEnum):
    """The national table (TrangThaiHoSo); OTHER is one that the table does not have."""

    OTHER = 0
    REGISTERED = 1
    ACCEPTED = 2
    NOT_ACCEPTED = 3
    IN_WORK = 4
    SUPPLEMENT_ASKED = 5
    FEE_ASKED = 6
    WITHDRAWAL_ASKED = 7
    STOPPED = 8
    RESULT_READY = 9
    RETURNED = 10

    @classmethod
    def _missing_(cls, value: object) -> "Status":
        """A number of another table, or of a newer version's book, is shown and never an exception."""
        return cls.OTHER


@dataclass(frozen=True, slots=True)
class SupplementRequest:
    """What the office asked for; `supplied` is None while it waits."""

    reason: str
    asked: When | None = None
    supplied: When | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A stay at one unit."""

    name: Words
    unit: str = ""
    begun: When | None = None
    ended: When | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """`code` is normalised (queue_server.codes); `applicant` is masked before it comes here."""

    code: str
    status: Status
    procedure: str
    applicant: str
    status_words: str = ""
    """The source's own words, shown when the status is OTHER."""
    procedure_code: str = ""
    field: str = ""
    receiving_office: str = ""
    deciding_unit: str = ""
    received: When | None = None
    due: When | None = None
    """As it was promised: the rule of QĐ 766 counts from it and subtracts what supplements took."""
    due_now: When | None = None
    """Where the time of supplements has moved it, the day it is due now; else None."""
    forwarded: When | None = None
    done: When | None = None
    """ "Đã xử lý xong": the result has come to the one-stop desk."""
    returned: When | None = None
    stopped: When | None = None
    channel: str = ""
    """How it was handed in: counter, post, online or empty."""
    result_place: str = ""
    result_method: str = ""
    """counter, post, online or empty."""
    fee_due: int | None = None
    """Đồng still to be paid; None is not known."""
    legal_days: int | None = None
    contact: str = ""
    supplements: tuple[SupplementRequest, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def ended(self) -> bool:
        return self.status in (Status.RESULT_READY, Status.RETURNED, Status.STOPPED, Status.NOT_ACCEPTED)

    @property
    def told_due(self) -> When | None:
        """The day that people are told."""
        return self.due_now or self.due

    @property
    def public_place(self) -> str:
        """Where it is collected, for whoever has the code: an address to which it is sent is never told."""
        return self.result_place if self.result_method == "counter" else ""

    @property
    def has_protected(self) -> bool:
        """Whether a second factor would show more than the code alone."""
        return bool(self.supplements or self.fee_due or self.contact)
