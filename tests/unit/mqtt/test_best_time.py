"""The best time to come stands in the office's retained state, and is told anew when it changes."""

import json

from fakes.fake_clock import FakeClock
from fakes.office_day import OfficeDay

from queue_server.contract.states import BestTime
from queue_server.contract.topics import Topics
from queue_server.link.loopback import MemoryBroker
from queue_server.mqtt.publisher import Publisher

MORNING = BestTime(date="2026-11-20", start="09:30", end="10:30", wait=6)


def test_it_is_published_when_it_is_known_and_again_when_it_changes() -> None:
    broker, topics, known = MemoryBroker(), Topics("ward"), list[BestTime]()
    link = broker.link()
    link.start()
    publisher = Publisher(link, topics, FakeClock(), lambda _: None, "b", lambda: tuple(known))
    office = OfficeDay().office

    def told() -> object:
        publisher.refresh(office)
        return json.loads(broker.retained(topics.office_state) or b"{}")["best_time"]

    assert told() == []
    known.append(MORNING)
    assert told() == [{"date": "2026-11-20", "start": "09:30", "end": "10:30", "wait": 6}]
    known[0] = MORNING.model_copy(update={"wait": 9})
    assert told() == [{"date": "2026-11-20", "start": "09:30", "end": "10:30", "wait": 9}]
    known.clear()
    assert told() == []
