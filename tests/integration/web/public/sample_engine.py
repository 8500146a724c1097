"""The rules of the sample office in memory, with a settable clock: what is asked is done at once."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock

from queue_server.domain import commands as c
from queue_server.domain.commands import Actor, Command, Role
from queue_server.domain.decide import decide
from queue_server.domain.evolve import evolve
from queue_server.domain.ids import (
    CommandId,
    CounterId,
    OfficerId,
    ServiceId,
    TicketId,
)
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.refusals import Refusal
from queue_server.engine.ports import Answer, Listener, Recorded
from tests.integration.web.public.sample_config import NOW, sample_config

SUPERVISOR = Actor(Role.SUPERVISOR, "supervisor", "test")
DEVICE = Actor(Role.DEVICE, "kiosk-1", "test")


class SampleClock:
    """A clock that moves when told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def wall_step(self) -> float:
        return 0.0

    def pass_(self, **time: float) -> None:
        self.at += timedelta(**time)


class SampleEngine:
    """decide and evolve in memory, one command at a time; a repeated id gets its first answer."""

    def __init__(self, clock: SampleClock, config: OfficeConfig | None = None) -> None:
        self.clock, self.office = clock, Office()
        self._answers: dict[str, Answer] = {}
        self._listeners: list[Listener] = []
        self._lock = Lock()
        self._ids = 0
        self.do(c.ConfigureOffice, by=c.SYSTEM, config=config or sample_config())

    def submit(self, command: Command) -> "Future[Answer]":
        future: Future[Answer] = Future()
        with self._lock:
            future.set_result(self._answers.get(command.id) or self._decide(command))
        return future

    def _decide(self, command: Command) -> Answer:
        now = self.clock.now()
        decision = decide(self.office, command, now)
        if isinstance(decision, Refusal):
            answer = Answer(command.id, now, refusal=decision, seq=self.office.seq)
        else:
            recorded = []
            for event in decision:
                seq = self.office.seq + 1
                self.office = evolve(self.office, event, at=now, seq=seq, command_id=command.id)
                self.office = replace(self.office, seq=seq, at=now)
                recorded.append(Recorded(seq, f"e{seq}", now, event, command.id, command.by, "boot", 0.0, ""))
            answer = Answer(command.id, now, tuple(decision), seq=self.office.seq)
            for listener in list(self._listeners):
                listener(self.office, recorded)
        self._answers[command.id] = answer
        return answer

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def do(self, kind: type[Command], by: Actor = SUPERVISOR, **fields: object) -> Answer:
        """Submit a command; its refusal fails the test."""
        self._ids += 1
        answer = self.submit(kind(id=CommandId(f"c{self._ids}"), by=by, **fields)).result()  # type: ignore[arg-type]
        assert answer.refusal is None, answer.refusal
        return answer

    def issue(self, service: str = "chung-thuc", **fields: object) -> TicketId:
        ticket = TicketId(f"t{len(self.office.tickets) + 1}")
        self.do(c.IssueTicket, DEVICE, ticket=ticket, services=(ServiceId(service),), **fields)
        return ticket

    def open(self, *numbers: int) -> None:
        for number in numbers:
            counter = CounterId(f"quay-{number}")
            self.do(c.SignOn, counter=counter, officer=OfficerId(f"officer-{number}"))
            self.do(c.OpenCounter, counter=counter)

    def call(self, number: int) -> str:
        """Call the next at a counter; the number that was called."""
        self.do(c.CallNext, counter=CounterId(f"quay-{number}"))
        ticket = self.office.counters[CounterId(f"quay-{number}")].ticket
        assert ticket is not None
        return self.office.tickets[ticket].number

    def at_counter(self, kind: type[Command], number: int, **fields: object) -> Answer:
        return self.do(kind, counter=CounterId(f"quay-{number}"), **fields)
