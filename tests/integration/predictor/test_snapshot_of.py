"""The snapshot says of the office what the production rules say."""

import pickle
from dataclasses import replace
from datetime import timedelta

import numpy as np
from fakes.office_day import C1, C2, OPENING, OfficeDay, office_config
from fakes.random_days import DAYS, play
from fakes.small_office import CIVIL, LAND
from hypothesis import given

from queue_server.domain import commands as c
from queue_server.domain.calling import Head, choose
from queue_server.domain.counter_table import CounterState
from queue_server.domain.events import TicketCalled
from queue_server.domain.office import Office
from queue_server.domain.queue_view import waiting_tickets
from queue_server.predictor.learner import Learner
from queue_server.predictor.snapshot import Learnt, snapshot_of
from queue_server.waits.estimate import estimate
from queue_server.waits.figures import VisitRecord
from queue_server.waits.measure import measure
from queue_server.waits.snapshot import Snapshot


def seen(day: OfficeDay) -> Snapshot:
    found = snapshot_of(day.office, day.at, Learnt())
    assert found is not None
    return found


def test_an_office_not_yet_configured_has_no_snapshot() -> None:
    assert snapshot_of(Office(), OPENING, Learnt()) is None


@given(DAYS)
def test_the_first_call_it_foresees_is_the_one_the_rules_make(acts) -> None:  # type: ignore[no-untyped-def]
    day = OfficeDay()
    for act in acts:
        play(day, act)
    snapshot = pickle.loads(pickle.dumps(seen(day)))
    assert {t.id for t in snapshot.tickets} == {t.id for t in waiting_tickets(day.office)}
    working = [n for n, k in day.office.counters.items() if k.state is not CounterState.UNSTAFFED]
    assert len(snapshot.counters) == len(working)
    for id_, counter in zip((C1, C2), snapshot.counters, strict=True):
        if day.office.counters[id_].state is not CounterState.IDLE:
            continue
        heads = []
        for n, queue in enumerate(snapshot.queues):
            first = next((t for t in snapshot.tickets if t.queue == n), None)
            if first is not None and counter.may_call[n]:
                heads.append(Head(first.id, queue.service_class, first.waited_s, 600.0, first.number))
        head = choose(snapshot.calling, heads, counter.ordinary_since_priority)
        made = [e.ticket for e in day.twin().do(c.CallNext, counter=id_) if isinstance(e, TicketCalled)]
        assert made == ([head.ticket] if head else [])


def test_busy_counters_say_whom_they_serve_and_since_when() -> None:
    day = OfficeDay()
    day.issue(LAND)
    day.do(c.CallNext, counter=C1)
    day.wait(90)
    busy, idle = seen(day).counters
    assert (busy.serving, busy.elapsed_s) == (LAND, 90)
    assert idle.serving is None
    assert seen(day).called_waits_s == (0.0,)


def test_a_counter_on_a_break_with_an_end_is_counted_and_one_without_is_not() -> None:
    day = OfficeDay()
    day.do(c.PauseCounter, counter=C1, reason="Nghỉ", until=day.at + timedelta(minutes=10))
    day.do(c.PauseCounter, counter=C2, reason="Họp")
    (counter,) = seen(day).counters
    assert counter.back_in_s == 600


def test_the_lunch_break_is_seen_coming_until_it_has_begun() -> None:
    day = OfficeDay()
    day.until(11)
    assert seen(day).breaks == ((1800.0, 7200.0),)
    day.until(12)
    assert seen(day).breaks == ()


def test_every_service_has_a_place_for_a_newcomer() -> None:
    newcomers = [q.service for q in seen(OfficeDay()).queues if q.newcomer]
    assert newcomers == [CIVIL, LAND]


class PastDays:
    """Yesterday's visits, as measured."""

    def __init__(self, visits: tuple[VisitRecord, ...]) -> None:
        self.past, self.read = visits, 0

    def visits(self, day: object) -> tuple[VisitRecord, ...]:
        self.read += 1
        return tuple(v for v in self.past if v.day == day)


def test_past_days_teach_service_times_and_arrivals_and_are_read_once() -> None:
    day = OfficeDay()
    for _ in range(60):
        day.issue()
        day.serve(walk=10, service=110)
    visits = measure(day.journal)
    source = PastDays(visits)
    learner = Learner(source)
    tomorrow = day.at + timedelta(days=1)
    office = replace(day.office, config=office_config())
    learnt = learner.learnt(office, tomorrow)
    while learner.behind:
        learnt = learner.learnt(office, tomorrow)
    reads = source.read
    assert learner.learnt(office, tomorrow) is learnt and source.read == reads
    assert learnt.observed.days == {OPENING.date()}
    snapshot = snapshot_of(day.office, tomorrow, learnt)
    assert snapshot is not None
    civil = snapshot.services[0]
    assert set(civil.samples) == {120.0}
    busy = replace(snapshot.counters[0], serving=CIVIL, elapsed_s=0.0)
    told = estimate(replace(snapshot, counters=(busy,)), np.random.default_rng(1)).newcomers[CIVIL]
    assert told.median == 2
