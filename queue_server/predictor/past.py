"""Figures of any range of days: past days from the stored cells, today from the live visits; one answer."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Protocol

import numpy as np

from queue_server.domain.ids import ServiceId
from queue_server.domain.office_config import OfficeConfig
from queue_server.engine.ports import Engine
from queue_server.predictor.figures import SEED
from queue_server.waits.cells import ALL, Day, split
from queue_server.waits.cover import Stored, cover
from queue_server.waits.groups import CALENDAR, Dimension, of_services
from queue_server.waits.packed import Cell, cell_of, merged, pool_of
from queue_server.waits.period import Answer, Asked, DayRange, Group
from queue_server.waits.tally import figures_of_pool

KEPT_ANSWERS = 512
KEPT_PARTS = 64
LONG_DAYS = 31
"""In a longer range today is as of the last quarter of a minute, in a shorter one as of the last event."""
VERY_LONG_DAYS, TURNS = 366, 20
"""In a range of more than a year today is a few minutes old at most: it hardly shows there."""
WARM = (
    *(Dimension.OFFICE, Dimension.SERVICE, Dimension.HOUR, Dimension.COUNTER, Dimension.OFFICER),
    *(Dimension.CLASS, Dimension.PRIORITY_GROUP, Dimension.CHANNEL, Dimension.WEEKDAY, Dimension.QUARTER),
)
_IN_MONTHS = (Dimension.MONTH, Dimension.QUARTER)
_IN_DAYS = (Dimension.DAY, Dimension.WEEK)
_OF_SERVICES = (Dimension.SERVICE, Dimension.AGENCY, Dimension.GROUP)

Piece = tuple[date, str, Cell]
"""A day of its period, its key in the stored dimension, and the sums."""


class DayStore(Protocol):
    """The stored cells of past days: storage implements it."""

    def changes(self) -> int:
        """Grows with every change."""
        ...

    def stored(self) -> Stored: ...

    def opened(self) -> tuple[date, ...]:
        """Every local day the office has opened, in order."""
        ...

    def read(
        self, periods: Collection[str], dimension: Dimension, scopes: Collection[str] = (ALL,)
    ) -> list[tuple[str, str, dict[str, Cell]]]:
        """(period, scope, key → cell)"""
        ...


class Today(Protocol):
    """The day under way: LiveFigures is one."""

    @property
    def today(self) -> date | None: ...

    def day_now(self) -> Day | None: ...

    def moment(self) -> tuple[int, int]:
        """(the last event heard, a count of quarter minutes)"""
        ...


class Figured:
    """Implements `FiguresFor`. Answers about past days are kept until something is stored anew."""

    def __init__(self, engine: Engine, live: Today, store: DayStore) -> None:
        self._engine, self._live, self._store = engine, live, store
        self._lock = threading.Lock()
        self._at, self._day = -1, date.min
        self._stored, self._opened = Stored(), tuple[date, ...]()
        self._kept: OrderedDict[object, Answer] = OrderedDict()
        self._kept_past: OrderedDict[object, dict[str, Cell]] = OrderedDict()

    def first_day(self) -> date | None:
        self._look()
        return self._opened[0] if self._opened else self._live.today

    def figures_for(self, asked: Asked) -> Answer:
        config, today = self._engine.office.config, self._live.today
        if config is None:
            return Answer(())
        targets = targets_of(config, asked.days)
        over = today is None or today > asked.days.last
        at = self._look()
        question = (at, asked, targets, config.services)
        heard, turn = self._live.moment()
        until = (0, 0) if over else _until(asked.days.days, heard, turn)
        if (kept := self._remembered((question, until))) is not None:
            return kept
        stored, opened = self._stored, self._opened
        past = [day for day in stored.within(asked.days) if today is None or day < today]
        parts: dict[str, list[Cell]] = {"": []} if asked.by is Dimension.OFFICE else {}
        to = _groups_of(asked, config)
        for key, together in self._merged_past(asked, stored, past, to, question).items():
            parts.setdefault(key, []).append(together)
        for day, key, cell in self._of_today(asked, today):
            for group in to(day, key):
                parts.setdefault(group, []).append(cell)
        wanted = [day for day in opened if asked.days.first <= day <= asked.days.last and day != today]
        answer = Answer(
            tuple(_group(key, parts[key], targets) for key in _ordered(asked.by, parts, config)),
            not_yet=len(wanted) - len(past),
        )
        self._remember((question, until), answer)
        return answer

    def warm(self) -> None:
        """Merge what a look at the whole history needs, so that the first reader does not wait for it."""
        first, today = self.first_day(), self._live.today
        if first is None or today is None or first >= today:
            return
        for by in WARM:
            self.figures_for(Asked(DayRange(first, today), by))

    def _merged_past(
        self,
        asked: Asked,
        stored: Stored,
        past: Sequence[date],
        to: Callable[[date, str], tuple[str, ...]],
        question: object,
    ) -> dict[str, Cell]:
        """Group → the sums of its past days; kept, for today is asked again and again beside them."""
        if not past:
            return {}
        key = ("past", question, past[0], past[-1])
        with self._lock:
            if key in self._kept_past:
                return self._kept_past[key]
        parts: dict[str, list[Cell]] = {}
        for day, name, cell in self._past(asked, stored, past):
            for group in to(day, name):
                parts.setdefault(group, []).append(cell)
        found = {group: merged(cells) for group, cells in parts.items()}
        with self._lock:
            self._kept_past[key] = found
            while len(self._kept_past) > KEPT_PARTS:
                self._kept_past.popitem(last=False)
        return found

    def _past(self, asked: Asked, stored: Stored, past: Sequence[date]) -> Iterator[Piece]:
        if not past:
            return
        days = DayRange(past[0], past[-1])
        if asked.by in _IN_DAYS:
            periods = [day.isoformat() for day in past]
        elif asked.by in _IN_MONTHS:
            months = frozenset(name for name in stored.merged if len(name) == 7)
            periods = cover(days, Stored(stored.days, months))
        else:
            periods = cover(days, stored)
        dimension, scopes = _source(asked)
        for period, _, cells in sorted(self._store.read(periods, dimension, scopes), key=lambda r: r[:2]):
            first = date.fromisoformat((period + "-01-01")[:10])
            for key, cell in cells.items():
                yield first, key, cell

    def _of_today(self, asked: Asked, today: date | None) -> Iterator[Piece]:
        if today is None or not asked.days.first <= today <= asked.days.last:
            return
        day = self._live.day_now()
        if day is None:
            return
        dimension, scopes = _source(asked)
        narrowed = None if ALL in scopes else asked.services
        for key, sums in split(day, dimension, narrowed).items():
            yield day.day, key, cell_of(sums, day.day)

    def _look(self) -> int:
        """What is stored now; the count of changes it is true of."""
        at = self._store.changes()
        with self._lock:
            if at == self._at and self._day == (self._live.today or date.min):
                return at
        day = self._live.today or date.min
        stored, opened = self._store.stored(), self._store.opened()
        with self._lock:
            if at != self._at:
                self._kept.clear()
                self._kept_past.clear()
            self._at, self._day, self._stored, self._opened = at, day, stored, opened
        return at

    def _remembered(self, question: object) -> Answer | None:
        with self._lock:
            kept = self._kept.get(question)
            if kept is not None:
                self._kept.move_to_end(question)
            return kept

    def _remember(self, question: object, answer: Answer) -> None:
        with self._lock:
            self._kept[question] = answer
            while len(self._kept) > KEPT_ANSWERS:
                self._kept.popitem(last=False)


def _until(days: int, heard: int, turn: int) -> tuple[int, int]:
    """What must be the same for an answer that holds today to be given again."""
    if days > VERY_LONG_DAYS:
        return 0, turn // TURNS
    return 0 if days > LONG_DAYS else heard, turn


def targets_of(config: OfficeConfig, days: DayRange) -> tuple[float, ...]:
    """Minutes of the office's targets that hold on a day of the range, the widest first."""
    holding = {
        target.minutes
        for target in config.targets
        if (target.valid_from is None or target.valid_from <= days.last)
        and (target.valid_to is None or days.first <= target.valid_to)
    }
    return tuple(sorted(holding, reverse=True))


def _source(asked: Asked) -> tuple[Dimension, tuple[str, ...]]:
    """The stored dimension that the groups are made of, and in which scopes it is read."""
    narrowed = asked.services is not None
    calendar = asked.by in CALENDAR and asked.by is not Dimension.WEEKDAY
    if asked.by in _OF_SERVICES or (narrowed and (calendar or asked.by is Dimension.OFFICE)):
        return Dimension.SERVICE, (ALL,)
    if calendar:
        return Dimension.OFFICE, (ALL,)
    return asked.by, tuple(sorted(asked.services)) if asked.services is not None else (ALL,)


def _groups_of(asked: Asked, config: OfficeConfig) -> Callable[[date, str], tuple[str, ...]]:
    """Where a piece of the stored dimension goes: its group, or nowhere."""
    dimension, _ = _source(asked)
    services = asked.services if dimension is Dimension.SERVICE else None
    by_service = of_services(config, asked.by) if asked.by in (Dimension.AGENCY, Dimension.GROUP) else {}

    def to(day: date, key: str) -> tuple[str, ...]:
        if services is not None and ServiceId(key) not in services:
            return ()
        if asked.by in CALENDAR and asked.by is not Dimension.WEEKDAY:
            return (CALENDAR[asked.by](day),)
        if asked.by is Dimension.OFFICE:
            return ("",)
        if asked.by in (Dimension.AGENCY, Dimension.GROUP):
            return (by_service[key],) if key in by_service else ()
        return (key,)

    return to


def _group(key: str, cells: Sequence[Cell], targets: Sequence[float]) -> Group:
    pooled = pool_of(cells)
    figures = figures_of_pool(pooled, targets, np.random.default_rng(SEED))
    return Group(key, figures, pooled.total, len(pooled.served))


def _ordered(by: Dimension, keys: Collection[str], config: OfficeConfig) -> list[str]:
    """In the office file's order where it has one, else as text: the order of time for dates and hours."""
    names: dict[Dimension, Sequence[str]] = {
        Dimension.SERVICE: [s.id for s in config.services],
        Dimension.AGENCY: [a.id for a in config.agencies],
        Dimension.GROUP: [id_ for id_, _ in config.groups],
        Dimension.COUNTER: [c.id for c in config.counters],
        Dimension.PRIORITY_GROUP: [p.id for p in config.priority_groups],
        Dimension.KIOSK: [k.id for k in config.kiosks],
    }
    place = {name: n for n, name in enumerate(names.get(by, ()))}
    return sorted(keys, key=lambda key: (place.get(key, len(place)), key))
