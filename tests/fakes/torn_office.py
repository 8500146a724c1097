"""Two kiosks and a server whose clocks, links and power a test decides: the real rules, no threads."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fakes.small_office import config

from kiosk.gateway.homeward import Homeward
from kiosk.offline.desk import OfflineDesk
from kiosk.offline.moments import Moment
from queue_server.contract.replies import Reply
from queue_server.contract.requests import VERBS, Issue, Request
from queue_server.contract.states import Grant
from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide import decide
from queue_server.domain.evolve import evolve
from queue_server.domain.ids import CommandId, KioskId, ZoneId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_devices import Kiosk
from queue_server.domain.refusals import Refusal
from queue_server.domain.words import Words
from queue_server.mqtt.inbound import Client, Fresh, command_of
from queue_server.mqtt.replies import render
from queue_server.mqtt.states import office_state, service_states

NINE = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""09:00 on a Friday at the office."""


def two_kiosks() -> OfficeConfig:
    hall = ZoneId("hall")
    return replace(config(), kiosks=tuple(Kiosk(KioskId(k), Words(k), hall) for k in ("k1", "k2")))


class Books:
    """The server: one reply an id, whatever becomes of it afterwards."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now, self.office = now, Office()
        self.events: list[tuple[e.Event, datetime, CommandId]] = []
        self.replies: dict[str, Reply] = {}
        self.boots = 0
        self._made = 0
        self._do(c.ConfigureOffice(id=CommandId("configure"), by=c.SYSTEM, config=two_kiosks()))
        self.restart()

    def restart(self) -> None:
        self.boots += 1
        start = c.StartEngine(id=CommandId(f"start-{self.boots}"), by=c.SYSTEM, boot_id=f"s{self.boots}")
        self._do(start)

    def ask(self, kiosk: str, request: Request) -> Reply:
        """As the real edge and engine: a repeated id gets its first reply."""
        command = command_of(request, Client(kiosk, "kiosk"), Fresh(self._id(), self._id(), lambda _: None))
        if command.id not in self.replies:
            self.replies[command.id] = self._do(command)
        return self.replies[command.id]

    def _id(self) -> str:
        self._made += 1
        return f"server-{self._made}"

    def _do(self, command: c.Command) -> Reply:
        now = max(self.now(), self.office.at or self.now())
        decision = decide(self.office, command, now)
        if not isinstance(decision, Refusal):
            for event in decision:
                seq = self.office.seq + 1
                self.office = evolve(self.office, event, at=now, seq=seq, command_id=command.id)
                self.events.append((event, now, command.id))
        text = render(self.office, command, decision, now, lambda *_: "")
        return Reply.model_validate_json(text) if text else Reply(id="x", ok=True, at=now)


@dataclass
class Touch:
    """A citizen who asked for a number, when in truth, and what they hold."""

    kiosk: str
    service: str
    at_s: float
    number: str = ""
    by_itself: bool = False


class Machine:
    """A kiosk of its own machine. `wrong_s` is how wrong its wall clock is, the steady one never."""

    def __init__(self, world: "World", name: str, folder: Path, wrong_s: float) -> None:
        self.world, self.name, self.folder, self.wrong_s = world, name, folder, wrong_s
        self.boots, self.booted_s = 1, world.s - 1000.0
        self.up = self.down = True
        """Whether requests reach the server, and replies the kiosk."""
        self.fails: list[bool] = []
        """For each of the next replies: whether it is lost."""
        self.faults: list[str] = []
        self._ids = 0
        self.start()

    def start(self) -> None:
        self.desk = OfflineDesk(self.folder, self.name, self.moment, self._new_id)
        self.homeward = Homeward(
            self.desk, self.name, self.ask, lambda: self.up and self.down, self._new_id,
            lambda: None, self.faults.append,
        )  # fmt: skip

    def program_restarts(self) -> None:
        self.desk.close()
        self.start()

    def machine_restarts(self) -> None:
        """The power goes and comes: steady time begins again, the wall clock goes on."""
        self.boots, self.booted_s = self.boots + 1, self.world.s
        self.program_restarts()

    def moment(self) -> Moment:
        wall = self.world.now() + timedelta(seconds=self.wrong_s)
        return Moment(f"{self.name}-{self.boots}", self.world.s - self.booted_s, wall)

    def _new_id(self) -> str:
        self._ids += 1
        return f"{self.name}-{self.boots}-{self._ids}"

    def ask(self, verb: str, request: Request, within: timedelta = timedelta()) -> Reply | None:
        del within
        self.world.sent.append((self.name, verb, request))
        if not self.up:
            return None
        reply = self.world.books.ask(self.name, request)
        lost = self.fails.pop(0) if self.fails else False
        if verb == "want-grant" and not lost and self.down:
            self.hears_states()
        return None if lost or not self.down else reply

    def hears_states(self) -> None:
        """The retained states, as on connecting."""
        books = self.world.books
        office, now = books.office, self.world.now()
        assert office.config is not None
        self.desk.heard_office(office_state(office, office.config, now))
        for state in service_states(office, lambda _: None, now, office.config.services):
            self.desk.heard_service(state)
        grant = office.grants.get(KioskId(self.name))
        if grant is not None:
            blocks = tuple((series, 3, first, last) for series, first, last in grant.blocks)
            day = grant.day.isoformat()
            self.desk.heard_grant(Grant(version=office.seq, at=now, kiosk=self.name, date=day, blocks=blocks))

    def hears_heartbeat(self, late_s: float) -> None:
        said = self.world.now() - timedelta(seconds=late_s)
        self.desk.heard_time(said, f"s{self.world.books.boots}")

    def touched(self, service: str) -> Touch:
        """One wish: asked twice under one id, then given by the kiosk itself, as the gateway does."""
        touch = Touch(self.name, service, self.world.s)
        request = Issue(id=f"wish-{len(self.world.touches)}", services=(service,), kiosk=self.name)
        reply = self.ask("issue", request) or self.ask("issue", request)
        issued = reply.issued if reply is not None else self.desk.issue(request)
        touch.by_itself = reply is None
        touch.number = issued.ticket.number if issued else ""
        self.world.touches.append(touch)
        return touch


class World:
    """True time in seconds since nine; `sent` is every request ever, to be delivered again at will."""

    def __init__(self, folder: Path, wrong_s: tuple[float, float] = (600.0, -600.0)) -> None:
        self.s = 0.0
        self.sent: list[tuple[str, str, Request]] = []
        self.touches: list[Touch] = []
        self.books = Books(self.now)
        self.machines = [
            Machine(self, name, folder / name, wrong)
            for name, wrong in zip(("k1", "k2"), wrong_s, strict=True)
        ]
        for machine in self.machines:
            machine.homeward.look()
            machine.desk.remember()

    def now(self) -> datetime:
        return NINE + timedelta(seconds=self.s)

    def passes(self, seconds: float) -> None:
        self.s += seconds

    def delivered_again(self, place: int) -> None:
        """An old request comes once more, in whatever order; nobody waits for its reply."""
        if self.sent:
            kiosk, verb, request = self.sent[place % len(self.sent)]
            again = VERBS[verb].model_validate(json.loads(request.model_dump_json()))
            self.books.ask(kiosk, again)

    def heals(self) -> None:
        """Both ways are open, and everything comes home."""
        for machine in self.machines:
            machine.up = machine.down = True
            machine.fails = []
            for _ in range(3):
                machine.homeward.stir()
                machine.homeward.look()
                self.passes(10)
