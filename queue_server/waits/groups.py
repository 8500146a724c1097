"""Splitting visits by what people ask about: service, counter, officer, class, channel, hour, weekday."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum

from queue_server.domain.hours import Hours
from queue_server.domain.office_config import OfficeConfig
from queue_server.waits.figures import VisitRecord


class Dimension(StrEnum):
    OFFICE = "office"
    """All together; the only key is ""."""
    AGENCY = "agency"
    """The agency of the first leg's service, as the office file has it now."""
    SERVICE = "service"
    """The first leg's."""
    GROUP = "group"
    """The group of the first leg's service, as the office file has it now."""
    COUNTER = "counter"
    """Every counter that called the visit; a visit of two counters stands in both."""
    OFFICER = "officer"
    CLASS = "class"
    PRIORITY_GROUP = "priority_group"
    CHANNEL = "channel"
    KIOSK = "kiosk"
    HOUR = "hour"
    """Local hour of issue, "07"."""
    WEEKDAY = "weekday"
    """"0" is Monday."""
    DAY = "day"
    WEEK = "week"
    """ISO: "2026-W47"."""
    MONTH = "month"
    QUARTER = "quarter"
    """"2026-Q4"."""
    YEAR = "year"


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value is not None))


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


CALENDAR: Mapping[Dimension, Callable[[date], str]] = {
    Dimension.WEEKDAY: lambda day: str(day.weekday()),
    Dimension.DAY: lambda day: day.isoformat(),
    Dimension.WEEK: _week,
    Dimension.MONTH: lambda day: f"{day:%Y-%m}",
    Dimension.QUARTER: lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
    Dimension.YEAR: lambda day: str(day.year),
}
"""Groups that a visit's local day decides."""

KEYS: Mapping[Dimension, Callable[[VisitRecord, Hours], tuple[str, ...]]] = {
    Dimension.OFFICE: lambda v, _: ("",),
    Dimension.SERVICE: lambda v, _: (v.service,),
    Dimension.COUNTER: lambda v, _: _distinct(leg.counter for leg in v.legs),
    Dimension.OFFICER: lambda v, _: _distinct(leg.officer for leg in v.legs),
    Dimension.CLASS: lambda v, _: (v.service_class.value,),
    Dimension.PRIORITY_GROUP: lambda v, _: _distinct((v.priority_group,)),
    Dimension.CHANNEL: lambda v, _: (v.channel.value,),
    Dimension.KIOSK: lambda v, _: _distinct((v.kiosk,)),
    Dimension.HOUR: lambda v, hours: (f"{hours.local(v.issued_at).hour:02d}",),
}
"""Groups that a visit itself decides."""


def of_services(config: OfficeConfig, dimension: Dimension) -> Mapping[str, str]:
    """Service → its agency or group, where it has one."""
    if dimension is Dimension.AGENCY:
        return {s.id: s.agency for s in config.services if s.agency is not None}
    return {s.id: s.group for s in config.services}


def keys_of(visit: VisitRecord, dimension: Dimension, hours: Hours, config: OfficeConfig) -> tuple[str, ...]:
    """The groups a visit belongs to."""
    if dimension in CALENDAR:
        return (CALENDAR[dimension](visit.day),)
    if dimension in KEYS:
        return KEYS[dimension](visit, hours)
    return _distinct((of_services(config, dimension).get(visit.service),))


def grouped(
    visits: Iterable[VisitRecord], dimension: Dimension, hours: Hours, config: OfficeConfig
) -> dict[str, list[VisitRecord]]:
    """The visits by one dimension, groups in order of their first visit."""
    groups: dict[str, list[VisitRecord]] = {}
    for visit in visits:
        for key in keys_of(visit, dimension, hours, config):
            groups.setdefault(key, []).append(visit)
    return groups
