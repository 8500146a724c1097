"""The simulated hall against queueing theory within intervals, and against simpy event by event."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from math import factorial

import numpy as np
import pytest
import simpy

from queue_server.domain.office_calling import Calling, PolicyName
from queue_server.domain.office_services import ServiceClass
from queue_server.simulate.hall import run
from queue_server.simulate.hall_day import Citizen, Floats, HallDay, Shift, Stay
from queue_server.simulate.setting import Setting, SettingCounter, SettingService

NEVER = timedelta(days=10_000)
"""Theory knows no rescue."""
MANY, BATCHES = 40_000, 40
ORDINARY, APPOINTMENT, PRIORITY = ServiceClass.ORDINARY, ServiceClass.APPOINTMENT, ServiceClass.PRIORITY


def office(policy: PolicyName, counters: Sequence[tuple[int, ...]], services: int = 1) -> Setting:
    return Setting(
        tuple(SettingService(f"s{n}", "g", 600.0) for n in range(services)),
        tuple(SettingCounter(n, takes) for n, takes in enumerate(counters, 1)),
        Calling(policy=policy, rescue_after=NEVER),
    )


def stream(
    seed: int,
    per_s: float,
    service: Callable[[np.random.Generator], Floats],
    shares: dict[ServiceClass, float],
    many: int = MANY,
) -> tuple[Citizen, ...]:
    """Poisson arrivals, each of a class by its share."""
    rng = np.random.default_rng(seed)
    at, taken = np.cumsum(rng.exponential(1 / per_s, many)), service(rng)
    kinds = rng.choice(len(shares), many, p=list(shares.values()))
    classes = list(shares)
    return tuple(
        Citizen(float(a), (Stay(0, float(t)),), classes[k]) for a, t, k in zip(at, taken, kinds, strict=True)
    )


def waits(setting: Setting, citizens: tuple[Citizen, ...]) -> Floats:
    shifts = tuple(Shift(n, 0.0, 1e12) for n in range(len(setting.counters)))
    return run(setting, HallDay(citizens, shifts)).wait_s


def agrees(found: Floats, expected: float) -> bool:
    """Batch means: the expected value lies within four standard errors, and these are small."""
    means = np.array([batch.mean() for batch in np.array_split(found, BATCHES)])
    error = means.std(ddof=1) / BATCHES**0.5
    return abs(found.mean() - expected) <= 4 * error and error < 0.12 * expected


def erlang_c(arrivals: float, rate: float, servers: int) -> float:
    """Mean wait of M/M/c."""
    load = arrivals / rate
    last = load**servers / factorial(servers) / (1 - load / servers)
    waiting = last / (sum(load**n / factorial(n) for n in range(servers)) + last)
    return waiting / (servers * rate - arrivals)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.7), (3, 0.8), (8, 0.85)])
def test_one_queue_and_many_counters_wait_as_erlang_c_says(servers: int, load: float) -> None:
    per_s = load * servers / 300.0
    citizens = stream(servers, per_s, lambda rng: rng.exponential(300.0, MANY), {ORDINARY: 1.0})
    found = waits(office(PolicyName.FIFO, [(0,)] * servers), citizens)
    assert agrees(found[2000:], erlang_c(per_s, 1 / 300.0, servers))


def gamma(rng: np.random.Generator) -> Floats:
    return rng.gamma(2.0, 150.0, MANY)


SECOND_MOMENT = 300.0**2 * 1.5
"""Of a gamma of shape 2 and mean 300."""


def by_class(citizens: tuple[Citizen, ...], found: Floats, kind: ServiceClass) -> Floats:
    mine = np.array([one.service_class is kind for one in citizens])
    mine[:2000] = False
    return found[mine]


def test_strict_priority_waits_as_cobham_says() -> None:
    load, shares = 0.75, {PRIORITY: 0.2, APPOINTMENT: 0.3, ORDINARY: 0.5}
    citizens = stream(11, load / 300, gamma, shares)
    found = waits(office(PolicyName.STRICT, [(0,)]), citizens)
    rest, above = load / 300 * SECOND_MOMENT / 2, 0.0
    for kind, share in shares.items():
        expected = rest / (1 - above) / (1 - above - load * share)
        above += load * share
        assert agrees(by_class(citizens, found, kind), expected), kind


def test_accumulating_priority_waits_as_its_means_say() -> None:
    """Kleinrock's recursion, as in Stanford, Taylor & Ziedins (2014), for three classes of M/G/1."""
    load, shares = 0.8, {ORDINARY: 0.5, APPOINTMENT: 0.3, PRIORITY: 0.2}
    citizens = stream(12, load / 300, gamma, shares)
    calling = Calling(rescue_after=NEVER)
    found = waits(office(PolicyName.ACCUMULATING, [(0,)]), citizens)
    rest, expected = load / 300 * SECOND_MOMENT / 2, dict[ServiceClass, float]()
    kinds = list(shares)
    for n, kind in enumerate(kinds):
        below = sum(
            load * shares[k] * expected[k] * (1 - calling.rate(k) / calling.rate(kind)) for k in kinds[:n]
        )
        above = sum(load * shares[k] * (1 - calling.rate(kind) / calling.rate(k)) for k in kinds[n + 1 :])
        expected[kind] = (rest / (1 - load) - below) / (1 - above)
        assert agrees(by_class(citizens, found, kind), expected[kind]), kind
    assert expected[PRIORITY] < expected[APPOINTMENT] < expected[ORDINARY]


@pytest.mark.parametrize("policy", list(PolicyName))
def test_work_is_conserved_whatever_the_policy(policy: PolicyName) -> None:
    """With equal service times no policy changes the mean wait of all: who gains, others pay."""
    shares = {ORDINARY: 0.6, PRIORITY: 0.4}
    citizens = stream(13, 0.8 / 300, lambda rng: np.full(4000, 300.0), shares, 4000)
    fifo = waits(office(PolicyName.FIFO, [(0,)]), citizens)
    found = waits(office(policy, [(0,)]), citizens)
    assert found.mean() == pytest.approx(fifo.mean(), rel=1e-9)


def crowd(seed: int, services: int) -> tuple[Citizen, ...]:
    rng = np.random.default_rng(seed)
    at = np.cumsum(rng.exponential(80.0, 600))
    return tuple(
        Citizen(
            float(a),
            (Stay(int(rng.integers(services)), float(rng.gamma(2, 130))),),
            PRIORITY if rng.random() < 0.2 else ORDINARY,
            walk_s=float(rng.uniform(1, 20)),
            turn_s=float(rng.uniform(1, 20)),
        )
        for a in at
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_single_wait_is_simpys_with_strict_priority(seed: int) -> None:
    citizens, env, found = crowd(seed, 1), simpy.Environment(), dict[int, float]()
    counters = simpy.PriorityResource(env, 4)

    def visit(n: int, one: Citizen):  # type: ignore[no-untyped-def]
        yield env.timeout(one.at_s)
        with counters.request(priority=0 if one.service_class is PRIORITY else 1) as turn:
            yield turn
            found[n] = env.now - one.at_s
            yield env.timeout(one.walk_s + one.stays[0].taken_s + one.turn_s)

    for n, one in enumerate(citizens):
        env.process(visit(n, one))
    env.run()
    ours = waits(office(PolicyName.STRICT, [(0,)] * 4), citizens)
    np.testing.assert_allclose(ours, [found[n] for n in range(len(citizens))], atol=1e-6)
    assert ours.max() > 600


@pytest.mark.parametrize("seed", [4, 5])
def test_every_single_wait_is_simpys_with_counters_of_many_skills(seed: int) -> None:
    citizens, env, found = crowd(seed, 3), simpy.Environment(), dict[int, float]()
    skills = [(0,), (0, 1), (1, 2), (2,), (0, 2)]
    hall = simpy.FilterStore(env)

    def come(n: int, one: Citizen):  # type: ignore[no-untyped-def]
        yield env.timeout(one.at_s)
        yield hall.put(n)

    def counter(takes: tuple[int, ...]):  # type: ignore[no-untyped-def]
        while True:
            n = yield hall.get(lambda n: citizens[n].stays[0].service in takes)
            one = citizens[n]
            found[n] = env.now - one.at_s
            yield env.timeout(one.walk_s + one.stays[0].taken_s + one.turn_s)

    for n, one in enumerate(citizens):
        env.process(come(n, one))
    for takes in skills:
        env.process(counter(takes))
    env.run()
    ours = waits(office(PolicyName.FIFO, skills, 3), citizens)
    np.testing.assert_allclose(ours, [found[n] for n in range(len(citizens))], atol=1e-6)
    assert ours.max() > 300
