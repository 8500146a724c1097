"""Call keypads: plain characters and frames on a serial line, the kernel's events, and the simulated twin."""

import os
import select
import tty
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from fakes.bus_twin import Wire

from devices.display import ascii as frames
from devices.drivers import Place, open_keys
from devices.keypad.decoding import EVENT, PLAIN
from devices.keypad.ports import Key, Keys
from devices.promises import KeypadPromises, until

PLAIN_OF = {key: char for char, key in PLAIN.items()}
CODES = {
    **dict(zip("0123456789", (82, 79, 80, 81, 75, 76, 77, 71, 72, 73), strict=True)),
    "N": 96, "R": 78, "X": 74, "C": 98, "D": 83,
}  # fmt: skip


class PlainRig:
    address = 1

    def __init__(self, folder: Path) -> None:
        self.wire = Wire(folder)
        self.keys: Keys = open_keys(Place(f"keys://{self.wire.near}", folder, monotonic))

    def press(self, *keys: Key) -> None:
        for key in keys:
            self.wire.say(PLAIN_OF[key].encode())

    def unplug(self) -> None:
        self.wire.unplug()

    def plug(self) -> None:
        self.wire.plug()

    def stop(self) -> None:
        self.keys.close()
        self.wire.stop()


class FramedRig(PlainRig):
    """Keypad 7 of a shared line; each press is said twice, as a radio does that missed its answer."""

    address = 7

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.keys = open_keys(Place(f"ascii://{self.wire.near}", folder, monotonic))

    def press(self, *keys: Key) -> None:
        for count, key in enumerate(keys):
            self.wire.say(frames.encode(frames.Frame(self.address, "K", f"{key.value}{count % 10}")))


class EventRig:
    """A number pad: what the kernel writes into /dev/input/event…, through a PTY."""

    address = 1

    def __init__(self, folder: Path) -> None:
        self.path = folder / "usb-Pad-event-kbd"
        self.ends: tuple[int, int] | None = None
        self.plug()
        self.keys: Keys = open_keys(Place(f"evdev://{self.path}", folder, monotonic))

    def press(self, *keys: Key) -> None:
        assert self.ends is not None
        for key in keys:
            code = CODES[key.value]
            for kind, what, value in ((4, 4, 458841), (1, code, 1), (1, code, 2), (1, code, 0), (0, 0, 0)):
                os.write(self.ends[0], EVENT.pack(0, 0, kind, what, value))

    def unplug(self) -> None:
        assert self.ends is not None
        self.path.unlink()
        for end in self.ends:
            os.close(end)
        self.ends = None

    def plug(self) -> None:
        self.ends = os.openpty()
        tty.setraw(self.ends[1])
        self.path.symlink_to(os.ttyname(self.ends[1]))

    def stop(self) -> None:
        self.keys.close()
        if self.ends is not None:
            self.unplug()


class PipeRig:
    address = 1

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "pad"
        self.keys: Keys = open_keys(Place("simulated:", self.folder, monotonic))

    def press(self, *keys: Key) -> None:
        end = os.open(self.folder / "keys", os.O_WRONLY)
        os.write(end, "".join(PLAIN_OF[key] for key in keys).encode())
        os.close(end)

    def unplug(self) -> None:
        (self.folder / "keys").unlink()
        self.folder.rmdir()
        self.folder.write_text("no folder any more")

    def plug(self) -> None:
        self.folder.unlink()

    def stop(self) -> None:
        self.keys.close()


def kit(rig: type[PlainRig] | type[EventRig] | type[PipeRig]) -> type[KeypadPromises]:
    class Kit(KeypadPromises):
        @pytest.fixture
        def rig(self, tmp_path: Path) -> Iterator[PlainRig | EventRig | PipeRig]:
            made = rig(tmp_path)
            yield made
            made.stop()

    return Kit


TestPlain, TestFramed, TestEvents, TestSimulated = kit(PlainRig), kit(FramedRig), kit(EventRig), kit(PipeRig)


def test_a_framed_press_is_answered_so_that_the_keypad_stops_saying_it(tmp_path: Path) -> None:
    rig = FramedRig(tmp_path)
    far = os.open(rig.wire.far, os.O_RDWR | os.O_NOCTTY)
    rig.keys.open()
    rig.press(Key.NEXT)
    assert until(lambda: bool(rig.keys.read(0.05)))
    said = b""
    while not said.endswith(b"\r"):
        assert select.select([far], [], [], 5)[0]
        said += os.read(far, 64)
    assert list(frames.decode(said)) == [frames.Frame(7, "A")]
    os.close(far)
    rig.stop()


def test_a_frame_that_comes_in_pieces_or_with_a_wrong_check_is_read_right(tmp_path: Path) -> None:
    rig = FramedRig(tmp_path)
    rig.keys.open()
    whole = frames.encode(frames.Frame(7, "K", "N1"))
    rig.wire.say(frames.encode(frames.Frame(7, "K", "R1")).replace(b"R", b"X"))
    rig.wire.say(b"\xff" + whole[:4])
    assert rig.keys.read(0.2) == ()
    rig.wire.say(whole[4:])
    found = []
    assert until(lambda: bool(found.extend(rig.keys.read(0.05)) or found))
    assert [(p.address, p.key, p.count) for p in found] == [(7, Key.NEXT, "1")]
    rig.stop()
