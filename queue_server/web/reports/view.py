"""The reports' page as finished strings: what is chosen, the hero's figures, tables and charts. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

from markupsafe import Markup

from queue_server.domain.office_config import OfficeConfig
from queue_server.reports import cells as c
from queue_server.reports.cells import Table, said
from queue_server.reports.charts import bars
from queue_server.reports.method import method
from queue_server.reports.pdf_file import short
from queue_server.reports.period import Kind, Period, around
from queue_server.reports.report import Report, Verdict
from queue_server.reports.sentences import sentences
from queue_server.reports.table_summary import VERDICTS
from queue_server.reports.tables import tables

KINDS = {
    Kind.DAY: ("Ngày", "Day"),
    Kind.WEEK: ("Tuần", "Week"),
    Kind.MONTH: ("Tháng", "Month"),
    Kind.QUARTER: ("Quý", "Quarter"),
    Kind.YEAR: ("Năm", "Year"),
}
FORMATS = ("pdf", "xlsx", "csv", "json")
SHOWN = (
    *("services", "compliance", "summary", "quality", "hours", "groups", "agencies", "counters"),
    *("officers", "told", "dossiers"),
)
"""Tables on the page, in this order; the files have the others too."""


def query(period: Period, what: str, edition: str = "") -> str:
    """As it stands in an address. `what` is empty, `service:<id>` or `agency:<id>`."""
    return urlencode({k: v for k, v in (("period", period.key), ("of", what), ("edition", edition)) if v})


def chooser(
    period: Period,
    what: str,
    edition: str,
    today: date,
    config: OfficeConfig,
    seen: frozenset[str],
    language: str,
) -> dict[str, object]:
    """The row above the figures: kinds of period, neighbours, whose visits, a range of one's own."""
    en = language == "en"
    anchor = min(period.days.last, today)
    after = _after(period)
    kinds = [
        {
            "name": words[1] if en else words[0],
            "to": "/reports?" + query(around(kind, anchor), what, edition),
            "here": kind is period.kind,
        }
        for kind, words in KINDS.items()
    ]
    scopes = [{"key": "", "name": "All" if en else "Tất cả", "here": not what}]
    scopes += [
        {"key": f"agency:{a.id}", "name": a.name.in_(language), "here": what == f"agency:{a.id}"}
        for a in config.agencies
        if any(s.agency == a.id and s.id in seen for s in config.services)
    ]
    scopes += [
        {
            "key": f"service:{s.id}",
            "name": f"{s.letter} · {s.name.in_(language)}",
            "here": what == f"service:{s.id}",
        }
        for s in config.services
        if s.id in seen
    ]
    return {
        "kinds": kinds,
        "title": period.title(language),
        "before": "/reports?" + query(period.before(), what, edition),
        "after": "/reports?" + query(after, what, edition) if after.days.first <= today else "",
        "first": period.days.first.isoformat(),
        "last": period.days.last.isoformat(),
        "today": today.isoformat(),
        "scopes": scopes,
        "key": period.key,
    }


def view(report: Report, language: str) -> dict[str, object]:
    f, en = report.figures, language == "en"
    found = {table.key: table for table in tables(report, language)}
    missed = [one for one in report.compliance if one.verdict in (Verdict.MISSED, Verdict.MISSED_ESTABLISHED)]
    return {
        "mean": said(c.minutes(f.mean_s), language) if f.mean_s is not None else "",
        "n": said(c.count(f.n), language),
        "interval": f"{said(c.minutes(f.ci_low_s), language)}–{said(c.minutes(f.ci_high_s), language)}"
        if f.ci_low_s is not None
        else "",
        "verdicts": [
            {
                "minutes": f"{one.target.minutes:g}",
                "met": one.verdict.met,
                "said": VERDICTS[one.verdict].in_(language),
                "name": one.target.name.in_(language),
            }
            for one in report.compliance
            if one.verdict is not Verdict.NO_DATA
        ],
        "missed": bool(missed),
        "facts": _facts(report, language),
        "sentences": sentences(report, language),
        "chart": _chart(report, found.get("trend"), language) or _chart(report, found.get("hours"), language),
        "chart_title": found["trend"].title
        if _drawn(found.get("trend"))
        else ("By hour" if en else "Theo giờ lấy số"),
        "tables": [_table(found[key], language) for key in SHOWN if key in found],
        "method": method(report, language),
        "days": said(c.count(report.office.days), language),
        "public": report.public,
        "not_yet": report.not_yet,
        "unfinished": report.unfinished,
    }


def _facts(report: Report, language: str) -> list[tuple[str, str]]:
    f, en = report.figures, language == "en"

    def say(seconds: float | None) -> str:
        return said(c.minutes(seconds), language)

    counted, enough = f.n + f.abandoned, f.n >= 5
    rows: list[tuple[str, str]] = [
        ("Open hours only" if en else "Chỉ tính giờ mở cửa", say(f.mean_open_s)),
        (
            "P50 · P90 · P95",
            f"{say(f.p50_s)} · {say(f.p90_s if enough else None)} · {say(f.p95_s if enough else None)}",
        ),
    ]
    rows += [
        (f"{'Within' if en else 'Chờ ≤'} {m:g} {'min' if en else 'phút'}", said(c.share(s), language))
        for m, s in f.share_within.items()
    ]
    left = said(c.part(f.abandoned, counted), language)
    missed = said(c.part(f.no_show, counted + f.no_show), language)
    rows += [
        ("Over 60 min" if en else "Chờ trên 60 phút", said(c.share(f.share_over_60), language)),
        ("Left" if en else "Bỏ về", f"{said(c.count(f.abandoned), language)} · {left}"),
        ("No-show" if en else "Vắng mặt", f"{said(c.count(f.no_show), language)} · {missed}"),
    ]
    return rows


def _table(table: Table, language: str) -> dict[str, object]:
    return {
        "key": table.key,
        "title": table.title,
        "note": table.note,
        "head": [
            {"name": table.columns[place].name, "number": table.columns[place].number}
            for place in table.on_paper
        ],
        "rows": [[said(row[place], language) if row[place] != "" else "" for place in table.on_paper]
                 for row in table.rows],
    }  # fmt: skip


def _drawn(table: Table | None) -> bool:
    return table is not None and len(table.rows) > 1


def _chart(report: Report, table: Table | None, language: str) -> Markup | None:
    if table is None or not _drawn(table):
        return None
    names = [short(str(row[0]).split("–")[0], len(table.rows)) for row in table.rows]
    means = [getattr(row[2], "value", None) for row in table.rows]
    tails = [getattr(row[6], "value", None) for row in table.rows]
    return Markup(bars(names, means, tails, report.targets, language, table.title))


def _after(period: Period) -> Period:
    if period.kind is Kind.RANGE:
        days = period.days
        long = timedelta(days=days.days)
        return Period(Kind.RANGE, type(days)(days.first + long, days.last + long))
    return around(period.kind, period.days.last + timedelta(days=1))


def scope_keys(config: OfficeConfig) -> Mapping[str, frozenset[str]]:
    """`service:<id>` and `agency:<id>` → services."""
    found = {f"service:{s.id}": frozenset({str(s.id)}) for s in config.services}
    for agency in config.agencies:
        mine = frozenset(str(s.id) for s in config.services if s.agency == agency.id)
        if mine:
            found[f"agency:{agency.id}"] = mine
    return found
