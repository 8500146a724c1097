"""What an act moves is looked at right after it: the services it touched, and no others."""

import json
from collections.abc import Callable

import pytest
from fakes.fake_clock import FakeClock
from fakes.office_day import C1, OfficeDay
from fakes.small_office import CIVIL, LAND

from queue_server.contract.topics import Topics
from queue_server.domain import commands as c
from queue_server.domain.ids import ServiceId
from queue_server.domain.ticket import Told
from queue_server.domain.words import Words
from queue_server.link.loopback import MemoryBroker
from queue_server.mqtt.publisher import Publisher


class Asked:
    """Of which services a newcomer's wait was asked."""

    def __init__(self) -> None:
        self.services: list[str] = []

    def __call__(self, service: ServiceId) -> Told | None:
        self.services.append(service)
        return None


def _publisher(broker: MemoryBroker, asked: Asked) -> tuple[Publisher, Topics]:
    """On a link that is online."""
    link, topics = broker.link(), Topics("ward")
    link.start()
    return Publisher(link, topics, FakeClock(), asked, "b"), topics


def _issue(day: OfficeDay) -> None:
    day.issue(LAND)


def _close(day: OfficeDay) -> None:
    day.do(c.CloseService, service=LAND, reason=Words("Hết hồ sơ", "No forms"))


def _call(day: OfficeDay) -> None:
    day.do(c.CallNext, counter=C1)


def _change_services(day: OfficeDay) -> None:
    day.do(c.ChangeCounterServices, counter=C1, services=(LAND,))


def _close_day(day: OfficeDay) -> None:
    day.do(c.CloseDay)


@pytest.mark.parametrize(
    ("act", "looked_at"),
    [
        (_issue, {LAND}),
        (_close, set()),
        (_call, {CIVIL}),
        (_change_services, {CIVIL, LAND}),
        (_close_day, set()),
    ],
)
def test_the_services_an_act_touches_are_looked_at(
    act: Callable[[OfficeDay], None], looked_at: set[str]
) -> None:
    broker, asked, day = MemoryBroker(), Asked(), OfficeDay()
    publisher, topics = _publisher(broker, asked)
    day.issue(CIVIL)
    publisher.refresh(day.office)
    asked.services.clear()
    act(day)
    publisher.refresh(day.office, everything=False)
    assert set(asked.services) == looked_at, "a service that is open is asked for its wait"
    partly = {s: broker.retained(topics.service_state(s)) for s in (CIVIL, LAND)}
    publisher.refresh(day.office)
    wholly = {s: broker.retained(topics.service_state(s)) for s in (CIVIL, LAND)}
    assert {s: _shown(partly[s]) for s in partly} == {s: _shown(wholly[s]) for s in wholly}


def _shown(state: bytes | None) -> dict[str, object]:
    return {k: v for k, v in json.loads(state or b"{}").items() if k not in ("version", "at")}


def test_an_office_older_than_the_one_shown_is_not_shown_any_more() -> None:
    broker, day = MemoryBroker(), OfficeDay()
    publisher, topics = _publisher(broker, Asked())
    day.issue(CIVIL)
    before = day.office
    day.issue(CIVIL)
    publisher.refresh(day.office)
    publisher.refresh(before)
    shown = json.loads(broker.retained(topics.service_state(CIVIL)) or b"")
    assert (shown["version"], shown["waiting"]) == (day.office.seq, 2)


def test_a_hall_is_shown_a_call_before_anything_else_is_looked_at() -> None:
    broker, asked, day = MemoryBroker(), Asked(), OfficeDay()
    publisher, topics = _publisher(broker, asked)
    day.issue(CIVIL)
    publisher.refresh(day.office)
    before = day.office
    asked.services.clear()
    _call(day)
    publisher.hall(day.office)
    publisher.refresh(before)
    counter = json.loads(broker.retained(topics.counter_state(C1)) or b"")
    assert (counter["version"], counter["number"]) == (day.office.seq, "A001")
    assert asked.services == []
    publisher.refresh(day.office, everything=False)
    assert asked.services == [CIVIL]
