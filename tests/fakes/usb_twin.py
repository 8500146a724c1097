"""A receipt printer behind a USB cable that exists only here: descriptors, endpoints, unplugging."""

import errno
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from fakes.printer_mind import Mind


@dataclass(frozen=True)
class End:
    """A USB endpoint's descriptor; attributes 2 is bulk, 3 is interrupt."""

    bEndpointAddress: int  # noqa: N815
    bmAttributes: int = 2  # noqa: N815


@dataclass(frozen=True)
class Interface:
    """A USB interface's descriptor; class 7 is a printer."""

    bInterfaceClass: int  # noqa: N815
    ends: tuple[End, ...]

    def __iter__(self) -> Iterator[End]:
        return iter(self.ends)


class UsbTwin:
    """In the place of python-escpos' Usb: `open`, `device.write`, `device.read`, `close`."""

    def __init__(self, mind: Mind | None = None) -> None:
        self.mind = mind or Mind()
        self.device = self
        self.asked: tuple[object, ...] = ()
        self.interfaces = [Interface(3, (End(0x81, 3),)), Interface(7, (End(0x84, 3), End(0x03), End(0x85)))]
        self._plugged = True
        self._said = b""
        self._changed = threading.Condition()

    def __call__(self, *asked: object, timeout: int) -> "UsbTwin":
        self.asked = asked
        return self

    def get_active_configuration(self) -> "list[Interface]":
        return self.interfaces

    def open(self) -> None:
        if not self._plugged:
            raise OSError(errno.ENODEV, "No such device")
        self._said = b""

    def write(self, endpoint: int, data: bytes, milliseconds: int) -> int:
        self.open_check()
        assert (endpoint, milliseconds > 0) == (0x03, True)
        self.say(self.mind.feed(bytes(data)))
        return len(data)

    def read(self, endpoint: int, size: int, milliseconds: int) -> bytes:
        self.open_check()
        assert (endpoint, milliseconds > 0) == (0x85, True)
        with self._changed:
            self._changed.wait_for(lambda: self._said or not self._plugged, milliseconds / 1000)
            self.open_check()
            if not self._said:
                raise OSError(errno.ETIMEDOUT, "Operation timed out")
            said, self._said = self._said[:size], self._said[size:]
            return said

    def open_check(self) -> None:
        if not self._plugged:
            raise OSError(errno.ENODEV, "No such device")

    def say(self, data: bytes) -> None:
        with self._changed:
            self._said += data
            self._changed.notify_all()

    def close(self) -> None:
        pass

    def arrive(self) -> None:
        self._plugged = True

    def leave(self) -> None:
        with self._changed:
            self._plugged = False
            self._changed.notify_all()
        self.mind.forget()

    def stop(self) -> None:
        pass
