"""A printer on USB, addressed by its vendor and product numbers."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from escpos.exceptions import DeviceNotFoundError
from escpos.printer import Usb

from devices.printer.line import LineDown

TIMEOUT = timedelta(seconds=3)
_NOTHING_CAME = (110, 60, 10060)
"""errno of a USB time-out on Linux, BSD and Windows."""


class UsbLine:
    """`Line` over USB. Needs pyusb and libusb; says so in the health when they are missing."""

    two_way = True

    def __init__(
        self,
        vendor: int,
        product: int,
        in_endpoint: int = 0x82,
        out_endpoint: int = 0x01,
        timeout: timedelta = TIMEOUT,
        make: Callable[..., Any] | None = None,
    ) -> None:
        """`make` is python-escpos' Usb; tests give a twin of it."""
        self._milliseconds = round(timeout.total_seconds() * 1000)
        self._in, self._out = in_endpoint, out_endpoint
        self._vendor, self._product, self._make = vendor, product, make
        self._printer: Any = None
        self._device: Any = None

    def open(self) -> None:
        self.close()
        make = self._make or _real()
        try:
            self._printer = make(
                self._vendor, self._product, timeout=self._milliseconds, in_ep=self._in, out_ep=self._out
            )
            self._printer.open()
        except (DeviceNotFoundError, OSError, RuntimeError) as error:
            raise LineDown("offline", str(error)) from error
        self._device = self._printer.device

    def write(self, data: bytes) -> None:
        device = self._opened()
        try:
            written = device.write(self._out, data, self._milliseconds) if data else 0
        except OSError as error:
            raise LineDown("timeout" if _timed_out(error) else "offline", str(error)) from error
        if written != len(data):
            raise LineDown("timeout", "the printer takes no more bytes")

    def read(self, within: float) -> bytes:
        device = self._opened()
        try:
            return bytes(device.read(self._in, 64, max(1, round(within * 1000))))
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


def _real() -> Callable[..., Any]:
    if not Usb.is_usable():
        raise LineDown("offline", "pyusb is not installed: USB printers need it")
    make: Callable[..., Any] = Usb
    return make


def _timed_out(error: OSError) -> bool:
    return isinstance(error, TimeoutError) or error.errno in _NOTHING_CAME
