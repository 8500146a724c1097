"""Retained states: one topic a thing, replaced whole, with a growing `version`."""

from typing import Literal

from pydantic import Field

from queue_server.contract.values import (
    Bilingual,
    DossierSlip,
    Id,
    Instant,
    LongText,
    Message,
    Slip,
    Text,
    Wait,
)


class State(Message):
    version: int
    """Grows with every change; the journal's position for the server's states."""
    at: Instant


class ServerState(State):
    state: Literal["ready", "draining", "lost"]
    contract: int = 1
    boot: Text = ""


class ServiceInfo(Message):
    id: Id
    letter: Text
    name: Bilingual
    example: Bilingual
    pictogram: Text
    series: Text
    digits: int
    counters: tuple[int, ...]
    note_after: tuple[str, Bilingual] | None = None


class CounterInfo(Message):
    id: Id
    number: int
    name: Bilingual
    zone: Id


class PriorityInfo(Message):
    id: Id
    name: Bilingual
    hint: Bilingual
    pictogram: Text


class KioskInfo(Message):
    id: Id
    name: Bilingual
    zone: Id
    services: tuple[Id, ...] = ()
    printer: Id | None = None


class PrinterInfo(Message):
    """A slip printer: what a console offers to print again on. How it is says `device/<id>/state`."""

    id: Id
    name: Bilingual


class DossierInfo(Message):
    """What a kiosk needs to read and to ask for dossier codes of this office."""

    patterns: tuple[LongText, ...]
    """Regular expressions for `queue_server.codes.patterns`, the likeliest first."""
    example: Text = ""
    """A code as printed on a receipt: its shape is the keypad's help."""
    letters: tuple[Text, ...] = ()
    """The letters that codes here begin with, for the left column of the keypad."""


class BestTime(Message):
    """A quiet hour of one day, local time: those who come then wait least."""

    date: Text
    """ISO local date."""
    start: Text
    """`09:30`."""
    end: Text
    wait: int
    """Expected minutes."""


class OfficeState(State):
    """The public catalogue: everything a kiosk or display of anybody's make needs to know of the office."""

    office: Id
    name: Bilingual
    short_name: Bilingual
    zone: str
    services: tuple[ServiceInfo, ...]
    counters: tuple[CounterInfo, ...]
    priority_groups: tuple[PriorityInfo, ...]
    kiosks: tuple[KioskInfo, ...]
    printers: tuple[PrinterInfo, ...] = ()
    languages: tuple[str, ...]
    call_languages: tuple[str, ...]
    help_desk: Bilingual
    notice: Bilingual
    public_url: Text = ""
    feedback: Text = ""
    dossiers: DossierInfo | None = None
    """None: this office has no look-up of dossiers."""
    best_time: tuple[BestTime, ...] = ()
    """When to come: today's quiet hours still to come, else the next open day's; empty is "not known"."""


class ServiceState(State):
    service: Id
    open: bool
    why_closed: Literal["", "out_of_hours", "service_closed", "quota_reached", "numbers_exhausted"] = ""
    reason: Bilingual = Bilingual(vi="")
    reopens_at: Instant | None = None
    closes_at: Instant | None = None
    """When it stops giving numbers today: for who has to know it while the server is away."""
    waiting: int
    people_ahead: int
    """Tickets that a newcomer of the ordinary class would find before them."""
    next_number: Text = ""
    wait: Wait | None = None
    """For a newcomer; None is "not known"."""
    stranded: bool = False
    """Somebody waits and no signed-on counter takes the service."""


class WithinTarget(Message):
    """Share (of 1) of today's served and abandoned visits that were called within so many minutes."""

    minutes: float
    share: float


class ServiceFigures(Message):
    """Today's visits that began with a service; None is "no data"."""

    service: Id
    n: int
    mean_s: float | None = None
    p90_s: float | None = None
    abandoned: int = 0
    no_show: int = 0


class FiguresState(State):
    """Today so far, as on the manager's page: visits that are over, and who is in the hall now.

    Show `mean_s` together with `hall`: at a peak the mean of those already called is too low.
    """

    day: Text
    """ISO local date."""
    waiting: int
    hall: Wait | None = None
    """The predicted mean wait of everyone who is in the hall; None is "not known"."""
    n: int
    """Visits in the mean."""
    mean_s: float | None = None
    p50_s: float | None = None
    p90_s: float | None = None
    within: tuple[WithinTarget, ...] = ()
    abandoned: int = 0
    no_show: int = 0
    services: tuple[ServiceFigures, ...] = ()


class CounterState(State):
    counter: Id
    state: Literal["unstaffed", "closed", "idle", "calling", "serving", "paused"]
    number: Text = ""
    """The ticket called or in service."""
    called_at: Instant | None = None
    started_at: Instant | None = None
    calls: int = 0
    priority: bool = False
    language: str = "vi"
    pause_reason: Text = ""
    paused_until: Instant | None = None
    services: tuple[Id, ...]


class BoardCall(Message):
    """One call on a board. `call` is unique for every call and recall, so that it is announced once."""

    call: Text
    number: Text
    counter: Id
    counter_number: int
    called_at: Instant
    again: int = 0
    """0 for the first call, 1 for the first recall …"""
    language: str = "vi"
    priority: bool = False
    still_called: bool = True
    """The citizen has not come yet: shown as "now calling"."""


class BoardState(State):
    zone: Id
    calls: tuple[BoardCall, ...]
    """Newest first, at most 12, one entry a ticket and counter."""


class DeviceState(State):
    """Published by the device or its agent; `lost` is its will."""

    device: Id
    kind: Literal["kiosk", "printer", "scanner", "display", "speaker", "keypad", "agent"]
    state: Literal["ready", "degraded", "lost"]
    health: dict[str, str] = Field(default_factory=dict)
    """Such as paper = ok | near_end | out | unknown, cover = closed | open | unknown, firmware, error."""
    agent: Text = ""
    software: Text = ""


class Grant(State):
    """Numbers this kiosk may issue by itself while the server is away, valid for one local date."""

    kiosk: Id
    date: Text
    """ISO local date."""
    blocks: tuple[tuple[str, int, int, int], ...]
    """(series, digits, first, last) per series."""


class PrintJob(Message):
    """Not retained; published again until its outcome or its expiry."""

    id: Id
    ticket: Id
    """Whose slip it is; a dossier's slip is of no ticket and repeats the job's id here."""
    printer: Id
    slip: Slip | DossierSlip
    """Told apart by `kind`, which a ticket's slip does not have."""
    expires_at: Instant


class DeviceTest(Message):
    """Not retained: a person wants to see or hear that this device works.

    A printer prints a test slip, a counter display shows its pattern, a speaker plays its chime and a number.
    What came of it is in the device's state: `tested` (this id) and `test_result` of its health.
    """

    id: Id
    device: Id
    expires_at: Instant
