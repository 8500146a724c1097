"""Which reports the office file wants made by themselves, and which are done: one small state file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from queue_server.domain.office_config import ReportRules
from queue_server.reports.period import Kind, Period, last_over, parse

STATE = "reports.json"
"""Beside the office's other books, in its directory."""
MOST_MISSED = 12
"""Periods of a kind that are caught up after the server was away."""


@dataclass(frozen=True)
class Done:
    """Period's key → when its files were written, when they were sent; instants as ISO text.

    An empty text under `mailed`: made to be sent, and not sent yet.
    """

    made: Mapping[str, str] = field(default_factory=dict)
    mailed: Mapping[str, str] = field(default_factory=dict)

    def with_made(self, period: Period, at: datetime, to_send: bool) -> "Done":
        waiting = {period.key: self.mailed.get(period.key, "")} if to_send else {}
        return Done({**self.made, period.key: at.isoformat()}, {**self.mailed, **waiting})

    def with_mailed(self, period: Period, at: datetime) -> "Done":
        return Done(self.made, {**self.mailed, period.key: at.isoformat()})


@dataclass(frozen=True, slots=True)
class Due:
    """A report to make (or to make again, when only its e-mail is missing); `mail`: to send too."""

    period: Period
    mail: bool


def due(rules: ReportRules, local: datetime, done: Done, first_day: date | None) -> list[Due]:
    """PURE: what is to be done at a local moment, the oldest first. Nothing of before the office's first day.

    A kind of which nothing was ever made begins with the latest period that is over; later ones that were
    missed are caught up.
    """
    found: list[Due] = []
    for name in rules.every:
        kind = Kind(name)
        begun = any(_is(key, kind) for key in done.made)
        period = last_over(kind, local.date())
        if f"{local:%H:%M}" < rules.at and (local.date() - period.days.last).days == 1:
            period = period.before()
            if not begun:
                continue
        for _ in range(MOST_MISSED if begun else 1):
            if first_day is None or period.days.last < first_day:
                break
            if period.key in done.made:
                break
            found.append(Due(period, bool(rules.mail.to)))
            period = period.before()
    if rules.mail.to:
        found += [Due(parse(key), True) for key, sent in done.mailed.items() if not sent]
    return sorted(found, key=lambda one: (one.period.days.last, one.period.days.days))


def read(directory: Path) -> Done:
    """What is done; nothing where the file is not there or cannot be read."""
    try:
        told = json.loads((directory / STATE).read_text(encoding="utf-8"))
        return Done(dict(told["made"]), dict(told["mailed"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Done()


def write(directory: Path, done: Done) -> None:
    """Whole or not at all. Raises OSError."""
    beside = directory / f"{STATE}.new"
    text = json.dumps({"made": dict(done.made), "mailed": dict(done.mailed)}, indent=1)
    beside.write_text(text, encoding="utf-8")
    beside.replace(directory / STATE)


def _is(key: str, kind: Kind) -> bool:
    shapes = {Kind.DAY: 10, Kind.WEEK: 8, Kind.MONTH: 7, Kind.QUARTER: 7, Kind.YEAR: 4}
    if len(key) != shapes.get(kind, -1):
        return False
    return ("-Q" in key) == (kind is Kind.QUARTER) if len(key) == 7 else True
