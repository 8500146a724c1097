"""PURE: texts, zones and hours, the parts that several sections are built of."""

from datetime import date, timedelta

from queue_server.domain import ids
from queue_server.domain.hours import Hours, Season, Session
from queue_server.domain.words import Words
from queue_server.office_file.parse import weekdays
from queue_server.office_file.sections.base import TextTable, Week
from queue_server.office_file.sections.devices import ZoneItem
from queue_server.office_file.sections.hours import HoursSection, ServiceHours
from queue_server.office_file.sections.whole import OfficeFile

ONLY_ZONE = ZoneItem(id="sanh", name=TextTable(vi="Sảnh chờ", en="Waiting hall"))
"""The one zone of an office that declares none."""
ALL_YEAR = ((1, 1), (12, 31))


def words(text: TextTable | None) -> Words:
    return Words(text.vi, text.en) if text else Words("", "")


def zones(file: OfficeFile) -> list[ZoneItem]:
    return file.zone or [ONLY_ZONE]


def zone_of(file: OfficeFile, named: str | None) -> ids.ZoneId:
    return ids.ZoneId(named or zones(file)[0].id)


def seasons(hours: HoursSection | ServiceHours) -> tuple[Season, ...]:
    if hours.season:
        return tuple(Season(s.name, s.from_, s.to, week(s.week)) for s in hours.season)
    return (Season("", *ALL_YEAR, week(hours.week)),)


def week(given: Week) -> tuple[tuple[Session, ...], ...]:
    days: list[tuple[Session, ...]] = [()] * 7
    for key, sessions in given.items():
        for day in weekdays(key) or ():
            days[day] = tuple(sorted(sessions, key=lambda s: s.start))
    return tuple(days)


def holidays(hours: HoursSection) -> frozenset[date]:
    return frozenset(
        first + timedelta(days=n) for first, last in hours.holidays for n in range((last - first).days + 1)
    )


def office_hours(file: OfficeFile) -> Hours:
    """The office's own timetable; a service may have another one."""
    return Hours(
        zone=file.office.timezone,
        seasons=seasons(file.hours),
        holidays=holidays(file.hours),
        make_up_days=tuple((d.day, d.follows) for d in file.hours.make_up_days),
        always_open=file.hours.always_open,
    )
