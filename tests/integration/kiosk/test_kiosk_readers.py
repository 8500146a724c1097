"""Readers on real lines and real pictures: a PTY for the serial scanner, files for the camera."""

import os
import queue
import termios
import threading
import tty
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import qrcode
from PIL import Image, ImageFilter

from devices import clock
from kiosk.readers.camera import CameraReader
from kiosk.readers.hub import Readers, awaited
from kiosk.readers.pictures import Pictures
from kiosk.readers.ports import Reader
from kiosk.readers.serial_scanner import Port, SerialScanner, open_port
from kiosk.readers.v4l2 import PixelFormat, grey
from kiosk.readers.watched import WedgeScanner
from kiosk.session.actions import Action
from kiosk.session.heard import ReadersChanged, Scanned
from kiosk.session.state import Home, Keypad, Scan, start

CODE = "H99.16-261117-0023"
DEADLINE_S = 30.0


class Line:
    """A serial line whose kiosk end is a file that can be pulled out and put back."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "by-id-scanner"
        self._ends: list[int] = []
        self.plug()

    def plug(self) -> None:
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        self._ends = [ours, theirs]
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(theirs))

    def unplug(self) -> None:
        self.path.unlink(missing_ok=True)
        for end in self._ends:
            os.close(end)
        self._ends = []

    def send(self, data: bytes) -> None:
        os.write(self._ends[0], data)


class Heard:
    """What a reader says, in order."""

    def __init__(self) -> None:
        self._said: queue.Queue[Any] = queue.Queue()

    def start(self, reader: Reader) -> None:
        reader.start(self._said.put, self._said.put)

    def next(self) -> Any:
        return self._said.get(timeout=DEADLINE_S)

    def nothing_more(self) -> bool:
        return self._said.empty()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    made = Line(tmp_path)
    yield made
    made.unplug()


@pytest.fixture
def stopping() -> Iterator[Callable[[Reader], Reader]]:
    made: list[Reader] = []

    def stop_later(reader: Reader) -> Reader:
        made.append(reader)
        return reader

    yield stop_later
    for reader in made:
        reader.stop()


def picture(text: str, turned: float = 0, blurred: float = 0) -> Image.Image:
    code = qrcode.make(text, box_size=8).get_image().convert("L")
    sheet = Image.new("L", (900, 700), 235)
    sheet.paste(code, (280, 180))
    turned_sheet = sheet.rotate(turned, Image.Resampling.BICUBIC, fillcolor=235)
    return turned_sheet.filter(ImageFilter.GaussianBlur(blurred))


def test_a_serial_scanner_is_read_unplugged_and_plugged_in_again(
    line: Line, heard: Heard, stopping: Callable[[Reader], Reader]
) -> None:
    scanner = stopping(SerialScanner(str(line.path), 9600, clock.monotonic))
    heard.start(scanner)
    assert heard.next() is True
    line.send(f"]Q1{CODE}\r\n".encode())
    assert heard.next() == f"]Q1{CODE}"
    line.send(CODE[:7].encode())
    line.unplug()
    assert heard.next() is False
    line.plug()
    assert heard.next() is True
    line.send(f"{CODE}\r".encode())
    assert heard.next() == CODE
    assert heard.nothing_more()


def test_a_scanner_that_was_never_there_is_awaited(
    tmp_path: Path, heard: Heard, stopping: Callable[[Reader], Reader]
) -> None:
    scanner = stopping(SerialScanner(str(tmp_path / "by-id-scanner"), 9600, clock.monotonic))
    heard.start(scanner)
    line = Line(tmp_path)
    assert heard.next() is True
    line.send(f"{CODE}\n".encode())
    assert heard.next() == CODE
    line.unplug()
    assert heard.next() is False


def test_a_scanner_that_is_pulled_out_while_it_is_set_up_is_awaited(
    line: Line, heard: Heard, stopping: Callable[[Reader], Reader]
) -> None:
    tries: list[str] = []

    def pulled(path: str, baud: int) -> Port:
        tries.append(path)
        if len(tries) == 1:
            raise termios.error(5, "Input/output error")
        return open_port(path, baud)

    heard.start(stopping(SerialScanner(str(line.path), 9600, clock.monotonic, pulled)))
    assert heard.next() is True and len(tries) == 2


def test_a_scanner_stops_while_it_waits(line: Line, heard: Heard) -> None:
    scanner = SerialScanner(str(line.path), 9600, clock.monotonic)
    heard.start(scanner)
    assert heard.next() is True
    scanner.stop()
    assert not any(thread.name == "kiosk-scanner" and thread.is_alive() for thread in threading.enumerate())


@pytest.mark.parametrize(("turned", "blurred"), [(0, 0), (17, 1.2), (90, 0.8), (203, 1.5)])
def test_a_camera_reads_a_photographed_code(
    tmp_path: Path, heard: Heard, stopping: Callable[[Reader], Reader], turned: float, blurred: float
) -> None:
    (tmp_path / "1-torn.png").write_bytes(b"\x89PNG\r\n\x1a\n torn")
    Image.new("L", (640, 480), 128).save(tmp_path / "2-blank.png")
    picture(CODE, turned, blurred).save(tmp_path / "3-code.png")
    camera = stopping(CameraReader(Pictures(tmp_path, 0.01), "twin", look_again_s=0.05))
    heard.start(camera)
    assert heard.next() is True
    camera.want(True)
    assert heard.next() == CODE


def test_a_camera_looks_only_while_a_code_is_awaited(
    tmp_path: Path, heard: Heard, stopping: Callable[[Reader], Reader]
) -> None:
    picture(CODE).save(tmp_path / "code.png")
    looked = threading.Event()

    class Watching(Pictures):
        def frames(self) -> Any:
            looked.set()
            return super().frames()

    camera = stopping(CameraReader(Watching(tmp_path, 0.01), "twin", look_again_s=0.02))
    heard.start(camera)
    assert heard.next() is True
    assert not looked.wait(0.2)
    camera.want(True)
    assert looked.wait(DEADLINE_S)


def test_a_camera_that_goes_away_is_gone_and_comes_back(
    tmp_path: Path, heard: Heard, stopping: Callable[[Reader], Reader]
) -> None:
    file = tmp_path / "frame.png"
    camera = stopping(CameraReader(Pictures(file, 0.01), "twin", lambda _picture: [], look_again_s=0.02))
    heard.start(camera)
    assert heard.next() is False
    Image.new("L", (64, 48)).save(file)
    assert heard.next() is True
    camera.want(True)
    file.unlink()
    assert heard.next() is False


def test_a_camera_whose_driver_fails_in_its_own_words_is_looked_for_again(
    tmp_path: Path, heard: Heard, stopping: Callable[[Reader], Reader]
) -> None:
    class V4l2Error(Exception):
        """As linuxpy has one of its own."""

    class Failing(Pictures):
        failed = False

        def frames(self) -> Any:
            if not self.failed:
                self.failed = True
                raise V4l2Error("no memory map")
            return super().frames()

    picture(CODE).save(tmp_path / "code.png")
    camera = stopping(CameraReader(Failing(tmp_path, 0.01), "twin", look_again_s=0.02))
    heard.start(camera)
    assert heard.next() is True
    camera.want(True)
    assert [heard.next() for _ in range(3)] == [False, True, CODE]


def test_frames_of_every_format_become_brightness() -> None:
    bright = bytes([200, 128] * (4 * 2))
    read = grey(bright, 4, 2, PixelFormat.YUYV)
    assert read is not None and set(read.tobytes()) == {200}
    assert grey(bytes(8), 4, 2, PixelFormat.GREY) is not None
    assert grey(b"\xff\xd8 torn", 4, 2, PixelFormat.MJPEG) is None
    assert grey(b"short", 4, 2, PixelFormat.YUYV) is None


def test_a_wedge_scanner_is_there_while_its_device_is(
    tmp_path: Path, heard: Heard, stopping: Callable[[Reader], Reader]
) -> None:
    device = tmp_path / "event-kbd"
    heard.start(stopping(WedgeScanner(device, every_s=0.02)))
    assert heard.next() is False
    device.touch()
    assert heard.next() is True


def test_the_hub_tells_what_is_there_and_passes_a_code_on_once(line: Line, soon: Any) -> None:
    told: list[Action] = []

    def dispatch(action: Action) -> None:
        told.append(action)
        soon.happened()

    hub = Readers([SerialScanner(str(line.path), 9600, clock.monotonic)], clock.monotonic)
    hub.start(dispatch)
    soon.until(lambda: told == [ReadersChanged(frozenset({"scanner"}))], "the scanner")
    line.send(f"{CODE}\r{CODE}\r{CODE}\rH99.16-261117-0024\r".encode())
    soon.until(lambda: len(told) == 3, "both codes")
    assert told[1:] == [Scanned(CODE), Scanned("H99.16-261117-0024")]
    line.unplug()
    soon.until(lambda: told[-1] == ReadersChanged(frozenset()), "the end of it")
    hub.stop()
    hub.typed("H99.16-261117-0025")
    assert len(told) == 4


def test_a_camera_is_on_only_where_somebody_was_asked_to_show_something() -> None:
    from dataclasses import replace

    session = start("k1", clock.now())
    places = {Home(): False, Keypad(): False, Scan(): True}
    assert {place: awaited(replace(session, place=place)) for place in places} == places
