"""PURE: what a row of a report's table is called, and how a sentence picks its language."""

from collections.abc import Callable

from queue_server.domain.words import Words
from queue_server.reports.report import Report
from queue_server.reports.wording import CHANNELS, CLASSES, WEEKDAYS

Say = Callable[[str, str], str]
"""(Vietnamese, English) → the one that is read."""


def say(language: str) -> Say:
    return lambda vi, en: en if language == "en" else vi


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
            return next((f"{c_.number} · {words(c_.name)}" for c_ in config.counters if c_.id == key), key)
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
