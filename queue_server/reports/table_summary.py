"""PURE: the report's first tables: summary and comparison, targets, distribution. Waits in minutes."""

from collections.abc import Iterable, Mapping

from queue_server.domain.words import Words
from queue_server.reports import cells as c
from queue_server.reports.cells import Cell, Column, Figure, Table
from queue_server.reports.measures import bins, carried, open_hours, per_open_hour
from queue_server.reports.names import Say
from queue_server.reports.report import Report, Verdict
from queue_server.waits.period import Group

VERDICTS: Mapping[Verdict, Words] = {
    Verdict.NO_DATA: Words("Chưa có số liệu", "No data"),
    Verdict.MET_ESTABLISHED: Words("Đạt, đã khẳng định", "Met, established"),
    Verdict.MET: Words("Đạt, chưa khẳng định", "Met, not established"),
    Verdict.MISSED: Words("Chưa đạt, chưa khẳng định", "Missed, not established"),
    Verdict.MISSED_ESTABLISHED: Words("Chưa đạt, đã khẳng định", "Missed, established"),
}


def summary(report: Report, _: Say) -> Table:
    """The legal line and what stands with it, beside the period before and the same a year ago."""
    sides = [report.office, report.previous, report.last_year]
    lines = [dict(_lines(report, group, _)) if group is not None else {} for group in sides]
    rows = []
    for name, unit in _names(report, _):
        now = lines[0][name]
        before, year = lines[1].get(name), lines[2].get(name)
        rows.append(
            (
                name,
                now,
                unit,
                before or Figure(None, now.digits),
                c.change(now, before),
                year or Figure(None, now.digits),
                c.change(now, year),
            )
        )
    columns = (
        Column(_("Chỉ số", "Figure"), number=False),
        Column(_("Kỳ này", "This period")),
        Column(_("Đơn vị", "Unit"), number=False),
        Column(_("Kỳ trước", "Period before")),
        Column(_("Tăng, giảm", "Change")),
        Column(_("Cùng kỳ năm trước", "Same, last year")),
        Column(_("Tăng, giảm", "Change")),
    )
    return Table("summary", _("Tổng hợp và so sánh", "Summary and comparison"), columns, tuple(rows))


def _names(report: Report, _: Say) -> list[tuple[str, str]]:
    minute, visit = _("phút", "min"), _("lượt", "visits")
    within = [(_within(t, _), "") for t in report.targets]
    return [
        (_("Lượt giao dịch đã phục vụ", "Visits served"), visit),
        (_("Chờ trung bình mỗi lượt", "Mean wait per visit"), minute),
        (_("Khoảng tin cậy 95 %, từ", "95% interval from"), minute),
        (_("Khoảng tin cậy 95 %, đến", "95% interval to"), minute),
        (_("Chỉ tính giờ mở cửa", "Open hours only"), minute),
        (_("Một nửa chờ không quá (P50)", "Half wait no longer than (P50)"), minute),
        (_("9 trong 10 chờ không quá (P90)", "9 in 10 wait no longer than (P90)"), minute),
        (_("19 trong 20 chờ không quá (P95)", "19 in 20 wait no longer than (P95)"), minute),
        *within,
        (_("Chờ trên 60 phút", "Over 60 minutes"), ""),
        (_("Bỏ về", "Left"), visit),
        (_("Tỷ lệ bỏ về", "Share who left"), ""),
        (_("Vắng mặt khi gọi", "No-show"), visit),
        (_("Tỷ lệ vắng mặt", "Share of no-shows"), ""),
        (_("Huỷ", "Cancelled"), visit),
        (_("Trung bình kể cả người bỏ về, vắng mặt", "Mean with those who left or missed"), minute),
        (_("Đi tới quầy", "Walk to the counter"), minute),
        (_("Phục vụ tại quầy", "Service at the counter"), minute),
        (_("Giờ mở quầy", "Open counter-hours"), _("giờ", "h")),
        (_("Chặng phục vụ mỗi giờ mở quầy", "Legs served per open hour"), _("lượt/giờ", "per h")),
    ]


def _lines(report: Report, group: Group, _: Say) -> Iterable[tuple[str, Figure]]:
    f = group.figures
    counted, called = f.n + f.abandoned, f.n + f.abandoned + f.no_show
    values = [
        c.count(f.n),
        c.minutes(f.mean_s),
        c.minutes(f.ci_low_s),
        c.minutes(f.ci_high_s),
        c.minutes(f.mean_open_s),
        c.minutes(f.p50_s),
        c.minutes(carried(f, f.p90_s)),
        c.minutes(carried(f, f.p95_s)),
        *(c.share(_share(group, target)) for target in report.targets),
        c.share(f.share_over_60),
        c.count(f.abandoned),
        c.part(f.abandoned, counted),
        c.count(f.no_show),
        c.part(f.no_show, called),
        c.count(f.cancelled),
        c.minutes(f.worst_case_mean_s),
        c.minutes(f.walk_mean_s),
        c.minutes(f.service_mean_s),
        c.hours(open_hours(group)),
        c.hours(per_open_hour(group)),
    ]
    return ((name, value) for (name, _unit), value in zip(_names(report, _), values, strict=True))


def _share(group: Group, target: float) -> float | None:
    """Of a period in which the target did not hold too: from the histogram, as the figures module does."""
    known = group.figures.share_within.get(target)
    counted = group.figures.n + group.figures.abandoned
    if known is not None or not counted:
        return known
    return sum(n for second, n in group.total.seconds.items() if second <= target * 60) / counted


def _within(target: float, _: Say) -> str:
    return _(f"Chờ không quá {target:g} phút", f"Within {target:g} minutes")


def compliance(report: Report, language: str, _: Say) -> Table:
    rows = []
    for one in report.compliance:
        rows.append(
            (
                one.target.name.in_(language),
                Figure(one.target.minutes, 0 if one.target.minutes == int(one.target.minutes) else 1),
                c.minutes(report.figures.mean_s),
                VERDICTS[one.verdict].in_(language),
                c.share(one.share),
                c.count(one.days_met),
                c.count(one.days),
            )
        )
    columns = (
        Column(_("Mốc", "Target"), number=False),
        Column(_("Phút", "Minutes")),
        Column(_("Trung bình", "Mean")),
        Column(_("Kết luận", "Verdict"), number=False),
        Column(_("Lượt trong mốc", "Visits within")),
        Column(_("Ngày đạt", "Days met")),
        Column(_("Số ngày", "Days")),
    )
    note = _(
        "Đã khẳng định: cả khoảng tin cậy 95 % của trung bình nằm về một phía của mốc.",
        "Established: the whole 95% interval of the mean lies on that side of the target.",
    )
    return Table("compliance", _("Đạt mốc hay không", "Against the targets"), columns, tuple(rows), note)


def distribution(report: Report, _: Say) -> Table:
    """Served visits by wait in bins of five minutes, and those who left; shares add up over both."""
    group = report.office
    left, everybody = group.figures.abandoned, group.figures.n + group.figures.abandoned
    rows: list[tuple[Cell, ...]] = [
        (one.name, c.count(one.n), c.share(one.share), c.share(one.up_to_here)) for one in bins(group)
    ]
    rows.append((_("Bỏ về", "Left"), c.count(left), c.part(left, everybody), Figure(None, share=True)))
    columns = (
        Column(_("Chờ (phút)", "Wait (min)"), number=False),
        Column(_("Lượt", "Visits")),
        Column(_("Phần", "Share")),
        Column(_("Cộng dồn", "Up to here")),
    )
    title = _("Phân bố thời gian chờ", "Distribution of waits")
    return Table("distribution", title, columns, tuple(rows) if everybody else ())
