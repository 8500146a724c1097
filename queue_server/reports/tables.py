"""PURE: a report as tables, in Vietnamese or English: the same for XLSX, PDF and CSV. Waits in minutes."""

from collections.abc import Callable, Iterable, Mapping

from queue_server.domain.office_config import ServiceClass, Words
from queue_server.domain.ticket import Channel
from queue_server.reports import cells as c
from queue_server.reports.cells import Cell, Column, Figure, Table
from queue_server.reports.quality import quality
from queue_server.reports.report import Report, Verdict, came, open_hours, per_open_hour
from queue_server.waits.figures import Figures
from queue_server.waits.groups import Dimension
from queue_server.waits.period import Group
from queue_server.waits.tally import percentile

FEWEST_FOR_P90 = 5
BIN_MIN, LAST_BIN_MIN = 5, 60

CLASSES: Mapping[str, Words] = {
    ServiceClass.ORDINARY.value: Words("Thường", "Ordinary"),
    ServiceClass.APPOINTMENT.value: Words("Có hẹn", "Appointment"),
    ServiceClass.PRIORITY.value: Words("Ưu tiên", "Priority"),
}
CHANNELS: Mapping[str, Words] = {
    Channel.KIOSK.value: Words("Máy lấy số", "Kiosk"),
    Channel.GREETER.value: Words("Quầy Hướng dẫn", "Reception"),
    Channel.COUNTER.value: Words("Tại quầy", "At a counter"),
    Channel.APPOINTMENT.value: Words("Lịch hẹn", "Appointment"),
    Channel.OFFLINE.value: Words("Máy lấy số khi mất kết nối", "Kiosk, offline"),
}
WEEKDAYS = (
    *(Words("Thứ Hai", "Monday"), Words("Thứ Ba", "Tuesday"), Words("Thứ Tư", "Wednesday")),
    *(Words("Thứ Năm", "Thursday"), Words("Thứ Sáu", "Friday"), Words("Thứ Bảy", "Saturday")),
    Words("Chủ nhật", "Sunday"),
)
VERDICTS: Mapping[Verdict, Words] = {
    Verdict.NO_DATA: Words("Chưa có số liệu", "No data"),
    Verdict.MET_ESTABLISHED: Words("Đạt, đã khẳng định", "Met, established"),
    Verdict.MET: Words("Đạt, chưa khẳng định", "Met, not established"),
    Verdict.MISSED: Words("Chưa đạt, chưa khẳng định", "Missed, not established"),
    Verdict.MISSED_ESTABLISHED: Words("Chưa đạt, đã khẳng định", "Missed, established"),
}
Say = Callable[[str, str], str]


def tables(report: Report, language: str) -> tuple[Table, ...]:
    """Every table that the report has something for, in the order of reading."""

    def _(vi: str, en: str) -> str:
        return en if language == "en" else vi

    split = report.split
    found = [
        summary(report, _),
        _compliance(report, language, _),
        _distribution(report, _),
        _groups(report, "trend", _("Theo thời gian", "Over time"), _("Kỳ", "Period"), report.trend, _),
        _groups(
            report, "hours", _("Theo giờ lấy số", "By hour of issue"), _("Giờ", "Hour"),
            split[Dimension.HOUR], _,
        ),
        _groups(
            report, "weekdays", _("Theo thứ trong tuần", "By weekday"), _("Thứ", "Weekday"),
            split[Dimension.WEEKDAY], _,
        ),
        _groups(
            report, "services", _("Theo việc", "By service"), _("Việc", "Service"),
            split[Dimension.SERVICE], _,
        ),
        _groups(
            report, "groups", _("Mức phục vụ theo nhóm việc", "Service level by group"), _("Nhóm", "Group"),
            split[Dimension.GROUP], _,
        ),
        _groups(
            report, "agencies", _("Theo cơ quan", "By agency"), _("Cơ quan", "Agency"),
            split[Dimension.AGENCY], _,
        ),
        _groups(
            report, "classes", _("Theo đối tượng", "By class"), _("Đối tượng", "Class"),
            (*split[Dimension.CLASS], *split[Dimension.PRIORITY_GROUP]), _,
        ),
        _groups(
            report, "channels", _("Theo nơi lấy số", "By place of issue"), _("Nơi lấy số", "Place"),
            split[Dimension.CHANNEL], _,
        ),
        _work(report, "counters", _("Theo quầy", "By counter"), _("Quầy", "Counter"),
              split[Dimension.COUNTER], _),
        _work(report, "officers", _("Theo công chức", "By officer"), _("Công chức", "Officer"),
              split.get(Dimension.OFFICER, ()), _),
        _told(report, _),
        _dossiers(report, _),
        quality(report, language),
    ]  # fmt: skip
    return tuple(table for table in found if table.rows)


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
        c.minutes(_enough(f, f.p90_s)),
        c.minutes(_enough(f, f.p95_s)),
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


def _enough(figures: Figures, value: float | None) -> float | None:
    """A high percentile, None where too few visits carry it."""
    return value if figures.n >= FEWEST_FOR_P90 else None


def _compliance(report: Report, language: str, _: Say) -> Table:
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


def _distribution(report: Report, _: Say) -> Table:
    """Served visits by wait in bins of five minutes, and those who left; shares add up over both."""
    group = report.office
    counts = [0] * (LAST_BIN_MIN // BIN_MIN + 1)
    for second, number in group.total.seconds.items():
        counts[min(max(-(-second // (BIN_MIN * 60)) - 1, 0), len(counts) - 1)] += number
    everybody = group.figures.n + group.figures.abandoned
    rows: list[tuple[Cell, ...]] = []
    reached = 0
    for place, number in enumerate(counts):
        reached += number
        high = (place + 1) * BIN_MIN
        name = f"{place * BIN_MIN}–{high}" if high <= LAST_BIN_MIN else f"> {LAST_BIN_MIN}"
        rows.append((name, c.count(number), c.part(number, everybody), c.part(reached, everybody)))
    left = group.figures.abandoned
    rows.append((_("Bỏ về", "Left"), c.count(left), c.part(left, everybody), Figure(None, share=True)))
    columns = (
        Column(_("Chờ (phút)", "Wait (min)"), number=False),
        Column(_("Lượt", "Visits")),
        Column(_("Phần", "Share")),
        Column(_("Cộng dồn", "Up to here")),
    )
    title = _("Phân bố thời gian chờ", "Distribution of waits")
    return Table("distribution", title, columns, tuple(rows) if everybody else ())


def _groups(report: Report, key: str, title: str, first: str, groups: Iterable[Group], _: Say) -> Table:
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
        c.minutes(_enough(f, f.p90_s)),
        c.minutes(_enough(f, f.p95_s)),
        *(c.share(f.share_within.get(target)) for target in report.targets),
        c.share(f.share_over_60),
        c.count(f.abandoned),
        c.count(f.no_show),
        c.count(f.cancelled),
        c.minutes(f.mean_open_s),
        c.minutes(f.worst_case_mean_s),
    )


def _work(report: Report, key: str, title: str, first: str, groups: Iterable[Group], _: Say) -> Table:
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
        f, work, opened = group.figures, group.total.work, open_hours(group)
        idle = work.get("idle", 0) / 3.6e9
        rows.append(
            (
                name_of(report, group.key, key, _),
                c.count(f.n),
                c.minutes(f.mean_s),
                c.count(group.total.service_n),
                c.minutes(f.walk_mean_s),
                c.minutes(f.service_mean_s),
                c.hours(opened),
                c.hours(per_open_hour(group)),
                c.share(1 - idle / opened if opened else None),
                c.hours(idle if work else None),
                c.hours(work.get("paused", 0) / 3.6e9 if work else None),
            )
        )
    note = _(
        "Không dùng riêng các con số này để đánh giá người: việc khó, việc dễ khác nhau.",
        "Not for judging people by itself: services differ.",
    )
    return Table(key, title, columns, tuple(rows), note if key == "officers" else "")


def _told(report: Report, _: Say) -> Table:
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
        total, n = group.total, group.total.told_n
        if n:
            rows.append(
                (
                    name,
                    c.count(n),
                    c.share(total.told_held / n),
                    c.share(total.told_kept / n),
                    Figure(total.told_off_us / n / 6e7),
                    c.minutes(percentile(total.told_seconds, 90)),
                    Figure(total.told_us / n / 6e7, signed=True),
                )
            )
    note = _("Mong muốn: 80 % nằm trong khoảng đã báo.", "Wanted: 80% within the range told.")
    return Table("told", _("Chất lượng dự báo", "Prediction quality"), columns, tuple(rows), note)


def _dossiers(report: Report, _: Say) -> Table:
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


def name_of(report: Report, key: str, table: str, _: Say) -> str:
    """A group's name as the office file has it; its key where that is gone."""
    config = report.config

    def words(w: Words) -> str:
        return _(w.vi, w.in_("en"))

    match table:
        case "services":
            return next((f"{s.letter} · {words(s.name)}" for s in config.services if s.id == key), key)
        case "groups":
            return next((words(name) for id_, name in config.groups if id_ == key), key)
        case "agencies":
            return next((words(a.name) for a in config.agencies if a.id == key), key)
        case "counters":
            return next((words(c_.name) for c_ in config.counters if c_.id == key), key)
        case "officers":
            return (report.officers or {}).get(key) or _("(đã xoá)", "(gone)")
        case "classes":
            groups = {str(p.id): p.name for p in config.priority_groups}
            return words(CLASSES.get(key) or groups.get(key) or Words(key))
        case "channels":
            return words(CHANNELS.get(key, Words(key)))
        case "hours":
            return _(f"{int(key)}h–{int(key) + 1}h", f"{key}:00–{int(key) + 1:02d}:00")
        case "weekdays":
            return words(WEEKDAYS[int(key)])
        case "trend":
            return trend_name(key, _)
    return key


def trend_name(key: str, _: Say) -> str:
    """ "01/11" of a day, "11/2026" of a month, "Tuần 47/2026" of a week."""
    if len(key) == 10:
        return f"{key[8:]}/{key[5:7]}"
    if key[4:6] == "-W":
        return _(f"Tuần {key[6:]}/{key[:4]}", f"Week {key[6:]}/{key[:4]}")
    if key[4:6] == "-Q":
        return _(f"Quý {key[6:]}/{key[:4]}", f"{key[5:]}/{key[:4]}")
    if len(key) == 7:
        return f"{key[5:]}/{key[:4]}"
    return key
