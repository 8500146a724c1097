"""An office with many past days behind it, made by the real rules and kept for the next run."""

import shutil
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

import sqlalchemy as sa

from queue_server.clock import SystemClock, new_id
from queue_server.office_dir import OfficeDir
from queue_server.office_file.load import load_office
from queue_server.storage.backup import TABLE_MODULES
from queue_server.storage.database import Database, sqlite_url
from tests.benchmarks.office import office_text

MARK = "made"
TESTS = Path(__file__).parents[1]


def past_office(cache: Path, events: int, say: Callable[[str], None]) -> Path:
    """A directory whose journal holds `events` events of past days; made once (minutes), kept in `cache`, and
    made anew when today's tables are not all there."""
    folder = cache / f"office-{events}"
    if (folder / MARK).exists() and _has_every_table(folder):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    if str(TESTS) not in sys.path:
        sys.path.append(str(TESTS))
    from fakes.many_days import A_DAY, fill  # the tests' packages stand beside this one

    OfficeDir(folder).prepare()
    office_file = folder / "office.toml"
    office_file.write_text(office_text(), "utf-8")
    say(f"making {events:,} events of past days, once")
    began = perf_counter()
    days = events // (2 * A_DAY) + 2

    def told(seq: int) -> None:
        if (seq // (2 * A_DAY)) % 25 == 0:
            say(f"{seq:,} events, {seq / (perf_counter() - began):,.0f} a second")

    fill(folder, events, new_id, told, load_office(office_file), _midday(SystemClock().now(), days))
    (folder / MARK).write_text(f"{events}\n")
    return folder


def _has_every_table(folder: Path) -> bool:
    """A past that was made while a migration was being written lacks what that one makes by now."""
    database = Database(sqlite_url(folder))
    try:
        there = set(sa.inspect(database.engine).get_table_names())
    finally:
        database.close()
    return {table.name for module in TABLE_MODULES for table in module.metadata.sorted_tables} <= there


def _midday(now: datetime, days_ago: int) -> datetime:
    return now.replace(hour=5, minute=0, second=0, microsecond=0) - timedelta(days=days_ago)
