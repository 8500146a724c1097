"""One office's broker three times: in memory, embedded NATS, Debian's mosquitto."""

import getpass
import itertools
import os
import shutil
import signal
import socket
import struct
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from fakes.ports import free_port

from queue_server.broker import mosquitto, probe
from queue_server.broker.accounts import BrokerAccount, Role
from queue_server.broker.embedded import EmbeddedBroker
from queue_server.broker.listen import Listen
from queue_server.link.client import PahoLink
from queue_server.link.loopback import MemoryBroker, MemoryLink
from queue_server.link.ports import Address, Credentials, Link, LinkState, Received, Will

WITHIN_SECONDS = 30
ROOT = "motcua/1/ward-7"


def account(user: str, role: Role, devices: tuple[str, ...] = ()) -> BrokerAccount:
    return BrokerAccount(user, role, f"token-of-{user}-0123456789", devices)


ACCOUNTS = (
    account("server", Role.SERVER),
    account("kiosk-1", Role.KIOSK),
    account("kiosk-2", Role.KIOSK),
    account("agent-1", Role.PRINTER_AGENT, ("printer-1", "speaker-1")),
    account("agent-2", Role.PRINTER_AGENT, ("printer-2",)),
    account("hall-1", Role.DISPLAY),
    account("watcher", Role.OBSERVER),
)


class Inbox:
    """What a link has received or become, and waiting for it with a deadline."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.messages: list[Received] = []
        self.states: list[LinkState] = []

    def __call__(self, received: Received) -> None:
        with self._changed:
            self.messages.append(received)
            self._changed.notify_all()

    def became(self, state: LinkState) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()

    def wait(self, what: Callable[["Inbox"], bool]) -> None:
        with self._changed:
            arrived = self._changed.wait_for(lambda: what(self), WITHIN_SECONDS)
        assert arrived, f"waited in vain; got {self.messages} {self.states}"

    def wait_for(self, topic: str, payload: bytes | None = None) -> Received:
        def there(_: "Inbox") -> bool:
            return any(m.topic == topic and payload in {None, m.payload} for m in self.messages)

        self.wait(there)
        return next(m for m in self.messages if m.topic == topic and payload in {None, m.payload})

    def wait_state(self, state: LinkState, times: int = 1) -> None:
        self.wait(lambda box: box.states.count(state) >= times)

    def topics(self) -> set[str]:
        return {message.topic for message in self.messages}


class MemoryOffice:
    """The twin."""

    def __init__(self) -> None:
        self.broker = MemoryBroker()

    def link(self, user: str, will: Will | None = None) -> Link:
        return self.broker.link(will)

    def doomed(self, user: str, will: Will) -> Callable[[], None]:
        link = self.broker.link(will)
        link.start()
        return link.die

    def down(self) -> None:
        self.broker.go_down()

    def up(self) -> None:
        self.broker.come_up()

    def close(self) -> None:
        assert all(isinstance(link, MemoryLink) for link in self.broker._links)


class RealOffice:
    """What the real brokers have in common: a port, accounts, paho links."""

    def __init__(self) -> None:
        self.listen = Listen("127.0.0.1", free_port())
        self.links: list[Link] = []
        self._numbers = itertools.count()

    def link(self, user: str, will: Will | None = None, password: str | None = None) -> Link:
        known = {account.user: account.password for account in ACCOUNTS}
        link = PahoLink(
            Address(self.listen.host, self.listen.port),
            f"{user}-{next(self._numbers)}",
            Credentials(user, password or known[user]),
            will,
        )
        self.links.append(link)
        return link

    def doomed(self, user: str, will: Will) -> Callable[[], None]:
        """A client with a will whose line is cut, by the bytes."""
        known = {account.user: account.password for account in ACCOUNTS}
        plain = probe.connect_packet(f"{user}-doomed", user, known[user])
        body = bytearray(plain[2:])
        body[7] |= 0x04 | 0x08 | 0x20
        at = 10 + 2 + len(f"{user}-doomed")
        testament = b"".join(len(p).to_bytes(2, "big") + p for p in (will.topic.encode(), will.payload))
        body[at:at] = testament
        line = socket.create_connection((self.listen.host, self.listen.port), WITHIN_SECONDS)
        size = len(body)
        line.sendall(bytes([0x10, size % 128 | 0x80, size // 128]) + bytes(body))
        assert line.recv(4) == b"\x20\x02\x00\x00"

        def die() -> None:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.close()

        return die

    def close(self) -> None:
        for link in self.links:
            link.stop()
        self.down()

    def up(self) -> None:
        raise NotImplementedError

    def down(self) -> None:
        raise NotImplementedError

    def put_in_force(self, accounts: tuple[BrokerAccount, ...]) -> None:
        raise NotImplementedError


class NatsOffice(RealOffice):
    def __init__(self, directory: Path) -> None:
        super().__init__()
        self.broker = EmbeddedBroker(directory, self.listen, "ward-7", ACCOUNTS)
        self.up()

    def up(self) -> None:
        self.broker.start()

    def down(self) -> None:
        self.broker.stop()

    def put_in_force(self, accounts: tuple[BrokerAccount, ...]) -> None:
        self.broker.reload(accounts)


class MosquittoOffice(RealOffice):
    def __init__(self, directory: Path) -> None:
        super().__init__()
        self._directory = directory
        self._child: subprocess.Popen[bytes] | None = None
        self._write(ACCOUNTS)
        self.up()

    def _write(self, accounts: tuple[BrokerAccount, ...]) -> Path:
        files = mosquitto.mosquitto_files(
            self._directory,
            self.listen,
            "ward-7",
            accounts,
            lambda: os.urandom(mosquitto.SALT_BYTES),
            run_as=getpass.getuser(),
        )
        return mosquitto.write(files, self._directory)

    def up(self) -> None:
        program = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin")
        assert program is not None, "install Debian's mosquitto: apt-get install mosquitto"
        self._child = subprocess.Popen(
            [program, "-c", str(self._directory / mosquitto.CONFIG)], stderr=subprocess.DEVNULL
        )
        until, pause = monotonic() + WITHIN_SECONDS, threading.Event()
        server = ACCOUNTS[0]
        while probe.ask(self.listen, "probe", server.user, server.password) is not probe.Answer.WELCOME:
            assert monotonic() < until and self._child.poll() is None, "mosquitto does not start"
            pause.wait(0.02)

    def down(self) -> None:
        if self._child is not None:
            self._child.terminate()
            self._child.wait(WITHIN_SECONDS)

    def put_in_force(self, accounts: tuple[BrokerAccount, ...]) -> None:
        self._write(accounts)
        assert self._child is not None
        self._child.send_signal(signal.SIGHUP)


OFFICES: dict[str, Callable[[Path], MemoryOffice | RealOffice]] = {
    "memory": lambda directory: MemoryOffice(),
    "nats": NatsOffice,
    "mosquitto": MosquittoOffice,
}
