"""From a planned day to the people of a simulated hall; who has an appointment, who follows advice."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from queue_server.domain.office_services import ServiceClass
from queue_server.simulate.day import PlannedDay, PlannedVisit
from queue_server.simulate.hall_day import Citizen, HallDay, Shift, Stay
from queue_server.simulate.setting import Setting

TURN_S = (4.0, 20.0)
"""Between two people an officer takes so long."""
HOLD_S = 75.0
BEFORE_SLOT_S = 600.0
LATE_LEAST_S = 20 * 60.0
"""Nobody is sent to the last minutes of a session."""


def hall_day(setting: Setting, day: PlannedDay) -> HallDay:
    """The planned day's people and shifts. Raises KeyError for services the setting has not."""
    place = {service.id: n for n, service in enumerate(setting.services)}
    number = {counter.id: n for n, counter in enumerate(setting.counters)}
    rng = np.random.default_rng(day.seed_of_play)
    turns, luck = rng.uniform(*TURN_S, len(day.visits)), rng.random(len(day.visits))
    citizens = tuple(
        _citizen(visit, place, float(turn), float(u))
        for visit, turn, u in zip(day.visits, turns, luck, strict=True)
    )
    shifts = tuple(
        Shift(number[s.counter], s.on_s, s.off_s, (s.pause,) if s.pause else (), s.last) for s in day.shifts
    )
    return HallDay(citizens, shifts)


def _citizen(visit: PlannedVisit, place: dict[str, int], turn_s: float, luck: float) -> Citizen:
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
        luck=luck,
    )


def with_appointments(day: HallDay, share: float) -> HallDay:
    """Those whose luck is below `share` come to slots spread evenly over the sessions, ten minutes early."""
    times = _even(day, share)
    return _in_order(
        day,
        [
            one
            if n not in times
            else replace(
                one,
                at_s=times[n] - BEFORE_SLOT_S,
                slot_s=times[n],
                service_class=ServiceClass.APPOINTMENT
                if one.service_class is ServiceClass.ORDINARY
                else one.service_class,
            )
            for n, one in enumerate(day.citizens)
        ],
    )


def spread(day: HallDay, share: float) -> HallDay:
    """Those whose luck is below `share` follow "best time to come": they arrive evenly over the sessions."""
    times = _even(day, share)
    return _in_order(day, [replace(one, at_s=times.get(n, one.at_s)) for n, one in enumerate(day.citizens)])


def _even(day: HallDay, share: float) -> dict[int, float]:
    """Citizen → when they come instead; nobody where the plan leaves no counter staffed."""
    moved = [n for n, one in enumerate(day.citizens) if one.luck < share]
    return dict(zip(moved, even_times(day.shifts, len(moved)), strict=False))


def _in_order(day: HallDay, citizens: Sequence[Citizen]) -> HallDay:
    return replace(day, citizens=tuple(sorted(citizens, key=lambda one: one.at_s)))


def even_times(shifts: Sequence[Shift], many: int) -> list[float]:
    """`many` instants evenly over the staffed stretches less their last minutes; none without any."""
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
