"""Simulated days at an office without wires, in which everybody is told what the estimator says at issue."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

import numpy as np
from fakes.office_day import OfficeDay
from fakes.small_office import fresh

import assets
from queue_server.contract.requests import VERBS
from queue_server.domain.decide import decide
from queue_server.domain.events import TicketCalled, TicketIssued
from queue_server.domain.ids import ServiceId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.refusals import Refusal
from queue_server.domain.ticket import Told
from queue_server.mqtt.inbound import Client, Fresh, command_of
from queue_server.office_file.load import load_office
from queue_server.predictor.learner import Learner
from queue_server.predictor.snapshot import snapshot_of
from queue_server.simulate.day import plan_day
from queue_server.simulate.place import Place, place_of
from queue_server.simulate.player import Player
from queue_server.simulate.talk import Ask, Heard
from queue_server.waits.estimate import estimate
from queue_server.waits.figures import VisitRecord
from queue_server.waits.measure import VisitBook

OPERATOR = Client("operator", "operator")


@cache
def commune() -> OfficeConfig:
    """The sample office."""
    return load_office(Path(assets.__file__).parent / "offices" / "commune.toml")


class ToldDays:
    """`play` one day after another; `visits` are all of them, `records` those of the last day."""

    def __init__(self, config: OfficeConfig) -> None:
        self.office = OfficeDay(config, counters=0)
        self.book, self.heard = VisitBook(), 0
        self.learner = Learner(self)
        self.rng = np.random.default_rng(1)

    def visits(self, day: object) -> tuple[VisitRecord, ...]:
        self._hear()
        return self.book.visits(day)  # type: ignore[arg-type]

    def _hear(self) -> None:
        for recorded in self.office.journal[self.heard :]:
            self.book.hear(recorded)
        self.heard = len(self.office.journal)

    def play(self, seed: int, volume: int, place: Place | None = None) -> tuple[VisitRecord, ...]:
        """The visits of the next local day."""
        config = self.office.office.config
        assert config is not None
        today = config.hours.day_of(self.office.at)
        midnight = config.hours.midnight(today + timedelta(days=1))
        plan = plan_day(place or place_of(config), np.random.default_rng(seed), volume)
        player = Player(plan)
        while (due := player.next_at()) is not None:
            self.office.at = max(self.office.at, midnight + timedelta(seconds=due))
            ask = player.step()
            if ask is not None:
                at = (self.office.at - midnight).total_seconds()
                player.answered(at, self._ask(ask))
        for ask in player.goodbye():
            self._ask(ask)
        return self.visits(today + timedelta(days=1))

    def _told(self, service: str) -> Told | None:
        learnt = self.learner.learnt(self.office.office, self.office.at)
        while self.learner.behind:
            learnt = self.learner.learnt(self.office.office, self.office.at)
        snapshot = snapshot_of(self.office.office, self.office.at, learnt)
        assert snapshot is not None
        return estimate(snapshot, self.rng).newcomers.get(ServiceId(service))

    def _ask(self, ask: Ask) -> Heard:
        request = VERBS[ask.verb].model_validate({**ask.fields, "id": fresh()})
        new: Callable[[str], Told | None] = self._told
        command = command_of(request, OPERATOR, Fresh(fresh(), fresh(), new))
        decided = decide(self.office.office, command, self.office.at)
        if isinstance(decided, Refusal):
            return Heard(False, self.office.at, code=decided.code.value)
        fields = {n: getattr(command, n) for n in type(command).__dataclass_fields__ if n not in ("id", "by")}
        events = self.office.do(type(command), by=command.by, **fields)
        ticket = next(
            (e.ticket for e in reversed(events) if isinstance(e, TicketIssued | TicketCalled)), None
        )
        ticket = ticket or next((getattr(e, "ticket", None) for e in reversed(events)), None)
        if ticket is None:
            return Heard(True, self.office.at)
        found = self.office.office.tickets[ticket]
        return Heard(True, self.office.at, ticket, found.service, found.issued_at)
