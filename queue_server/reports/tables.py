"""PURE: a report as tables, in Vietnamese or English: the same for XLSX, PDF and CSV."""

from queue_server.reports.cells import Table
from queue_server.reports.names import say
from queue_server.reports.quality import quality
from queue_server.reports.report import Report
from queue_server.reports.table_groups import dossiers, groups, told_waits, work
from queue_server.reports.table_summary import compliance, distribution, summary
from queue_server.waits.groups import Dimension


def tables(report: Report, language: str) -> tuple[Table, ...]:
    """Every table that the report has something for, in the order of reading."""

    _, split = say(language), report.split
    found = [
        summary(report, _),
        compliance(report, language, _),
        distribution(report, _),
        groups(report, "trend", _("Theo thời gian", "Over time"), _("Kỳ", "Period"), report.trend, _),
        groups(
            report, "hours", _("Theo giờ lấy số", "By hour of issue"), _("Giờ", "Hour"),
            split[Dimension.HOUR], _,
        ),
        groups(
            report, "weekdays", _("Theo thứ trong tuần", "By weekday"), _("Thứ", "Weekday"),
            split[Dimension.WEEKDAY], _,
        ),
        groups(
            report, "services", _("Theo việc", "By service"), _("Việc", "Service"),
            split[Dimension.SERVICE], _,
        ),
        groups(
            report, "groups", _("Mức phục vụ theo nhóm việc", "Service level by group"), _("Nhóm", "Group"),
            split[Dimension.GROUP], _,
        ),
        groups(
            report, "agencies", _("Theo cơ quan", "By agency"), _("Cơ quan", "Agency"),
            split[Dimension.AGENCY], _,
        ),
        groups(
            report, "classes", _("Theo đối tượng", "By class"), _("Đối tượng", "Class"),
            (*split[Dimension.CLASS], *split[Dimension.PRIORITY_GROUP]), _,
        ),
        groups(
            report, "channels", _("Theo nơi lấy số", "By place of issue"), _("Nơi lấy số", "Place"),
            split[Dimension.CHANNEL], _,
        ),
        work(report, "counters", _("Theo quầy", "By counter"), _("Quầy", "Counter"),
              split[Dimension.COUNTER], _),
        work(report, "officers", _("Theo công chức", "By officer"), _("Công chức", "Officer"),
              split.get(Dimension.OFFICER, ()), _),
        told_waits(report, _),
        dossiers(report, _),
        quality(report, language),
    ]  # fmt: skip
    return tuple(table for table in found if table.rows)
