"""One account that floods is cut off; the others, and it a second later, are heard."""

from collections.abc import Iterator

import pytest
from fakes.fake_clock import FakeClock
from fakes.mqtt_office import MqttOffice

from queue_server.mqtt.admission import MOST_DROPPED, MOST_REFUSED, MOST_STATES, MOST_WAITING, Admission


def test_an_account_waits_for_so_many_answers_and_no_more() -> None:
    admission = Admission(FakeClock())
    for _ in range(MOST_WAITING["kiosk"]):
        assert admission.admits("k1", "kiosk")
        admission.began("k1")
    assert not admission.admits("k1", "kiosk")
    assert admission.admits("k2", "kiosk")
    admission.ended("k1")
    assert admission.admits("k1", "kiosk")


def test_too_many_refusals_cost_the_rest_of_the_second() -> None:
    clock = FakeClock()
    admission = Admission(clock)
    for _ in range(MOST_REFUSED):
        assert admission.admits("k1", "kiosk")
        admission.refused("k1", "kiosk")
    assert not admission.admits("k1", "kiosk")
    assert admission.admits("k2", "kiosk")
    clock.seconds += 1
    assert admission.admits("k1", "kiosk")


def test_an_account_that_does_not_stop_is_shut_out_once_a_second() -> None:
    clock, shut_out = FakeClock(), list[str]()
    admission = Admission(clock, shut_out.append)
    for _ in range(MOST_REFUSED):
        assert admission.admits("k1", "kiosk")
        admission.refused("k1", "kiosk")
    for _ in range(MOST_DROPPED - 1):
        admission.admits("k1", "kiosk")
    assert shut_out == []
    for _ in range(MOST_DROPPED):
        admission.admits("k1", "kiosk")
    assert shut_out == ["k1"]


def test_names_that_nobody_has_shut_nobody_out() -> None:
    shut_out = list[str]()
    admission = Admission(FakeClock(), shut_out.append)
    for number in range(3 * MOST_DROPPED):
        if admission.admits(f"nobody-{number}", ""):
            admission.refused(f"nobody-{number}", "")
    assert shut_out == []


def test_states_of_devices_are_counted_too() -> None:
    clock, shut_out = FakeClock(), list[str]()
    admission = Admission(clock, shut_out.append)
    heard = [admission.admits_state("agent") for _ in range(MOST_STATES + MOST_DROPPED)]
    assert heard.count(True) == MOST_STATES
    assert shut_out == ["agent"]
    clock.seconds += 1
    assert admission.admits_state("agent")


def test_an_operators_refusals_are_not_counted() -> None:
    admission = Admission(FakeClock())
    for _ in range(10 * MOST_REFUSED):
        assert admission.admits("operator", "operator")
        admission.refused("operator", "operator")


def test_unknown_names_share_one_account_so_that_they_take_no_memory() -> None:
    admission = Admission(FakeClock())
    heard = 0
    for number in range(100):
        if admission.admits(f"nobody-{number}", ""):
            heard += 1
            admission.refused(f"nobody-{number}", "")
    assert heard == MOST_REFUSED
    assert len(admission._accounts) == 1


@pytest.fixture
def office() -> Iterator[MqttOffice]:
    made = MqttOffice()
    yield made
    made.close()


def test_a_flood_of_refused_requests_leaves_few_answers_and_the_next_kiosk_its_number(
    office: MqttOffice,
) -> None:
    replies: list[bytes] = []
    office.client_link.subscribe(office.topics.reply("k1"), lambda r: replies.append(r.payload))
    for number in range(500):
        office.send_raw("k1", "issue", b'{"id":"f%d","services":["khong-co"]}' % number)
    assert office.ask("k2", "issue", id="w1", services=["civil"]).ok
    assert 0 < len(replies) <= MOST_REFUSED + MOST_WAITING["kiosk"]
    office.clock.seconds += 1
    assert office.ask("k1", "issue", id="w2", services=["civil"]).ok


def test_a_flood_of_one_request_is_answered_a_few_times_only(office: MqttOffice) -> None:
    replies: list[bytes] = []
    office.client_link.subscribe(office.topics.reply("k1"), lambda r: replies.append(r.payload))
    for _ in range(500):
        office.send_raw("k1", "issue", b'{"id":"same","services":["civil"]}')
    assert office.ask("k2", "issue", id="w1", services=["civil"]).ok
    assert 0 < len(replies) <= 1 + MOST_REFUSED + MOST_WAITING["kiosk"]
    assert len(set(replies)) == 1
