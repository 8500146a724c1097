"""Every verb of the contract, well-formed and not, on a real engine: nobody falls over."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fakes.mqtt_office import MqttOffice
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from queue_server.contract.requests import VERBS
from queue_server.link.ports import Received
from tests.fuzz.schema_strategies import anything, broken, fitting

FEW = settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)


class Edge:
    """An office, and whatever it answered or logged as a defect."""

    def __init__(self) -> None:
        self.office = MqttOffice()
        self.replies: list[dict[str, Any]] = []
        self.office.client_link.subscribe(f"{self.office.topics.root}/reply/+", self._heard)
        self._asked = 0

    def _heard(self, received: Received) -> None:
        self.replies.append(json.loads(received.payload))

    def send(self, client: str, verb: str, payload: bytes, caplog: pytest.LogCaptureFixture) -> None:
        """Fails on any exception that had to be caught on the way."""
        caplog.clear()
        self.office.clock.seconds += 1
        with capture_logs() as logs, caplog.at_level(logging.ERROR):
            self.office.send_raw(client, verb, payload)
            self.office.settle()
        defects = [one for one in logs if one["log_level"] in ("error", "critical")]
        assert defects == []
        assert [r.getMessage() for r in caplog.records] == []

    def is_well(self) -> bool:
        """A citizen still gets a number."""
        self._asked += 1
        self.office.clock.seconds += 1
        reply = self.office.ask("k2", "issue", id=f"well-{self._asked}", services=["civil"])
        answered = reply.ok or (reply.refusal is not None and reply.refusal.code != "storage_failed")
        return answered and self.office.engine.alive


@pytest.fixture(scope="module")
def edge() -> Iterator[Edge]:
    made = Edge()
    yield made
    made.office.close()


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_takes_what_fits_and_what_does_not(
    verb: str, edge: Edge, caplog: pytest.LogCaptureFixture
) -> None:
    schema = VERBS[verb].model_json_schema()

    @FEW
    @given(st.one_of(fitting(schema), broken(schema), anything))
    def fuzz(body: Any) -> None:
        edge.send("operator", verb, json.dumps(body).encode(), caplog)

    fuzz()
    assert edge.is_well()


def test_bytes_that_are_no_request_are_passed_over(edge: Edge, caplog: pytest.LogCaptureFixture) -> None:
    @settings(FEW, max_examples=200)
    @given(st.binary(max_size=200), st.sampled_from(["k1", "operator", "agent", "keypad1", "nobody"]))
    def fuzz(payload: bytes, client: str) -> None:
        edge.send(client, "issue", payload, caplog)

    fuzz()
    assert edge.is_well()


HOSTILE = {
    "deep": b"[" * 60_000,
    "deep object": b'{"id":"d1","services":' + b'{"a":' * 10_000,
    "endless number": b'{"id":"n1","services":["civil"],"people":' + b"9" * 60_000 + b"}",
    "too large": b'{"id":"l1","services":["' + b"x" * 900_000 + b'"]}',
    "letters of another alphabet in the id": '{"id":"số-một","services":["civil"]}'.encode(),
    "a lone surrogate": b'{"id":"\\ud800","services":["civil"]}',
    "nothing": b"",
    "no utf-8": b'{"id":"\xff\xfe"}',
    "an id of many lines": b'{"id":"a\\nb","services":["civil"]}',
    "twice the same key": b'{"id":"t1","id":"t2","services":["civil"]}',
    "infinity": b'{"id":"i1","services":["civil"],"people":1e999}',
}


@pytest.mark.parametrize("payload", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_request_costs_nobody_anything(
    payload: bytes, edge: Edge, caplog: pytest.LogCaptureFixture
) -> None:
    for client in ("k1", "operator"):
        edge.send(client, "issue", payload, caplog)
    assert edge.is_well()


@settings(FEW, max_examples=100)
@given(st.one_of(st.binary(max_size=100), anything.map(lambda value: json.dumps(value).encode())))
def test_a_device_may_say_of_itself_what_it_likes(payload: bytes) -> None:
    office = _shared()
    office.client_link.publish(office.topics.device_state("p1"), payload)
    assert office.engine.alive


_office: list[MqttOffice] = []


def _shared() -> MqttOffice:
    if not _office:
        _office.append(MqttOffice())
    return _office[0]


@pytest.fixture(scope="module", autouse=True)
def closed() -> Iterator[None]:
    yield
    while _office:
        _office.pop().close()


def test_memory_does_not_grow_with_rubbish(edge: Edge, caplog: pytest.LogCaptureFixture) -> None:
    """Ten thousand refused requests leave nothing behind in the process."""
    import tracemalloc

    def rubbish(count: int) -> None:
        for number in range(count):
            edge.office.send_raw("k1", "issue", b'{"id":"r%d","services":[]}' % number)
            edge.office.send_raw("nobody", "issue", b"\xff" * 100)
            edge.office.clock.seconds += 0.1
        edge.replies.clear()

    rubbish(500)
    tracemalloc.start()
    try:
        rubbish(500)
        before, _ = tracemalloc.get_traced_memory()
        rubbish(2500)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 300_000
