"""A real server edge and a real agent on a broker that comes and goes: one outcome a job, one slip."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from fakes.mqtt_office import MqttOffice
from fakes.slip_samples import artist
from PIL import Image

from devices.agent.bridge import Bridge, will
from devices.agent.outcomes import Outcomes
from devices.agent.service import PrintService
from devices.health import Health
from devices.ports import Outcome
from devices.promises import until
from queue_server.domain.events import Event, SlipOutcome, SlipRequested


class Printer:
    dots = 576

    def __init__(self) -> None:
        self.jobs: list[str] = []

    def print_slip(self, image: Image.Image, job: str) -> Outcome:
        self.jobs.append(job)
        return Outcome("printed")

    def health(self) -> Health:
        return Health(True, "ok", "closed")

    def close(self) -> None:
        pass


class Agent:
    """The agent of printer p1. `die` is a kill: nothing more is said, what is on the disk stays."""

    def __init__(self, office: MqttOffice, folder: Path, printer: Printer) -> None:
        now = office.clock.now
        self.outcomes = Outcomes(folder, now())
        self.service = PrintService({"p1": printer}, self.outcomes, artist, now, timedelta(milliseconds=10))
        self.link = office.broker.link(will(office.topics, "agent", now))
        self.bridge = Bridge(
            self.link,
            office.topics,
            "agent",
            self.service,
            self.outcomes,
            now,
            tell_again_after=timedelta(milliseconds=10),
        )
        self.bridge.start()
        self.service.start()
        self.link.start()

    def die(self) -> None:
        self.link.die()
        self.bridge._stopping.set()
        self.service.stop(timedelta(seconds=5))
        self.outcomes.close()


@pytest.mark.parametrize("seed", range(6))
def test_over_any_faults_of_broker_and_agent_each_job_has_one_outcome(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    office, printer = MqttOffice(), Printer()
    agent = Agent(office, tmp_path, printer)
    journal: list[Event] = []
    office.engine.subscribe(lambda _, recorded: journal.extend(one.event for one in recorded))
    issued = [office.ask("k1", "issue", id=f"i{n}", services=["civil"]).issued for n in range(4)]
    tickets = [one.ticket.ticket for one in issued if one is not None]
    asked = iter(tickets)
    for step in range(24):
        match chance.choice(["down", "up", "kill", "look", "look", "ask"]):
            case "down":
                office.broker.go_down(forget=chance.random() < 0.5)
            case "up":
                office.broker.come_up()
            case "kill":
                agent.die()
                agent = Agent(office, tmp_path, printer)
            case "look":
                office.clock.advance(timedelta(seconds=1))
                office.look()
            case "ask":
                office.broker.come_up()
                if (ticket := next(asked, None)) is not None:
                    assert office.ask("operator", "reprint", id=f"r{step}", ticket=ticket, printer="p1").ok
    office.broker.come_up()

    def settled() -> bool:
        office.clock.advance(timedelta(seconds=6))
        office.look()
        return not office.engine.office.jobs

    assert until(settled, 20)
    agent.die()
    office.settle()
    wanted = [event.job for event in journal if isinstance(event, SlipRequested)]
    told = [event.job for event in journal if isinstance(event, SlipOutcome)]
    assert sorted(told) == sorted(set(told)), "an outcome was told twice"
    assert len(printer.jobs) == len(set(printer.jobs)), "a job was printed twice"
    assert set(wanted) == set(told) and set(printer.jobs) <= set(told)
    office.close()
