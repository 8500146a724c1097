"""A realistic day, planned: who comes when and for what, how long it takes, when officers sit where.

Everything is drawn from the generator given, in a fixed order: the same seed is the same day. Shapes are
plausible, not measured anywhere; they are in the constants.
"""

from dataclasses import dataclass

import numpy as np

from queue_server.simulate.place import Place, officer_id

MORNING = (0.45, 20 * 60.0, 45 * 60.0)
AFTERNOON = (0.28, 30 * 60.0, 40 * 60.0)
"""The two peaks: share of visits, centre after the session's start, spread. The rest come evenly."""
EARLY_S = 15 * 60.0
"""People come this long before the doors open."""
LAST_S = 20 * 60.0
"""Nobody comes in the last minutes of a session."""
PRIORITY = 0.10
NO_SHOW = 0.04
COMES_BACK = 0.35
"""Of the no-shows."""
IMPATIENT = 0.12
"""Leave without a word after a while: when they are called, nobody comes."""
PATIENCE_S = (35 * 60.0, 15 * 60.0)
TRANSFER = 0.03
SECOND_SERVICE = 0.05
ADDED_AT_COUNTER = 0.03
ENGLISH = 0.02
SHAPE = 2.2
"""Service times are gamma about their service's mean."""


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """Times in seconds: `at_s` after local midnight, the others durations."""

    at_s: float
    services: tuple[str, ...]
    service_s: tuple[float, ...]
    """One a leg; later legs (a transfer, an added service) use the last again."""
    walk_s: float
    patience_s: float
    """After so long without a call the citizen is gone."""
    comes: bool = True
    """False: gone by the first call."""
    comes_back_s: float | None = None
    """Back at the desk so long after a missed call."""
    priority_group: str | None = None
    transfer_to: str | None = None
    added: str | None = None
    language: str = "vi"
    people: int = 1
    dossiers: int = 1


@dataclass(frozen=True, slots=True)
class PlannedShift:
    """An officer at a counter for one session; `pause` is (at, length), None for none."""

    counter: str
    officer: str
    on_s: float
    off_s: float
    pause: tuple[float, float] | None = None
    last: bool = False
    """The day's last session: whoever still waits is served before going home."""


@dataclass(frozen=True, slots=True)
class PlannedDay:
    visits: tuple[PlannedVisit, ...]
    shifts: tuple[PlannedShift, ...]
    seed_of_play: int
    """For what is decided while playing: pauses between two calls, recalls."""


def plan_day(place: Place, rng: np.random.Generator, volume: int) -> PlannedDay:
    """`volume` visits over the sessions, in order of arrival, and a shift a counter and session."""
    arrivals = np.sort([_arrival(place, rng) for _ in range(volume)])
    visits = tuple(_visit(place, rng, float(at)) for at in arrivals)
    shifts = tuple(
        _shift(place, rng, n, counter.id, session)
        for session in range(len(place.sessions))
        for n, counter in enumerate(place.counters, 1)
    )
    return PlannedDay(visits, shifts, int(rng.integers(2**32)))


def _arrival(place: Place, rng: np.random.Generator) -> float:
    sessions = place.sessions
    while True:
        kind = rng.random()
        if kind < MORNING[0]:
            at = sessions[0][0] + rng.normal(*MORNING[1:])
        elif kind < MORNING[0] + AFTERNOON[0]:
            at = sessions[-1][0] + rng.normal(*AFTERNOON[1:])
        else:
            start, end = sessions[int(rng.integers(len(sessions)))]
            at = rng.uniform(start, end)
        if any(start - EARLY_S <= at <= end - LAST_S for start, end in sessions):
            return float(at)


def _visit(place: Place, rng: np.random.Generator, at: float) -> PlannedVisit:
    weights = np.array([service.weight for service in place.services])
    first, second, third = (int(n) for n in rng.choice(len(weights), 3, p=weights / weights.sum()))
    luck = rng.random(8)
    ids = [service.id for service in place.services]
    other = ids[second] if second != first else None
    services = (ids[first], other) if other and luck[0] < SECOND_SERVICE else (ids[first],)
    comes = luck[1] >= NO_SHOW
    patient = luck[2] >= IMPATIENT
    group = place.priority_groups[third % len(place.priority_groups)] if place.priority_groups else None
    means = {service.id: service.mean_s for service in place.services}
    return PlannedVisit(
        at_s=at,
        services=services,
        service_s=tuple(max(float(rng.gamma(SHAPE, means[s] / SHAPE)), 30.0) for s in services),
        walk_s=float(rng.gamma(3.0, 7.0)) + 4.0,
        patience_s=np.inf if patient else max(float(rng.normal(*PATIENCE_S)), 300.0),
        comes=comes,
        comes_back_s=float(rng.uniform(180, 1200)) if luck[3] < COMES_BACK else None,
        priority_group=group if luck[4] < PRIORITY else None,
        transfer_to=other if len(services) == 1 and luck[5] < TRANSFER else None,
        added=other if len(services) == 1 and TRANSFER <= luck[5] < TRANSFER + ADDED_AT_COUNTER else None,
        language="en" if luck[6] < ENGLISH else "vi",
        dossiers=1 + int(rng.poisson(0.3)),
    )


def _shift(place: Place, rng: np.random.Generator, number: int, counter: str, session: int) -> PlannedShift:
    start, end = place.sessions[session]
    late, pause_at, length = rng.normal(0, 180), rng.uniform(0.35, 0.75), rng.uniform(300, 720)
    pauses = rng.random() < 0.5
    return PlannedShift(
        counter,
        officer_id(number),
        on_s=float(start + max(late, -120.0)),
        off_s=float(end),
        pause=(float(start + pause_at * (end - start)), float(length)) if pauses else None,
        last=session == len(place.sessions) - 1,
    )
