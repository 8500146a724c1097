"""A simulated day against a whole server edge over the link's twin: real engine, real rules, real replies."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from fakes.fake_clock import FakeClock
from fakes.mqtt_office import MqttOffice, mqtt_config
from fakes.office_day import C1, ELDERLY, HALL
from fakes.running import Heard as Listened
from fakes.small_office import CIVIL, LAND
from rich.console import Console

from queue_server.domain import commands as c
from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import CommandId, CounterId
from queue_server.domain.office_services import Counter, PriorityGroup
from queue_server.domain.words import Words
from queue_server.engine.ports import Recorded
from queue_server.simulate.day import PlannedDay, plan_day
from queue_server.simulate.place import place_of
from queue_server.simulate.talk import Ask, Heard
from queue_server.simulator import NoOffice, Operator, Summary, play
from queue_server.waits.figures import Outcome
from queue_server.waits.measure import measure

VISITS = 60


class TestPace:
    """Time that passes only when somebody waits; the office's clock goes with it."""

    __test__ = False

    def __init__(self, clock: FakeClock) -> None:
        self.clock, self.seconds = clock, 0.0

    def now(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> None:
        if seconds > 0:
            self.seconds += seconds
            self.clock.advance(timedelta(seconds=seconds))


class Office:
    """An office over the twin with three counters, its journal heard, and an operator."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.mqtt = MqttOffice(self.clock)
        self.heard = Listened()
        self.mqtt.engine.subscribe(self.heard)
        self.config = replace(
            mqtt_config(),
            counters=tuple(
                Counter(CounterId(f"c{n}"), n, Words(f"Quầy {n}"), services, HALL)
                for n, services in ((1, (CIVIL, LAND)), (2, (CIVIL,)), (3, (LAND,)))
            ),
            priority_groups=(PriorityGroup(ELDERLY, Words("Người cao tuổi"), Words(""), "person"),),
        )
        configure = c.ConfigureOffice(id=CommandId("test.more"), by=c.SYSTEM, config=self.config)
        assert self.mqtt.engine.submit(configure).result(30).refusal is None
        self.mqtt.settle()
        self.link = self.mqtt.broker.link()
        self.operator = Operator(self.link, self.mqtt.topics, "operator")
        self.link.start()
        self.printed = io.StringIO()

    def plan(self, seed: int = 3) -> PlannedDay:
        return plan_day(place_of(self.config), np.random.default_rng(seed), VISITS)

    def play(self, ask: Callable[[Ask], Heard] | None = None, seed: int = 3) -> Summary:
        console = Console(file=self.printed, width=100)
        return play(self.plan(seed), ask or self.operator.ask, TestPace(self.clock), 1.0, console)

    def journal(self) -> list[Recorded]:
        self.mqtt.settle()
        return self.heard.recorded

    def counters(self) -> set[CounterState]:
        return {counter.state for counter in self.mqtt.engine.office.counters.values()}


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    yield made
    made.link.stop()
    made.mqtt.close()


def test_a_day_is_played_and_its_summary_is_what_the_journal_measures(office: Office) -> None:
    summary = office.play()
    visits = measure(office.journal())
    served = [v for v in visits if v.outcome is Outcome.SERVED]
    assert summary.finished
    assert (summary.planned, summary.issued) == (VISITS, VISITS) == (VISITS, len(visits))
    assert summary.served == len(served) > 0.8 * VISITS
    assert summary.no_show >= len([v for v in visits if v.outcome is Outcome.NO_SHOW]) > 0
    waits = [v.wait_s or 0.0 for v in served]
    assert summary.mean_wait_s is not None and abs(summary.mean_wait_s - sum(waits) / len(waits)) < 0.01
    assert summary.mean_wait_s > 10
    assert office.counters() == {CounterState.UNSTAFFED}
    kinds = {one.event.TYPE for one in office.journal()}
    assert {"ticket.recalled", "counter.paused", "ticket.no_show"} <= kinds
    printed = office.printed.getvalue()
    assert f"{VISITS} / {VISITS}" in printed and "Mean wait" in printed


def test_the_same_seed_gives_the_same_day(office: Office) -> None:
    first = office.play(seed=5)
    other = Office()
    try:
        assert other.play(seed=5) == first
    finally:
        other.link.stop()
        other.mqtt.close()


def test_ctrl_c_ends_cleanly_with_every_officer_signed_off(office: Office) -> None:
    asked = 0

    def interrupted(ask: Ask) -> Heard:
        nonlocal asked
        asked += 1
        if asked == 80:
            raise KeyboardInterrupt
        return office.operator.ask(ask)

    summary = office.play(interrupted)
    assert not summary.finished
    assert 0 < summary.issued < VISITS
    assert office.counters() == {CounterState.UNSTAFFED}


def test_a_day_goes_on_through_refusals(office: Office) -> None:
    """A counter is somebody else's, a service is closed, and every tenth request is refused."""
    ask = office.mqtt.ask
    assert ask("operator", "sign-on", id="o1", counter=C1, officer="lan").ok
    assert ask("operator", "close-service", id="o2", service=LAND, reason={"vi": "Họp"}).ok
    asked = 0

    def unlucky(one: Ask) -> Heard:
        nonlocal asked
        asked += 1
        return Heard(False, code="busy") if asked % 10 == 0 else office.operator.ask(one)

    summary = office.play(unlucky)
    assert summary.finished
    assert summary.refused > 10
    assert summary.served > 20


def test_a_server_that_has_gone_silent_ends_it(office: Office) -> None:
    asked = 0

    def silent(one: Ask) -> Heard:
        nonlocal asked
        asked += 1
        return Heard(False, code="no_reply") if asked > 40 else office.operator.ask(one)

    assert not office.play(silent).finished
    assert asked <= 40 + 3 + 1
    assert "does not answer" in office.printed.getvalue()


def test_an_office_describes_itself_to_the_simulator(office: Office) -> None:
    place = office.operator.place(10)
    assert [s.id for s in place.services] == [CIVIL, LAND]
    assert [c_.services for c_ in place.counters] == [(CIVIL, LAND), (CIVIL,), (LAND,)]
    assert place.priority_groups == (ELDERLY,)


def test_where_no_office_answers_a_sentence_says_what_to_do() -> None:
    made = MqttOffice()
    try:
        made.broker.go_down(forget=True)
        link = made.broker.link()
        with pytest.raises(NoOffice, match="motcua up"):
            Operator(link, made.topics, "operator").place(0.05)
    finally:
        made.broker.come_up()
        made.close()


def test_every_request_of_the_player_is_one_of_the_contract(office: Office) -> None:
    replies: list[Heard] = []

    def kept(ask: Ask) -> Heard:
        replies.append(office.operator.ask(ask))
        return replies[-1]

    office.play(kept)
    assert not [r.code for r in replies if r.code in ("bad_request", "unknown_verb", "forbidden")]
