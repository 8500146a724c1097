"""What one prediction costs: 24 counters, 200 waiting, asked of the estimator's own process and answered."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import numpy as np

from queue_server.domain.ids import ServiceId, TicketId
from queue_server.domain.office_calling import Calling
from queue_server.domain.office_services import ServiceClass
from queue_server.predictor.question import Now, Question
from queue_server.predictor.worker import Worker
from queue_server.waits.log import Names, Visit, log_of
from queue_server.waits.model import Model, model_of
from queue_server.waits.rows import OFFICE, Rows
from queue_server.waits.snapshot import CounterNow, QueueNow, ServiceTimes, Snapshot, TicketNow
from tests.benchmarks.figures import Figure, percentile

COUNTERS, WAITING, SERVICES = 24, 200, 12
WANTED_MS = 50.0
DAY = 739_000
NAMES = Names(
    (OFFICE,),
    tuple((OFFICE, f"s{n:02d}") for n in range(SERVICES)),
    tuple((OFFICE, f"c{n:02d}") for n in range(COUNTERS)),
)


def hall() -> Snapshot:
    """Every counter serves three of the services and is busy; a fifth of the waiting have priority."""
    rng = np.random.default_rng(1)
    services = tuple(ServiceId(name) for _, name in NAMES.services)
    queues = tuple(
        QueueNow(service, service_class, newcomer=service_class is ServiceClass.ORDINARY, arrivals_per_hour=5)
        for service in services
        for service_class in ServiceClass
    )
    kinds = len(ServiceClass)
    ordinary = [n for n, queue in enumerate(queues) if queue.service_class is ServiceClass.ORDINARY]
    priority = [n for n, queue in enumerate(queues) if queue.service_class is ServiceClass.PRIORITY]
    tickets = tuple(
        TicketNow(
            TicketId(f"t{n}"),
            f"{n:04d}",
            (priority if n % 5 == 0 else ordinary)[n % SERVICES],
            float(3000 - 15 * n),
            float(3000 - 15 * n),
        )
        for n in range(WAITING)
    )
    counters = tuple(
        CounterNow(
            tuple((place // kinds) % (SERVICES // 3) == n % (SERVICES // 3) for place in range(len(queues))),
            services[n % (SERVICES // 3)],
            float(rng.uniform(0, 500)),
        )
        for n in range(COUNTERS)
    )
    times = tuple(ServiceTimes(s, 480.0, tuple(rng.gamma(2.0, 240.0, 200).tolist())) for s in services)
    return Snapshot(datetime(2026, 11, 20, 2, tzinfo=UTC), Calling(), times, queues, tickets, counters)


def rows(days: int, a_day: int, seed: int) -> Rows:
    """Visits of some days, the last of whom still wait."""
    rng, found = np.random.default_rng(seed), []
    for day in range(days):
        issued = np.sort(rng.uniform(27_000, 41_000, a_day))
        waits = rng.gamma(1.5, 600.0, a_day)
        for n in range(a_day):
            counter, called = NAMES.counters[n % COUNTERS][1], float(issued[n] + waits[n])
            service = NAMES.services[n % SERVICES][1]
            found.append(
                Visit(OFFICE, service, DAY + day, float(issued[n]), called, np.nan, called + 480, counter)
            )
    log = log_of(found, {}, NAMES)
    on_duty = tuple((n, 27_000.0, np.inf) for n in range(COUNTERS))
    serves = np.arange(COUNTERS)[:, None] % (SERVICES // 3) == np.arange(SERVICES) % (SERVICES // 3)
    log = replace(log, duty={DAY + day: on_duty for day in range(days)}, serves=serves)
    return Rows(log, np.ones(len(log), dtype=bool), ())


def model() -> Model:
    past = rows(4, 300, 2)
    found = model_of(past.log, NAMES, past.judged, past.asked, Calling(), runs=2)
    assert isinstance(found, Model)
    proof = replace(found.taught.proof, share=1.0, plain_s=9e9)  # used, whatever it is worth here
    return replace(found, taught=replace(found.taught, proof=proof))


def measure(folder: Path, rounds: int, seconds: float, say: object) -> list[Figure]:
    """Round trips to the process and back: without a model, then with one."""
    snapshot, today = hall(), rows(1, 500, 3)
    log = today.log
    late = log.called > 39_000
    log = replace(
        log,
        day=log.day + 4,
        duty={DAY + 4: log.duty[DAY]},
        called=np.where(late, np.nan, log.called),
        ended=np.where(late, np.nan, log.ended),
        counter=np.where(late, -1, log.counter),
    )
    now = Now(replace(today, log=log), 41_000.0, DAY + 4, Calling())
    worker = Worker()
    try:
        worker.ask(Question(snapshot, 0), 30.0)
        plain = _times(worker, snapshot, None, rounds, seconds)
        worker.ask(Question(snapshot, 0, None, model()), 30.0)
        corrected = _times(worker, snapshot, now, rounds, seconds)
    finally:
        worker.close()
    of = f"{COUNTERS} counters, {WAITING} waiting, {SERVICES} services"
    return [
        Figure("everyone predicted, median", percentile(plain, 0.5), "ms", WANTED_MS, detail=of),
        Figure("everyone predicted, P95", percentile(plain, 0.95), "ms", detail=f"{len(plain)} questions"),
        Figure(
            "and newcomers corrected by the night's model, median",
            percentile(corrected, 0.5),
            "ms",
            WANTED_MS,
            detail=f"{len(log)} tickets of the day; asked once a second at most",
        ),
    ]


def _times(worker: Worker, snapshot: Snapshot, now: Now | None, rounds: int, seconds: float) -> list[float]:
    found: list[float] = []
    until = perf_counter() + rounds * seconds / 2
    while perf_counter() < until or len(found) < 5:
        began = perf_counter()
        worker.ask(Question(snapshot, len(found), now), 30.0)
        found.append(1000 * (perf_counter() - began))
    return found
