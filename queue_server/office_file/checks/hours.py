"""PURE: timetables: weekdays, sessions that overlap, seasons with gaps, holidays and make-up days."""

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from queue_server.domain.hours import Season
from queue_server.office_file.config.parts import holidays, seasons
from queue_server.office_file.parse import WEEKDAYS, WEEKDAYS_VI, weekdays
from queue_server.office_file.problems import KeyPath, Mistake, did_you_mean
from queue_server.office_file.read import Draft
from queue_server.office_file.sections.base import Week
from queue_server.office_file.sections.hours import HoursSection, ServiceHours

_LEAP_YEAR = 2024
_USUAL_ZONES = ("Asia/Ho_Chi_Minh", "Asia/Bangkok", "Asia/Vientiane", "Asia/Phnom_Penh", "UTC")


def hours_mistakes(draft: Draft) -> Iterator[Mistake]:
    if "office" not in draft.broken:
        yield from _timezone(draft.file.office.timezone)
    if "hours" not in draft.broken:
        yield from _timetable(draft.file.hours, ("hours",))
        yield from _make_up_days(draft.file.hours)
    for service in draft.file.service:
        if service.hours is not None:
            yield from _timetable(service.hours, ("service", service.at, "hours"))


def _timezone(name: str) -> Iterator[Mistake]:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        yield Mistake(
            ("office", "timezone"),
            f'Không có múi giờ "{name}".',
            f'There is no time zone "{name}".',
            *did_you_mean(name, _USUAL_ZONES),
        )


def _timetable(hours: HoursSection | ServiceHours, at: KeyPath) -> Iterator[Mistake]:
    if hours.week and hours.season:
        yield Mistake(
            (*at, "week"),
            "Đã chia mùa thì giờ làm việc ghi trong từng mùa.",
            "With seasons the timetable stands in each season.",
            "Xoá week ở ngoài, hoặc xoá các mùa.",
            "Remove the week outside, or the seasons.",
        )
    if not hours.week and not hours.season and not hours.always_open:
        yield Mistake(
            (*at, "week"),
            "Chưa có giờ làm việc nào.",
            "There are no opening hours.",
            'Thêm week.t2-t6 = ["07:30-11:30", "13:00-17:00"].',
            'Add week.mon-fri = ["07:30-11:30", "13:00-17:00"].',
        )
    yield from _week(hours.week, (*at, "week"))
    for number, season in enumerate(hours.season):
        yield from _week(season.week, (*at, "season", number, "week"))
    if hours.season:
        yield from _whole_year(seasons(hours), at)


def _week(week: Week, at: KeyPath) -> Iterator[Mistake]:
    taken: dict[int, str] = {}
    for key, sessions in week.items():
        days = weekdays(key)
        if days is None:
            yield Mistake(
                (*at, key),
                f'"{key}" không phải là một thứ hay một khoảng thứ.',
                f'"{key}" is no weekday or span of weekdays.',
                "Viết t2-t6, t7, cn (hoặc mon-fri, sat, sun).",
                "Write mon-fri, sat, sun (or t2-t6, t7, cn).",
            )
            continue
        for day in days:
            if day in taken:
                yield Mistake(
                    (*at, key),
                    f'{WEEKDAYS_VI[day]} đã có giờ ở dòng "{taken[day]}".',
                    f'{WEEKDAYS[day]} has its hours in the line "{taken[day]}" already.',
                    "Mỗi thứ chỉ ghi một lần.",
                    "Give every weekday once.",
                )
                break
            taken[day] = key
        for number, session in enumerate(sessions):
            if any(session.start < other.end and other.start < session.end for other in sessions[:number]):
                yield Mistake(
                    (*at, key, number),
                    f"Buổi {session.start:%H:%M}-{session.end:%H:%M} chồng lên buổi khác.",
                    f"The session {session.start:%H:%M}-{session.end:%H:%M} overlaps another one.",
                    "Sửa giờ để các buổi nối tiếp nhau.",
                    "Change the times so that one session follows the other.",
                )


def _whole_year(seasons_: tuple[Season, ...], at: KeyPath) -> Iterator[Mistake]:
    """Every day of the year lies in exactly one season."""
    days = [date(_LEAP_YEAR, 1, 1) + timedelta(days=n) for n in range(366)]
    bare = next((d for d in days if not any(s.covers(d) for s in seasons_)), None)
    if bare is not None:
        yield Mistake(
            (*at, "season"),
            f"Ngày {bare:%d/%m} không thuộc mùa nào.",
            f"The day {bare:%d/%m} lies in no season.",
            "Ngày đầu của mùa sau phải liền ngày cuối của mùa trước.",
            "A season begins the day after the one before it ends.",
        )
    for number, season in enumerate(seasons_):
        shared = next(
            (d for d in days if season.covers(d) and any(s.covers(d) for s in seasons_[:number])), None
        )
        if shared is not None:
            yield Mistake(
                (*at, "season", number),
                f'Ngày {shared:%d/%m} thuộc cả mùa "{season.name}" và một mùa ở trên.',
                f'The day {shared:%d/%m} lies in the season "{season.name}" and in one above it.',
                "Sửa from hoặc to để hai mùa không chồng nhau.",
                "Change from or to so that the two do not overlap.",
            )


def _make_up_days(hours: HoursSection) -> Iterator[Mistake]:
    closed, seen = holidays(hours), set()
    timetable = seasons(hours)
    for number, extra in enumerate(hours.make_up_days):
        path: KeyPath = ("hours", "make_up_days", number)
        if extra.day in seen:
            yield Mistake(
                (*path, "day"),
                f"Ngày {extra.day:%d/%m/%Y} đã có trong danh sách làm bù.",
                f"{extra.day:%d/%m/%Y} is listed already.",
                "Xoá một dòng.",
                "Remove one of the two.",
            )
        if extra.day in closed:
            yield Mistake(
                (*path, "day"),
                f"Ngày {extra.day:%d/%m/%Y} vừa là ngày nghỉ vừa là ngày làm bù.",
                f"{extra.day:%d/%m/%Y} is both a holiday and a make-up day.",
                "Xoá ngày này khỏi một trong hai danh sách.",
                "Remove the day from one of the two lists.",
            )
        season = next((s for s in timetable if s.covers(extra.day)), None)
        if season is not None and not season.week[extra.follows]:
            yield Mistake(
                (*path, "follows"),
                f"Thời gian biểu {WEEKDAYS_VI[extra.follows]} không có giờ làm việc.",
                f"The timetable of {WEEKDAYS[extra.follows]} has no open hours.",
                'Ghi thứ được làm bù, như follows = "t2".',
                'Name the weekday it stands for, as in follows = "mon".',
            )
        seen.add(extra.day)
