"""Visits of the sample office's last days, made by rule, for pages and programs that read figures."""

from datetime import timedelta

from queue_server.domain.ids import CounterId, OfficerId, ServiceId, TicketId
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket import Channel
from queue_server.waits.figures import LegRecord, Outcome, VisitRecord
from tests.integration.web.public.sample_config import NOW, TODAY

SERVICES = ("chung-thuc", "ho-tich", "dat-dai", "cu-tru")


def visit(
    minutes: float | None,
    *,
    days_ago: int = 0,
    number: int = 1,
    service: str = "chung-thuc",
    outcome: Outcome = Outcome.SERVED,
    ago_min: float = 70,
    flags: frozenset[str] = frozenset(),
) -> VisitRecord:
    """One visit of counter 2, told 14 to 27 minutes."""
    at = NOW - timedelta(days=days_ago, minutes=ago_min)
    wait = None if minutes is None else minutes * 60
    called = None if wait is None else at + timedelta(seconds=wait)
    name, counter, officer = ServiceId(service), CounterId("quay-2"), OfficerId("demo-officer")
    leg = LegRecord(1, name, counter, officer, at, called, called, called, wait, wait, 20.0, 300.0)
    return VisitRecord(
        TicketId(f"v{days_ago}-{number}"),
        f"A{number:03d}",
        TODAY - timedelta(days=days_ago),
        at,
        outcome,
        name,
        ServiceClass.ORDINARY,
        None,
        Channel.KIOSK,
        None,
        (leg,),
        wait,
        wait,
        wait,
        (14, 19, 27, 22),
        flags,
        3000.0 if wait is None else wait,
    )


def many_days(days: int = 40) -> list[VisitRecord]:
    """Twelve visits a day: waits from 2 to 68 minutes, one left, one missed."""
    return [
        visit(
            None if n == 11 else 2.0 + (n * 7 + back) % 67,
            days_ago=back,
            number=n + 1,
            service=SERVICES[n % 4],
            outcome=Outcome.ABANDONED if n == 11 else Outcome.NO_SHOW if n == 10 else Outcome.SERVED,
            ago_min=20 + n * 9,
            flags=frozenset({"out_of_turn"}) if n == 3 else frozenset(),
        )
        for back in range(days)
        for n in range(12)
    ]
