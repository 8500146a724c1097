"""Reads logs: the open CSV format of docs/waits-evaluate.md, and three published files as they are."""

import csv
import gzip
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from io import TextIOWrapper
from math import isfinite, nan
from pathlib import Path
from typing import BinaryIO, NoReturn, TextIO, cast

from queue_server.waits.log import Log, Visit, log_of

Row = dict[str, str]
Shown = dict[tuple[str, str, int], list[tuple[float, float, float]]]

BANK_CREDIT_S = 90.0
"""What the bank's rule gives callers of its priority 2 (the data set's own description)."""


class NotReadable(Exception):
    """A file that is no log: the sentence says which file and what to do."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.reason}"


@dataclass(slots=True)
class Read:
    """What the files held so far."""

    visits: list[Visit] = field(default_factory=list)
    shown: Shown = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)

    def log(self) -> Log:
        return log_of(self.visits, self.shown)


def read(files: Sequence[Path], calls: bool, progress: Callable[[int], None] = lambda rows: None) -> Read:
    """Every row of the files, plain or .gz; `progress` hears of rows read.

    `calls`: the log says who served and until when (format "calls"). Raises NotReadable.
    """
    found = Read()
    for file in files:
        try:
            with _open(file) as text:
                _read_file(file, text, calls, found, progress)
        except (OSError, EOFError, UnicodeDecodeError, csv.Error) as problem:
            raise NotReadable(
                f"{file}: cannot be read ({problem}): give a CSV file, plain or .gz."
            ) from problem
    if not found.visits:
        raise NotReadable("No ticket was read: see docs/waits-evaluate.md for the columns of a log.")
    return found


@contextmanager
def _open(file: Path) -> Iterator[TextIO]:
    with file.open("rb") as raw, gzip.open(raw) if file.suffix == ".gz" else raw as plain:
        yield TextIOWrapper(cast(BinaryIO, plain), encoding="utf-8-sig", newline="")


def _read_file(file: Path, text: TextIO, calls: bool, found: Read, progress: Callable[[int], None]) -> None:
    rows = csv.DictReader(text)
    header = frozenset(rows.fieldnames or ())
    reader = next((reader for needed, reader in _READERS if needed <= header), None)
    if reader is None:
        missing = ", ".join(sorted(_OPEN - header))
        raise NotReadable(f"{file}: columns {missing} are missing: see docs/waits-evaluate.md.")
    if calls and reader is _open_row and not header >= _OPEN_CALLS:
        missing = ", ".join(sorted(_OPEN_CALLS - header))
        raise NotReadable(f"{file}: --format calls needs columns {missing} too; or use --format tickets.")
    row: Row
    for count, row in enumerate(rows):
        if count % 2000 == 0:
            progress(2000)
        try:
            reader(row, found)
        except (ValueError, AttributeError) as problem:
            reason = str(problem) if isinstance(problem, ValueError) else "the row is too short"
            found.bad.append(BadRow(file.name, rows.line_num, reason))


def _open_row(row: Row, found: Read) -> None:
    issued = clock(row["issued"], "issued")
    called, left = _maybe(row, "called"), _maybe(row, "left")
    ended = _maybe(row, "ended")
    if called < issued or left < issued:
        raise ValueError("called or left before it was issued")
    if ended < called or (ended == ended and called != called):
        raise ValueError("ended before it was called")
    found.visits.append(
        Visit(
            (row.get("office") or "office").strip(),
            _text(row, "service"),
            _day(row["date"]),
            issued,
            called,
            left,
            ended,
            (row.get("counter") or "").strip(),
            _RANK[(row.get("class") or "ordinary").strip()]
            if (row.get("class") or "ordinary").strip() in _RANK
            else _bad(f"class {row['class']!r} is none of {', '.join(_RANK)}"),
            _number(row.get("credit_s") or "0", "credit_s"),
            int(_number(row.get("number") or "0", "number")),
        )
    )


def _warsaw_ticket(row: Row, found: Read) -> None:
    issued, called = _number(row["issue"], "issue") * 60, _number(row["call"], "call") * 60
    if called < issued:
        raise ValueError("called before it was issued")
    number = int(_number(row["k"], "k"))
    where = (_text(row, "office"), _text(row, "queue"), _day(row["date"]))
    found.visits.append(Visit(*where, issued, called, number=number))


def _warsaw_snapshot(row: Row, found: Read) -> None:
    where = (_text(row, "name"), _text(row, "idGrupy"), _day(row["date"]))
    seen = (
        clock(row["time"], "time"),
        _number(row["liczbaCzynnychStan"] or "nan", "liczbaCzynnychStan", may_be_nan=True),
        _number(row["czasObslugi"] or "nan", "czasObslugi", may_be_nan=True),
    )
    found.shown.setdefault(where, []).append(seen)


def _bank_call(row: Row, found: Read) -> None:
    """The call is arrival + time queued, which the file always holds; the start is missing in some rows."""
    issued, queued = _number(row["arrive_s"], "arrive_s"), _number(row["queued_s"], "queued_s")
    if queued < 0:
        raise ValueError("queued for less than nothing")
    if row["outcome"] not in ("AGENT", "HANG", "PHANTOM"):
        raise ValueError(f"outcome {row['outcome']!r} is none of AGENT, HANG, PHANTOM")
    rank = int(_number(row["priority"], "priority"))
    served, out = row["outcome"] == "AGENT", issued + queued
    agent = row["agent"].strip() if served and row["agent"] != "NO_SERVER" else ""
    found.visits.append(
        Visit(
            "bank",
            _text(row, "type"),
            _day(row["date"]),
            issued,
            called=out if served else nan,
            left=nan if served else out,
            ended=out + _number(row["service_s"], "service_s") if agent else nan,
            counter=agent,
            rank=rank,
            credit=BANK_CREDIT_S if rank == 2 else 0.0,
        )
    )


def clock(text: str, column: str) -> float:
    """Seconds after midnight of "HH:MM", "HH:MM:SS" or a plain number of seconds. Raises ValueError."""
    parts = text.strip().split(":")
    if len(parts) == 1:
        return _number(text, column)
    try:
        hours, minutes, seconds = (int(parts[0]), int(parts[1]), float(parts[2]) if len(parts) > 2 else 0.0)
    except ValueError:
        _bad(f"{column} {text!r} is not HH:MM:SS")
    if len(parts) > 3 or not (0 <= minutes < 60 and 0 <= seconds < 60 and hours >= 0):
        _bad(f"{column} {text!r} is not HH:MM:SS")
    return hours * 3600.0 + minutes * 60.0 + seconds


def _maybe(row: Row, column: str) -> float:
    text = (row.get(column) or "").strip()
    return clock(text, column) if text else nan


def _number(text: str, column: str, may_be_nan: bool = False) -> float:
    try:
        value = float(text)
    except ValueError:
        _bad(f"{column} {text!r} is not a number")
    if not isfinite(value) and not may_be_nan:
        _bad(f"{column} {text!r} is not a number")
    return value


def _day(text: str) -> int:
    try:
        return date.fromisoformat(text.strip()).toordinal()
    except ValueError:
        _bad(f"date {text!r} is not YYYY-MM-DD")


def _text(row: Row, column: str) -> str:
    text = row[column].strip()
    if not text:
        _bad(f"{column} is empty")
    return text


def _bad(reason: str) -> NoReturn:
    raise ValueError(reason)


_RANK = {"ordinary": 0, "appointment": 1, "priority": 2}
_OPEN = frozenset({"date", "service", "issued", "called"})
_OPEN_CALLS = frozenset({"ended", "counter"})
_READERS: tuple[tuple[frozenset[str], Callable[[Row, Read], None]], ...] = (
    (frozenset({"office", "queue", "date", "k", "issue", "call"}), _warsaw_ticket),
    (frozenset({"name", "time", "date", "idGrupy", "liczbaCzynnychStan", "czasObslugi"}), _warsaw_snapshot),
    (
        frozenset({"date", "type", "priority", "arrive_s", "queued_s", "service_s", "outcome", "agent"}),
        _bank_call,
    ),
    (_OPEN, _open_row),
)
