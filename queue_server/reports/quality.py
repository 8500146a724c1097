"""PURE: the notes on how far the figures can be trusted: clocks, outages, what people and the system did."""

from datetime import timedelta

from queue_server.reports import cells as c
from queue_server.reports.cells import Cell, Column, Figure, Table
from queue_server.reports.names import say
from queue_server.reports.report import Report
from queue_server.reports.wording import FLAGS
from queue_server.waits.groups import Dimension


def quality(report: Report, language: str) -> Table:
    """Every note, those of 0 too: that nothing happened is said."""

    _ = say(language)
    record, figures = report.record, report.figures
    offline = next((g for g in report.split[Dimension.CHANNEL] if g.key == "offline"), None)
    issued = 0
    if offline is not None:
        f = offline.figures
        issued = f.n + f.abandoned + f.no_show + f.cancelled
    visits, hours, times = _("lượt", "visits"), _("giờ", "h"), _("lần", "times")
    seconds = record.clock_stepped.total_seconds()
    rows: list[tuple[Cell, Cell, Cell]] = [
        (_("Số cấp khi máy lấy số mất kết nối", "Issued by kiosks offline"), c.count(issued), visits),
        (_("Máy lấy số mất kết nối, ít nhất", "Kiosks offline, at least"), _hours(record.offline), hours),
        (
            _("Máy chủ vắng trong giờ mở cửa, nhiều nhất", "Server away in open hours, at most"),
            _hours(record.server_away),
            hours,
        ),
        (_("Máy chủ khởi động", "Server starts"), c.count(record.starts), times),
        (_("Đồng hồ máy chủ được chỉnh", "Server's clock corrected"), c.count(record.clock_steps), times),
        (_("Tổng độ chỉnh đồng hồ", "Corrections together"), Figure(seconds), _("giây", "s")),
        (
            _("Khởi động khi đồng hồ chưa tin được", "Starts with a clock not believed"),
            c.count(record.clock_doubts),
            times,
        ),
        (
            _("Lượt do hệ thống kết thúc khi hết ngày", "Visits closed by the system"),
            c.count(record.ended_by_system),
            visits,
        ),
        (
            _("Ngày không ai khoá sổ, tự khoá lúc nửa đêm", "Days closed by midnight"),
            c.count(record.closed_by_turn),
            _("ngày", "days"),
        ),
        (
            _("Thiết bị báo lỗi", "Device faults reported"),
            c.count(sum(record.faults.values())),
            times,
        ),
        *(
            (words.in_(language), c.count(figures.flags.get(flag, 0)), visits)
            for flag, words in FLAGS.items()
        ),
        (
            _("Ngày chưa tính xong, chưa nằm trong số liệu", "Days still being made, not in the figures"),
            c.count(report.not_yet),
            _("ngày", "days"),
        ),
    ]
    columns = (
        Column(_("Ghi nhận", "Note"), number=False),
        Column(_("Số", "Number")),
        Column(_("Đơn vị", "Unit"), number=False),
    )
    note = _(
        "Các lượt này vẫn nằm trong số liệu, được nêu ra để người đọc tự đánh giá.",
        "These visits are in the figures; they are named so that a reader can judge.",
    )
    return Table("quality", _("Chất lượng số liệu", "Data quality"), columns, tuple(rows), note)


def _hours(spell: timedelta) -> Figure:
    return Figure(spell.total_seconds() / 3600)
