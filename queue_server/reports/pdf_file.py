"""A report on A4 in the Vietnamese official layout: one HTML document for `queue_server.paper`."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from queue_server.paper.render import render_pdf
from queue_server.reports.cells import Table, said
from queue_server.reports.charts import bars, columns
from queue_server.reports.heading import heading, subject
from queue_server.reports.method import method
from queue_server.reports.report import Report
from queue_server.reports.sentences import sentences
from queue_server.reports.tables import tables

TEMPLATES = Path(__file__).resolve().parent / "templates"
MOST_WHOLE = 14
"""So many bars have their whole name under them."""
SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Kết quả chung", "Results", ("compliance", "summary", "distribution")),
    ("Theo thời gian", "Over time", ("trend", "hours", "weekdays")),
    (
        "Theo việc, nhóm, cơ quan và đối tượng",
        "By service, group, agency and class",
        ("services", "groups", "agencies", "classes", "channels"),
    ),
    ("Quầy và nhân sự", "Counters and staff", ("counters", "officers")),
    ("Dự báo, hồ sơ và chất lượng số liệu", "Predictions, dossiers, data quality",
     ("told", "dossiers", "quality")),
)  # fmt: skip


def pdf_file(report: Report, language: str) -> bytes:
    """Raises paper's PaperFailed. Blocks for a second or more: call it from a worker thread."""
    return render_pdf(page(report, language))


def page(report: Report, language: str) -> str:
    """The whole document; the heading and the signature block are always Vietnamese."""
    found = {table.key: table for table in tables(report, language)}
    en = language == "en"
    sections = [
        (en_title if en else vi, [found[key] for key in keys if key in found])
        for vi, en_title, keys in SECTIONS
    ]
    return _environment().get_template("report.html").render(
        lang=language,
        head=heading(report),
        subject=subject(report, language),
        sentences=sentences(report, language),
        sections=[(title, parts) for title, parts in sections if parts],
        charts=_charts(report, found, language),
        method=method(report, language),
        say=lambda cell: said(cell, language),
        en=en,
    )  # fmt: skip


def _charts(report: Report, found: dict[str, Table], language: str) -> dict[str, Markup]:
    """Table's key → its picture."""
    drawn = {}
    for key in ("trend", "hours"):
        table = found.get(key)
        if table is None or len(table.rows) < 2:
            continue
        shown = [row[0] for row in table.rows]
        means = [_number(row[2]) for row in table.rows]
        tails = [_number(row[6]) for row in table.rows]
        names = [str(name).split("–")[0] if key == "hours" else str(name) for name in shown]
        if key == "trend":
            names = [short(name, len(names)) for name in names]
        drawn[key] = Markup(bars(names, means, tails, report.targets, language, table.title))
    table = found.get("distribution")
    if table is not None:
        names = [str(row[0]) for row in table.rows]
        counts = [int(_number(row[1]) or 0) for row in table.rows]
        drawn["distribution"] = Markup(columns(names, counts, table.title, language))
    return drawn


def short(name: str, among: int) -> str:
    """A day's or week's name under its bar: without the month or the year where many stand side by side."""
    name = name.removeprefix("Tuần ").removeprefix("Week ")
    return name.partition("/")[0] if among > MOST_WHOLE else name


def _number(cell: object) -> float | None:
    return getattr(cell, "value", None)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["sheet"] = Markup((TEMPLATES / "report.css").read_text(encoding="utf-8"))
    return made
