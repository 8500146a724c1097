"""Logs of made-up offices, simulated ticket by ticket, to judge predictions on without anybody's data."""

import heapq

import numpy as np

from queue_server.waits.log import Log, Visit, log_of

FIRST_DAY = 738_000


def made_log(
    days: int = 10, a_day: int = 60, counters: int = 2, calls: bool = True, offices: int = 1, seed: int = 5
) -> Log:
    """Two services a first-come first-served office, from 8:00; some give up after a quarter of an hour."""
    rng = np.random.default_rng(seed)
    visits = []
    for office in range(offices):
        for day in range(days):
            issued = 8 * 3600 + np.sort(rng.uniform(0, 3 * 3600, a_day)).round()
            free = [(8 * 3600.0, n) for n in range(counters)]
            heapq.heapify(free)
            for number, at in enumerate(issued.tolist()):
                service, taken = f"s{rng.integers(2)}", 30.0 + round(float(rng.exponential(300)))
                begins, counter = free[0]
                if begins - at > 900 and rng.random() < 0.5:
                    visits.append(
                        Visit(f"o{office}", service, FIRST_DAY + day, at, left=at + 900, number=number)
                    )
                    continue
                called = max(begins, at)
                heapq.heapreplace(free, (called + taken, counter))
                visits.append(
                    Visit(
                        f"o{office}",
                        service,
                        FIRST_DAY + day,
                        at,
                        called,
                        ended=called + taken if calls else np.nan,
                        counter=f"c{counter}" if calls else "",
                        number=number,
                    )
                )
    return log_of(visits, {})
