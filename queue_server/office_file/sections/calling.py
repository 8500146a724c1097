"""[calling] and [rules]: who is called next, and what may be done with a ticket."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from queue_server.office_file.forbidden import check_rates, parse_policy, refuse_keys
from queue_server.office_file.sections.base import Section, Text


class CallingSection(Section):
    policy: Annotated[
        Literal["fifo", "strict", "interleaved", "accumulating", "short_first"], BeforeValidator(parse_policy)
    ] = "accumulating"
    ordinary_rate: float = Field(default=1.0, gt=0, le=100)
    appointment_rate: float = Field(default=1.6, gt=0, le=100)
    priority_rate: float = Field(default=2.5, gt=0, le=100)
    one_priority_per: int = Field(default=3, ge=1, le=50)
    rescue_after_minutes: float = Field(default=40, ge=1, le=120)

    @model_validator(mode="before")
    @classmethod
    def _no_forbidden_key(cls, section: object) -> object:
        return refuse_keys(section)

    @model_validator(mode="after")
    def _rates_in_order(self) -> "CallingSection":
        check_rates(self.ordinary_rate, self.appointment_rate, self.priority_rate)
        return self


class RulesSection(Section):
    come_back: Literal["keep", "end"] = "keep"
    come_back_within_minutes: float = Field(default=60, ge=0, le=720)
    come_back_times: int = Field(default=2, ge=0, le=20)
    overnight: Literal["abandon", "keep"] = "abandon"
    stranded: Literal["group", "any", "nobody"] = "group"
    undo_within_seconds: float = Field(default=10, ge=0, le=60)
    citizen_park_longest_minutes: float = Field(default=30, ge=1, le=480)
    citizen_hold_minutes: float = Field(default=5, ge=1, le=30)
    tickets_before_opening_minutes: float = Field(default=30, ge=0, le=240)
    pause_reasons: list[Text] | None = Field(default=None, min_length=1)
