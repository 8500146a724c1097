"""The office file's devices, and where they stand."""

from dataclasses import dataclass
from datetime import timedelta

from queue_server.domain.ids import CounterId, DeviceId, KioskId, ServiceId, ZoneId
from queue_server.domain.words import Words


@dataclass(frozen=True, slots=True)
class Zone:
    id: ZoneId
    name: Words


@dataclass(frozen=True, slots=True)
class Kiosk:
    id: KioskId
    name: Words
    zone: ZoneId
    printer: DeviceId | None = None
    services: tuple[ServiceId, ...] = ()
    """Only these services are offered; empty is all."""
    readers: tuple[str, ...] = ()
    """What reads codes there, for the kiosk of this machine, such as `wedge` or `serial:///dev/…`."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A slip printer.

    `url` is `tcp://host:9100`, `usb://vendor:product`, `serial:///dev/…`, `file://…`, `cups://queue` or
    `simulated:`.
    """

    id: DeviceId
    name: Words
    url: str
    dots: int = 576
    agent: str = "agent"
    fallback: DeviceId | None = None
    """The printer of the same agent that takes over while this one cannot print."""


@dataclass(frozen=True, slots=True)
class Display:
    id: DeviceId
    kind: str
    """`hall` or `counter`."""
    zone: ZoneId
    counter: CounterId | None = None


@dataclass(frozen=True, slots=True)
class Led:
    """A LED display at a counter, one address of a serial bus. `brightness` is a percentage.

    `url` is `modbus:///dev/…?baud=9600`, `modbus://host:port`, the same with `ascii`, `simulated:` or a
    plug-in's `x-…`.
    """

    id: DeviceId
    counter: CounterId
    url: str
    address: int = 1
    brightness: int = 80
    agent: str = "agent"


@dataclass(frozen=True, slots=True)
class Keypad:
    """A call keypad of a counter, and its account on the broker.

    `url` is `evdev:///dev/input/…`, `keys:///dev/…`, `ascii:///dev/…`, `simulated:` or a plug-in's `x-…`.
    """

    id: DeviceId
    counter: CounterId
    url: str
    address: int = 1
    agent: str = "agent"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A loudspeaker on an agent's machine that says a zone's calls in the place of the browsers there.

    `url` is `alsa:default` (any ALSA device), `file:///folder`, `null:`, `simulated:` or a plug-in's `x-…`.
    """

    id: DeviceId
    name: Words
    zone: ZoneId
    url: str
    agent: str = "agent"


@dataclass(frozen=True, slots=True)
class DeviceRules:
    alert_after: timedelta = timedelta(minutes=3)
    """A device unwell for this long is told to the supervisor, and recorded."""
