"""Changing one thing in the text of an office file, its comments and everything else left as they are."""

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from queue_server.office_file.parse import WEEKDAYS_VI


class NotEditable(ValueError):
    """The text is not an office file that can be changed in place; change it in an editor."""


def has_seasons(text: str) -> bool:
    """Whether the hours are in seasons of the year, which have no form."""
    return bool(_hours(_document(text)).get("season"))


def holidays_in(text: str) -> list[str]:
    """The holidays as they are written: "01/01/2027" or "05/02/2027 - 09/02/2027"."""
    return [str(day) for day in _hours(_document(text)).get("holidays", [])]


def with_hours(text: str, week: Mapping[int, Sequence[str]], holidays: Sequence[str]) -> str:
    """The text with this week (weekday from Monday = 0 → "07:30-11:30" …) and these holidays.

    What is given is not checked here: check the result as any office file. Raises NotEditable.
    """
    document = _document(text)
    hours = _hours(document)
    table = tomlkit.inline_table()
    for weekday in sorted(week):
        if week[weekday]:
            table[WEEKDAYS_VI[weekday]] = list(week[weekday])
    if "week" in hours:
        del hours["week"]
    hours["week"] = table
    if list(holidays) != holidays_in(text):
        days = tomlkit.array()
        days.extend(holidays)
        hours["holidays"] = days.multiline(bool(holidays))
    return tomlkit.dumps(document)


def _document(text: str) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text)
    except TOMLKitError as problem:
        raise NotEditable(str(problem)) from problem


def _hours(document: tomlkit.TOMLDocument) -> Any:
    hours = document.get("hours")
    if hours is None:
        raise NotEditable("the file has no [hours]")
    return hours
