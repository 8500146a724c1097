"""What one act would change: a counter learns one more service, a counter opens; ranked on equal people."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from queue_server.advise.score import Among, Scores, difference, play, scores, spread_of
from queue_server.advise.values import Kind, Proposal
from queue_server.simulate.hall_day import DayResult, HallDay, Shift
from queue_server.simulate.plan import Act, Learns, More, with_plan
from queue_server.simulate.setting import Setting

SERVICES_TRIED, COUNTERS_TRIED = 3, 4
LEAST_GAIN_MINUTES = 0.5
MOST = 6


@dataclass(frozen=True, slots=True)
class Opens:
    """A furnished counter that nobody sits at is staffed from one time to another."""

    counter: int
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class Candidate:
    kind: Kind
    counter: int | None
    services: tuple[int, ...]
    from_s: float
    to_s: float
    act: Act | Opens


def with_act(setting: Setting, day: HallDay, act: Act | Opens) -> HallDay:
    """The same people on the same day with the act."""
    if not isinstance(act, Opens):
        return with_plan(setting, day, (act,))
    spans = sorted({(s.on_s, s.off_s, s.last) for s in day.shifts}, key=lambda s: s[1])
    more = [
        Shift(act.counter, max(on, act.from_s), min(off, act.to_s), last=last and act.to_s >= off)
        for on, off, last in dict.fromkeys((s[0], s[1], s[2]) for s in spans)
        if max(on, act.from_s) < min(off, act.to_s)
    ]
    longest: dict[float, Shift] = {}
    for shift in more:
        if shift.off_s not in longest or shift.on_s < longest[shift.off_s].on_s:
            longest[shift.off_s] = shift
    return HallDay(day.citizens, (*day.shifts, *longest.values()), day.skills, day.added)


def candidates(
    setting: Setting,
    days: Sequence[HallDay],
    results: Sequence[DayResult],
    staffed: Sequence[int],
    idle: Sequence[int],
    window: tuple[float, float],
    busiest: tuple[float, float] | None,
    of: Sequence[int] | None = None,
) -> list[Candidate]:
    """Acts worth trying: for the services that are waited for most, by the counters that have most time.

    Of the services `of` only, where given. `staffed` counters may learn, `idle` ones may be opened, both for
    `window`; in `busiest` one more counter is tried where given. A counter learns only services of an agency
    that it serves already.
    """
    waited, busy = np.zeros(len(setting.services)), np.zeros(len(setting.counters))
    for day, result in zip(days, results, strict=True):
        first = [one.stays[0].service for one in day.citizens]
        np.add.at(waited, first, result.waited_s)
        busy += np.array(result.busy_s[: len(setting.counters)])
    if of is not None:
        waited[np.isin(np.arange(len(waited)), of, invert=True)] = 0
    wanted = [int(s) for s in np.argsort(-waited)[:SERVICES_TRIED] if waited[s] > 0]
    found = []
    free_first = sorted(staffed, key=lambda place: busy[place])
    for service in wanted:
        agency = setting.services[service].agency
        may = [
            place
            for place in free_first
            if service not in setting.counters[place].services
            and agency in {setting.services[s].agency for s in setting.counters[place].services}
        ]
        for place in may[:COUNTERS_TRIED]:
            found.append(Candidate(Kind.LEARN, place, (service,), *window, Learns(place, service, *window)))
        if busiest is not None:
            found.append(Candidate(Kind.OPEN, None, (service,), *busiest, More((service,), *busiest)))
    for place in idle:
        services = setting.counters[place].services
        if set(services) & set(wanted):
            found.append(Candidate(Kind.OPEN, place, services, *window, Opens(place, *window)))
    return found


def ranked(
    setting: Setting,
    days: Sequence[HallDay],
    base: Scores,
    tried: Sequence[Candidate],
    target_minutes: float,
    rng: np.random.Generator,
    before: tuple[float, float, float] = (0.0, 0.0, 0.0),
    among: Among | None = None,
) -> tuple[Proposal, ...]:
    """The acts whose 95 % interval says that they help those who are `among`, the greatest help first."""
    found = []
    for one in tried:
        played = play(setting, [with_act(setting, day, one.act) for day in days])
        after = scores(played, target_minutes, before, among)
        mean, within = difference(after, base, rng)
        if not (mean.high < 0 and mean.value <= -LEAST_GAIN_MINUTES):
            continue
        counter = setting.counters[one.counter] if one.counter is not None else None
        found.append(
            Proposal(
                one.kind,
                counter.id if counter else "",
                counter.number if counter else 0,
                tuple(setting.services[s].id for s in one.services),
                one.from_s,
                one.to_s,
                mean,
                within,
                spread_of(after),
            )
        )
    return tuple(sorted(found, key=lambda p: p.mean.value)[:MOST])
