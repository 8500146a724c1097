"""The server's place on the broker: requests to commands, answers to replies, the heartbeat."""

import json
import re
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import timedelta
from typing import Any, Protocol

import structlog
from pydantic import ValidationError

from queue_server.contract.replies import Acted, RefusalView, Reply
from queue_server.contract.requests import (
    MAY_ASK,
    VERBS,
    DossierLookup,
    PrintOutcome,
    Request,
    TicketLookup,
)
from queue_server.contract.states import DeviceState, DeviceTest
from queue_server.contract.topics import Topics
from queue_server.domain import commands as c
from queue_server.domain.ids import CommandId, ServiceId
from queue_server.domain.office import Office
from queue_server.domain.office_devices import DeviceRules
from queue_server.domain.refusals import Code
from queue_server.engine.ports import Answer, Clock, Engine, Recorded
from queue_server.link.ports import Link, LinkState, Received
from queue_server.mqtt.admission import Admission
from queue_server.mqtt.device_book import DeviceBook
from queue_server.mqtt.dossier_slips import DossierSlips
from queue_server.mqtt.inbound import Client, Fresh, command_of, own_counter_only
from queue_server.mqtt.jobs import Jobs
from queue_server.mqtt.publisher import Newcomer, Publisher
from queue_server.mqtt.standing import TicketDesk
from queue_server.mqtt.typed_numbers import ticket_typed

BEAT_EVERY = 3.0
"""Seconds between heartbeats on `server/state`."""
BETWEEN_NEWS = 0.01
"""Seconds from what a hall is shown to the rest: events in one go, the other states by one look."""
LOOK_EVERY = 0.5
"""Seconds between looks at what moves by itself: hours, predictions, print jobs."""
TEST_LIFE = timedelta(seconds=30)
MOST_BYTES = 64 * 1024
"""A request larger than this is refused unread."""

log = structlog.get_logger("mqtt")


class DossierDesk(Protocol):
    """Answers look-ups of dossiers, outside the engine and the journal."""

    def ask(self, client: str, request: DossierLookup, answered: Callable[[bytes], None]) -> None:
        """Returns at once; calls `answered` with a Reply as JSON, on a thread of its own."""


class MqttService:
    """Wires a link to an engine. `clients` knows the accounts; an unknown one is refused.

    Without a `desk` look-ups of dossiers are refused, without `tickets` those of tickets; `slips` are those
    of dossiers. `owner` names the account that speaks for a device; `shut_out` keeps an account that floods
    away from the broker for a while.
    """

    def __init__(
        self,
        link: Link,
        engine: Engine,
        clock: Clock,
        topics: Topics,
        publisher: Publisher,
        jobs: Jobs,
        clients: Callable[[str], Client | None],
        new_id: Callable[[], str],
        newcomer: Newcomer,
        desk: DossierDesk | None = None,
        slips: DossierSlips | None = None,
        tickets: TicketDesk | None = None,
        owner: Callable[[str], str] = lambda device: device,
        shut_out: Callable[[str], None] = lambda _user: None,
    ) -> None:
        self._desk, self._slips, self._tickets = desk, slips, tickets
        self._link, self._engine, self._clock, self._topics = link, engine, clock, topics
        self._publisher, self._jobs, self._clients = publisher, jobs, clients
        self._new_id, self._newcomer = new_id, newcomer
        self._owner, self._shut_out = owner, shut_out
        self._admission = Admission(clock, self._cut_off)
        self.devices = DeviceBook()
        """The latest `device/<device>/state` of every device, since when, and what happened."""
        self._stopping = threading.Event()
        self._moved = threading.Event()
        self._news: deque[Recorded] = deque()
        self._telling = threading.Lock()
        self._threads = [
            threading.Thread(target=self._look_loop, name="mqtt-look", daemon=True),
            threading.Thread(target=self._news_loop, name="mqtt-news", daemon=True),
        ]

    def start(self) -> None:
        self._link.subscribe(self._topics.all_requests, self._request, qos=0)
        self._link.subscribe(self._topics.all_devices, self._device)
        self._link.on_state(self._link_changed)
        self._engine.subscribe(self._heard)
        for thread in self._threads:
            thread.start()
        self._link.start()

    def stop(self) -> None:
        """Says that the server drains, lets the last replies go, and leaves."""
        self._publisher.say("draining")
        self._stopping.set()
        self._moved.set()
        for thread in self._threads:
            thread.join(2)
        self.tell_events()
        self._publisher.say("lost")
        self._link.stop()

    def _link_changed(self, state: LinkState) -> None:
        if state is LinkState.ONLINE:
            self._publisher.republish(self._engine.office)

    def _request(self, received: Received) -> None:
        found = self._topics.client_and_verb(received.topic)
        if found is None or received.retained:
            return
        user, verb = found
        client = self._clients(user)
        kind = client.kind if client else ""
        if not self._admission.admits(user, kind):
            return
        model = VERBS.get(verb)
        if client is None or model is None or verb not in MAY_ASK[kind]:
            self._admission.refused(user, kind)
            self._refuse(user, received.payload, Code.FORBIDDEN, f"{user} may not ask for {verb}.")
            return
        if len(received.payload) > MOST_BYTES:
            self._admission.refused(user, kind)
            self._refuse(user, b"", Code.BAD_REQUEST, "The request is too large.")
            return
        try:
            request = model.model_validate_json(received.payload)
        except ValidationError as problem:
            self._admission.refused(user, kind)
            self._refuse(user, received.payload, Code.BAD_REQUEST, _what_is_wrong(problem))
            return
        self._accept(client, request)

    def _accept(self, client: Client, request: Request) -> None:
        if isinstance(request, DossierLookup):
            self._look_up(client, request)
            return
        if isinstance(request, TicketLookup):
            self._find_ticket(client, request)
            return
        if isinstance(request, PrintOutcome) and self._is_of_a_dossier(client, request):
            return
        if not own_counter_only(request, client):
            self._refuse_id(client.user, request.id, Code.FORBIDDEN, "A keypad acts for its own counter.")
            return
        fresh = Fresh(
            self._new_id(),
            self._new_id(),
            lambda s: self._newcomer(ServiceId(s)),
            lambda counter, digits: ticket_typed(self._engine.office, counter, digits),
        )
        command = command_of(request, client, fresh)
        self._admission.began(client.user)
        future = self._engine.submit(command)
        future.add_done_callback(lambda done: self._reply(client, request.id, done))

    def _reply(self, client: Client, request_id: str, done: Future[Answer]) -> None:
        """On the writer's thread, right after the commit: the link takes it without waiting."""
        user = client.user
        self._admission.ended(user)
        try:
            answer = done.result()
        except Exception:
            log.exception("command_failed", request=request_id)
            self._refuse_id(user, request_id, Code.STORAGE_FAILED, "The server failed; ask again.")
            return
        if answer.refusal is not None or answer.repeated:
            self._admission.refused(user, client.kind)
        if answer.outcome:
            self._link.publish(self._topics.reply(user), answer.outcome.encode())
        elif answer.refusal is not None:
            self._refuse_id(user, request_id, answer.refusal.code, answer.refusal.sentence)

    def _is_of_a_dossier(self, client: Client, request: PrintOutcome) -> bool:
        """A dossier's slip is known here only: its outcome is no event."""
        if self._slips is None or not self._slips.heard(request.job, request.outcome, request.reason):
            return False
        reply = Reply(id=request.id, ok=True, at=self._clock.now(), acted=Acted())
        self._link.publish(self._topics.reply(client.user), reply.model_dump_json().encode())
        return True

    def _look_up(self, client: Client, request: DossierLookup) -> None:
        """The reply goes with QoS 0, so that no broker keeps it; who misses it asks again."""
        if self._desk is None:
            self._refuse_id(client.user, request.id, Code.NOT_CONFIGURED, "No dossiers are looked up here.")
            return
        topic = self._topics.reply(client.user)
        self._desk.ask(client.user, request, lambda reply: self._link.publish(topic, reply, qos=0))

    def _find_ticket(self, client: Client, request: TicketLookup) -> None:
        if self._tickets is None:
            self._refuse_id(client.user, request.id, Code.NOT_CONFIGURED, "No tickets are looked up here.")
            return
        reply = self._tickets.answer(self._engine.office, request, self._clock.now())
        if reply.refusal is not None:
            self._admission.refused(client.user, client.kind)
        self._link.publish(self._topics.reply(client.user), reply.model_dump_json().encode(), qos=0)

    def _heard(self, _office: Office, recorded: Sequence[Recorded]) -> None:
        """On the teller's thread, after every commit: told by a thread that rests between two rounds, so that
        a busy hour's news costs the next citizen's ticket little."""
        self._news.extend(recorded)
        self._moved.set()

    def tell_events(self) -> None:
        """Publish the events that were heard of, in order, and return when they are with the link."""
        with self._telling:
            heard = []
            while self._news:
                heard.append(self._news.popleft())
            self._publisher.events(heard)

    def _news_loop(self) -> None:
        while not self._stopping.is_set():
            self._moved.wait()
            self._moved.clear()
            try:
                self._publisher.hall(self._engine.office)
                self._stopping.wait(BETWEEN_NEWS)  # the web pages' turn: their hall is not to wait for events
                self.tell_events()
                self._publisher.refresh(self._engine.office, everything=False)
            except Exception:
                log.exception("news_failed")

    def _look_loop(self) -> None:
        beats = 0.0
        while not self._stopping.wait(LOOK_EVERY):
            try:
                office = self._engine.office
                self._publisher.refresh(office)
                self._jobs.look(office, self._clock.now())
                self._tell_unwell(office)
                if self._slips is not None:
                    self._slips.look(self._clock.now())
                beats += LOOK_EVERY
                if beats >= BEAT_EVERY:
                    beats = 0.0
                    self._publisher.say("ready")
            except Exception:
                log.exception("look_failed")

    def _device(self, received: Received) -> None:
        device = self._topics.device_of(received.topic)
        if device is None or not (received.retained or self._admission.admits_state(self._owner(device))):
            return
        if not received.payload:
            self.devices.forget(device)
            return
        try:
            state = DeviceState.model_validate_json(received.payload)
        except ValidationError:
            log.warning("bad_device_state", device=device)
            return
        if state.device == device:
            self.devices.heard(state, self._clock.now())

    def _cut_off(self, user: str) -> None:
        """On the link's thread: the account goes, and the supervisor reads why."""
        self._shut_out(user)
        self.devices.flooded(user, self._clock.now())
        id_ = CommandId(f"server.flood-{self._new_id()}")
        self._engine.submit(c.ReportFault(id=id_, by=c.SYSTEM, device=user, fault="lost error=flood"))

    def test_device(self, device: str) -> str:
        """Asks a device to show that it works; the id of the test, which its health will name."""
        test = DeviceTest(id=self._new_id(), device=device, expires_at=self._clock.now() + TEST_LIFE)
        self._link.publish(self._topics.device_test(device), test.model_dump_json().encode())
        return test.id

    def _tell_unwell(self, office: Office) -> None:
        """Into the journal, and out as `fault.reported`: a device has been unwell for too long."""
        after = office.config.devices.alert_after if office.config else DeviceRules().alert_after
        for unwell in self.devices.look(self._clock.now(), after):
            since = int(unwell.since.timestamp())
            id_ = CommandId(f"server.unwell-{unwell.device}-{since}")
            self._engine.submit(c.ReportFault(id=id_, by=c.SYSTEM, device=unwell.device, fault=unwell.fault))

    def _refuse(self, user: str, payload: bytes, code: Code, sentence: str) -> None:
        """Answer under the request's own id where one can be read; without an id nobody listens."""
        id_ = _id_in(payload)
        if id_ is None:
            log.warning("bad_request", client=user, code=code.value)
        else:
            self._refuse_id(user, id_, code, sentence)

    def _refuse_id(self, user: str, id_: str, code: Code, sentence: str) -> None:
        view = RefusalView(code=code.value, sentence=sentence[:400])
        reply = Reply(id=id_, ok=False, at=self._clock.now(), refusal=view)
        self._link.publish(self._topics.reply(user), reply.model_dump_json().encode())


def _what_is_wrong(problem: ValidationError) -> str:
    """Field and rule of every mistake; never the value, which may be personal."""
    return "; ".join(f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in problem.errors())[:400]


def _id_in(payload: bytes) -> str | None:
    if len(payload) > MOST_BYTES:
        return None
    try:
        value: Any = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    id_ = value.get("id") if isinstance(value, dict) else None
    if isinstance(id_, str) and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", id_):
        return id_
    return None
