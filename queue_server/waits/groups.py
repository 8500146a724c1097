"""Splitting visits by what people ask about: service, counter, officer, class, channel, hour, weekday."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from queue_server.domain.hours import Hours
from queue_server.waits.figures import VisitRecord


class Dimension(StrEnum):
    SERVICE = "service"
    """The first leg's."""
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
    MONTH = "month"


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value is not None))


KEYS: Mapping[Dimension, Callable[[VisitRecord, Hours], tuple[str, ...]]] = {
    Dimension.SERVICE: lambda v, _: (v.service,),
    Dimension.COUNTER: lambda v, _: _distinct(leg.counter for leg in v.legs),
    Dimension.OFFICER: lambda v, _: _distinct(leg.officer for leg in v.legs),
    Dimension.CLASS: lambda v, _: (v.service_class.value,),
    Dimension.PRIORITY_GROUP: lambda v, _: _distinct((v.priority_group,)),
    Dimension.CHANNEL: lambda v, _: (v.channel.value,),
    Dimension.KIOSK: lambda v, _: _distinct((v.kiosk,)),
    Dimension.HOUR: lambda v, hours: (f"{hours.local(v.issued_at).hour:02d}",),
    Dimension.WEEKDAY: lambda v, _: (str(v.day.weekday()),),
    Dimension.DAY: lambda v, _: (v.day.isoformat(),),
    Dimension.MONTH: lambda v, _: (f"{v.day:%Y-%m}",),
}
"""Dimension → the groups a visit belongs to; a test proves that every dimension is here."""


def grouped(
    visits: Iterable[VisitRecord], dimension: Dimension, hours: Hours
) -> dict[str, list[VisitRecord]]:
    """The visits by one dimension, groups in order of their first visit."""
    groups: dict[str, list[VisitRecord]] = {}
    for visit in visits:
        for key in KEYS[dimension](visit, hours):
            groups.setdefault(key, []).append(visit)
    return groups
