"""Clips are played one after another and time is kept even when no sound comes out."""

from __future__ import annotations

import json
import subprocess
import sys
import wave
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

SCRIPT = """
import json, sys
from pathlib import Path
from kiosk.ui.environment import WindowOptions, prepare
prepare(WindowOptions(300, 400, offscreen=True), Path(sys.argv[1]) / "home")
from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.core.window import Window
from assets.files import MissingAsset
from kiosk.ui.speaker import KivySpeaker
from queue_server.speech.phrases import Clip
EventLoop.window = Window
EventLoop.start()
said = []

class Mute:
    length = 0
    def __init__(self, path): self.path = path
    def play(self): said.append(["play", Path(self.path).stem])
    def stop(self): said.append(["stop", Path(self.path).stem])
    def unload(self): pass

def find(language, key):
    if key == "missing": raise MissingAsset("missing is not packaged")
    return Path(sys.argv[1]) / f"{key}.wav"

speaker = KivySpeaker(find, Mute)

def run(until):
    end = Clock.get_time() + 20
    while not until() and Clock.get_time() < end:
        EventLoop.idle()

begin = Clock.get_time()
clips = [Clip("one", "vi", 0.1), Clip("missing", "vi"), Clip("two", "vi")]
speaker.say(clips, lambda: said.append(["ended", 1]))
run(lambda: ["ended", 1] in said)
took = Clock.get_time() - begin
speaker.say([Clip("one", "vi"), Clip("two", "vi")], lambda: said.append(["ended", 2]))
run(lambda: said[-1] == ["play", "one"] and len(said) > 4)
speaker.hush()
speaker.say([Clip("two", "vi")], lambda: said.append(["ended", 3]))
run(lambda: ["ended", 3] in said)
print(json.dumps({"said": said, "took": took}))
"""


def test_a_reading_ends_by_the_files_own_length_and_a_touch_cuts_it_off(tmp_path: Path) -> None:
    for name in ("one", "two"):
        with wave.open(str(tmp_path / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(bytes(2 * 8000 * 3 // 10))
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=100
    )
    assert run.returncode == 0, run.stderr[-2000:]
    heard = json.loads(run.stdout.splitlines()[-1])
    plays = [what for what in heard["said"] if what[0] != "stop"]
    assert plays == [
        ["play", "one"],
        ["play", "two"],
        ["ended", 1],
        ["play", "one"],
        ["play", "two"],
        ["ended", 3],
    ]
    assert 0.65 <= heard["took"] < 10
