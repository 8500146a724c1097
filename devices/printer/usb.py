"""A printer on USB, addressed by its vendor and product numbers and, of two alike, by its serial number."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from escpos.exceptions import DeviceNotFoundError

from devices.line import LineDown

TIMEOUT = timedelta(seconds=3)
_NOTHING_CAME = (110, 60, 10060)
"""errno of a USB time-out on Linux, BSD and Windows."""
_PRINTER_CLASS = 7
_BULK = 2
_TO_COMPUTER = 0x80


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Addresses of the bulk endpoints; without `to_computer` the printer cannot answer."""

    to_printer: int
    to_computer: int | None


class UsbLine:
    """`Line` over USB. Needs pyusb and libusb; says so in the health when they are missing."""

    def __init__(
        self,
        vendor: int,
        product: int,
        serial_number: str = "",
        timeout: timedelta = TIMEOUT,
        make: Callable[..., Any] | None = None,
    ) -> None:
        """`make` is python-escpos' Usb; tests give a twin of it."""
        self._milliseconds = round(timeout.total_seconds() * 1000)
        self._which = (vendor, product)
        self._more = {"serial_number": serial_number} if serial_number else {}
        self._make = make
        self._printer: Any = None
        self._device: Any = None
        self._ends = Endpoints(0, None)

    @property
    def two_way(self) -> bool:
        return self._ends.to_computer is not None

    def open(self) -> None:
        self.close()
        make = self._make or _real()
        try:
            self._printer = make(*self._which, dict(self._more), timeout=self._milliseconds)
            self._printer.open()
            self._device = self._printer.device
            self._ends = endpoints(self._device)
        except LineDown:
            self.close()
            raise
        except (DeviceNotFoundError, OSError, RuntimeError) as error:
            self.close()
            raise LineDown("offline", str(error)) from error

    def write(self, data: bytes) -> None:
        device = self._opened()
        try:
            written = device.write(self._ends.to_printer, data, self._milliseconds) if data else 0
        except OSError as error:
            raise LineDown("timeout" if _timed_out(error) else "offline", str(error)) from error
        if written != len(data):
            raise LineDown("timeout", "the printer takes no more bytes")

    def read(self, within: float) -> bytes:
        device = self._opened()
        if self._ends.to_computer is None:
            return b""
        try:
            return bytes(device.read(self._ends.to_computer, 64, max(1, round(within * 1000))))
        except OSError as error:
            if _timed_out(error):
                return b""
            raise LineDown("offline", str(error)) from error

    def close(self) -> None:
        if self._device is None:
            return
        self._device = None
        with suppress(OSError, RuntimeError):
            self._printer.close()

    def _opened(self) -> Any:
        if self._device is None:
            raise LineDown("offline", "not open")
        return self._device


def endpoints(device: Any) -> Endpoints:
    """The bulk endpoints of the device's printer interface, or of its first one. Raises LineDown."""
    interfaces = list(device.get_active_configuration())
    interfaces.sort(key=lambda interface: interface.bInterfaceClass != _PRINTER_CLASS)
    for interface in interfaces:
        found = [end.bEndpointAddress for end in interface if end.bmAttributes & 3 == _BULK]
        to_printer = [end for end in found if not end & _TO_COMPUTER]
        to_computer = [end for end in found if end & _TO_COMPUTER]
        if to_printer:
            return Endpoints(to_printer[0], to_computer[0] if to_computer else None)
    raise LineDown("offline", "this USB device has no endpoint to print to")


def _real() -> Callable[..., Any]:
    from escpos.printer import Usb

    if not Usb.is_usable():
        raise LineDown("offline", "pyusb is not installed: USB printers need it")
    make: Callable[..., Any] = Usb
    return make


def _timed_out(error: OSError) -> bool:
    return isinstance(error, TimeoutError) or error.errno in _NOTHING_CAME
