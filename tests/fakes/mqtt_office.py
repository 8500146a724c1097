"""A whole server edge in one process: real engine and MQTT service over the link's twin."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from fakes.fake_clock import FakeClock
from fakes.small_office import config, fresh

from queue_server.contract.replies import Reply
from queue_server.contract.topics import Topics
from queue_server.domain import commands as c
from queue_server.domain.decide import decide
from queue_server.domain.evolve import evolve
from queue_server.domain.ids import CommandId, DeviceId, KioskId, TicketId, ZoneId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_devices import Kiosk, Printer
from queue_server.domain.words import Words
from queue_server.engine.batch import Behaviour
from queue_server.engine.writer import SingleWriter
from queue_server.link.loopback import MemoryBroker
from queue_server.link.ports import Received
from queue_server.mqtt.inbound import Client
from queue_server.mqtt.jobs import Jobs
from queue_server.mqtt.publisher import Publisher
from queue_server.mqtt.replies import render
from queue_server.mqtt.service import MqttService
from queue_server.mqtt.standing import TicketDesk
from queue_server.predictor.book import PredictionBook
from queue_server.storage.memory import MemoryJournal

DEADLINE_S = 30.0

CLIENTS = {
    "k1": Client("k1", "kiosk"),
    "k2": Client("k2", "kiosk"),
    "operator": Client("operator", "operator"),
    "agent": Client("agent", "agent"),
    "keypad1": Client("keypad1", "keypad", "c1"),
    "keypad2": Client("keypad2", "keypad", "c2"),
}


def mqtt_config() -> OfficeConfig:
    hall = ZoneId("hall")
    return replace(
        config(),
        kiosks=(Kiosk(KioskId("k1"), Words("Kiosk 1"), hall), Kiosk(KioskId("k2"), Words("Kiosk 2"), hall)),
        printers=(Printer(DeviceId("p1"), Words("Máy in 1"), "simulated:"),),
    )


class MqttOffice:
    """`ask` waits for the reply; `settle` until the teller has told everything."""

    def __init__(self, clock: FakeClock | None = None) -> None:
        self.clock = clock or FakeClock()
        self.broker = MemoryBroker()
        self.topics = Topics("ward")
        self.events: list[dict[str, Any]] = []
        self.jobs: list[dict[str, Any]] = []
        self.tokens: dict[str, TicketId] = {}
        """Of phone pages."""
        self._replies: dict[tuple[str, str], Future[bytes]] = {}
        page: Callable[..., str] = lambda config, ticket: ""  # noqa: E731
        self.engine = SingleWriter(
            MemoryJournal(),
            self.clock,
            Behaviour(decide, evolve, lambda o, k, d, at: render(o, k, d, at, page)),
            new_id=fresh,
            boot_id="boot-1",
        )
        self.engine.start()
        self._do(c.ConfigureOffice(id=CommandId("server.configure"), by=c.SYSTEM, config=mqtt_config()))
        self.server_link = self.broker.link()
        self.publisher = Publisher(self.server_link, self.topics, self.clock, lambda _: None, "b")
        self.jobs_room = Jobs(self.server_link, self.topics, self.engine, page)
        self.service = MqttService(
            self.server_link,
            self.engine,
            self.clock,
            self.topics,
            self.publisher,
            self.jobs_room,
            CLIENTS.get,
            fresh,
            lambda _: None,
            tickets=TicketDesk(PredictionBook(self.clock), lambda token, *_: self.tokens.get(token)),
        )
        self.client_link = self.broker.link()
        self.client_link.subscribe(self.topics.all_events, lambda r: self.events.append(_json(r)))
        self.client_link.subscribe(self.topics.printer_job("p1"), lambda r: self.jobs.append(_json(r)))
        self.client_link.subscribe(f"{self.topics.root}/reply/+", self._replied)
        self.client_link.start()
        self.service.start()
        self.settle()

    def _do(self, command: c.Command) -> None:
        assert self.engine.submit(command).result(DEADLINE_S).refusal is None

    def _replied(self, received: Received) -> None:
        key = (received.topic.rsplit("/", 1)[1], _json(received)["id"])
        waiting = self._replies.get(key)
        if waiting is not None and not waiting.done():
            waiting.set_result(received.payload)

    def ask_raw(self, client: str, verb: str, **fields: Any) -> bytes:
        self._replies[(client, fields["id"])] = answer = Future()
        self.send_raw(client, verb, json.dumps(fields, ensure_ascii=False).encode())
        return answer.result(DEADLINE_S)

    def ask(self, client: str, verb: str, **fields: Any) -> Reply:
        return Reply.model_validate_json(self.ask_raw(client, verb, **fields))

    def send_raw(self, client: str, verb: str, payload: bytes, retain: bool = False) -> None:
        self.client_link.publish(self.topics.request(client, verb), payload, retain=retain)

    def serve_one(self) -> None:
        """One ticket issued and called to counter c1."""
        self.ask("k1", "issue", id="s1", services=["civil"])
        self.ask("operator", "sign-on", id="s2", counter="c1", officer="lan")
        self.ask("operator", "open", id="s3", counter="c1")
        self.ask("operator", "call-next", id="s4", counter="c1")
        self.settle()

    def look(self) -> None:
        """What the service's own thread does twice a second."""
        self.settle()
        self.jobs_room.look(self.engine.office, self.clock.now())
        self.settle()

    def settle(self) -> None:
        """Until everything committed so far has been told."""
        told = threading.Event()
        stop = self.engine.subscribe(lambda *_: told.set())
        self._do(c.ReportFault(id=CommandId(f"test.{fresh()}"), by=c.SYSTEM, device="test", fault="none"))
        assert told.wait(DEADLINE_S)
        stop()
        self.service.tell_events()
        self.publisher.refresh(self.engine.office)

    def reconnect(self) -> None:
        self.broker.go_down()
        self.broker.come_up()
        self.settle()

    def retained(self) -> dict[str, dict[str, Any]]:
        """Every retained state but the server's own, whose version is a heartbeat."""
        topics = [self.topics.office_state, self.topics.board_state("hall"), self.topics.counter_state("c1")]
        topics += [self.topics.service_state(s) for s in ("civil", "land")]
        return {topic: json.loads(self.broker.retained(topic) or b"{}") for topic in topics}

    def state(self, kind: str, name: str) -> dict[str, Any]:
        kept = self.broker.retained(f"{self.topics.root}/{kind}/{name}/state")
        assert kept is not None
        found: dict[str, Any] = json.loads(kept)
        return found

    def close(self) -> None:
        self.service.stop()
        assert self.engine.drain(DEADLINE_S)
        self.client_link.stop()


def _json(received: Received) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(received.payload)
    return found
