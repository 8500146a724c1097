"""How wrong those who wait are told anew: `python -m tests.benchmarks.waiting_again LOG.csv`, a log of calls.

The wait still to come, asked again some time after the issue of everybody who waits then: the Monte Carlo by
itself, and with a share of the correction that its ticket was issued with (queue_server/waits/carried.py).
Figures, not a test; a log of a month takes some two minutes of processor time.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from queue_server.domain.ids import TicketId
from queue_server.domain.office_calling import Calling, PolicyName
from queue_server.evaluate.formats import read
from queue_server.evaluate.splits import split
from queue_server.waits import hall as halls
from queue_server.waits.carried import factor
from queue_server.waits.estimate import calls
from queue_server.waits.log import Floats, Log, log_of
from queue_server.waits.ours import table, teach
from queue_server.waits.snapshot import TicketNow

MOMENTS_S = (30.0, 60.0, 120.0, 240.0)
RUNS = 64


class HallAgain(halls.Hall):
    """The hall at any instant, asked about somebody who waits."""

    def median_s(self, now: float, own: int, seed: int) -> float:
        """Seconds still to come for row `own`, by the Monte Carlo; nan where it is not known."""
        seen = int(np.searchsorted(self._issued, now))
        waiting = np.flatnonzero(self._out[:seen] >= now)
        counters, *_ = self._counters(now, seen, waiting)
        since = self._issued - self._credit
        line = waiting[np.argsort(since[waiting], kind="stable")][: halls.MOST]
        if not counters or own not in line:
            return float("nan")
        line = line[np.lexsort((line, since[line], self._queue[line]))]
        tickets = tuple(
            TicketNow(TicketId(str(m)), f"{m:06d}", int(self._queue[m]), float(now - since[m]), 0.0)
            for m in line
        )
        snapshot = replace(self._empty, queues=self._queues, tickets=tickets, counters=tuple(counters))
        column = calls(snapshot, np.random.default_rng((seed, own)), RUNS)[
            :, int(np.flatnonzero(line == own)[0])
        ]
        reached = column[np.isfinite(column)]
        return float(np.median(reached)) if len(reached) else float("nan")


def asked_again(log: Log, days: tuple[int, ...], learn: tuple[int, ...], calling: Calling) -> Floats:
    """Rows of (row of the log, seconds after its issue, seconds still to come as estimated)."""
    queued = (log.wait > 0) & np.isfinite(log.called)
    of_days, taken = halls.taught(log, learn, calling, queued), halls.taken_s(log)
    found, recent = [], dict[int, Floats]()
    for day in log.days:
        rows = np.flatnonzero(log.day == day)
        hall = HallAgain(log, rows, day, of_days, recent, calling)
        for n, row in enumerate(rows if day in days else ()):
            for later in MOMENTS_S if queued[row] else ():
                if log.wait[row] > later:
                    found.append((row, later, hall.median_s(float(log.issued[row] + later), n, int(day))))
        recent = halls.later(recent, log.service[rows], taken[rows])
    rows_: Floats = np.array(found)
    known: Floats = rows_[np.isfinite(rows_[:, 2])]
    return known


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log", type=Path)
    parser.add_argument("--from-day", type=int, default=0, help="the first of the log's days that is used")
    parser.add_argument("--days", type=int, default=366, help="how many of them")
    asked = parser.parse_args()
    visits = read([asked.log], calls=True).visits
    used = sorted({visit.day for visit in visits})[asked.from_day : asked.from_day + asked.days]
    log = log_of([visit for visit in visits if visit.day in used], {})
    calling, days = Calling(PolicyName.FIFO), split(log.days)
    queued = (log.wait > 0) & np.isfinite(log.called)
    known, _, _ = table(log, days.learn, calling, log.wait > 0, RUNS)
    first, both = teach(
        known, log.wait, queued & np.isin(log.day, days.learn), queued & np.isin(log.day, days.calibrate)
    )
    found = asked_again(log, (*days.calibrate, *days.test), days.learn, calling)
    row, plain = found[:, 0].astype(int), found[:, 2]
    to_come = log.wait[row] - found[:, 1]
    print("asked | share kept | MAE s | bias s | P90 error s")
    for name, which, taught in (
        ("calibration days", days.calibrate, first),
        ("judged days", days.test, both),
    ):
        mine = np.isin(log.day[row], which)
        told = taught.ranges(known.features[row[mine]], known.guess[row[mine]]).median
        floor_s = taught.corrector.floor
        whole = [factor(t, g, floor_s) for t, g in zip(told, known.guess[row[mine]], strict=True)]
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            scaled = (plain[mine] + floor_s) * np.array(whole) ** (share / 0.5) - floor_s
            off = np.maximum(scaled, 0.0) - to_come[mine]
            error = np.abs(off)
            print(
                f"{name}, {mine.sum()} | {share} | {error.mean():.1f} | {off.mean():+.1f} "
                f"| {np.quantile(error, 0.9):.1f}"
            )


if __name__ == "__main__":
    main()
