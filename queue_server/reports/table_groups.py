"""PURE: the report's tables of a row each group: waits, work, what was told; dossiers. Waits in minutes."""

from collections.abc import Iterable
from dataclasses import replace

from queue_server.reports import cells as c
from queue_server.reports.cells import Cell, Column, Figure, Table
from queue_server.reports.measures import busy, carried, hours_in, open_hours, per_open_hour, told
from queue_server.reports.names import Say, name_of
from queue_server.reports.report import Report, came
from queue_server.waits.groups import Dimension
from queue_server.waits.period import Group


def groups(report: Report, key: str, title: str, first: str, groups: Iterable[Group], _: Say) -> Table:
    columns = (
        Column(first, number=False),
        Column(_("Lượt", "Visits")),
        Column(_("Trung bình", "Mean")),
        Column(_("Khoảng tin cậy từ", "Interval from"), file_only=True),
        Column(_("Khoảng tin cậy đến", "Interval to"), file_only=True),
        Column("P50", file_only=True),
        Column("P90"),
        Column("P95", file_only=True),
        *(Column(f"≤ {target:g}") for target in report.targets),
        Column("> 60"),
        Column(_("Bỏ về", "Left")),
        Column(_("Vắng", "No-show")),
        Column(_("Huỷ", "Cancelled"), file_only=True),
        Column(_("Giờ mở cửa", "Open hours only"), file_only=True),
        Column(_("Kể cả bỏ về, vắng", "With left, missed"), file_only=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (name_of(report, g.key, key, _), *_measures(report, g)) for g in groups if came(g)
    ]
    return Table(key, title, columns, tuple(rows))


def _measures(report: Report, group: Group) -> tuple[Figure, ...]:
    f = group.figures
    return (
        c.count(f.n),
        c.minutes(f.mean_s),
        c.minutes(f.ci_low_s),
        c.minutes(f.ci_high_s),
        c.minutes(f.p50_s),
        c.minutes(carried(f, f.p90_s)),
        c.minutes(carried(f, f.p95_s)),
        *(c.share(f.share_within.get(target)) for target in report.targets),
        c.share(f.share_over_60),
        c.count(f.abandoned),
        c.count(f.no_show),
        c.count(f.cancelled),
        c.minutes(f.mean_open_s),
        c.minutes(f.worst_case_mean_s),
    )


def work(report: Report, key: str, title: str, first: str, groups: Iterable[Group], _: Say) -> Table:
    columns = (
        Column(first, number=False),
        Column(_("Lượt", "Visits")),
        Column(_("Chờ TB", "Mean wait")),
        Column(_("Chặng xong", "Legs done")),
        Column(_("Đi tới (phút)", "Walk (min)"), file_only=True),
        Column(_("Phục vụ (phút)", "Service (min)")),
        Column(_("Giờ mở", "Open, h")),
        Column(_("Chặng/giờ mở", "Legs/open h")),
        Column(_("Bận", "Busy")),
        Column(_("Rỗi (giờ)", "Idle, h"), file_only=True),
        Column(_("Nghỉ (giờ)", "Paused, h")),
    )
    rows = []
    for group in groups:
        f = group.figures
        rows.append(
            (
                name_of(report, group.key, key, _),
                c.count(f.n),
                c.minutes(f.mean_s),
                c.count(group.total.service_n),
                c.minutes(f.walk_mean_s),
                c.minutes(f.service_mean_s),
                c.hours(open_hours(group)),
                c.hours(per_open_hour(group)),
                c.share(busy(group)),
                c.hours(hours_in(group, "idle")),
                c.hours(hours_in(group, "paused")),
            )
        )
    note = _(
        "Không dùng riêng các con số này để đánh giá người: việc khó, việc dễ khác nhau.",
        "Not for judging people by itself: services differ.",
    )
    return Table(key, title, columns, tuple(rows), note if key == "officers" else "")


def told_waits(report: Report, _: Say) -> Table:
    """How good what was told at issue was."""
    columns = (
        Column(_("Việc", "Service"), number=False),
        Column(_("Đã báo", "Told")),
        Column(_("Đúng khoảng", "Within range")),
        Column(_("Gọi trước hẹn", "Promise kept")),
        Column(_("Sai số TB (phút)", "Mean error (min)")),
        Column(_("Sai số P90 (phút)", "P90 error (min)")),
        Column(_("Lệch (phút)", "Bias (min)")),
    )
    rows = []
    for name, group in (
        (_("Tất cả", "All"), report.office),
        *((name_of(report, g.key, "services", _), g) for g in report.split[Dimension.SERVICE]),
    ):
        was = told(group)
        if was.n:
            rows.append(
                (
                    name,
                    c.count(was.n),
                    c.share(was.within_range),
                    c.share(was.promise_kept),
                    c.minutes(was.mean_error_s),
                    c.minutes(was.p90_error_s),
                    replace(c.minutes(was.bias_s), signed=True),
                )
            )
    note = _("Mong muốn: 80 % nằm trong khoảng đã báo.", "Wanted: 80% within the range told.")
    return Table("told", _("Chất lượng dự báo", "Prediction quality"), columns, tuple(rows), note)


def dossiers(report: Report, _: Say) -> Table:
    """By the rule of QĐ 766/QĐ-TTg §2.1; nothing where no dossier is known."""
    whole = report.on_time_all
    columns = (
        Column(_("Lĩnh vực", "Field"), number=False),
        Column(_("Trước hạn", "Early")),
        Column(_("Đúng hạn", "On time")),
        Column(_("Quá hạn", "Late")),
        Column(_("Không rõ hạn", "No due date")),
        Column(_("Trước và đúng hạn", "Early or on time")),
    )
    rows: list[tuple[Cell, ...]] = []
    if report.on_time and whole is not None:
        for name, one in (*report.on_time.items(), (_("Tất cả", "All"), whole)):
            counts = (one.early, one.on_time, one.late, one.unknown)
            rows.append((name or "–", *(c.count(n) for n in counts), c.share(one.share)))
    title = _("Hồ sơ giải quyết xong trong kỳ", "Dossiers finished in the period")
    return Table("dossiers", title, columns, tuple(rows))
