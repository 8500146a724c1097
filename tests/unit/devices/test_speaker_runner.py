"""Announcements: one after the other, none cut, none lost by a restart, none said too late."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from queue import SimpleQueue

import pytest

from assets.wav import read_wav
from devices.health import UnitHealth
from devices.speaker.mixing import RATE, Mixer
from devices.speaker.ports import PlayerDown
from devices.speaker.runner import Announcements, Sound, Speaker
from queue_server.speech.announce import announcement_in
from queue_server.speech.phrases import Clip

CLIPS = announcement_in("A012", 3, ("vi",))


class Player:
    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()
        self.playing = 0
        self.overlapped = False
        self.fails = 0
        self.played: list[float] = []

    def play(self, wav: bytes, seconds: float) -> None:
        self.playing += 1
        self.overlapped |= self.playing > 1
        self.entered.set()
        self.gate.wait(10)
        self.playing -= 1
        if self.fails > 0:
            self.fails -= 1
            raise PlayerDown("no such device")
        self.played.append(seconds)

    def health(self) -> UnitHealth:
        return UnitHealth(True)

    def close(self) -> None:
        self.gate.set()


class Bench:
    def __init__(self) -> None:
        self.player, self.waiting, self.clock = Player(), Announcements(), 10.0
        self.health: SimpleQueue[UnitHealth] = SimpleQueue()
        self.done: SimpleQueue[tuple[str, str]] = SimpleQueue()
        self.start()

    def start(self) -> None:
        self.speaker = Speaker(
            "loa-1",
            self.player,
            self.waiting,
            Mixer,
            lambda device, health: self.health.put(health),
            lambda: self.clock,
            look_every=0.05,
        )
        self.speaker.start()

    def say(self, name: str, clips: tuple[Clip, ...] = CLIPS, until: float = 100.0) -> None:
        self.waiting.say(Sound(name, clips, until, lambda why: self.done.put((name, why))))

    def hear(self) -> tuple[str, str]:
        return self.done.get(timeout=30)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.player.gate.set()
    made.speaker.stop(timedelta(seconds=5))


def test_announcements_follow_one_another_in_order(bench: Bench) -> None:
    for name in ("one", "two", "three"):
        bench.say(name)
    assert [bench.hear() for _ in range(3)] == [("one", ""), ("two", ""), ("three", "")]
    assert not bench.player.overlapped and len(bench.player.played) == 3


def test_a_call_that_waited_too_long_is_not_said(bench: Bench) -> None:
    bench.player.gate.clear()
    bench.say("one")
    assert bench.player.entered.wait(10)
    bench.say("two", until=11.0)
    bench.clock = 12.0
    bench.player.gate.set()
    assert [bench.hear(), bench.hear()] == [("one", ""), ("two", "too late")]


def test_a_sound_that_was_not_heard_is_played_once_more_and_then_given_up(bench: Bench) -> None:
    bench.player.fails = 1
    bench.say("one")
    assert bench.hear() == ("one", "")
    bench.player.fails = 2
    bench.say("two")
    assert bench.hear() == ("two", "no such device")


def test_a_phrase_that_nobody_recorded_does_not_stop_the_others(bench: Bench) -> None:
    bench.say("one", (Clip("counter.khong-co", "vi"),))
    bench.say("two")
    assert [bench.hear(), bench.hear()] == [("one", "no clip"), ("two", "")]


def test_what_waits_is_said_by_the_next_runner(bench: Bench) -> None:
    bench.player.gate.clear()
    bench.say("one")
    assert bench.player.entered.wait(10)
    bench.say("two")
    bench.speaker.give_up()
    bench.player.gate.set()
    bench.start()
    assert {bench.hear(), bench.hear()} == {("one", ""), ("two", "")}


def test_how_many_were_said_is_told(bench: Bench) -> None:
    bench.say("one")
    bench.hear()
    while dict(bench.health.get(timeout=30).facts).get("said") != "1":
        pass


def test_an_announcement_is_one_wav_with_every_clip_and_pause(tmp_path: object) -> None:
    from pathlib import Path

    mixed = Mixer().mix(CLIPS)
    path = Path(str(tmp_path)) / "said.wav"
    path.write_bytes(mixed.wav)
    sound = read_wav(path)
    pauses = sum(clip.pause_s for clip in CLIPS)
    assert (sound.rate, sound.channels) == (RATE, 1)
    assert abs(sound.seconds - mixed.seconds) < 0.01
    assert mixed.seconds > pauses + 3 and sound.rms_dbfs > -40
