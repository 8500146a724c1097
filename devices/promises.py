"""The test kit of drivers: what every driver promises, as tests to be inherited. Needs only pytest.

    from devices.promises import DisplayPromises

    class TestAcme(DisplayPromises):
        @pytest.fixture
        def rig(self, tmp_path): ...   # a DisplayRig: your driver, and a twin of your display

docs/devices.md shows a whole one.
"""

import threading
import time
from collections.abc import Callable
from typing import Protocol

from PIL import Image

from devices.display.ports import WIDTH, Displays, NoAnswer, Shown
from devices.health import Health, UnitHealth
from devices.keypad.ports import Key, Keys, Press
from devices.line import LineDown
from devices.ports import Outcome, SlipPrinter
from devices.speaker.ports import Player, PlayerDown

QUICK = 3.0
"""Seconds within which every method returns or raises, whatever the device does."""


def raised(kind: type[Exception], act: Callable[[], object]) -> bool:
    """Whether `act` raises just this, and quickly."""
    began = time.monotonic()
    try:
        act()
    except kind:
        return time.monotonic() - began < QUICK
    return False


def until(condition: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Whether it comes true in time."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while not condition():
        if time.monotonic() > deadline:
            return False
        pause.wait(0.01)
    return True


class Pluggable(Protocol):
    """A twin of the device's cable."""

    def unplug(self) -> None: ...
    def plug(self) -> None: ...


class DisplayRig(Pluggable, Protocol):
    """`addresses` are two displays of the twin's bus, `missing` one that is not there."""

    displays: Displays
    addresses: tuple[int, int]
    missing: int

    def seen(self, address: int) -> Shown:
        """What a person standing before the display sees."""


class DisplayPromises:
    """What a driver of displays promises."""

    def test_a_display_shows_what_it_is_told(self, rig: DisplayRig) -> None:
        first, second = rig.addresses
        rig.displays.open()
        rig.displays.show(first, Shown("A012", True, 70))
        rig.displays.show(second, Shown("B7", False, 30))
        assert rig.seen(first) == Shown("A012", True, 70)
        assert rig.seen(second) == Shown("B7", False, 30)

    def test_every_width_is_shown_whole(self, rig: DisplayRig) -> None:
        rig.displays.open()
        for length in range(1, WIDTH + 1):
            text = "ABCD1234"[:length]
            rig.displays.show(rig.addresses[0], Shown(text))
            assert rig.seen(rig.addresses[0]).text == text

    def test_nothing_to_show_is_a_dark_display(self, rig: DisplayRig) -> None:
        rig.displays.open()
        rig.displays.show(rig.addresses[0], Shown("A012"))
        rig.displays.show(rig.addresses[0], Shown(""))
        assert rig.seen(rig.addresses[0]).text == ""

    def test_a_display_says_what_it_shows_or_that_it_cannot_tell(self, rig: DisplayRig) -> None:
        rig.displays.open()
        rig.displays.show(rig.addresses[0], Shown("C345", False, 50))
        assert rig.displays.ask(rig.addresses[0]).shown in (Shown("C345", False, 50), None)

    def test_the_test_pattern_is_one(self, rig: DisplayRig) -> None:
        rig.displays.open()
        rig.displays.show(rig.addresses[0], Shown("8" * WIDTH, test=True))
        assert rig.seen(rig.addresses[0]).test

    def test_a_display_that_is_not_there_answers_nothing_and_holds_nobody_up(self, rig: DisplayRig) -> None:
        rig.displays.open()
        assert raised(NoAnswer, lambda: rig.displays.ask(rig.missing))
        rig.displays.show(rig.addresses[0], Shown("A1"))
        assert rig.seen(rig.addresses[0]).text == "A1"

    def test_an_unplugged_bus_is_down_until_it_is_opened_again(self, rig: DisplayRig) -> None:
        rig.displays.open()
        rig.displays.show(rig.addresses[0], Shown("A1"))
        rig.unplug()
        assert raised(LineDown, lambda: [rig.displays.ask(rig.addresses[0]) for _ in range(3)])
        assert raised(LineDown, rig.displays.open)
        rig.plug()
        rig.displays.open()
        rig.displays.show(rig.addresses[0], Shown("A2"))
        assert rig.seen(rig.addresses[0]).text == "A2"

    def test_closing_twice_is_no_error_and_a_closed_bus_is_down(self, rig: DisplayRig) -> None:
        rig.displays.open()
        rig.displays.close()
        rig.displays.close()
        assert raised(LineDown, lambda: rig.displays.ask(rig.addresses[0]))


class KeypadRig(Pluggable, Protocol):
    keys: Keys
    address: int

    def press(self, *keys: Key) -> None:
        """A finger presses these, one after the other."""


class KeypadPromises:
    """What a driver of keypads promises."""

    def test_every_key_arrives_once_and_in_order(self, rig: KeypadRig) -> None:
        rig.keys.open()
        rig.press(*Key)
        assert self._arrived(rig, len(Key)) == [(rig.address, key) for key in Key]

    def test_nothing_pressed_is_nothing_and_does_not_take_long(self, rig: KeypadRig) -> None:
        rig.keys.open()
        began = time.monotonic()
        assert rig.keys.read(0.1) == ()
        assert time.monotonic() - began < 1

    def test_an_unplugged_keypad_is_down_until_it_is_opened_again(self, rig: KeypadRig) -> None:
        rig.keys.open()
        rig.unplug()
        assert raised(LineDown, lambda: [rig.keys.read(0.05) for _ in range(20)])
        assert raised(LineDown, rig.keys.open)
        rig.plug()
        rig.keys.open()
        rig.press(Key.NEXT)
        assert self._arrived(rig, 1) == [(rig.address, Key.NEXT)]

    def test_closing_twice_is_no_error(self, rig: KeypadRig) -> None:
        rig.keys.open()
        rig.keys.close()
        rig.keys.close()

    def _arrived(self, rig: KeypadRig, count: int) -> list[tuple[int, Key]]:
        found: list[Press] = []

        def enough() -> bool:
            found.extend(rig.keys.read(0.05))
            return len(found) >= count

        until(enough)
        found.extend(rig.keys.read(0.05))
        return [(press.address, press.key) for press in found]


class SpeakerRig(Pluggable, Protocol):
    player: Player

    def heard(self) -> list[bytes]:
        """Every WAV that was heard to its end."""


class SpeakerPromises:
    """What a driver of loudspeakers promises."""

    def test_a_sound_is_heard_whole_before_play_returns(self, rig: SpeakerRig) -> None:
        rig.player.play(TONE, TONE_SECONDS)
        assert rig.heard() == [TONE]

    def test_one_sound_follows_the_other(self, rig: SpeakerRig) -> None:
        for _ in range(3):
            rig.player.play(TONE, TONE_SECONDS)
        assert rig.heard() == [TONE] * 3

    def test_a_speaker_that_is_there_is_ready(self, rig: SpeakerRig) -> None:
        assert rig.player.health().state == "ready"

    def test_an_unplugged_speaker_says_so_and_comes_back(self, rig: SpeakerRig) -> None:
        rig.unplug()
        assert raised(PlayerDown, lambda: rig.player.play(TONE, TONE_SECONDS))
        assert isinstance(rig.player.health(), UnitHealth) and rig.player.health().state != "ready"
        rig.plug()
        rig.player.play(TONE, TONE_SECONDS)
        assert rig.heard() == [TONE] and rig.player.health().state == "ready"

    def test_closing_twice_is_no_error(self, rig: SpeakerRig) -> None:
        rig.player.close()
        rig.player.close()


class PrinterRig(Pluggable, Protocol):
    printer: SlipPrinter

    def slips(self) -> int:
        """How many whole slips lie in the tray."""


class PrinterPromises:
    """What a driver of slip printers promises."""

    def test_a_slip_comes_out_once_and_printed_is_said_only_with_proof(self, rig: PrinterRig) -> None:
        outcome = rig.printer.print_slip(self._slip(rig), "job-1")
        assert rig.slips() == 1
        assert outcome.result in ("printed", "unconfirmed")

    def test_an_unplugged_printer_fails_and_is_lost_and_never_said_to_have_paper(
        self, rig: PrinterRig
    ) -> None:
        rig.unplug()
        assert rig.printer.print_slip(self._slip(rig), "job-1") == Outcome("failed", "offline")
        health = rig.printer.health()
        assert (health.state, health.paper) == ("lost", "unknown")
        rig.plug()
        assert rig.printer.print_slip(self._slip(rig), "job-2").result != "failed"
        assert rig.slips() == 1

    def test_health_is_a_health_and_comes_in_time(self, rig: PrinterRig) -> None:
        began = time.monotonic()
        assert isinstance(rig.printer.health(), Health)
        assert time.monotonic() - began < 2 * QUICK

    def test_closing_twice_is_no_error_and_printing_opens_again(self, rig: PrinterRig) -> None:
        rig.printer.close()
        rig.printer.close()
        assert rig.printer.print_slip(self._slip(rig), "job-1").result != "failed"

    def _slip(self, rig: PrinterRig) -> Image.Image:
        image = Image.new("1", (rig.printer.dots, 300), 1)
        image.paste(0, (0, 100, rig.printer.dots, 140))
        return image


TONE_SECONDS = 0.05
_SAMPLES = bytes(range(256)) * 6
TONE = (
    b"RIFF" + (36 + len(_SAMPLES)).to_bytes(4, "little") + b"WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"
    b"\x80>\x00\x00\x00}\x00\x00\x02\x00\x10\x00data" + len(_SAMPLES).to_bytes(4, "little") + _SAMPLES
)
"""A short WAV: mono, 16 bits, 16 kHz."""
