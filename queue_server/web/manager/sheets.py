"""The tables of the manager's page from the figures of their groups: for page, CSV and charts. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from queue_server.domain.hours import Hours
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.ticket import Told
from queue_server.domain.words import Words
from queue_server.reports.measures import bins, busy, carried, hours_in, open_hours, part, told
from queue_server.reports.spreadsheet import Value
from queue_server.waits.figures import Figures
from queue_server.waits.lengths import EVERY_S
from queue_server.waits.period import DayRange, Group
from queue_server.web.manager.sheet import Column, Sheet

_MEASURES = (
    Words("Lượt", "Visits"),
    Words("TB", "Mean"),
    Words("Khoảng tin cậy từ", "Interval from"),
    Words("Khoảng tin cậy đến", "Interval to"),
    Words("P50", "P50"),
    Words("P90", "P90"),
    Words("P95", "P95"),
    Words("> 60 phút", "> 60 min"),
    Words("Bỏ về", "Left"),
    Words("Vắng", "No-show"),
    Words("Huỷ", "Cancelled"),
    Words("Trung bình giờ mở cửa (phút)", "Open hours only (min)"),
    Words("Trung bình kể cả người bỏ về, vắng (phút)", "With those who left or missed (min)"),
)
_SHARES = frozenset({"> 60 phút"})
_FILE_ONLY = frozenset(words.vi for n, words in enumerate(_MEASURES) if n in (2, 3, 6, 10, 11, 12))
_COUNTS = frozenset({"Lượt", "Bỏ về", "Vắng", "Huỷ"})


def in_minutes(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 60


def p90_of(figures: Figures) -> float | None:
    """P90 in seconds, None where too few visits carry it."""
    return carried(figures, figures.p90_s)


def group_sheet(
    key: str,
    title: Words,
    first: Words,
    rows: Iterable[tuple[str, Group]],
    targets: Sequence[float],
    language: str,
) -> Sheet:
    """All figures that stand together, one row a group; waits in minutes."""
    within = [f"≤ {target:g} {'min' if language == 'en' else 'phút'}" for target in targets]
    columns = (
        Column(first.in_(language)),
        *(
            Column(
                words.in_(language),
                0 if words.vi in _COUNTS | _SHARES else 1,
                words.vi in _SHARES,
                words.vi in _FILE_ONLY,
            )
            for words in _MEASURES
        ),
        *(Column(name, 0, True) for name in within),
    )
    return Sheet(
        key,
        title.in_(language),
        columns,
        tuple((name, *_measures(group.figures, targets)) for name, group in rows),
    )


def _measures(figures: Figures, targets: Sequence[float]) -> tuple[Value, ...]:
    high = (p90_of(figures), carried(figures, figures.p95_s))
    seconds = (figures.mean_s, figures.ci_low_s, figures.ci_high_s, figures.p50_s, *high)
    return (
        figures.n,
        *(in_minutes(value) for value in seconds),
        figures.share_over_60,
        figures.abandoned,
        figures.no_show,
        figures.cancelled,
        in_minutes(figures.mean_open_s),
        in_minutes(figures.worst_case_mean_s),
        *(figures.share_within.get(target) for target in targets),
    )


def chart_sheet(
    key: str, title: Words, first: Words, rows: Iterable[tuple[str, Group | None]], language: str
) -> Sheet:
    """What a chart of means shows: visits, mean and P90 of each group."""
    columns = (
        Column(first.in_(language)),
        Column(Words("Lượt", "Visits").in_(language), 0),
        Column(Words("Trung bình", "Mean").in_(language), 1),
        Column("P90", 1),
    )
    return Sheet(
        key,
        title.in_(language),
        columns,
        tuple(
            (name, group.figures.n, in_minutes(group.figures.mean_s), in_minutes(p90_of(group.figures)))
            if group is not None
            else (name, 0, None, None)
            for name, group in rows
        ),
    )


def with_forecast(sheet: Sheet, hall: Told | None, language: str) -> Sheet:
    """The same with what is foretold for those in the hall as its last row."""
    if hall is None:
        return sheet
    name = Words("Dự báo", "Forecast").in_(language)
    return Sheet(sheet.key, sheet.title, sheet.columns, (*sheet.rows, (name, None, float(hall.median), None)))


def hours_shown(
    config: OfficeConfig, days: DayRange, until: datetime | None, known: Iterable[str]
) -> list[str]:
    """The local hours of the opening times (of today only those begun) and those with visits; of an office
    that never closes those from the first to the last with visits."""
    hours, with_visits = config.hours, set(known)
    found = set(with_visits)
    if hours.always_open and with_visits:
        return [f"{hour:02d}" for hour in range(int(min(with_visits)), int(max(with_visits)) + 1)]
    for ahead in range(min(days.days, 7)):
        for start, end in hours.spans(days.last - timedelta(days=ahead)):
            last = hours.local(end).hour + (hours.local(end).minute > 0) or 24
            found |= {f"{hour:02d}" for hour in range(hours.local(start).hour, last)}
    if until is not None:
        now = hours.local(until).hour
        found = {hour for hour in found if int(hour) <= now or hour in with_visits}
    return sorted(found)


def hour_name(hour: str, language: str) -> str:
    return f"{int(hour)}h" if language == "vi" else f"{hour}:00"


def distribution(group: Group, language: str) -> Sheet:
    """Served visits by wait in bins of five minutes, and those who left; shares add up over both."""
    left, everybody = group.figures.abandoned, group.figures.n + group.figures.abandoned
    rows: list[tuple[Value, ...]] = [(one.name, one.n, one.share, one.up_to_here) for one in bins(group)]
    rows.append((Words("Bỏ về", "Left").in_(language), left, part(left, everybody), None))
    columns = (
        Column(Words("Chờ (phút)", "Wait (min)").in_(language)),
        Column(Words("Lượt", "Visits").in_(language), 0),
        Column(Words("Phần", "Share").in_(language), 1, True),
        Column(Words("Cộng dồn", "Up to here").in_(language), 1, True),
    )
    title = Words("Phân bố thời gian chờ", "Distribution of waits")
    return Sheet("distribution", title.in_(language), columns, tuple(rows) if everybody else ())


def queue(group: Group, hours: Hours, language: str) -> Sheet:
    """People waiting at every five minutes, on average over the days with visits."""
    marks, days = group.total.lengths, max(group.days, 1)
    first, last = (min(marks), max(marks)) if marks else (0, -1)
    rows = tuple(
        (f"{mark * EVERY_S // 3600:02d}:{mark * EVERY_S % 3600 // 60:02d}", marks.get(mark, 0) / days)
        for mark in range(first, last + 1)
    )
    columns = (
        Column(Words("Lúc", "At").in_(language)),
        Column(Words("Người chờ", "Waiting").in_(language), 0 if days == 1 else 1),
    )
    title = Words("Số người chờ trong ngày", "People waiting over the day")
    return Sheet("queue", title.in_(language), columns, rows)


def work_sheet(
    key: str, title: Words, first: Words, rows: Iterable[tuple[str, Group]], language: str
) -> Sheet:
    """Walk and service times, and how counters or officers spent their time. Minutes."""
    columns = (
        Column(first.in_(language)),
        Column(Words("Lượt", "Visits").in_(language), 0),
        Column(Words("Chờ TB", "Wait").in_(language), 1),
        Column(Words("Xong", "Done").in_(language), 0),
        Column(Words("Đi tới", "Walk").in_(language), 1),
        Column(Words("Phục vụ", "Service").in_(language), 1),
        Column(Words("Bận", "Busy").in_(language), 0, True),
        Column(Words("Giờ mở", "Open, h").in_(language), 1),
        Column(Words("Rỗi", "Idle").in_(language), 0),
        Column(Words("Nghỉ", "Paused").in_(language), 0),
    )
    return Sheet(key, title.in_(language), columns, tuple((name, *_work(group)) for name, group in rows))


def _work(group: Group) -> tuple[Value, ...]:
    idle, paused = hours_in(group, "idle"), hours_in(group, "paused")
    return (
        group.figures.n,
        in_minutes(group.figures.mean_s),
        group.total.service_n,
        in_minutes(group.figures.walk_mean_s),
        in_minutes(group.figures.service_mean_s),
        busy(group),
        open_hours(group),
        None if idle is None else idle * 60,
        None if paused is None else paused * 60,
    )


def told_sheet(rows: Iterable[tuple[str, Group]], language: str) -> Sheet:
    """How good what was told at issue was. Errors in minutes."""
    columns = (
        Column(Words("Việc", "Service").in_(language)),
        Column(Words("Đã báo", "Told").in_(language), 0),
        Column(Words("Đúng khoảng", "Within range").in_(language), 0, True),
        Column(Words("Gọi trước hẹn", "Promise kept").in_(language), 0, True),
        Column(Words("Sai số TB", "Mean error").in_(language), 1),
        Column(Words("Sai số P90", "P90 error").in_(language), 1),
        Column(Words("Lệch", "Bias").in_(language), 1),
    )
    title = Words("Chất lượng dự báo", "Prediction quality")
    return Sheet("told", title.in_(language), columns, tuple((name, *_told(group)) for name, group in rows))


def _told(group: Group) -> tuple[Value, ...]:
    was = told(group)
    errors = (was.mean_error_s, was.p90_error_s, was.bias_s)
    return (was.n, was.within_range, was.promise_kept, *(in_minutes(error) for error in errors))
