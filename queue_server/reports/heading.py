"""PURE: what stands above and below a report: agency, subject, place and day, signature, recipients."""

from dataclasses import dataclass
from datetime import datetime

from queue_server.reports.report import Report


@dataclass(frozen=True, slots=True)
class Heading:
    """The Vietnamese official layout; empty places are dotted lines or left out. Never translated."""

    superior: str
    agency: str
    number: str
    place_and_day: str
    title: str
    about: str
    authority: str
    post: str
    signer: str
    recipients: tuple[str, ...]


def heading(report: Report) -> Heading:
    config, rules = report.config, report.config.reports
    local: datetime = config.hours.local(report.at)
    place = rules.place or config.forms.place or "……………"
    return Heading(
        superior=rules.superior,
        agency=rules.agency or config.forms.agency or config.name.vi,
        number=rules.number or "…………",
        place_and_day=f"{place}, ngày {local.day:02d} tháng {local.month:02d} năm {local.year}",
        title="Báo cáo",
        about=_about(report, "vi"),
        authority=rules.authority,
        post=rules.post,
        signer=rules.signer,
        recipients=rules.recipients,
    )


def subject(report: Report, language: str) -> tuple[str, ...]:
    """The lines above the tables of a file: office, subject, edition, when it was made."""
    config = report.config
    local = config.hours.local(report.at)
    en = language == "en"
    edition = (
        ("Public edition: no officer is named." if en else "Bản công khai: không có tên công chức.")
        if report.public
        else ("Inner edition." if en else "Bản nội bộ.")
    )
    made = f"{'Made' if en else 'Lập lúc'} {local:%H:%M %d/%m/%Y}"
    lines = [config.name.in_(language), _about(report, language), f"{edition} {made}."]
    if report.unfinished:
        lines.append(
            "The period is not over: figures up to now."
            if en
            else "Kỳ chưa kết thúc: số liệu tính đến lúc lập."
        )
    return tuple(lines)


def _about(report: Report, language: str) -> str:
    en = language == "en"
    said = report.period.title(language)
    text = f"Waiting times, {said}" if en else f"Thời gian chờ của người dân, doanh nghiệp {said}"
    if report.scope.name is not None:
        text += f" · {report.scope.name.in_(language)}"
    return text


def file_name(report: Report, extension: str) -> str:
    """ASCII, without spaces: `bao-cao-2026-11.pdf`, `…-noi-bo` for an inner edition."""
    inner = "" if report.public else "-noi-bo"
    key = report.period.key.replace("..", "_")
    scope = "" if report.scope.services is None else "-" + "-".join(sorted(report.scope.services))[:60]
    return f"bao-cao-{key}{scope}{inner}.{extension}"
