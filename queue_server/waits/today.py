"""One day at an office, asked at any instant: what a ticket issued now would be told, by last night's model.

The same functions make the same columns from the same rows as in a replay, so the same numbers come out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from queue_server.domain.office_calling import Calling
from queue_server.waits.conformal import Range, Rolling, keys_of
from queue_server.waits.features import Known, of_day, of_rows
from queue_server.waits.hall import COLUMNS, RUNS, Hall
from queue_server.waits.log import Bools, Floats, Log
from queue_server.waits.model import Model
from queue_server.waits.ours import tabled

ToldRow = tuple[int, Range]
"""(row of the day's log, what it was told, in seconds)."""


def newcomers(
    model: Model,
    calling: Calling,
    today: Log,
    now: float,
    day: int,
    services: Sequence[int],
    told: Iterable[ToldRow] = (),
    runs: int = RUNS,
) -> list[Range]:
    """A range in seconds for each of `services` (numbers in `model.names`), as shown.

    `today` has the rows of `day` (an ordinal) until `now` (seconds after midnight), in the order of issue,
    numbered by `model.names`; `told` what rows of it were told by this model. Raises ValueError for a model
    of other columns.
    """
    if not services:
        return []
    then, simulated = _known_now(model, calling, today, now, day, services, runs)
    asked = tabled(then, simulated)
    if asked.names != model.columns:
        raise ValueError("the model was learnt from other columns: learn again")
    found = model.taught.ranges(asked.features, asked.guess)
    factors = _heard(model, today, now, told)
    return [
        factors.told(
            Range(float(found.low[n]), float(found.median[n]), float(found.promise[n]), float(found.high[n])),
            _keys(today, service, float(asked.ahead[n])),
        )
        for n, service in enumerate(services)
    ]


def _keys(log: Log, service: int, ahead: float) -> tuple[str, str, str]:
    return keys_of(log.offices[0], log.services[service], ahead)


def _known_now(
    model: Model, calling: Calling, today: Log, now: float, day: int, services: Sequence[int], runs: int
) -> tuple[Known, dict[str, Floats]]:
    """What is known to a newcomer of each service; a line that several stand in is looked at once."""
    asked, before = with_tickets(today, services, day, now), len(today)
    columns: dict[str, Floats] = {}
    for level, of_days in zip(model.levels, model.usual, strict=True):
        line = level.of_service[asked.service]
        lines, first, place = np.unique(line[before:], return_index=True, return_inverse=True)
        found = [
            of_day(asked, level, np.append(np.flatnonzero(line[:before] == its), before + one), of_days)
            for its, one in zip(lines, first, strict=True)
        ]
        for name in found[0]:
            columns[f"{level.name}.{name}"] = np.array([one[name][-1] for one in found])[place]
    columns |= of_rows(rows_from(asked, before), columns, model.level)
    hall = Hall(today, np.arange(len(today), dtype=np.int64), day, model.hall, model.recent, calling)
    simulated = hall.newcomers(now, len(today), runs)[np.array(services)]
    return Known(columns, model.level), {name: simulated[:, n] for n, name in enumerate(COLUMNS)}


def _heard(model: Model, today: Log, now: float, told: Iterable[ToldRow]) -> Rolling:
    """The factors after everybody told by this model who has been called before `now`."""
    factors = model.factors.copy()
    ahead: dict[int, Floats] = {}
    of_service = next(level for level in model.levels if level.name == model.level).of_service
    line = of_service[today.service] if len(today) else np.empty(0, dtype=np.int64)
    come = [(float(today.called[n]), n, shown) for n, shown in told if today.called[n] < now]
    for _, n, shown in sorted(come, key=lambda one: one[:2]):
        of_line = int(line[n])
        if of_line not in ahead:
            ahead[of_line] = _ahead(today, line == of_line)
        keys = _keys(today, int(today.service[n]), float(ahead[of_line][n]))
        factors.heard(shown, today.wait_of(n), keys)
    return factors


def _ahead(today: Log, mine: Bools) -> Floats:
    """People ahead at the issue of the rows of one line, nan elsewhere."""
    found, rows = np.full(len(today), np.nan), np.flatnonzero(mine)
    gone = np.searchsorted(np.sort(today.out[rows]), today.issued[rows], side="left")
    found[rows] = np.arange(len(rows)) - gone
    return found


def with_tickets(today: Log, services: Sequence[int], day: int, now: float) -> Log:
    """The day's log and an ordinary ticket of each of `services` issued at `now`, the last rows."""
    many = len(services)

    def after(column: Floats, value: float) -> Floats:
        return np.append(column, np.full(many, value))

    return replace(
        today,
        office=np.append(today.office, np.zeros(many, dtype=np.int64)),
        service=np.append(today.service, np.array(services, dtype=np.int64)),
        day=np.append(today.day, np.full(many, day)),
        issued=after(today.issued, now),
        called=after(today.called, np.nan),
        left=after(today.left, np.nan),
        ended=after(today.ended, np.nan),
        counter=np.append(today.counter, np.full(many, -1)),
        rank=np.append(today.rank, np.zeros(many, dtype=np.int64)),
        credit=after(today.credit, 0.0),
    )


def rows_from(log: Log, first: int) -> Log:
    """The rows of a log from `first` on."""
    return replace(
        log,
        office=log.office[first:],
        service=log.service[first:],
        day=log.day[first:],
        issued=log.issued[first:],
        called=log.called[first:],
        left=log.left[first:],
        ended=log.ended[first:],
        counter=log.counter[first:],
        rank=log.rank[first:],
        credit=log.credit[first:],
    )
