"""The whole office file: which sections there are.

Meaning across sections is checked in `checks/`; docs/office-file.md describes each key.
"""

from typing import Any

from pydantic import BaseModel, Field

from queue_server.office_file.sections.base import Section
from queue_server.office_file.sections.calling import CallingSection, RulesSection
from queue_server.office_file.sections.devices import (
    DevicesSection,
    DisplayItem,
    KeypadItem,
    KioskItem,
    LedItem,
    PrinterItem,
    SpeakerItem,
    ZoneItem,
)
from queue_server.office_file.sections.dossiers import BookSection, DossiersSection, FormsSection
from queue_server.office_file.sections.hours import HoursSection
from queue_server.office_file.sections.office import (
    BrandSection,
    LanguagesSection,
    ListeningSection,
    OfficeSection,
    ServerSection,
    StaffSection,
)
from queue_server.office_file.sections.reports import ReportsSection
from queue_server.office_file.sections.services import (
    AgencyItem,
    CounterItem,
    GroupItem,
    PriorityGroupItem,
    ServiceItem,
    TargetItem,
)


class OfficeFile(Section):
    """The whole file; the attributes are the section names."""

    office: OfficeSection
    languages: LanguagesSection = Field(default_factory=LanguagesSection)
    brand: BrandSection = Field(default_factory=BrandSection)
    listening: ListeningSection = Field(default_factory=ListeningSection)
    server: ServerSection = Field(default_factory=ServerSection)
    hours: HoursSection
    agency: list[AgencyItem] = Field(default_factory=list)
    group: list[GroupItem] = Field(default_factory=list)
    service: list[ServiceItem]
    zone: list[ZoneItem] = Field(default_factory=list)
    counter: list[CounterItem]
    priority_group: list[PriorityGroupItem] = Field(default_factory=list)
    calling: CallingSection = Field(default_factory=CallingSection)
    rules: RulesSection = Field(default_factory=RulesSection)
    kiosk: list[KioskItem] = Field(default_factory=list)
    printer: list[PrinterItem] = Field(default_factory=list)
    display: list[DisplayItem] = Field(default_factory=list)
    led: list[LedItem] = Field(default_factory=list)
    keypad: list[KeypadItem] = Field(default_factory=list)
    speaker: list[SpeakerItem] = Field(default_factory=list)
    devices: DevicesSection = Field(default_factory=DevicesSection)
    staff: StaffSection = Field(default_factory=StaffSection)
    target: list[TargetItem] = Field(default_factory=list)
    dossiers: DossiersSection = Field(default_factory=DossiersSection)
    forms: FormsSection = Field(default_factory=FormsSection)
    book: BookSection = Field(default_factory=BookSection)
    reports: ReportsSection = Field(default_factory=ReportsSection)


def key_names(model: type[BaseModel]) -> dict[str, Any]:
    """Key as written in the file → its field."""
    return {field.alias or name: field for name, field in model.model_fields.items()}
