"""Small values that several messages share."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
"""An opaque id, also usable as a topic level."""
Instant = AwareDatetime
Text = Annotated[str, StringConstraints(max_length=400)]
LongText = Annotated[str, StringConstraints(max_length=2000)]


class Message(BaseModel):
    """Base of every message: unknown fields are ignored, missing ones refused, values are frozen.

    How a message is checked is compiled at its first use, so that a start waits for none it does not send.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)


def compile_messages() -> None:
    """What no message needed yet: else the first one of each kind would wait for it."""
    kinds: list[type[Message]] = [Message]
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        kind.model_rebuild()


class Bilingual(Message):
    vi: Text
    en: Text = ""


class Wait(Message):
    """A predicted wait in whole minutes: P10, median, P90, and the P80 that a promise may be made of."""

    low: Annotated[int, Field(ge=0)]
    median: Annotated[int, Field(ge=0)]
    high: Annotated[int, Field(ge=0)]
    promise: Annotated[int, Field(ge=0)]


class Slip(Message):
    """What is on a slip, as data: the printer's machine draws it."""

    office_name: Bilingual
    number: Annotated[str, StringConstraints(min_length=1, max_length=8)]
    service: Bilingual
    counters: tuple[int, ...] = ()
    people_ahead: Annotated[int, Field(ge=0)] = 0
    wait: Wait | None = None
    promise_at: Text = ""
    """Local `HH:MM` before which the citizen will probably be called."""
    issued_at: Instant
    local_date: Text
    """`20/11/2026`, and the weekday in words is the drawer's."""
    local_time: Text
    qr: Text = ""
    """The citizen's page, or the ticket code a kiosk reads."""
    qr_is_page: bool = False
    kiosk_name: Bilingual = Bilingual(vi="")
    priority: Bilingual | None = None
    note: Bilingual | None = None
    language: str = "vi"
    reprint: bool = False
    offline: bool = False
    """Given by a kiosk itself while the server was away: neither wait nor people ahead are known."""
    zone: str = "Asia/Ho_Chi_Minh"


class DossierSlip(Message):
    """A dossier's receipt, or what is to be completed, on 80 mm. It holds nobody's name, number or address.

    It travels over the broker and lies in a printer's tray, so the applicant is masked and free texts are
    veiled before they come here; the full form is the PDF that the officer prints and both sides sign.
    """

    kind: Literal["receipt", "guidance"]
    office_name: Bilingual
    title: Bilingual
    form: Text = ""
    """The form's number among the forms, such as `Mẫu số 03`."""
    form_number: Text = ""
    """This paper's own, such as `23/TNHS`."""
    code: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    procedure: LongText
    applicant: Text = ""
    """Masked: `N*** T** H****`."""
    received: Text = ""
    """Local `09:05 17/11/2026`; `due` likewise."""
    due: Text = ""
    legal_days: Annotated[int, Field(ge=0)] | None = None
    sets: Annotated[int, Field(ge=0)] = 0
    lines: tuple[LongText, ...] = Field(default=(), max_length=100)
    """Papers handed in, or what is to be completed, in the office's words."""
    result_place: LongText = ""
    register_place: Text = ""
    """`1/23`: book and line of the register."""
    contact: LongText = ""
    qr: LongText = ""
    """The signed address of the status page, or the bare code where the office has no public address."""
    qr_is_page: bool = False
    local_date: Text
    local_time: Text
    """When it was printed."""
    language: str = "vi"
    reprint: bool = False


def expired(expires_at: datetime | None, now: datetime) -> bool:
    """Whether a message with a life is too old to act on."""
    return expires_at is not None and now > expires_at
