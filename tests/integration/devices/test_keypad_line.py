"""A line of keypads: which one pressed, unknown ones passed over, unplugged and plugged in again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic

import pytest
from fakes.bus_twin import Wire

from devices.display import ascii as frames
from devices.drivers import Place, open_keys
from devices.health import UnitHealth
from devices.keypad.acts import Act
from devices.keypad.runner import KeypadLine
from devices.promises import until


class Bench:
    def __init__(self, folder: Path) -> None:
        self.wire = Wire(folder)
        self.acts: SimpleQueue[tuple[str, Act]] = SimpleQueue()
        self.health: dict[str, UnitHealth] = {}
        keys = open_keys(Place(f"ascii://{self.wire.near}", folder, monotonic))
        self.line = KeypadLine(
            "line", keys, {1: "pad-1", 2: "pad-2"}, lambda *said: self.acts.put(said), self.changed, monotonic
        )
        self.line.start()
        assert until(lambda: self.states() == ["ready", "ready"])

    def changed(self, device: str, health: UnitHealth) -> None:
        self.health[device] = health

    def states(self) -> list[str]:
        return [health.state for health in self.health.values()]

    def press(self, address: int, key: str, count: int) -> None:
        self.wire.say(frames.encode(frames.Frame(address, "K", f"{key}{count}")))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.line.stop(timedelta(seconds=5))
    made.wire.stop()


def test_each_keypad_of_a_line_acts_for_itself(bench: Bench) -> None:
    bench.press(2, "1", 1)
    bench.press(1, "N", 1)
    bench.press(9, "N", 1)
    bench.press(2, "N", 2)
    assert bench.acts.get(timeout=30) == ("pad-1", Act("call-next"))
    assert bench.acts.get(timeout=30) == ("pad-2", Act("call-number", "1"))
    with pytest.raises(Empty):
        bench.acts.get(timeout=0.3)


def test_an_unplugged_line_is_lost_and_works_again_under_its_name(bench: Bench) -> None:
    bench.wire.unplug()
    assert until(lambda: bench.states() == ["lost", "lost"])
    bench.wire.plug()
    assert until(lambda: bench.states() == ["ready", "ready"])
    bench.press(1, "R", 5)
    assert bench.acts.get(timeout=30) == ("pad-1", Act("recall"))
