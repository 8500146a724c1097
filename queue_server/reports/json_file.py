"""A report as JSON for programs: seconds and shares in full, keys in English, names in both languages."""

import json
from dataclasses import asdict
from typing import Any

from queue_server.reports.measures import open_hours, per_open_hour
from queue_server.reports.method import method
from queue_server.reports.report import Report, busiest
from queue_server.waits.groups import Dimension
from queue_server.waits.period import Group

FORMAT = "motcua-report/1"


def json_file(report: Report, language: str = "vi") -> bytes:
    """Raises nothing; figures are those of `GET /api/v1/figures` of the same days."""
    return (json.dumps(document(report, language), ensure_ascii=False, indent=1) + "\n").encode()


def document(report: Report, language: str = "vi") -> dict[str, Any]:
    record = report.record
    return {
        "format": FORMAT,
        "office": str(report.config.id),
        "name": {"vi": report.config.name.vi, "en": report.config.name.in_("en")},
        "period": report.period.key,
        "from": report.period.days.first.isoformat(),
        "to": report.period.days.last.isoformat(),
        "made_at": report.at.isoformat(),
        "edition": "public" if report.public else "inner",
        "services": None if report.scope.services is None else sorted(report.scope.services),
        "unfinished": report.unfinished,
        "not_yet": report.not_yet,
        "figures": _group(report.office),
        "previous": _group(report.previous) if report.previous else None,
        "last_year": _group(report.last_year) if report.last_year else None,
        "targets": [
            {
                "minutes": one.target.minutes,
                "name": {"vi": one.target.name.vi, "en": one.target.name.in_("en")},
                "scope": one.target.scope,
                "verdict": one.verdict.value,
                "share_within": one.share,
                "days_met": one.days_met,
                "days": one.days,
            }
            for one in report.compliance
        ],
        "busiest_hours": [group.key for group in busiest(report.split[Dimension.HOUR])],
        "by": {by.value: [_group(group) for group in groups] for by, groups in report.split.items()},
        "officers": dict(report.officers) if report.officers is not None else None,
        "histogram": sorted(report.office.total.seconds.items()),
        "dossiers": None
        if report.on_time is None
        else {field: {**asdict(one), "share": one.share} for field, one in report.on_time.items()},
        "record": {
            **{
                key: value
                for key, value in asdict(record).items()
                if key not in ("clock_stepped", "kiosk_offline", "server_away")
            },
            "clock_stepped_s": record.clock_stepped.total_seconds(),
            "kiosk_offline_s": {k: spell.total_seconds() for k, spell in record.kiosk_offline.items()},
            "server_away_s": record.server_away.total_seconds(),
        },
        "method": [{"title": title, "text": text} for title, text in method(report, language)],
    }


def _group(group: Group) -> dict[str, Any]:
    f, total = group.figures, group.total
    return {
        "key": group.key,
        "days": group.days,
        "n": f.n,
        "mean_s": f.mean_s,
        "ci_low_s": f.ci_low_s,
        "ci_high_s": f.ci_high_s,
        "p50_s": f.p50_s,
        "p90_s": f.p90_s,
        "p95_s": f.p95_s,
        "share_within": [{"minutes": m, "share": s} for m, s in f.share_within.items()],
        "share_over_60": f.share_over_60,
        "abandoned": f.abandoned,
        "no_show": f.no_show,
        "cancelled": f.cancelled,
        "mean_open_s": f.mean_open_s,
        "worst_case_mean_s": f.worst_case_mean_s,
        "walk_mean_s": f.walk_mean_s,
        "service_mean_s": f.service_mean_s,
        "legs_served": total.service_n,
        "open_hours": open_hours(group),
        "legs_per_open_hour": per_open_hour(group),
        "flags": f.flags,
    }
