"""The answer to `dossier-lookup`: what a citizen may see of a dossier. Names are masked in every one."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from queue_server.contract.values import Bilingual, Id, Instant, LongText, Message, Text


class Chip(Message):
    """A state in a few words on a tint of `tone`, as the look has them."""

    tone: Literal["grey", "blue", "gold", "green", "red"]
    words: Bilingual


class TimelinessView(Message):
    """Whether it is in time: by the rule of QĐ 766 once it has ended, by its due date while it runs.

    `early`, `on_time`, `late`: it has ended. `running`, `overdue`: it has not. `paused`: the clock stands
    still until the citizen supplements. `unknown`: there is no due date, or no day on which it ended.
    """

    state: Literal["early", "on_time", "late", "running", "overdue", "paused", "unknown"]
    days: Annotated[int, Field(ge=0)] = 0
    """Calendar days early, over or left; 0 is the day itself."""
    words: Bilingual
    """Such as "Trước hạn 1 ngày"; empty when unknown."""


class DossierStep(Message):
    """A step of the dossier's way; days and times are the office's local ones."""

    name: Bilingual
    unit: LongText = ""
    state: Literal["done", "here", "to_come", "stopped"]
    on: date | None = None
    time: Text = ""
    """`HH:MM`, empty when only the day is known."""


class TicketOffer(Message):
    """A ticket that helps: one `issue` of `service` with one touch."""

    why: Literal["collect", "supplement", "pay", "ask"]
    service: Id
    label: Bilingual
    """Such as "Lấy số nhận kết quả"."""


class Supplement(Message):
    """What the office asks to be supplemented."""

    asked_on: date | None = None
    reason: LongText
    supplied_on: date | None = None


class Protected(Message):
    """What only the second factor opens."""

    supplements: tuple[Supplement, ...] = ()
    fee_due: Annotated[int, Field(ge=0)] | None = None
    """In đồng; None is not known, 0 is nothing."""
    contact: LongText = ""
    """Whom to ask at the office."""


class DossierView(Message):
    """A dossier as its code alone shows it."""

    code: Text
    status: int
    """1 to 10 of the national table, 0 for one that the table does not have."""
    chip: Chip
    overdue: Chip | None = None
    """A second chip, "Quá hạn 2 ngày", while it is not ended."""
    procedure: LongText
    procedure_code: Text = ""
    field: Text = ""
    applicant: Text
    """Masked: `N*** T** H****`."""
    receiving_office: LongText = ""
    deciding_unit: LongText = ""
    received_on: date | None = None
    received_time: Text = ""
    due_on: date | None = None
    """When it is due now, after the time that supplements took."""
    due_time: Text = ""
    promised_on: date | None = None
    """The day on the receipt, where supplements have moved `due_on` away from it."""
    result_place: LongText = ""
    """Where it is collected; empty when it is sent, for an address is nobody else's to read."""
    result_method: Literal["", "counter", "post", "online"] = ""
    fee_is_due: bool = False
    timeliness: TimelinessView
    next_step: Bilingual
    apology: Bilingual | None = None
    """The office's own words and contact, when it is overdue."""
    offer: TicketOffer | None = None
    steps: tuple[DossierStep, ...] = ()
    source: Bilingual
    as_of: Instant
    """When the source last said so."""
    age_minutes: Annotated[int, Field(ge=0)] = 0


class Looked(Message):
    """The reply's result for `dossier-lookup`.

    `found`: `dossier` is there. `not_found`: no source has it. `elsewhere`: it belongs to `other_office`.
    `unavailable`: no source that could answer could be reached; ask again later.
    """

    outcome: Literal["found", "not_found", "elsewhere", "unavailable"]
    dossier: DossierView | None = None
    other_office: Bilingual | None = None
    factor: Literal["not_needed", "wanted", "right", "wrong", "locked"] = "not_needed"
    """`wanted`: there is something protected. `locked`: no tries are left, the counter helps."""
    tries_left: Annotated[int, Field(ge=0, le=3)] = 0
    """Of the second factor, for this dossier over all kiosks."""
    protected: Protected | None = None
    """Only when the factor is `right`."""
    unreachable: tuple[Bilingual, ...] = ()
    """Sources that could not be asked just now, so that what they have is not in this answer."""
