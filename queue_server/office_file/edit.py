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


def with_item(text: str, table: str, id_: str, fields: Mapping[str, Any], *, new: bool = False) -> str:
    """The text with these fields of the `[[table]]` entry whose id is `id_`.

    A field that is None is taken out, a mapping is changed inside; `new` adds the entry after the last of its
    kind. What is given is not checked here: check the result as any office file. Raises NotEditable.
    """
    document = _document(text)
    if table not in document:
        document[table] = tomlkit.aot()
    entries: Any = document[table]
    found = next((entry for entry in entries if entry.get("id") == id_), None)
    if new and found is None:
        found = tomlkit.table()
        found["id"] = id_
        entries.append(found)
    elif new or found is None:
        raise NotEditable(f"{table}: {id_}")
    _change(found, fields)
    return tomlkit.dumps(document)


def list_in(text: str, table: str, id_: str, key: str) -> list[str]:
    """A list of texts in the `[[table]]` entry `id_`, as it is written; empty when there is none."""
    entries = _document(text).get(table, ())
    return [str(v) for entry in entries if entry.get("id") == id_ for v in entry.get(key, ())]


def _change(table: Any, fields: Mapping[str, Any]) -> None:
    """Only what differs is touched, so that comments and layout stay."""
    for key, value in fields.items():
        if isinstance(value, Mapping):
            inner = table.get(key)
            if not isinstance(inner, Mapping):
                inner = tomlkit.inline_table()
                _change(inner, {"vi": table[key], **value} if key in table else value)
                if inner:
                    table[key] = inner
                continue
            _change(inner, value)
            if not inner:
                del table[key]
        elif value is None:
            if key in table:
                del table[key]
        elif table.get(key) != value:
            table[key] = value


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
