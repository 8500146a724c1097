"""The calling policies keep their stated bounds, whatever waits at the heads and however long a day goes."""

from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain.calling import Head, choose, index
from queue_server.domain.office_calling import Calling, PolicyName
from queue_server.domain.office_services import ServiceClass

O, A, P = ServiceClass.ORDINARY, ServiceClass.APPOINTMENT, ServiceClass.PRIORITY  # noqa: E741
RANK = {P: 2, A: 1, O: 0}

classes = st.sampled_from(list(ServiceClass))
waits = st.one_of(
    st.floats(-1800, 7200, allow_nan=False), st.sampled_from([0.0, 600.0, 2400.0, 2400.5, 3000.0])
)
heads_ = st.lists(st.tuples(classes, waits, st.floats(30, 3600)), min_size=1, max_size=12).map(
    lambda rows: [Head(f"t{n}", k, w, x, f"A{n:03d}") for n, (k, w, x) in enumerate(rows)]
)
policies = st.sampled_from(list(PolicyName))
callings = st.builds(
    Calling,
    policy=policies,
    one_priority_per=st.integers(1, 5),
    rescue_after=st.integers(10, 90).map(lambda m: timedelta(minutes=m)),
)


def rescue_s(calling: Calling) -> float:
    return calling.rescue_after.total_seconds()


@settings(deadline=None)
@given(callings, heads_, st.integers(0, 10))
def test_somebody_is_called_whenever_somebody_waits(calling: Calling, heads: list[Head], since: int) -> None:
    assert choose(calling, heads, since) in heads
    assert choose(calling, [], since) is None


@settings(deadline=None)
@given(callings, heads_, st.integers(0, 10), st.randoms())
def test_the_choice_does_not_depend_on_the_order_of_the_queues(
    calling: Calling, heads: list[Head], since: int, order: object
) -> None:
    shuffled = list(heads)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert choose(calling, heads, since) == choose(calling, shuffled, since)


@settings(deadline=None)
@given(callings, heads_, st.integers(0, 10))
def test_past_the_rescue_bound_the_oldest_goes_first(calling: Calling, heads: list[Head], since: int) -> None:
    chosen = choose(calling, heads, since)
    assert chosen is not None
    longest = max(head.waited_s for head in heads)
    if calling.policy is PolicyName.FIFO or longest > rescue_s(calling):
        assert chosen.waited_s == longest


@settings(deadline=None)
@given(heads_)
def test_fifo_passes_nobody_who_came_before(heads: list[Head]) -> None:
    chosen = choose(Calling(policy=PolicyName.FIFO), heads)
    assert chosen is not None and all(head.waited_s <= chosen.waited_s for head in heads)


@settings(deadline=None)
@given(heads_)
def test_strict_passes_a_class_only_for_a_higher_one(heads: list[Head]) -> None:
    calling = Calling(policy=PolicyName.STRICT)
    chosen = choose(calling, heads)
    assert chosen is not None
    if max(head.waited_s for head in heads) <= rescue_s(calling):
        top = max(RANK[head.service_class] for head in heads)
        assert RANK[chosen.service_class] == top
        assert all(h.waited_s <= chosen.waited_s for h in heads if RANK[h.service_class] == top)


@settings(deadline=None)
@given(heads_)
def test_accumulating_passes_only_a_lower_score(heads: list[Head]) -> None:
    calling = Calling()
    chosen = choose(calling, heads)
    assert chosen is not None
    if max(head.waited_s for head in heads) <= rescue_s(calling):
        scores = [calling.rate(head.service_class) * head.waited_s for head in heads]
        assert calling.rate(chosen.service_class) * chosen.waited_s == max(scores)


@settings(deadline=None)
@given(heads_)
def test_within_one_class_accumulating_is_first_come_first_served(heads: list[Head]) -> None:
    chosen = choose(Calling(), heads)
    assert chosen is not None
    same = [head.waited_s for head in heads if head.service_class is chosen.service_class]
    assert chosen.waited_s == max(same)


@settings(deadline=None)
@given(heads_)
def test_short_first_passes_only_a_lower_index(heads: list[Head]) -> None:
    calling = Calling(policy=PolicyName.SHORT_FIRST)
    chosen = choose(calling, heads)
    assert chosen is not None
    if max(head.waited_s for head in heads) <= rescue_s(calling):
        assert all(index(calling, head) <= index(calling, chosen) for head in heads)


@settings(deadline=None)
@given(heads_, st.integers(0, 10), st.integers(1, 5))
def test_interleaved_takes_the_side_whose_turn_it_is(heads: list[Head], since: int, per: int) -> None:
    calling = Calling(policy=PolicyName.INTERLEAVED, one_priority_per=per)
    chosen = choose(calling, heads, since)
    assert chosen is not None
    both = {head.service_class is P for head in heads} == {True, False}
    if both and max(head.waited_s for head in heads) <= rescue_s(calling):
        assert (chosen.service_class is P) is (since >= per)


@dataclass
class Line:
    """A counter's line over a day: first-come queues per class, served one after the other."""

    calling: Calling
    queues: dict[ServiceClass, list[tuple[str, float]]] = field(default_factory=dict)
    since: int = 0

    def arrive(self, name: str, kind: ServiceClass, now: float) -> None:
        self.queues.setdefault(kind, []).append((name, now))

    def call(self, now: float) -> tuple[str, ServiceClass, float] | None:
        heads = [
            Head(queue[0][0], kind, now - queue[0][1], 600.0, queue[0][0])
            for kind, queue in self.queues.items()
            if queue
        ]
        chosen = choose(self.calling, heads, self.since)
        if chosen is None:
            return None
        self.since = 0 if chosen.service_class is P else self.since + 1
        name, arrived = self.queues[chosen.service_class].pop(0)
        return name, chosen.service_class, arrived

    def waiting(self) -> list[tuple[str, ServiceClass, float]]:
        return [(name, kind, arrived) for kind, queue in self.queues.items() for name, arrived in queue]


days = st.lists(st.tuples(classes, st.integers(0, 400), st.booleans()), min_size=1, max_size=60)
"""Steps of a day: somebody of a class arrives after so many seconds, and perhaps one is called."""


@settings(deadline=None)
@given(callings, days)
def test_over_a_day_nobody_past_the_rescue_bound_is_passed_by_one_who_came_later(
    calling: Calling, day: list[tuple[ServiceClass, int, bool]]
) -> None:
    line, now = Line(calling), 0.0
    for number, (kind, gap, calls) in enumerate(day):
        now += gap
        line.arrive(f"{number:03d}", kind, now)
        if calls and (called := line.call(now)) is not None:
            passed = [arrived for _, _, arrived in line.waiting() if arrived < called[2]]
            if calling.policy is PolicyName.FIFO:
                assert not passed
            assert all(now - arrived <= rescue_s(calling) for arrived in passed)


@settings(deadline=None)
@given(st.integers(1, 4), days)
def test_over_a_day_interleaved_passes_a_waiting_priority_head_a_bounded_number_of_times(
    per: int, day: list[tuple[ServiceClass, int, bool]]
) -> None:
    calling = Calling(policy=PolicyName.INTERLEAVED, one_priority_per=per, rescue_after=timedelta(hours=9))
    line, now, passed = Line(calling), 0.0, 0
    for number, (kind, gap, calls) in enumerate(day):
        now += gap
        line.arrive(f"{number:03d}", kind, now)
        if not calls:
            continue
        waits_for_priority = bool(line.queues.get(P))
        called = line.call(now)
        if called is None or called[1] is P or not waits_for_priority:
            passed = 0
        else:
            passed += 1
            assert passed <= per
