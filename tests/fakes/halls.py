"""Snapshots of halls for the estimator: any number of counters, queues and people."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from queue_server.domain.ids import ServiceId, TicketId
from queue_server.domain.office_calling import Calling
from queue_server.domain.office_services import ServiceClass
from queue_server.waits.snapshot import CounterNow, QueueNow, ServiceTimes, Snapshot, TicketNow

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def hall(
    waits_s: Sequence[Sequence[float]],
    counters: Sequence[CounterNow],
    classes: Sequence[ServiceClass] = (),
    times: Sequence[float] = (),
    calling: Calling | None = None,
    arrivals: Sequence[float] = (),
    **more: object,
) -> Snapshot:
    """Queue n is an ordinary one of service `sn` unless said otherwise; `times` makes service exact."""
    queues = [
        QueueNow(
            ServiceId(f"s{n}"),
            classes[n] if classes else ServiceClass.ORDINARY,
            newcomer=not classes or classes[n] is ServiceClass.ORDINARY,
            arrivals_per_hour=arrivals[n] if arrivals else 0.0,
        )
        for n in range(len(waits_s))
    ]
    tickets = [
        TicketNow(TicketId(f"t{q}-{n}"), f"{chr(65 + q)}{n:03d}", q, waited, max(waited, 0.0))
        for q, waits in enumerate(waits_s)
        for n, waited in enumerate(waits)
    ]
    services = [
        ServiceTimes(
            ServiceId(f"s{n}"),
            times[n] if times else 600.0,
            samples=(times[n],) * 20_000 if times else (),
            no_show=0.0,
        )
        for n in range(len(waits_s))
    ]
    return Snapshot(
        AT,
        calling or Calling(),
        tuple(services),
        tuple(queues),
        tuple(tickets),
        tuple(counters),
        **more,  # type: ignore[arg-type]
    )


def big_hall(counters: int = 24, waiting: int = 200, services: int = 12) -> Snapshot:
    """Three services a counter, all of them busy, two classes a service, history of 200 a service."""
    rng = np.random.default_rng(5)
    queues = [
        QueueNow(
            ServiceId(f"s{s}"),
            cls,
            cls is ServiceClass.ORDINARY,
            1.0 if cls is ServiceClass.PRIORITY else 10.0,
        )
        for s in range(services)
        for cls in (ServiceClass.ORDINARY, ServiceClass.PRIORITY)
    ]
    placed = sorted((int(rng.integers(len(queues))), -float(rng.exponential(900))) for _ in range(waiting))
    tickets = [
        TicketNow(TicketId(f"t{n}"), f"A{n:03d}", queue, -minus, -minus)
        for n, (queue, minus) in enumerate(placed)
    ]
    return Snapshot(
        AT,
        Calling(),
        tuple(
            ServiceTimes(ServiceId(f"s{s}"), 600.0, tuple(rng.gamma(2, 300, 200))) for s in range(services)
        ),
        tuple(queues),
        tuple(tickets),
        tuple(
            CounterNow(
                tuple((q // 2 - c) % services < 3 for q in range(len(queues))),
                ServiceId(f"s{c % services}"),
                120.0,
            )
            for c in range(counters)
        ),
    )
