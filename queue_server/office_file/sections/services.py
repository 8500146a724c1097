"""[[service]], [[counter]] and what they belong to: agencies, groups, procedures, numbers, targets."""

from pydantic import Field

from queue_server.office_file.sections.base import Clock, Day, Item, Placed, Section, Text
from queue_server.office_file.sections.hours import ServiceHours


class AgencyItem(Item):
    name: Text


class GroupItem(Item):
    name: Text


class ProcedureItem(Section):
    code: str
    name: Text
    legal_days: int | None = Field(default=None, ge=0, le=999)
    papers: list[str] = Field(default=[], max_length=20)
    fee: int | None = Field(default=None, ge=0, le=10_000_000_000)
    unit: str = ""


class NumberSection(Section):
    prefix: str | None = None
    digits: int = Field(default=3, ge=1, le=6)
    first: int = Field(default=1, ge=0)
    last: int | None = Field(default=None, ge=1)


class NoteAfter(Section):
    time: Clock
    text: Text


class ServiceItem(Item):
    letter: str
    name: Text
    example: Text | None = None
    pictogram: str = "file-text"
    group: str | None = None
    agency: str | None = None
    expected_minutes: float = Field(default=10, gt=0, le=480)
    quota: int | None = Field(default=None, ge=1, le=9999)
    last_ticket_minutes: int = Field(default=0, ge=0, le=480)
    number: NumberSection = Field(default_factory=NumberSection)
    note_after: NoteAfter | None = None
    hours: ServiceHours | None = None
    procedures: list[ProcedureItem] = Field(default_factory=list)


class CounterItem(Item):
    number: int = Field(ge=1, le=999)
    name: Text
    services: list[str] = Field(min_length=1)
    zone: str | None = None


class PriorityGroupItem(Item):
    name: Text
    hint: Text | None = None
    pictogram: str = "hand-heart"


class TargetItem(Placed):
    minutes: float = Field(gt=0, le=480)
    name: Text
    scope: str = "office"
    valid_from: Day | None = None
    valid_to: Day | None = None
