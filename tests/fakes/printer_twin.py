"""Slip printers behind a TCP port and a serial line, for tests: they stall, drop, lie and run out."""

import os
import socket
import threading
import tty
from contextlib import suppress
from pathlib import Path

from tests.fakes.printer_mind import AUTOMATIC, Mind


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
