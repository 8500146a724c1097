"""From a device's address to its driver: the built-in ones, and plug-ins by their entry points.

A plug-in is one file with one of these values in it, and one entry point of the group `motcua.devices` whose
name is the scheme of its addresses; schemes of plug-ins begin with `x-`. docs/devices.md shows how.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from devices.display.ascii import AsciiFrames
from devices.display.framing import FramedBus, Framing
from devices.display.modbus import ModbusRtu
from devices.display.ports import Displays
from devices.display.simulated import FolderDisplays
from devices.keypad.decoding import Decoding, FramedKeys, PlainKeys
from devices.keypad.line_keys import EventKeys, LineKeys
from devices.keypad.ports import Keys
from devices.keypad.simulated import PipeKeys
from devices.line import Line
from devices.ports import Monotonic, SlipPrinter
from devices.printer.network import NetworkLine
from devices.serial_port import Parity, SerialPort
from devices.speaker.players import AlsaPlayer, FolderPlayer, NullPlayer
from devices.speaker.ports import Player

GROUP = "motcua.devices"


class BadAddress(ValueError):
    """An address that no driver takes; the sentence says what one looks like."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a driver gets: its address, a folder of its own, the clock, and dots of a printer's head."""

    address: str
    folder: Path
    monotonic: Monotonic
    dots: int = 576

    @property
    def parts(self) -> SplitResult:
        return urlsplit(self.address)

    def option(self, name: str, default: str = "") -> str:
        """`9600` of `…?baud=9600`."""
        return {key: values[-1] for key, values in parse_qs(self.parts.query).items()}.get(name, default)

    def line(self) -> Line:
        """A serial port for `scheme:///dev/…?baud=…&parity=…`, a TCP serial server for `scheme://host:port`.

        Raises BadAddress.
        """
        parts = self.parts
        try:
            if parts.hostname and parts.port:
                return NetworkLine(parts.hostname, parts.port)
            parity, baud = self.option("parity", "N"), int(self.option("baud", "9600"))
        except ValueError as error:
            raise BadAddress(f"{self.address!r}: {error}") from error
        if not parts.path.startswith("/") or parity not in ("N", "E", "O"):
            raise BadAddress(f"{self.address!r} names no port: write {parts.scheme}:///dev/serial/by-id/NAME")
        known: dict[str, Parity] = {"N": "N", "E": "E", "O": "O"}
        return SerialPort(unquote(parts.path), baud, known[parity])


@dataclass(frozen=True, slots=True)
class PrinterDriver:
    """`open` makes the printer; nothing is opened yet, and nothing raises but BadAddress."""

    example: str
    open: Callable[[Place], SlipPrinter]


@dataclass(frozen=True, slots=True)
class DisplayDriver:
    example: str
    open: Callable[[Place], Displays]


@dataclass(frozen=True, slots=True)
class KeypadDriver:
    example: str
    open: Callable[[Place], Keys]


@dataclass(frozen=True, slots=True)
class SpeakerDriver:
    example: str
    open: Callable[[Place], Player]


_D = TypeVar("_D", DisplayDriver, KeypadDriver, SpeakerDriver)
Driver = PrinterDriver | DisplayDriver | KeypadDriver | SpeakerDriver


def framed(framing: Framing) -> Callable[[Place], Displays]:
    """Displays by a framing, over whatever line the address names: all that a new protocol needs."""
    return lambda place: FramedBus(place.line(), framing, place.monotonic)


def decoded(decoding: Decoding) -> Callable[[Place], Keys]:
    """Keypads by a decoding, over whatever line the address names."""
    return lambda place: LineKeys(place.line(), decoding)


def _rest(place: Place) -> str:
    return place.address.partition(":")[2]


DISPLAYS: dict[str, DisplayDriver] = {
    "modbus": DisplayDriver("modbus:///dev/serial/by-id/NAME?baud=9600", framed(ModbusRtu())),
    "ascii": DisplayDriver("ascii:///dev/serial/by-id/NAME?baud=9600", framed(AsciiFrames())),
    "simulated": DisplayDriver("simulated:", lambda place: FolderDisplays(place.folder)),
}
KEYPADS: dict[str, KeypadDriver] = {
    "evdev": KeypadDriver(
        "evdev:///dev/input/by-id/NAME-event-kbd", lambda place: EventKeys(Path(unquote(place.parts.path)))
    ),
    "keys": KeypadDriver("keys:///dev/serial/by-id/NAME", decoded(PlainKeys())),
    "ascii": KeypadDriver("ascii:///dev/serial/by-id/NAME", decoded(FramedKeys())),
    "simulated": KeypadDriver("simulated:", lambda place: PipeKeys(place.folder / "keys")),
}
SPEAKERS: dict[str, SpeakerDriver] = {
    "alsa": SpeakerDriver("alsa:default", lambda place: AlsaPlayer(_rest(place))),
    "file": SpeakerDriver("file:///FOLDER", lambda place: FolderPlayer(Path(unquote(place.parts.path)))),
    "null": SpeakerDriver("null:", lambda place: NullPlayer()),
    "simulated": SpeakerDriver("simulated:", lambda place: FolderPlayer(place.folder, in_real_time=True)),
}


def open_displays(place: Place) -> Displays:
    """Raises BadAddress."""
    return _find(place, DISPLAYS, DisplayDriver).open(place)


def open_keys(place: Place) -> Keys:
    """Raises BadAddress."""
    return _find(place, KEYPADS, KeypadDriver).open(place)


def open_player(place: Place) -> Player:
    """Raises BadAddress."""
    return _find(place, SPEAKERS, SpeakerDriver).open(place)


def plug_in(address: str) -> Driver:
    """The driver that an installed plug-in gives for this address's scheme. Raises BadAddress."""
    scheme = address.partition(":")[0]
    for entry in metadata.entry_points(group=GROUP):
        if entry.name == scheme:
            try:
                found = entry.load()
            except Exception as error:
                raise BadAddress(f"the plug-in for {scheme}: cannot be loaded: {error}") from error
            if isinstance(found, PrinterDriver | DisplayDriver | KeypadDriver | SpeakerDriver):
                return found
            raise BadAddress(f"the plug-in for {scheme}: is no driver: {type(found).__name__}")
    raise BadAddress(f"no plug-in for {scheme}: is installed: pip install the package that brings it")


def _find(place: Place, built_in: Mapping[str, _D], kind: type[_D]) -> _D:
    scheme = place.address.partition(":")[0]
    if scheme in built_in:
        return built_in[scheme]
    if scheme.startswith("x-"):
        found = plug_in(place.address)
        if isinstance(found, kind):
            return found
        raise BadAddress(f"{place.address!r}: the plug-in is a {type(found).__name__}, not a {kind.__name__}")
    examples = ", ".join(driver.example for driver in built_in.values())
    raise BadAddress(f"{place.address!r} is no address of such a device; write one such as {examples}")
