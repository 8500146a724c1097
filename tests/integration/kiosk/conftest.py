"""A broker in memory with a small queue server behind it, for the kiosk's own side of the contract."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import pytest
from fakes.kiosk_dossiers import answer
from fakes.kiosk_office import NOW, issued, office, standing, state

from kiosk.offline.homing import LATER
from queue_server.contract.replies import Acted, RefusalView, Reply
from queue_server.contract.requests import VERBS, DossierLookup, Issue, Request, TicketLookup
from queue_server.contract.states import ServerState
from queue_server.contract.topics import Topics
from queue_server.link.loopback import MemoryBroker
from queue_server.link.ports import Received

OFFICE = "thanh-binh"
DEADLINE_S = 30.0


@dataclass
class FakeServer:
    """Keeps the contract's promise: one id, one reply, for ever. `deaf` ignores so many requests."""

    broker: MemoryBroker
    topics: Topics = field(default_factory=lambda: Topics(OFFICE))
    deaf: int = 0
    refusing: str = ""
    heard: list[tuple[str, Request]] = field(default_factory=list)
    replies: dict[str, bytes] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self.link = self.broker.link()
        self.link.subscribe(self.topics.all_requests, self._asked)
        self.link.start()

    def opens(self) -> None:
        self.says("ready")
        self.link.publish(self.topics.office_state, office().model_dump_json().encode(), retain=True)
        for position in range(8):
            told = state(position)
            self.link.publish(
                self.topics.service_state(told.service), told.model_dump_json().encode(), retain=True
            )

    def says(self, word: str) -> None:
        told = ServerState.model_validate({"version": 1, "at": NOW, "state": word})
        self.link.publish(self.topics.server_state, told.model_dump_json().encode(), retain=True)

    def of(self, verb: str) -> list[Any]:
        with self.changed:
            return [request for name, request in self.heard if name == verb]

    def wait_for(self, verb: str, count: int = 1) -> list[Any]:
        """The requests of this verb once there are `count` of them."""
        with self.changed:
            assert self.changed.wait_for(
                lambda: len([1 for name, _ in self.heard if name == verb]) >= count, DEADLINE_S
            ), f"no {count} {verb}: {[name for name, _ in self.heard]}"
        return self.of(verb)

    def _asked(self, received: Received) -> None:
        found = self.topics.client_and_verb(received.topic)
        assert found is not None
        client, verb = found
        request = VERBS[verb].model_validate_json(received.payload)
        with self.changed:
            self.heard.append((verb, request))
            self.changed.notify_all()
            if self.deaf and verb != "want-grant":
                self.deaf -= 1
                return
            reply = self.replies.get(request.id) or self._reply(verb, request).model_dump_json().encode()
            if self.refusing not in LATER:
                self.replies[request.id] = reply
        self.link.publish(self.topics.reply(client), reply)

    def _reply(self, verb: str, request: Request) -> Reply:
        if self.refusing:
            no = RefusalView(code=self.refusing, sentence="No.")
            return Reply(id=request.id, ok=False, at=NOW, refusal=no)
        if isinstance(request, DossierLookup):
            told = answer(request.code, request.second_factor, 0)
            return Reply(id=request.id, ok=True, at=NOW, looked=told)
        if isinstance(request, TicketLookup):
            return Reply(id=request.id, ok=True, at=NOW, standing=standing())
        if isinstance(request, Issue):
            serial = 12 + sum(b'"issued":{' in reply for reply in self.replies.values())
            ticket = issued(
                f"A{serial:03}", request.services[0], request.language, request.priority_group, serial
            )
            return Reply(id=request.id, ok=True, at=NOW, issued=ticket)
        return Reply(id=request.id, ok=True, at=NOW, acted=Acted())


class Soon:
    """Waits for what other threads do, with a deadline."""

    def __init__(self) -> None:
        self._changed = threading.Condition()

    def happened(self, *_: object) -> None:
        with self._changed:
            self._changed.notify_all()

    def until(self, true: Callable[[], bool], what: str = "it") -> None:
        end = monotonic() + DEADLINE_S
        with self._changed:
            while not true():
                assert monotonic() < end, f"{what} did not happen"
                self._changed.wait(0.05)


@pytest.fixture
def broker() -> MemoryBroker:
    return MemoryBroker()


@pytest.fixture
def server(broker: MemoryBroker) -> Iterator[FakeServer]:
    made = FakeServer(broker)
    yield made
    made.link.stop()


@pytest.fixture
def soon() -> Soon:
    return Soon()
