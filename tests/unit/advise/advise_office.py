"""A small office whose certification desk is overrun in the morning, for tests of advice."""

from datetime import UTC, date, datetime

import numpy as np

from queue_server.advise.day import DayAsked
from queue_server.advise.people import Block, Habits
from queue_server.domain.office_calling import Calling
from queue_server.domain.office_services import ServiceClass
from queue_server.simulate.setting import Setting, SettingCounter, SettingService

MADE = datetime(2026, 11, 19, 12, tzinfo=UTC)
DAY = date(2026, 11, 20)
SPANS = ((27_000.0, 41_400.0), (46_800.0, 61_200.0))
SETTING = Setting(
    (
        SettingService("cert", "justice", 360.0, "people"),
        SettingService("civil", "justice", 840.0, "people"),
        SettingService("land", "economy", 900.0, "people"),
        SettingService("residence", "police", 540.0, "police"),
    ),
    (
        SettingCounter(1, (0,), "q1"),
        SettingCounter(2, (1,), "q2"),
        SettingCounter(3, (2,), "q3"),
        SettingCounter(4, (3,), "q4"),
        SettingCounter(5, (0,), "q5"),
    ),
    Calling(),
)
STAFFED = (0, 1, 2, 3)
"""Nobody sits at counter 5."""


def gamma_table(mean_s: float) -> np.ndarray:
    return np.sort(np.random.default_rng(1).gamma(2.2, mean_s / 2.2, 256))


HABITS = Habits(
    tuple(gamma_table(s.expected_s) for s in SETTING.services),
    (0.05,) * 4,
    shares={ServiceClass.ORDINARY: 0.9, ServiceClass.PRIORITY: 0.1},
    pause=(0.3, 400.0),
)


def blocks(cert_morning: float = 6.0, cert: float = 2.0, others: float = 1.0) -> tuple[Block, ...]:
    """Half hours: certification's rush until 09:30, everything else even."""
    found = []
    for start, end in SPANS:
        at = start
        while at < end - 1800:
            rush = at < 34_200
            found.append(Block(at, 0, cert_morning if rush else cert, 20.0))
            found += [Block(at, service, others, 20.0) for service in (1, 2, 3)]
            at += 1800
    return tuple(found)


def asked(**changes: object) -> DayAsked:
    given: dict[str, object] = {
        "day": DAY,
        "setting": SETTING,
        "spans": SPANS,
        "blocks": blocks(),
        "expected": (),
        "habits": HABITS,
        "staffed": STAFFED,
        "runs": 30,
        "most_days": 0,
    }
    return DayAsked(**(given | changes))  # type: ignore[arg-type]
