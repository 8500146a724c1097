"""Which days are learnt from, which calibrate the ranges, which judge: always in the order of time."""

from dataclasses import dataclass
from math import ceil

KNOWN_SHARE = 0.64
"""Of the calendar days of a log, rounded up: those before the test."""
CALIBRATE_SHARE = 0.25
"""Of the dates with tickets among them, rounded up: the last ones."""


class NotEnoughDays(Exception):
    """The log is too short to be split; the sentence says what it needs."""


@dataclass(frozen=True, slots=True)
class Split:
    """Ordinals of local dates with tickets, rising."""

    learn: tuple[int, ...]
    calibrate: tuple[int, ...]
    test: tuple[int, ...]


def split(
    days: tuple[int, ...],
    learn_until: int | None = None,
    test_from: int | None = None,
    calibrate_days: int | None = None,
) -> Split:
    """Days up to `learn_until` are learnt from, or those from `test_from` on judge; ordinals of dates.

    Without either the first 64 % of the calendar days are known before the test. Without `calibrate_days` a
    quarter of the known dates calibrate, or after `learn_until` a third as many dates as were learnt from.
    Raises NotEnoughDays.
    """
    days = tuple(sorted(set(days)))
    if learn_until is not None:
        learn = tuple(day for day in days if day <= learn_until)
        wanted = calibrate_days if calibrate_days is not None else _up(len(learn) / 3)
        rest = days[len(learn) :]
        found = Split(learn, rest[:wanted], rest[wanted:])
    else:
        first = test_from if test_from is not None else _first_unknown(days)
        known = tuple(day for day in days if day < first)
        wanted = calibrate_days if calibrate_days is not None else _up(CALIBRATE_SHARE * len(known))
        cut = max(len(known) - wanted, 0)
        found = Split(known[:cut], known[cut:], days[len(known) :])
    if len(found.learn) < 2 or not found.calibrate or not found.test:
        raise NotEnoughDays(
            f"{len(found.learn)} days to learn from, {len(found.calibrate)} to calibrate, {len(found.test)} "
            "to judge; at least 2, 1 and 1 are needed. Give a longer log, or choose --learn-until or "
            "--test-from and --calibrate-days."
        )
    return found


def _first_unknown(days: tuple[int, ...]) -> int:
    return days[0] + _up(KNOWN_SHARE * (days[-1] - days[0] + 1)) if days else 0


def _up(number: float) -> int:
    return ceil(number - 1e-9)
