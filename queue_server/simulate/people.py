"""From a planned day to the people of a simulated hall; who has an appointment, who follows advice."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from queue_server.domain.office_config import ServiceClass
from queue_server.simulate.day import PlannedDay, PlannedVisit
from queue_server.simulate.hall_day import Citizen, HallDay, Shift, Stay
from queue_server.simulate.setting import Setting

TURN_S = (4.0, 20.0)
"""Between two people an officer takes so long."""
HOLD_S = 75.0
LATE_LEAST_S = 20 * 60.0
"""Nobody is sent to the last minutes of a session."""


def hall_day(setting: Setting, day: PlannedDay, appointments: float = 0.0) -> HallDay:
    """The planned day's people and shifts; `appointments` is the share who booked a slot instead."""
    place = {service.id: n for n, service in enumerate(setting.services)}
    number = {counter.id: n for n, counter in enumerate(setting.counters)}
    rng = np.random.default_rng(day.seed_of_play)
    turns = rng.uniform(*TURN_S, len(day.visits))
    citizens = tuple(
        _citizen(visit, place, float(turn)) for visit, turn in zip(day.visits, turns, strict=True)
    )
    shifts = tuple(
        Shift(number[s.counter], s.on_s, s.off_s, (s.pause,) if s.pause else (), s.last) for s in day.shifts
    )
    found = HallDay(citizens, shifts)
    return with_appointments(found, appointments, rng.random(len(citizens))) if appointments else found


def _citizen(visit: PlannedVisit, place: dict[str, int], turn_s: float) -> Citizen:
    def taken(leg: int) -> float:
        return visit.service_s[min(leg, len(visit.service_s) - 1)]

    stays = [Stay(place[service], taken(leg)) for leg, service in enumerate(visit.services)]
    if visit.transfer_to is not None:
        stays.append(Stay(place[visit.transfer_to], taken(1), keeps=True))
    if visit.added is not None:
        stays.append(Stay(place[visit.added], taken(1)))
    return Citizen(
        visit.at_s,
        tuple(stays),
        ServiceClass.PRIORITY if visit.priority_group else ServiceClass.ORDINARY,
        visit.walk_s,
        turn_s,
        visit.patience_s,
        visit.comes,
        visit.comes_back_s if not visit.comes else None,
        hold_s=HOLD_S,
    )


def with_appointments(day: HallDay, share: float, luck: Sequence[float] | np.ndarray) -> HallDay:
    """Those whose luck is below `share` come to slots spread evenly over the sessions, ten minutes early."""
    booked = [n for n, u in enumerate(luck) if u < share]
    slots = dict(zip(booked, even_times(day.shifts, len(booked)), strict=True))
    citizens = [
        one
        if n not in slots
        else replace(
            one,
            at_s=slots[n] - 600.0,
            slot_s=slots[n],
            service_class=ServiceClass.APPOINTMENT
            if one.service_class is ServiceClass.ORDINARY
            else one.service_class,
        )
        for n, one in enumerate(day.citizens)
    ]
    return replace(day, citizens=tuple(sorted(citizens, key=lambda c: c.at_s)))


def spread(day: HallDay, share: float, luck: Sequence[float] | np.ndarray) -> HallDay:
    """Those whose luck is below `share` follow "best time to come": they arrive evenly over the sessions."""
    moved = [n for n, u in enumerate(luck) if u < share]
    times = dict(zip(moved, even_times(day.shifts, len(moved)), strict=True))
    citizens = [replace(one, at_s=times.get(n, one.at_s)) for n, one in enumerate(day.citizens)]
    return replace(day, citizens=tuple(sorted(citizens, key=lambda c: c.at_s)))


def even_times(shifts: Sequence[Shift], many: int) -> list[float]:
    """`many` instants evenly over the open stretches (on to off, without each one's last minutes)."""
    spans: list[tuple[float, float]] = []
    for start, end in sorted((s.on_s, s.off_s - LATE_LEAST_S) for s in shifts):
        if end <= start:
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    total = sum(end - start for start, end in spans)
    times = []
    for n in range(many):
        left = (n + 0.5) / many * total
        for start, end in spans:
            if left <= end - start:
                times.append(start + left)
                break
            left -= end - start
    return times
