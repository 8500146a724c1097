"""Home Assistant is told of the office's figures when the office file says so, and of nobody in it."""

import json
from dataclasses import replace
from typing import Any

from fakes.fake_clock import FakeClock
from fakes.small_office import command_id, config
from fakes.story import Story

from queue_server.contract.discovery import SENSORS
from queue_server.contract.states import FiguresState
from queue_server.contract.topics import Topics
from queue_server.domain.commands import SYSTEM, ConfigureOffice
from queue_server.mqtt.publisher import Publisher


class Kept:
    """The retained messages of a link."""

    def __init__(self) -> None:
        self.found: dict[str, bytes] = {}

    def publish(self, topic: str, payload: bytes, retain: bool = False) -> None:
        if retain:
            self.found[topic] = payload


def told(wanted: bool) -> dict[str, Any]:
    link = Kept()
    publisher = Publisher(link, Topics("ward"), FakeClock(), lambda _s: None, "b")  # type: ignore[arg-type]
    story, asked = Story(), replace(config(), home_assistant=wanted)
    story.tell(ConfigureOffice(id=command_id(), by=SYSTEM, config=asked))
    publisher.republish(story.office)
    return {t: json.loads(p) for t, p in link.found.items() if t.startswith("homeassistant/")}


def test_it_is_off_by_default() -> None:
    assert config().home_assistant is False and told(False) == {}


def test_every_sensor_reads_a_field_that_the_figures_have() -> None:
    found = told(True)
    assert len(found) == len(SENSORS) == 6
    for topic, payload in found.items():
        assert topic.startswith("homeassistant/sensor/motcua-ward/") and topic.endswith("/config")
        assert payload["state_topic"] == Topics("ward").figures_state
        (field,) = {word.split(".")[1] for word in payload["value_template"].split() if "value_json." in word}
        assert field in FiguresState.model_fields
        assert payload["availability"][0]["topic"] == Topics("ward").server_state
    assert len({payload["unique_id"] for payload in found.values()}) == 6
