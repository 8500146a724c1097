"""The demo's day before now: a simulated day played through the real rules into the real journal, once.

Runs before the server on an empty journal only, with a clock that follows the played day; every visit of it
is made up, and the office is a demo's.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import numpy as np

from queue_server.contract.replies import Reply
from queue_server.contract.requests import VERBS
from queue_server.domain.commands import SYSTEM, Command, ConfigureOffice
from queue_server.domain.decide import decide
from queue_server.domain.evolve import evolve
from queue_server.domain.ids import CommandId
from queue_server.domain.office_config import OfficeConfig
from queue_server.engine.batch import Behaviour
from queue_server.engine.ports import Answer, Clock, Journal
from queue_server.engine.writer import SingleWriter
from queue_server.mqtt.inbound import Client, Fresh, command_of
from queue_server.mqtt.replies import render
from queue_server.simulate.day import plan_day
from queue_server.simulate.place import place_of
from queue_server.simulate.player import Player
from queue_server.simulate.talk import Ask
from queue_server.simulator import heard

VISITS = 140
SEED = 20
TOO_EARLY = timedelta(hours=9)
"""Before this local time there is not much of today to show, and yesterday is played instead."""
_PLAYER = Client("demo-day", "operator")


class PlayedClock:
    """Stands where the played day is; its monotonic clock is the machine's."""

    def __init__(self, start: datetime, real: Clock) -> None:
        self._at, self._real = start, real

    def move_to(self, at: datetime) -> None:
        self._at = max(self._at, at)

    def now(self) -> datetime:
        return self._at

    def monotonic(self) -> float:
        return self._real.monotonic()

    def wall_step(self) -> float:
        return 0.0

    def synchronised(self) -> bool:
        return True


def day_to_play(config: OfficeConfig, now: datetime) -> date:
    """Today, or yesterday when the day has hardly begun."""
    today = config.hours.day_of(now)
    begun = now - config.hours.midnight(today)
    return today if begun >= TOO_EARLY else today - timedelta(days=1)


def play_until_now(journal: Journal, config: OfficeConfig, clock: Clock, new_id: Callable[[], str]) -> int:
    """Play the day into an empty journal and give it back closed; how many tickets were issued.

    Nothing is played into a journal that holds anything already. Raises what the journal raises.
    """
    now = clock.now()
    midnight = config.hours.midnight(day_to_play(config, now)).astimezone(now.tzinfo)
    player = Player(plan_day(place_of(config), np.random.default_rng(SEED), VISITS))
    first = player.next_at()
    played = PlayedClock(midnight + timedelta(seconds=first or 0.0), clock)
    behaviour = Behaviour(decide, evolve, lambda o, k, d, at: render(o, k, d, at, lambda *_: ""))
    engine = SingleWriter(journal, played, behaviour, new_id=new_id, boot_id=new_id())
    engine.start()
    try:
        if engine.office.config is not None:
            return 0

        def submit(command: Command) -> Answer:
            return engine.submit(command).result(30)

        def ask(what: Ask) -> Reply:
            request = VERBS[what.verb].model_validate({**what.fields, "id": new_id()})
            fresh = Fresh(new_id(), new_id(), lambda _: None)
            return Reply.model_validate_json(submit(command_of(request, _PLAYER, fresh)).outcome)

        submit(ConfigureOffice(id=CommandId(new_id()), by=SYSTEM, config=config))
        while (due := player.next_at()) is not None and midnight + timedelta(seconds=due) < now:
            played.move_to(midnight + timedelta(seconds=due))
            what = player.step()
            if what is not None:
                player.answered(due, heard(ask(what)))
        for last in player.goodbye():
            ask(last)
        return player.counts.issued
    finally:
        engine.drain(10)
