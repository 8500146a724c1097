"""[[zone]], [[kiosk]], [[printer]] and every other device of the hall."""

from typing import Literal

from pydantic import Field

from queue_server.office_file.sections.base import Item, Section, Text


class ZoneItem(Item):
    name: Text


class KioskItem(Item):
    name: Text
    zone: str | None = None
    printer: str | None = None
    services: list[str] = Field(default_factory=list)
    readers: list[str] = Field(default_factory=list)


class PrinterItem(Item):
    name: Text
    url: str
    dots: Literal[576, 512, 384] = 576
    agent: str = "agent"
    fallback: str | None = None


class DisplayItem(Item):
    kind: Literal["hall", "counter"]
    zone: str | None = None
    counter: str | None = None


class LedItem(Item):
    counter: str
    url: str
    address: int = Field(default=1, ge=1, le=247)
    brightness: int = Field(default=80, ge=5, le=100)
    agent: str = "agent"


class KeypadItem(Item):
    counter: str
    url: str
    address: int = Field(default=1, ge=1, le=99)
    agent: str = "agent"


class SpeakerItem(Item):
    name: Text
    zone: str | None = None
    url: str
    agent: str = "agent"


class DevicesSection(Section):
    alert_after_minutes: float = Field(default=3, ge=0.5, le=240)
