"""[office] and the server it runs on: names, languages, theme, addresses, staff."""

from typing import Literal

from pydantic import Field

from queue_server.office_file.sections.base import Language, Section, Text


class OfficeSection(Section):
    id: str = Field(min_length=1)
    name: Text
    short_name: Text | None = None
    timezone: str = "Asia/Ho_Chi_Minh"
    help_desk: Text | None = None
    feedback: str = ""
    public_url: str = ""


class LanguagesSection(Section):
    shown: list[Language] = Field(default=["vi", "en"])
    spoken: list[Language] = Field(default=["vi"])


class BrandSection(Section):
    theme: str = ""


class ListeningSection(Section):
    http: str = "127.0.0.1:8080"
    mqtt: str = "127.0.0.1:1883"
    tls_certificate: str = ""
    tls_key: str = ""
    tls_ca: str = ""


class ServerSection(Section):
    broker_url: str = ""
    database_url: str = ""
    retention_days: int = Field(default=1826, ge=1, le=36525)
    home_assistant: bool = False


Role = Literal["officer", "greeter", "supervisor", "manager", "administrator"]


class StaffSection(Section):
    second_factor: list[Literal["officer", "greeter", "supervisor", "manager", "administrator"]] = Field(
        default_factory=list
    )
