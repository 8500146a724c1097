"""A day as it was: the people and shifts that the journal tells of, to be met by other plans.

What did not happen is filled in plainly: whoever was never served takes what their service is expected to
take; whoever left uncalled is gone after the wait at which they left.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise

from queue_server.domain import events as e
from queue_server.domain.hours import Hours
from queue_server.domain.office_services import ServiceClass
from queue_server.simulate.hall_day import Citizen, HallDay, Shift, Skill, Stay
from queue_server.simulate.setting import Setting
from queue_server.waits.figures import LegRecord, Outcome, VisitRecord

GOLDEN = 0.6180339887498949
LONGEST_TURN_S = 60.0
_USED = (Outcome.SERVED, Outcome.NO_SHOW, Outcome.ABANDONED)
Told = Sequence[tuple[datetime, e.Event]]
"""The day's events with their instants, in order."""


def replayed(setting: Setting, hours: Hours, day: date, visits: Iterable[VisitRecord], told: Told) -> HallDay:
    """Visits of services that the office no longer has are left out; so are cancelled and open ones."""
    place = {service.id: n for n, service in enumerate(setting.services)}
    used = [
        v
        for v in visits
        if v.outcome in _USED and all(str(leg.service) in place for leg in v.legs) and v.legs
    ]
    midnight = hours.midnight(day)
    closes = max((end for _, end in hours.spans(day)), default=midnight)
    transferred = {
        event.ticket for _, event in told if isinstance(event, e.TicketTransferred) and event.new_leg
    }

    def seconds(at: datetime) -> float:
        return (at - midnight).total_seconds()

    turn = _turn_s(used)
    citizens = [
        _citizen(v, n, place, setting, turn, seconds, seconds(closes), v.ticket in transferred)
        for n, v in enumerate(sorted(used, key=lambda v: v.issued_at))
    ]
    numbers = {counter.id: n for n, counter in enumerate(setting.counters)}
    shifts, skills = _shifts(setting, numbers, place, told, midnight, seconds(closes))
    return HallDay(tuple(citizens), shifts, skills)


def _citizen(
    visit: VisitRecord,
    n: int,
    place: Mapping[str, int],
    setting: Setting,
    turn_s: float,
    seconds: Callable[[datetime], float],
    closes_s: float,
    keeps: bool,
) -> Citizen:
    first = visit.legs[0]
    at_s = seconds(visit.issued_at)
    slot = None
    if visit.service_class is ServiceClass.APPOINTMENT and first.first_called_at and first.wait_s:
        slot = max(seconds(first.first_called_at) - first.wait_s, at_s)
    left = visit.outcome is Outcome.ABANDONED and visit.waited_s is not None
    left = left and at_s + (visit.waited_s or 0.0) < closes_s - 1
    missed = visit.outcome is Outcome.NO_SHOW
    return Citizen(
        at_s,
        tuple(_stay(leg, place, setting, keeps and leg.number > 1) for leg in visit.legs),
        visit.service_class,
        first.walk_s if first.walk_s is not None else 15.0,
        turn_s,
        visit.waited_s if left and visit.waited_s is not None else float("inf"),
        comes=not missed,
        slot_s=slot,
        hold_s=_held(first) if missed else 75.0,
        luck=(n * GOLDEN) % 1.0,
    )


def _stay(leg: LegRecord, place: Mapping[str, int], setting: Setting, keeps: bool) -> Stay:
    service = place[leg.service]
    taken = leg.service_s if leg.service_s is not None else setting.services[service].expected_s
    return Stay(service, taken, keeps)


def _held(leg: LegRecord) -> float:
    if leg.first_called_at is None or leg.ended_at is None:
        return 75.0
    return min((leg.ended_at - leg.first_called_at).total_seconds(), 600.0)


def _turn_s(visits: Sequence[VisitRecord]) -> float:
    """Median gap of at most a minute between an end and the same counter's next call."""
    by_counter: dict[str, list[tuple[datetime, datetime]]] = {}
    for visit in visits:
        for leg in visit.legs:
            if leg.counter is not None and leg.first_called_at is not None and leg.ended_at is not None:
                by_counter.setdefault(leg.counter, []).append((leg.first_called_at, leg.ended_at))
    gaps = sorted(
        gap
        for served in by_counter.values()
        for (_, ended), (called, _) in pairwise(sorted(served))
        if 0 <= (gap := (called - ended).total_seconds()) <= LONGEST_TURN_S
    )
    return gaps[len(gaps) // 2] if gaps else 10.0


def _shifts(
    setting: Setting,
    numbers: Mapping[str, int],
    place: Mapping[str, int],
    told: Told,
    midnight: datetime,
    closes_s: float,
) -> tuple[tuple[Shift, ...], tuple[Skill, ...]]:
    """A shift for every stretch from sign-on to sign-off; closed and paused stretches are its pauses."""
    on: dict[str, float] = {}
    away: dict[str, float] = {}
    pauses: dict[str, list[tuple[float, float]]] = {}
    takes = {c.id: set(c.services) for c in setting.counters}
    shifts: list[Shift] = []
    skills: list[Skill] = []

    def back(counter: str, at_s: float) -> None:
        begun = away.pop(counter, None)
        if begun is not None:
            pauses.setdefault(counter, []).append((begun, at_s - begun))

    def home(counter: str, at_s: float) -> None:
        begun = on.pop(counter, None)
        back(counter, at_s)
        if begun is not None and counter in numbers and at_s > begun:
            last = at_s >= closes_s - 60
            shifts.append(Shift(numbers[counter], begun, at_s, tuple(pauses.pop(counter, ())), last))

    for at, event in told:
        at_s = (at - midnight).total_seconds()
        match event:
            case e.CounterSignedOn():
                on[event.counter] = away[event.counter] = at_s
            case e.CounterOpened():
                back(event.counter, at_s)
            case e.CounterPaused() | e.CounterClosed():
                away.setdefault(event.counter, at_s)
            case e.CounterSignedOff():
                home(event.counter, at_s)
            case e.CounterServicesChanged() if event.counter in numbers:
                new = {place[s] for s in event.services if s in place}
                number, old = numbers[event.counter], takes[event.counter]
                skills += [Skill(number, s, at_s) for s in sorted(new - old)]
                skills += [Skill(number, s, at_s, gives_up=True) for s in sorted(old - new)]
                takes[event.counter] = new
            case _:
                pass
    for counter in list(on):
        home(counter, max(closes_s, on[counter]))
    return tuple(sorted(shifts, key=lambda s: (s.on_s, s.counter))), tuple(skills)
