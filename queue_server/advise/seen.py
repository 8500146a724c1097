"""What an office has measured of the days it has seen, and of the hall at one instant of a played day."""

from dataclasses import dataclass, field
from datetime import date

from queue_server.advise.people import BLOCK_S, Habits
from queue_server.advise.watch import DeskNow, Waiting
from queue_server.advise.world import World
from queue_server.domain.ids import ServiceId
from queue_server.domain.office_services import ServiceClass
from queue_server.simulate.hall_day import Came, DayResult, HallDay
from queue_server.waits.snapshot import ServiceTimes
from queue_server.waits.times import table

SAMPLES = 400


@dataclass(slots=True)
class Seen:
    """What the office has measured by the end of a day."""

    counts: dict[date, dict[tuple[ServiceId, int], int]] = field(default_factory=dict)
    taken: list[list[float]] = field(default_factory=list)
    called: list[int] = field(default_factory=list)
    missed: list[int] = field(default_factory=list)
    visits: int = 0
    priority: int = 0
    second: int = 0


def learn(seen: Seen, world: World, day: date, truth: HallDay, result: DayResult) -> None:
    """What the office measured on a day it did nothing special: arrivals, times of those served, no-shows."""
    seen.counts[day] = counts_of(world, truth, float("inf"))
    stay = [0] * len(truth.citizens)
    for call in result.calls:
        one = truth.citizens[call.citizen]
        if stay[call.citizen] >= len(one.stays):
            continue
        leg = one.stays[stay[call.citizen]]
        seen.called[leg.service] += 1
        if result.came[call.citizen] == Came.NO_SHOW and stay[call.citizen] == 0:
            seen.missed[leg.service] += 1
            continue
        seen.taken[leg.service].append(one.walk_s + leg.taken_s)
        stay[call.citizen] += 1
    seen.visits += len(truth.citizens)
    seen.priority += sum(c.service_class is ServiceClass.PRIORITY for c in truth.citizens)
    seen.second += sum(n > 1 for n in stay)


def counts_of(world: World, day: HallDay, before_s: float) -> dict[tuple[ServiceId, int], int]:
    """(service, half hour) → arrivals before an instant."""
    found: dict[tuple[ServiceId, int], int] = {}
    for one in day.citizens:
        if one.at_s < before_s:
            key = (ServiceId(world.setting.services[one.stays[0].service].id), int(one.at_s // BLOCK_S))
            found[key] = found.get(key, 0) + 1
    return found


def habits(world: World, seen: Seen) -> Habits:
    """As predictor/advice_questions has them of a real office."""
    tables = tuple(
        table(ServiceTimes(ServiceId(s.id), s.expected_s, tuple(seen.taken[n][-SAMPLES:])))
        for n, s in enumerate(world.setting.services)
    )
    no_show = tuple((m + 1.0) / (c + 20.0) for m, c in zip(seen.missed, seen.called, strict=True))
    share = seen.priority / max(seen.visits, 1)
    return Habits(
        tables,
        no_show,
        shares={ServiceClass.ORDINARY: 1 - share, ServiceClass.PRIORITY: share},
        second=seen.second / max(seen.visits, 1),
    )


def hall_at(
    world: World, day: HallDay, result: DayResult, at_s: float, target_minutes: float
) -> tuple[tuple[Waiting, ...], tuple[DeskNow, ...], tuple[float, float, float]]:
    """Who waits, what each counter does, and what is measured at an instant of a played day."""
    setting = world.setting
    stay, free_at = [0] * len(day.citizens), [one.at_s for one in day.citizens]
    waited, missed = [0.0] * len(day.citizens), set[int]()
    at_desk: dict[int, tuple[int, float, float]] = {}
    for call in result.calls:
        if call.at_s > at_s:
            break
        n = call.citizen
        one, leg = day.citizens[n], stay[n]
        if n not in missed:
            waited[n] += max(call.at_s - free_at[n], 0.0)
        gone = n not in missed and (not one.comes or call.at_s - one.at_s > one.patience_s)
        taken = one.hold_s if gone else one.walk_s + one.stays[leg].taken_s
        at_desk[call.counter] = (one.stays[leg].service, call.at_s, call.at_s + taken + one.turn_s)
        if gone:
            missed.add(n)
        else:
            stay[n], free_at[n] = leg + 1, call.at_s + taken
    waiting = tuple(
        Waiting(one.stays[stay[n]].service, one.service_class, free_at[n], waited[n])
        for n, one in enumerate(day.citizens)
        if free_at[n] <= at_s and stay[n] < len(one.stays) and n not in missed
    )
    over = [waited[n] / 60 for n, one in enumerate(day.citizens) if stay[n] == len(one.stays)]
    measured = (float(len(over)), float(sum(over)), float(sum(w <= target_minutes for w in over)))
    staffed = {s.counter: s for s in day.shifts if s.on_s <= at_s < s.off_s}
    desks = []
    for counter in sorted(staffed):
        service, since, until = at_desk.get(counter, (0, 0.0, 0.0))
        taught = {s.service for s in day.skills if s.counter == counter and s.from_s <= at_s < s.to_s}
        services = tuple(sorted({*setting.counters[counter].services, *taught}))
        pause = next((a + length for a, length in staffed[counter].pauses if a <= at_s < a + length), None)
        busy = until > at_s
        desks.append(
            DeskNow(
                counter, services, service if busy else None, since if busy else at_s, None if busy else pause
            )
        )
    return waiting, tuple(desks), measured
