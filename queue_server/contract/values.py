"""Small values that several messages share."""

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
"""An opaque id, also usable as a topic level."""
Instant = AwareDatetime
Text = Annotated[str, StringConstraints(max_length=400)]
LongText = Annotated[str, StringConstraints(max_length=2000)]


class Message(BaseModel):
    """Base of every message: unknown fields are ignored, missing ones refused, values are frozen."""

    model_config = ConfigDict(extra="ignore", frozen=True)


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
    zone: str = "Asia/Ho_Chi_Minh"


def expired(expires_at: datetime | None, now: datetime) -> bool:
    """Whether a message with a life is too old to act on."""
    return expires_at is not None and now > expires_at
