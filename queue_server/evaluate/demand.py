"""How good forecasts of arrivals would have been: a log's days, each forecast from the days before it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from queue_server.domain.hours import Hours, Season, Session
from queue_server.domain.ids import ServiceId
from queue_server.waits.demand import BLOCK, BLOCKS, BlockForecast, Past, forecast
from queue_server.waits.history import SLOT_S
from queue_server.waits.log import Log

ZONE = "UTC"
"""A log has local times only; any zone without changes of the clock does."""
OPEN_SHARE = 0.01
"""A weekday is open from the first to the last half hour with so much of its tickets."""
AFTER_HOURS = 3
"""The day is looked at again so long after its opening."""


@dataclass(frozen=True, slots=True)
class Error:
    """Sum of |forecast − arrivals| ÷ sum of arrivals, and the share of half hours within P10–P90."""

    name: str
    blocks: int
    wape: float
    coverage: float | None = None


def hours_of(log: Log, office: int) -> Hours:
    """The opening hours that an office file would have said, a session a weekday, read off the whole log."""
    mine = log.office == office
    weekday, slot = (log.day[mine] - 1) % 7, np.clip(log.issued[mine] // SLOT_S, 0, BLOCKS - 1).astype(int)
    week: list[tuple[Session, ...]] = []
    for n in range(7):
        count = np.bincount(slot[weekday == n], minlength=BLOCKS)
        there = np.flatnonzero(count > OPEN_SHARE * count.sum())
        week.append((Session(_at(int(there[0])), _at(int(there[-1]) + 1)),) if len(there) else ())
    return Hours(ZONE, (Season("log", (1, 1), (12, 31), tuple(week)),))


def _at(slot: int) -> time:
    minutes = slot * 30
    return time.max if minutes >= 24 * 60 else time(minutes // 60, minutes % 60)


def past_of(log: Log, office: int) -> dict[date, dict[tuple[ServiceId, int], int]]:
    found: dict[date, dict[tuple[ServiceId, int], int]] = {}
    for row in np.flatnonzero(log.office == office):
        day = found.setdefault(date.fromordinal(int(log.day[row])), {})
        key = (ServiceId(log.services[log.service[row]]), int(min(log.issued[row] // SLOT_S, BLOCKS - 1)))
        day[key] = day.get(key, 0) + 1
    return found


def errors(log: Log, test: tuple[int, ...]) -> list[Error]:
    """Over the days of `test` (ordinals) of every office, each half hour and service on its own.

    Later half hours are those that begin three hours after the opening or later: forecast before the day,
    and again at that moment with and without a look at the day so far. An office that closes before has none.
    """
    totals: dict[str, list[float]] = {}
    for office in range(len(log.offices)):
        past, hours = past_of(log, office), hours_of(log, office)
        for day in (date.fromordinal(n) for n in test):
            spans = list(hours.spans(day))
            if not spans or day not in past:
                continue
            dawn = hours.midnight(day)
            later = spans[0][0] + timedelta(hours=AFTER_HOURS)
            _add(
                totals,
                "every half hour, told before the day",
                past,
                day,
                forecast(past, hours, day, dawn),
                dawn,
            )
            whole = forecast(past, hours, day, later, rescaled=False)
            _add(totals, "later half hours, the day so far not looked at", past, day, whole, dawn)
            again = forecast(past, hours, day, later)
            _add(totals, "later half hours, rescaled by the day so far", past, day, again, dawn)
            _add(totals, "the same, all services together: not looked at", past, day, _together(whole), dawn)
            _add(totals, "the same, all services together: rescaled", past, day, _together(again), dawn)
    return [
        Error(name, int(n), wrong / came if came else 0.0, inside / n if inside >= 0 else None)
        for name, (n, wrong, came, inside) in totals.items()
        if n
    ]


EVERYBODY = ServiceId("")


def _together(blocks: tuple[BlockForecast, ...]) -> tuple[BlockForecast, ...]:
    means: dict[datetime, float] = {}
    for block in blocks:
        means[block.start] = means.get(block.start, 0.0) + block.mean
    return tuple(BlockForecast(start, EVERYBODY, mean, -1, -1, 1.0) for start, mean in means.items())


def _add(
    totals: dict[str, list[float]],
    name: str,
    past: Past,
    day: date,
    blocks: tuple[BlockForecast, ...],
    dawn: datetime,
) -> None:
    sums = totals.setdefault(name, [0.0, 0.0, 0.0, 0.0])
    for block in blocks:
        n = (block.start - dawn) // BLOCK
        came = (
            sum(count for (_, slot), count in past[day].items() if slot == n)
            if block.service == EVERYBODY
            else past[day].get((block.service, n), 0)
        )
        sums[0] += 1
        sums[1] += abs(block.mean - came)
        sums[2] += came
        sums[3] = -1.0 if block.low < 0 else sums[3] + (block.low <= came <= block.high)
