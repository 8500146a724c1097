"""A bus of LED displays: many addresses, one missing, power cuts, unplugging, and the test pattern."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from fakes.bus_twin import AsciiDisplays, Wire

from devices.display.bus import DisplayBus
from devices.display.ports import Report, Shown
from devices.display.wishes import Wishes
from devices.drivers import Place, open_displays
from devices.health import UnitHealth
from devices.promises import until

UNITS = (("led-1", 1), ("led-2", 2), ("led-3", 3))


class Bench:
    def __init__(self, folder: Path) -> None:
        self.wire = Wire(folder)
        self.twin = AsciiDisplays(self.wire, (1, 2, 3))
        self.wishes = Wishes(monotonic)
        self.health: dict[str, UnitHealth] = {}
        displays = open_displays(Place(f"ascii://{self.wire.near}?baud=115200", folder, monotonic))
        self.bus = DisplayBus("bus", displays, UNITS, self.wishes, self.changed, monotonic, look_every=0.1)
        self.bus.start()

    def changed(self, device: str, health: UnitHealth) -> None:
        self.health = {**self.health, device: health}

    def states(self) -> list[str]:
        return [self.health[device].state if device in self.health else "" for device, _ in UNITS]

    def stop(self) -> None:
        self.bus.stop(timedelta(seconds=5))
        self.twin.stop()
        self.wire.stop()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.stop()


def test_every_display_of_the_bus_shows_its_own(bench: Bench) -> None:
    for number, (device, _) in enumerate(UNITS):
        bench.wishes.put(device, Shown(f"A00{number}", brightness=60))
    assert until(lambda: [bench.twin.shown[a].text for a in (1, 2, 3)] == ["A000", "A001", "A002"])
    assert until(lambda: bench.states() == ["ready"] * 3)
    assert dict(bench.health["led-2"].facts) == {"address": "2", "firmware": "1.2"}


def test_a_missing_display_is_lost_and_the_others_go_on_and_it_is_told_anew_when_it_comes_back(
    bench: Bench,
) -> None:
    bench.wishes.put("led-2", Shown("B012"))
    assert until(lambda: bench.twin.shown[2].text == "B012")
    bench.twin.away.add(2)
    assert until(lambda: bench.states() == ["ready", "lost", "ready"])
    assert bench.health["led-2"].fault == "no_answer"
    bench.wishes.put("led-2", Shown("B013"))
    bench.wishes.put("led-3", Shown("C001"))
    assert until(lambda: bench.twin.shown[3].text == "C001")
    bench.twin.restart(2)
    bench.twin.away.clear()
    assert until(lambda: bench.twin.shown[2].text == "B013")
    assert until(lambda: bench.states() == ["ready"] * 3)


def test_a_display_that_was_switched_off_and_on_shows_again_what_it_should(bench: Bench) -> None:
    bench.wishes.put("led-1", Shown("A001"))
    assert until(lambda: bench.twin.shown[1].text == "A001")
    bench.twin.restart(1)
    assert until(lambda: bench.twin.shown[1].text == "A001")


def test_a_display_is_not_told_again_what_it_shows(bench: Bench) -> None:
    bench.wishes.put("led-1", Shown("A001"))
    assert until(lambda: bench.twin.shown[1].text == "A001" and bench.states() == ["ready"] * 3)
    told, crossed = bench.twin.writes, bench.wire.crossed
    assert until(lambda: bench.wire.crossed > crossed + 300)
    assert bench.twin.writes == told


class Stubborn:
    """A display that answers well and never shows what it is told."""

    def __init__(self) -> None:
        self.told = 0

    def open(self) -> None: ...

    def close(self) -> None: ...

    def show(self, address: int, shown: Shown) -> None:
        self.told += 1

    def ask(self, address: int) -> Report:
        return Report(shown=Shown("8888"))


def test_a_display_that_does_not_do_what_it_is_told_is_at_fault_and_not_told_without_end() -> None:
    displays, wishes, said, asked = Stubborn(), Wishes(monotonic), dict[str, UnitHealth](), count()
    bus = DisplayBus("b", displays, [("led-1", 1)], wishes, said.__setitem__, lambda: float(next(asked) < 0))
    wishes.put("led-1", Shown("A001"))
    bus.start()
    assert until(lambda: "led-1" in said and said["led-1"].fault == "refused")
    told, turns = displays.told, next(asked)
    wishes.put("led-1", Shown("A002"))
    wishes.put("led-1", Shown("A003"))
    assert until(lambda: next(asked) > turns + 20)
    assert (told, displays.told) == (2, 2), "the clock stands still: its next time has not come"
    bus.stop(timedelta(seconds=5))


def test_an_unplugged_bus_is_lost_and_comes_back_under_its_name_with_what_changed_meanwhile(
    bench: Bench,
) -> None:
    bench.wishes.put("led-1", Shown("A001"))
    assert until(lambda: bench.twin.shown[1].text == "A001" and bench.states() == ["ready"] * 3)
    bench.wire.unplug()
    assert until(lambda: bench.states() == ["lost"] * 3)
    assert bench.health["led-1"].fault == "unplugged"
    bench.wishes.put("led-1", Shown("A002"))
    bench.wire.plug()
    assert until(lambda: bench.twin.shown[1].text == "A002")
    assert until(lambda: bench.states() == ["ready"] * 3)


def test_broken_segments_are_told(bench: Bench) -> None:
    bench.twin.faults[3] = 1
    assert until(lambda: bench.states() == ["ready", "ready", "degraded"])
    assert bench.health["led-3"].fault == "display"


def test_the_test_pattern_ends_by_itself() -> None:
    clock = [100.0]
    wishes = Wishes(lambda: clock[0])
    woken = Event()
    wishes.wake_by(woken)
    wishes.put("led-1", Shown("A001", brightness=40))
    wishes.test("led-1")
    assert woken.is_set() and wishes.of("led-1") == Shown("88888888", brightness=40, test=True)
    clock[0] += 6
    assert wishes.of("led-1") == Shown("A001", brightness=40)
