"""A slip printer's twin: takes bytes as a printer does, answers or not, on TCP, a PTY or a fake USB."""

import errno
import os
import socket
import threading
import tty
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
STATUS = {
    "well": WELL,
    "near_end": WELL | {4: 0x1E},
    "paper_out": WELL | {1: 0x1A, 2: 0x32, 4: 0x72},
    "cover_open": WELL | {1: 0x1A, 2: 0x16},
    "cutter": WELL | {1: 0x1A, 2: 0x52, 3: 0x1A},
    "offline": WELL | {1: 0x1A},
    "overheated": WELL | {1: 0x1A, 2: 0x52, 3: 0x52},
    "unrecoverable": WELL | {1: 0x1A, 2: 0x52, 3: 0x32},
}
"""How a printer is → its valid answers to DLE EOT 1 to 4."""


AUTOMATIC = {
    "well": b"\x10\x00\x00\x0f",
    "near_end": b"\x10\x00\x03\x0f",
    "paper_out": b"\x18\x00\x0c\x0f",
    "cover_open": b"\x38\x00\x00\x0f",
    "cutter": b"\x18\x08\x00\x0f",
    "offline": b"\x18\x00\x00\x0f",
    "overheated": b"\x18\x40\x00\x0f",
    "unrecoverable": b"\x18\x20\x00\x0f",
}
"""How a printer is → its automatic status (ASB)."""


@dataclass
class Mind:
    """What is inside the printer. `feed` takes bytes and returns what it answers."""

    how: str = "well"
    answers: bool = True
    answers_in_turn: bool = True
    offers_automatic: bool = False
    automatic: bool = False
    """Automatic status is on: the twin's `become` tells at once what has changed."""
    garbage: bytes | None = None
    """Said instead of every status byte."""
    ends_paper_after_rows: int | None = None
    """The roll ends in mid-slip: the rest is taken into the buffer, nothing behind it is worked off."""
    received: bytes = b""
    """Everything but questions."""
    slips: list[bytes] = field(default_factory=list)
    """The bytes of each slip that was cut."""
    held: bytes = b""
    cut: threading.Event = field(default_factory=threading.Event)
    _buffer: bytes = b""
    _slip: bytes = b""
    _rows: int = 0

    def feed(self, data: bytes) -> bytes:
        self._buffer += data
        said = b""
        while (size := self._size()) and size <= len(self._buffer):
            command, self._buffer = self._buffer[:size], self._buffer[size:]
            said += self._obey(command)
        return said

    def forget(self) -> None:
        """Switched off: half a slip in the buffer is gone."""
        self._buffer = self._slip = b""
        self._rows = 0

    def _size(self) -> int:
        """The length of the command at the start of the buffer; 0 while that is not known."""
        start = self._buffer
        if start[:3] == b"\x1dv0":
            if len(start) < 8:
                return 0
            return 8 + int.from_bytes(start[4:6], "little") * int.from_bytes(start[6:8], "little")
        for head, size in (
            (b"\x10\x04", 3),
            (b"\x10\x14\x08", 10),
            (b"\x1b@", 2),
            (b"\x1bd", 3),
            (b"\x1da", 3),
            (b"\x1dr", 3),
            (b"\x1dV", 3),
        ):
            if start.startswith(head):
                return size
        if len(start) >= 3:
            raise AssertionError(f"no command a printer knows: {start[:8]!r}")
        return 0

    def _obey(self, command: bytes) -> bytes:
        if command.startswith(b"\x10\x04"):
            if not self.answers:
                return b""
            return self.garbage if self.garbage is not None else bytes([STATUS[self.how][command[2]]])
        if command.startswith(b"\x1dr"):
            return self._in_turn()
        if command.startswith(b"\x10\x14"):
            self.forget()
            return b""
        if command == b"\x1b@":
            self.automatic = False
        if command.startswith(b"\x1da") and command[2]:
            self.automatic = self.offers_automatic
            return AUTOMATIC[self.how] if self.automatic else b""
        self._slip += command
        self.received += command
        if command.startswith(b"\x1dv0"):
            self._rows += int.from_bytes(command[6:8], "little")
        if self.ends_paper_after_rows is not None and self._rows >= self.ends_paper_after_rows:
            self.how = "paper_out"
        elif command.startswith(b"\x1dV"):
            self.slips.append(self._slip)
            self._slip, self._rows = b"", 0
            self.cut.set()
        return b""

    def _in_turn(self) -> bytes:
        if self.how == "paper_out" or self.how == "cover_open":
            return b""
        if not self.answers_in_turn:
            self.held += b"\x00"
            return b""
        return b"\x03" if self.how == "near_end" else b"\x00"


class TcpTwin:
    """A network printer on a loopback port of its own."""

    def __init__(self, mind: Mind | None = None) -> None:
        self.mind = mind or Mind()
        self.stalls_after: int | None = None
        self.drops_after: int | None = None
        self.connections = 0
        self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._stopped = threading.Event()
        self.arrive()

    def arrive(self) -> None:
        """Switched on."""
        if self._listener.fileno() < 0:
            self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._listener.bind(("127.0.0.1", self.port))
        self._listener.listen(4)
        self._run(self._accept, self._listener)

    def leave(self) -> None:
        """Switched off: connections break, new ones are refused."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for client in self._open:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
        self.mind.forget()

    def say(self, data: bytes) -> None:
        """Something that nobody asked for just now."""
        self._open[-1].sendall(data)

    def become(self, how: str) -> None:
        """Something happens to the printer; it says so by itself where that is on."""
        self.mind.how = how
        if self.mind.automatic:
            self.say(AUTOMATIC[how])

    def stop(self) -> None:
        self._stopped.set()
        self.leave()
        for thread in self._threads:
            thread.join(30)

    def _run(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                self.connections += 1
                self._open.append(client)
                self._run(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        taken = 0
        with client, suppress(OSError):
            while data := client.recv(2048):
                taken += len(data)
                if self.drops_after is not None and taken > self.drops_after:
                    self.drops_after = None
                    return
                if self.stalls_after is not None and taken > self.stalls_after:
                    self._stopped.wait(20)
                    return
                if answer := self.mind.feed(data):
                    client.sendall(answer)


class PtyTwin:
    """A serial printer or a device file: `path` stays the same when it is unplugged and plugged in."""

    def __init__(self, path: Path, mind: Mind | None = None) -> None:
        self.mind = mind or Mind()
        self.path = path
        self._ends: tuple[int, int] | None = None
        self._threads: list[threading.Thread] = []
        self._stalled = threading.Event()
        self.arrive()

    def stall(self) -> None:
        """Takes no more bytes, as by flow control."""
        self._stalled.set()

    def has_stalled(self) -> None:
        """Waits until it has met the first bytes that it does not take."""
        self._threads[-1].join(30)
        assert not self._threads[-1].is_alive()

    def arrive(self) -> None:
        master, slave = os.openpty()
        tty.setraw(slave)
        self._ends = (master, slave)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(slave))
        thread = threading.Thread(target=self._serve, args=(master,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def leave(self) -> None:
        if self._ends is not None:
            master, slave = self._ends
            self._ends = None
            self.path.unlink(missing_ok=True)
            if not self._stalled.is_set():
                os.write(slave, b"\x1b@")  # wakes the reader, which then sees that it is unplugged
            self._threads[-1].join(30)
            os.close(slave)
            os.close(master)
        self.mind.forget()

    def say(self, data: bytes) -> None:
        assert self._ends is not None
        os.write(self._ends[0], data)

    def stop(self) -> None:
        self.leave()

    def _serve(self, master: int) -> None:
        with suppress(OSError):
            while data := os.read(master, 2048):
                if self._ends is None or self._stalled.is_set():
                    return
                if answer := self.mind.feed(data):
                    os.write(master, answer)


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
        self._said += self.mind.feed(bytes(data))
        return len(data)

    def read(self, endpoint: int, size: int, milliseconds: int) -> bytes:
        self.open_check()
        assert (endpoint, milliseconds > 0) == (0x85, True)
        if not self._said:
            raise OSError(errno.ETIMEDOUT, "Operation timed out")
        said, self._said = self._said[:size], self._said[size:]
        return said

    def open_check(self) -> None:
        if not self._plugged:
            raise OSError(errno.ENODEV, "No such device")

    def say(self, data: bytes) -> None:
        self._said += data

    def close(self) -> None:
        pass

    def arrive(self) -> None:
        self._plugged = True

    def leave(self) -> None:
        self._plugged = False
        self.mind.forget()

    def stop(self) -> None:
        pass
