"""The estimator against the production policy, event by event, and its honesty about the unknown."""

import heapq
from dataclasses import replace

import numpy as np
from fakes.halls import big_hall, hall
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.calling import Head, choose
from queue_server.domain.ids import ServiceId, TicketId
from queue_server.domain.office_calling import Calling, PolicyName
from queue_server.domain.office_services import ServiceClass
from queue_server.waits.conformal import Rolling
from queue_server.waits.estimate import HAIR_MIN, estimate, in_minutes
from queue_server.waits.snapshot import CounterNow, ServiceTimes, Snapshot
from queue_server.waits.times import residual, table


def rng() -> np.random.Generator:
    return np.random.default_rng(11)


def test_where_no_counter_is_open_nothing_is_known() -> None:
    found = estimate(hall([[60.0, 30.0]], []), rng())
    assert (found.newcomers, found.tickets, found.hall_mean) == ({}, {}, None)


def test_a_service_nobody_takes_is_unknown_and_the_others_are_not() -> None:
    found = estimate(hall([[60.0], [60.0]], [CounterNow((True, False))], times=[300, 300]), rng())
    assert set(found.newcomers) == {"s0"}
    assert set(found.tickets) == {"t0-0"}
    assert found.hall_mean is None


def test_everyone_is_called_in_turn_when_service_times_are_known() -> None:
    found = estimate(hall([[900.0, 600.0, 300.0]], [CounterNow((True,))], times=[600]), rng())
    assert [found.tickets[TicketId(f"t0-{n}")].median for n in range(3)] == [0, 10, 20]
    told = found.newcomers[ServiceId("s0")]
    assert (told.low, told.median, told.high, told.promise, told.made_by) == (30, 30, 30, 30, "mc1")


def test_the_hall_mean_holds_the_wait_already_spent() -> None:
    found = estimate(
        hall([[600.0, 600.0]], [CounterNow((True,))], times=[600], called_waits_s=(1200.0,)), rng()
    )
    assert found.hall_mean is not None
    assert found.hall_mean.median == round((10 + 20 + 20) / 3)


def test_newcomers_do_not_delay_one_another() -> None:
    found = estimate(hall([[], [], []], [CounterNow((True, True, True))], times=[1500, 1500, 1500]), rng())
    assert [told.median for told in found.newcomers.values()] == [0, 0, 0]


def test_a_busy_counter_is_free_when_its_service_is_over() -> None:
    busy = CounterNow((True,), ServiceId("s0"), elapsed_s=240.0)
    found = estimate(hall([[60.0]], [busy], times=[600]), rng())
    assert found.tickets[TicketId("t0-0")].median == 6


def test_halves_of_a_hall_that_share_no_counter_are_each_reckoned_as_if_alone() -> None:
    left, right = [900.0, 600.0, 300.0], [500.0, 400.0]
    apart = [CounterNow((True, False)), CounterNow((False, True), ServiceId("s1"), 60.0)]
    both = estimate(hall([left, right], apart, times=[600, 240]), rng())
    alone = estimate(hall([left], [CounterNow((True,))], times=[600]), rng())
    assert [both.tickets[TicketId(f"t0-{n}")].median for n in range(3)] == [
        alone.tickets[TicketId(f"t0-{n}")].median for n in range(3)
    ]
    assert [both.tickets[TicketId(f"t1-{n}")].median for n in range(2)] == [3, 7]
    assert [both.newcomers[ServiceId(f"s{n}")].median for n in range(2)] == [30, 11]


def test_a_counter_that_takes_two_services_joins_their_halves() -> None:
    joined = [CounterNow((True, False)), CounterNow((True, True))]
    found = estimate(hall([[600.0], [900.0, 300.0]], joined, times=[600, 600]), rng())
    assert [found.tickets[TicketId(f"t1-{n}")].median for n in range(2)] == [0, 10]
    assert found.tickets[TicketId("t0-0")].median == 0


def test_a_paused_counter_calls_again_when_it_has_said_so() -> None:
    found = estimate(hall([[60.0]], [CounterNow((True,), back_in_s=900.0)], times=[600]), rng())
    assert found.tickets[TicketId("t0-0")].median == 15


def test_nobody_is_called_in_the_lunch_break() -> None:
    found = estimate(hall([[60.0] * 3], [CounterNow((True,))], times=[600], breaks=((900.0, 6300.0),)), rng())
    assert [found.tickets[TicketId(f"t0-{n}")].median for n in range(3)] == [0, 10, 105]


def test_priority_citizens_still_to_come_are_reckoned_with() -> None:
    classes = (ServiceClass.ORDINARY, ServiceClass.PRIORITY)
    strict = Calling(policy=PolicyName.STRICT)

    def newcomer(arrivals: float) -> int:
        counters = [CounterNow((True, True))]
        snapshot = hall([[60.0] * 6, []], counters, classes, [600, 600], strict, (0.0, arrivals))
        return estimate(snapshot, rng()).newcomers[ServiceId("s0")].median

    assert newcomer(0.0) == 60
    assert newcomer(3.0) >= 70


def test_an_appointment_ahead_of_its_slot_has_not_waited_yet() -> None:
    found = estimate(hall([[-1200.0]], [CounterNow((True,), back_in_s=1500.0)], times=[600]), rng())
    assert found.hall_mean is not None and found.hall_mean.median == 5


def test_the_same_snapshot_and_generator_give_the_same_estimate() -> None:
    assert estimate(big_hall(), rng()) == estimate(big_hall(), rng())


def test_ranges_are_in_order_and_widen_by_their_factor() -> None:
    plain = estimate(big_hall(), rng())
    assert len(plain.tickets) == 200
    for told in (*plain.tickets.values(), *plain.newcomers.values()):
        assert 0 <= told.low <= told.median <= told.promise <= told.high
    wide = estimate(replace(big_hall(), factors=Rolling(widths={"all": 0.7})), rng())
    wider = [
        wide.tickets[id_].high - wide.tickets[id_].low > t.high - t.low for id_, t in plain.tickets.items()
    ]
    assert sum(wider) > 150


@given(st.floats(0, 300), st.floats(0, 300), st.floats(0, 300), st.floats(0, 300))
def test_a_low_end_is_never_above_the_median(a: float, b: float, c: float, d: float) -> None:
    low, median, promise, high = sorted((a, b, c, d))
    told = in_minutes(low, median, high, promise)
    assert told.low <= told.median <= told.promise <= told.high
    assert told.high + HAIR_MIN >= high and told.promise + HAIR_MIN >= promise and told.high >= 1


def test_no_minutes_are_floored_away() -> None:
    told = in_minutes(0.6, 2.5, 4.1, 3.01)
    assert (told.low, told.median, told.high, told.promise) == (1, 3, 5, 4)


def by_hand(snapshot: Snapshot) -> dict[TicketId, float]:
    """The same hall played with one heap and the domain's own `choose`; service times are exact."""
    seconds = {t.service: t.samples[0] for t in snapshot.services}
    queues = [[t for t in snapshot.tickets if t.queue == q] for q in range(len(snapshot.queues))]
    called: dict[TicketId, float] = {}
    free = [(c.back_in_s, n, c.ordinary_since_priority) for n, c in enumerate(snapshot.counters)]
    heapq.heapify(free)
    while free:
        now, n, since_priority = heapq.heappop(free)
        heads = [
            Head(
                waiting[0].id,
                snapshot.queues[q].service_class,
                now + waiting[0].waited_s,
                seconds[snapshot.queues[q].service],
                waiting[0].number,
            )
            for q, waiting in enumerate(queues)
            if waiting and snapshot.counters[n].may_call[q]
        ]
        head = choose(snapshot.calling, heads, since_priority)
        if head is not None:
            q = next(q for q, waiting in enumerate(queues) if waiting and waiting[0].id == head.ticket)
            called[queues[q].pop(0).id] = now
            since = 0 if head.service_class is ServiceClass.PRIORITY else since_priority + 1
            heapq.heappush(free, (now + seconds[snapshot.queues[q].service], n, since))
    return called


QUEUES = st.lists(
    st.tuples(
        st.sampled_from(ServiceClass),
        st.lists(st.floats(-600, 3600).map(lambda s: round(s, 1)), max_size=6).map(
            lambda w: sorted(w, reverse=True)
        ),
        st.sampled_from([120.0, 300.0, 660.0]),
    ),
    min_size=1,
    max_size=4,
)


@given(
    QUEUES,
    st.lists(st.tuples(st.integers(1, 15), st.integers(0, 1200), st.integers(0, 4)), min_size=1, max_size=3),
    st.sampled_from(PolicyName),
)
def test_calls_come_when_the_production_policy_makes_them(queues, counters, policy) -> None:  # type: ignore[no-untyped-def]
    snapshot = hall(
        [waits for _, waits, _ in queues],
        [
            CounterNow(
                tuple(bool(mask >> q & 1) for q in range(len(queues))),
                back_in_s=back + n / 1000,
                ordinary_since_priority=since,
            )
            for n, (mask, back, since) in enumerate(counters)
        ],
        [cls for cls, _, _ in queues],
        [seconds for _, _, seconds in queues],
        Calling(policy=policy),
    )
    snapshot = replace(snapshot, queues=tuple(replace(q, newcomer=False) for q in snapshot.queues))
    expected = by_hand(snapshot)
    found = estimate(snapshot, rng(), runs=4).tickets
    assert set(found) == set(expected)
    for id_, at in expected.items():
        assert abs(found[id_].median - at / 60) <= 0.51


def test_few_samples_are_shrunk_towards_the_prior() -> None:
    few, many = (table(ServiceTimes(ServiceId("s"), 600.0, samples=(60.0,) * n)).mean() for n in (5, 400))
    assert abs(few - (5 * 60 + 20 * 600) / 25) < 30
    assert abs(many - (400 * 60 + 20 * 600) / 420) < 10


def test_a_service_without_history_borrows_its_groups() -> None:
    found = table(ServiceTimes(ServiceId("s"), 600.0, group_samples=(300.0,) * 80)).mean()
    assert abs(found - (0.8 * 300 + 0.2 * 600)) < 20


def test_a_service_that_has_outlasted_all_known_ones_still_ends() -> None:
    times = table(ServiceTimes(ServiceId("s"), 600.0, samples=(300.0,) * 100))
    left = residual(times, 50_000.0, np.random.default_rng(1).random(1000))
    assert (left >= 0).all() and 0 < left.mean() < 50_000
    assert (residual(times, 200.0, np.array([0.0, 0.5, 0.999])) > 0).all()
