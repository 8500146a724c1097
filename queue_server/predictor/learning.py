"""A night's learning: the journal's last days become rows and a model. Slow: for a process of its own."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from queue_server.domain.office_config import OfficeConfig
from queue_server.engine.ports import Recorded
from queue_server.waits.corrector import GROWTH, trees_of
from queue_server.waits.duty import DutyBook
from queue_server.waits.hall import RUNS
from queue_server.waits.measure import VisitBook
from queue_server.waits.model import Model, TooLittle, model_of
from queue_server.waits.ours import quiet
from queue_server.waits.rows import Rows, names_of_office, rows_of
from queue_server.waits.trees import Growth

DAYS = 60
"""Calendar days that are learnt from."""
MOST_ROWS = 20_000
"""Visits that are learnt from: the latest whole days."""


def first_day(today: date) -> date:
    """Of those learnt from."""
    return today - timedelta(days=DAYS)


def past_rows(events: Iterable[Recorded], config: OfficeConfig, before: date) -> Rows:
    """The rows of the days before `before`; `config` is the office's now, for its services and hours."""
    hours = config.hours
    book, duty = VisitBook(config), DutyBook(hours.day_of)
    for recorded in events:
        book.hear(recorded)
        duty.hear(recorded)
    visits = [visit for visit in book.all() if visit.day < before]
    of_day: dict[date, int] = {}
    for visit in visits:
        of_day[visit.day] = of_day.get(visit.day, 0) + 1
    kept: set[date] = set()
    total = 0
    for day in sorted(of_day, reverse=True):
        total += of_day[day]
        if total > MOST_ROWS and kept:
            break
        kept.add(day)
    return rows_of(
        [visit for visit in visits if visit.day in kept],
        {day: duty.stretches(day) for day in kept},
        names_of_office(config),
        config,
    )


def learn(
    rows: Rows,
    config: OfficeConfig,
    growth: Growth = GROWTH,
    runs: int = RUNS,
    progress: Callable[[int], None] = quiet,
) -> Model | TooLittle:
    """`progress` hears of `steps(rows)` steps."""
    names = names_of_office(config)
    return model_of(rows.log, names, rows.judged, rows.asked, config.calling, growth, runs, progress)


def steps(rows: Rows, growth: Growth = GROWTH) -> int:
    """Rows simulated and trees grown, twice."""
    return len(rows.log) + 2 * trees_of(growth)
