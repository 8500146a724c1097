"""[reports]: their heading and signature, when they are made and who gets them."""

from typing import Literal

from pydantic import Field

from queue_server.office_file.sections.base import Clock, Section


class MailSection(Section):
    to: list[str] = Field(default_factory=list)
    sender: str = Field(default="", max_length=254)
    server: str = ""
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_file: str = ""
    authority: str = ""


class ReportsSection(Section):
    superior: str = Field(default="", max_length=200)
    agency: str = Field(default="", max_length=300)
    number: str = Field(default="", max_length=60)
    place: str = Field(default="", max_length=80)
    authority: str = Field(default="", max_length=120)
    post: str = Field(default="", max_length=120)
    signer: str = Field(default="", max_length=120)
    recipients: list[str] = Field(default_factory=list)
    every: list[Literal["day", "week", "month", "quarter", "year"]] = Field(default_factory=list)
    at: Clock = "06:00"
    formats: list[Literal["pdf", "xlsx", "csv", "json"]] = Field(default=["pdf", "xlsx"])
    folder: str = Field(default="reports", min_length=1)
    edition: Literal["public", "inner"] = "public"
    language: Literal["vi", "en"] = "vi"
    mail: MailSection = Field(default_factory=MailSection)
