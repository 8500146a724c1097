"""Past days' figures made from the journal, and made again: one day, all that are stale, or every day."""

from collections.abc import Callable, Sequence
from datetime import date

from queue_server.storage.database import Database
from queue_server.storage.day_figures import SqlDayFigures
from queue_server.storage.history import History
from queue_server.waits.cells import Day, cells
from queue_server.waits.figures import VisitRecord
from queue_server.waits.measure import VisitBook
from queue_server.waits.work import WorkBook

Progress = Callable[[int, int], None]


def _nothing(_done: int, _all: int) -> None:
    return None


class NoOffice(Exception):
    """The journal has no office file at all, so there are no hours to measure by."""


def day_of(history: History, day: date, until_seq: int = 0) -> Day:
    """A local day measured from its journal, and from what became of its visits up to `until_seq`.

    Raises NoOffice, KeyError for a day that was never opened.
    """
    span = history.span(day)
    if span is None:
        raise KeyError(f"{day} was never opened")
    first, last = span
    config = history.config_before(first)
    book, work = VisitBook(config), WorkBook()
    hours = config.hours if config else None
    for recorded in history.between(first, None if last is None else max(last, until_seq)):
        book.hear(recorded)
        if last is None or recorded.seq <= last:
            hours = book.hours or hours
            work.hours = hours
            work.hear(recorded)
    if hours is None:
        raise NoOffice("the journal has no office file")
    return Day(day, book.visits(day), hours, work.counters, work.officers)


def visits_of(database: Database, day: date) -> Sequence[VisitRecord]:
    """The visits of a past local day as they stand now, none for a day that the journal does not hold."""
    try:
        return day_of(History(database), day, SqlDayFigures(database).last_change_of(day)).visits
    except (KeyError, NoOffice):
        return ()


def rebuild(
    database: Database, days: Sequence[date] | None = None, progress: Progress = _nothing
) -> tuple[int, int]:
    """Make these days' figures from the journal (None: those that are stale) and merge; (days, merged).

    Beside the running engine; what is there of a day is replaced by the same, if nothing has changed.
    """
    store, history = SqlDayFigures(database), History(database)
    wanted = list(store.stale() if days is None else days)
    for done, day in enumerate(wanted):
        progress(done, len(wanted))
        seq = store.last_seq()
        store.put(day, cells(day_of(history, day, store.last_change_of(day))), seq)
    merged = store.merge()
    progress(len(wanted), len(wanted))
    return len(wanted), merged
