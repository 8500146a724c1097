"""The supervisor restarts what hangs or has died, and tells systemd that the agent lives, while it does."""

import os
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from devices.agent.supervisor import MOST_GIVEN_UP, Supervisor
from devices.agent.watchdog import Watchdog
from devices.health import UnitHealth
from devices.promises import until


class Runner:
    name = "bus"
    devices = ("led-1", "led-2")

    def __init__(self, clock: list[float]) -> None:
        self.beat, self.alive, self.started, self.stopped, self.given_up = clock[0], True, False, False, False

    def start(self) -> None:
        self.started = True

    def stop(self, wait: timedelta) -> None:
        self.stopped = True

    def give_up(self) -> None:
        self.given_up = True


class Bench:
    def __init__(self) -> None:
        self.clock, self.made, self.told, self.alive = [100.0], list[Runner](), list[tuple[str, str]](), 0
        self.supervisor = Supervisor(
            {"bus": self.make}, self.changed, lambda: self.clock[0], alive=self.lives
        )

    def make(self) -> Runner:
        self.made.append(Runner(self.clock))
        return self.made[-1]

    def changed(self, device: str, health: UnitHealth) -> None:
        self.told.append((device, health.fault))

    def lives(self) -> None:
        self.alive += 1


def test_a_runner_that_beats_is_left_alone() -> None:
    bench = Bench()
    bench.clock[0] += 19
    bench.supervisor.look()
    assert len(bench.made) == 1 and bench.told == []


def test_a_runner_that_hangs_is_given_up_and_made_anew_with_its_devices_told() -> None:
    bench = Bench()
    bench.clock[0] += 21
    bench.supervisor.look()
    old, new = bench.made
    assert (old.given_up, new.started, bench.supervisor.given_up) == (True, True, 1)
    assert bench.told == [("led-1", "hangs"), ("led-2", "hangs")]
    bench.supervisor.look()
    assert len(bench.made) == 2


def test_a_runner_that_has_died_is_made_anew_and_is_no_hanging_thread() -> None:
    bench = Bench()
    bench.made[0].alive = False
    bench.supervisor.look()
    assert len(bench.made) == 2 and bench.supervisor.given_up == 0


def test_a_runner_that_is_busy_until_later_does_not_hang() -> None:
    bench = Bench()
    bench.made[0].beat += 60
    bench.clock[0] += 70
    bench.supervisor.look()
    assert len(bench.made) == 1


def test_the_watchdog_is_fed_until_too_many_threads_hang() -> None:
    bench = Bench()
    quick = Supervisor({}, bench.changed, lambda: bench.clock[0], alive=bench.lives, every=0.01)
    quick.start()
    assert until(lambda: bench.alive > 3)
    quick.count_given_up(MOST_GIVEN_UP + 1)
    quick.stop(timedelta(seconds=5))
    fed = bench.alive
    stuck = Supervisor({}, bench.changed, lambda: bench.clock[0], alive=bench.lives, every=0.01)
    stuck.count_given_up(MOST_GIVEN_UP + 1)
    looked = threading.Event()
    stuck._beside = looked.set
    stuck.start()
    assert looked.wait(5)
    stuck.stop(timedelta(seconds=5))
    assert bench.alive == fed


def test_a_look_that_fails_does_not_feed_the_watchdog_and_the_next_one_is_tried() -> None:
    bench = Bench()
    tries: list[int] = []

    def fails() -> None:
        tries.append(1)
        raise RuntimeError("a lock is held for ever")

    supervisor = Supervisor({}, bench.changed, lambda: 0.0, fails, bench.lives, every=0.01)
    supervisor.start()
    assert until(lambda: len(tries) > 2)
    supervisor.stop(timedelta(seconds=5))
    assert bench.alive == 0


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as made:
        made.bind(str(tmp_path / "notify"))
        made.settimeout(5)
        yield made


def test_systemd_hears_that_the_agent_is_ready_alive_and_stopping(
    systemd: socket.socket, tmp_path: Path
) -> None:
    clock = [0.0]
    told = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "10000000"}
    watchdog = Watchdog(lambda: clock[0], told | {"WATCHDOG_PID": str(os.getpid())})
    watchdog.ready("5 devices")
    assert systemd.recv(100) == b"READY=1\nSTATUS=5 devices"
    for _ in range(5):
        watchdog.alive()
    assert systemd.recv(100) == b"WATCHDOG=1"
    clock[0] += 3
    watchdog.alive()
    watchdog.stopping()
    assert [systemd.recv(100), systemd.recv(100)] == [b"WATCHDOG=1", b"STOPPING=1"]


def test_without_systemd_or_for_another_process_nothing_is_said(
    systemd: socket.socket, tmp_path: Path
) -> None:
    Watchdog(lambda: 1.0, {}).alive()
    other = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "1"}
    Watchdog(lambda: 1.0, other).alive()
    systemd.setblocking(False)
    with pytest.raises(BlockingIOError):
        systemd.recv(100)
