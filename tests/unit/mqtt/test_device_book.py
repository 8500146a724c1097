"""What the server knows of devices: since when they are unwell, what happened, and when to tell somebody."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fakes.mqtt_office import MqttOffice

from queue_server.contract.states import DeviceState, DeviceTest
from queue_server.mqtt.device_book import AGENT_SILENT_AFTER, DeviceBook

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LONG = timedelta(minutes=3)


def says(device: str, state: str, kind: str = "printer", agent: str = "agent", **health: str) -> DeviceState:
    return DeviceState.model_validate(
        {
            "version": 1,
            "at": NOW,
            "device": device,
            "kind": kind,
            "state": state,
            "health": health,
            "agent": agent,
        }
    )


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_a_device_that_is_unwell_for_too_long_is_told_once_an_episode() -> None:
    book = DeviceBook()
    book.heard(says("p1", "degraded", paper="out"), NOW)
    assert book.look(later(2), LONG) == ()
    (told,) = book.look(later(3), LONG)
    assert (told.device, told.since, told.fault) == ("p1", NOW, "degraded paper=out")
    assert book.look(later(4), LONG) == () and book["p1"]["alerted"] is True
    book.heard(says("p1", "ready", paper="ok"), later(5))
    assert book["p1"]["alerted"] is False
    book.heard(says("p1", "lost"), later(6))
    assert [one.since for one in book.look(later(9), LONG)] == [later(6)]


def test_an_episode_goes_on_while_only_the_kind_of_trouble_changes() -> None:
    book = DeviceBook()
    book.heard(says("p1", "degraded", paper="near_end"), NOW)
    book.heard(says("p1", "degraded", paper="out"), later(2))
    book.heard(says("p1", "lost"), later(2.5))
    (told,) = book.look(later(3), LONG)
    assert told.since == NOW


def test_the_devices_of_a_lost_agent_are_lost_until_they_speak_again() -> None:
    book = DeviceBook()
    book.heard(says("agent", "ready", "agent"), NOW)
    book.heard(says("p1", "ready", paper="ok"), NOW)
    book.heard(says("p2", "ready", agent="other"), NOW)
    book.heard(says("agent", "lost", "agent"), later(1))
    assert book["p1"]["state"] == "lost" and book["p1"]["health"] == {"error": "agent"}
    assert book["p2"]["state"] == "ready"
    book.heard(says("p1", "ready", paper="ok"), later(2))
    assert book["p1"]["state"] == "ready"


def test_an_agent_that_says_nothing_any_more_is_lost_with_its_devices() -> None:
    book = DeviceBook()
    book.heard(says("agent", "ready", "agent"), NOW)
    book.heard(says("p1", "ready"), NOW)
    book.look(NOW + AGENT_SILENT_AFTER, LONG)
    assert book["agent"]["state"] == "ready"
    book.look(NOW + AGENT_SILENT_AFTER + timedelta(seconds=1), LONG)
    assert {book["agent"]["state"], book["p1"]["state"]} == {"lost"}


def test_events_are_changes_and_say_how_long_it_was_unwell() -> None:
    book = DeviceBook()
    book.heard(says("p1", "ready"), NOW)
    book.heard(says("p1", "ready"), later(1))
    book.heard(says("p1", "degraded", cover="open"), later(2))
    book.heard(says("p1", "ready"), later(5))
    assert [(e.state, e.lasted) for e in book.events()] == [
        ("ready", timedelta(minutes=3)),
        ("degraded", None),
    ]


def test_an_agent_is_not_unwell_because_a_device_of_it_is() -> None:
    book = DeviceBook()
    book.heard(says("agent", "degraded", "agent", clock_offset_ms="3"), NOW)
    assert book.look(NOW + timedelta(seconds=30), timedelta(seconds=10)) == () and book.events() == ()
    book.heard(says("agent", "degraded", "agent", error="clock"), NOW + timedelta(seconds=30))
    assert [one.device for one in book.look(NOW + timedelta(seconds=60), timedelta(seconds=10))] == ["agent"]


def test_a_watcher_hears_of_changes_and_not_of_heartbeats() -> None:
    book, heard = DeviceBook(), []
    book.watch(lambda: heard.append(len(book)))
    book.heard(says("p1", "ready"), NOW)
    book.heard(says("p1", "ready"), later(1))
    assert heard == [1]
    book.forget("p1")
    assert heard == [1, 0] and "p1" not in book


@pytest.fixture
def office() -> Iterator[MqttOffice]:
    made = MqttOffice()
    yield made
    made.close()


def test_an_unwell_device_is_recorded_and_told_as_an_event(office: MqttOffice) -> None:
    state = says("p1", "degraded", paper="out")
    office.client_link.publish(office.topics.device_state("p1"), state.model_dump_json().encode())
    office.clock.advance(timedelta(minutes=4))
    office.service._tell_unwell(office.engine.office)
    office.service._tell_unwell(office.engine.office)
    office.settle()
    faults = [
        e["data"] for e in office.events if e["type"] == "fault.reported" and e["data"]["device"] == "p1"
    ]
    assert [one["fault"] for one in faults] == ["degraded paper=out"]


def test_a_test_is_asked_for_on_the_devices_own_topic(office: MqttOffice) -> None:
    heard: list[DeviceTest] = []
    office.client_link.subscribe(
        office.topics.device_test("p1"), lambda r: heard.append(DeviceTest.model_validate_json(r.payload))
    )
    id_ = office.service.test_device("p1")
    assert [(one.id, one.device) for one in heard] == [(id_, "p1")]
