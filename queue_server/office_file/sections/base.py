"""What every section is made of: tables that refuse unknown keys, texts in two languages, days and clocks."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, PrivateAttr

from queue_server.domain.hours import Session
from queue_server.office_file.parse import (
    as_words,
    parse_clock,
    parse_clock_or_empty,
    parse_day,
    parse_day_of_year,
    parse_days,
    parse_session,
    parse_weekday,
)


class Section(BaseModel):
    """A table of the file. Unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=False)


class Placed(Section):
    """One of an array of tables; `at` is its place in the file, from 0."""

    _at: int = PrivateAttr(default=-1)

    @property
    def at(self) -> int:
        return self._at

    def put_at(self, place: int) -> None:
        self._at = place


class Item(Placed):
    id: str = Field(min_length=1)


class TextTable(Section):
    vi: str = Field(min_length=1)
    en: str = ""


Text = Annotated[TextTable, BeforeValidator(as_words)]
Day = Annotated[InstanceOf[date], BeforeValidator(parse_day)]
Days = Annotated[InstanceOf[tuple], BeforeValidator(parse_days)]  # type: ignore[type-arg]
DayOfYear = Annotated[InstanceOf[tuple], BeforeValidator(parse_day_of_year)]  # type: ignore[type-arg]
Clock = Annotated[str, BeforeValidator(parse_clock)]
ClockOrEmpty = Annotated[str, BeforeValidator(parse_clock_or_empty)]
Weekday = Annotated[int, BeforeValidator(parse_weekday)]
Sitting = Annotated[InstanceOf[Session], BeforeValidator(parse_session)]
Week = dict[str, list[Sitting]]
Language = Literal["vi", "en"]
