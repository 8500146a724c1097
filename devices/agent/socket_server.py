"""The agent's Unix socket: kiosks of this machine ask for prints and health over it."""

import logging
import os
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from devices.agent.conditions import Conditions
from devices.agent.protocol import (
    MAX_LINE,
    AskHealth,
    DeviceHealth,
    Healths,
    NotUnderstood,
    Print,
    Printed,
    Test,
    Tested,
    Watch,
    line,
    read_question,
)
from devices.agent.service import PrintService
from devices.health import AnyHealth
from devices.ports import Outcome
from queue_server.contract.values import Message

_log = logging.getLogger(__name__)

TestDevice = Callable[[str, str, Callable[[str], None]], None]
"""(device, id of the test, told the result): returns at once."""
_LONGEST_PATH = 100
_SEND_WITHIN_SECONDS = 2
_AGAIN_AFTER_SECONDS = 0.5


class SocketUnusable(Exception):
    """The socket cannot be opened there; the sentence says why and what to do."""


class SocketServer:
    """Listens at `path` until stopped. Only this user and its group may connect."""

    def __init__(
        self,
        path: Path,
        service: PrintService,
        units: Conditions | None = None,
        test: TestDevice | None = None,
    ) -> None:
        """`units` are the devices that are no printers; without `test` nothing can be tested."""
        self._path = path
        self._service = service
        self._units = units or Conditions({})
        self._test = test or (lambda device, id_, done: done("unknown device"))
        self._listener: socket.socket | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Returns when clients can connect. Raises SocketUnusable."""
        if len(os.fsencode(self._path)) > _LONGEST_PATH:
            raise SocketUnusable(f"{self._path} is too long for a socket: set `socket` to a shorter path")
        if _somebody_listens(self._path):
            raise SocketUnusable(f"another agent already listens at {self._path}: stop it first")
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.unlink(missing_ok=True)
            listener.bind(str(self._path))
            self._path.chmod(0o660)
            listener.listen(16)
        except OSError as error:
            listener.close()
            raise SocketUnusable(f"no socket can be made at {self._path}: {error.strerror}") from error
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), name="agent-socket", daemon=True).start()

    def stop(self) -> None:
        """Takes no more clients; those connected are dropped with the process."""
        self._stopping.set()
        if self._listener is not None:
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
            self._path.unlink(missing_ok=True)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError as error:
                if self._stopping.is_set():
                    return
                _log.warning("no client can be taken: %s", error.strerror)  # too many open files, no memory
                self._stopping.wait(_AGAIN_AFTER_SECONDS)
                continue
            talk = _Talk(client, self._service, self._units, self._test)
            threading.Thread(target=talk.run, name="agent-client", daemon=True).start()


class _Talk:
    """One client: reads questions here, answers from whichever thread knows."""

    def __init__(
        self, client: socket.socket, service: PrintService, units: Conditions, test: TestDevice
    ) -> None:
        self._client = client
        self._service, self._units, self._test = service, units, test
        self._writing = threading.Lock()
        self._unwatch: list[Callable[[], None]] = []

    def run(self) -> None:
        try:
            with self._client, self._client.makefile("rb") as lines, suppress(OSError):
                while raw := lines.readline(MAX_LINE):
                    if not raw.endswith(b"\n"):
                        self._send(NotUnderstood(sentence="a line is at most 64 KiB and ends with a newline"))
                        break
                    self._answer(raw)
        finally:
            for stop in self._unwatch:
                stop()

    def _answer(self, raw: bytes) -> None:
        try:
            question = read_question(raw)
        except ValueError as error:
            self._send(NotUnderstood(sentence=f"no question of this protocol: {type(error).__name__}"))
            return
        match question:
            case Print():
                self._service.submit(question.job, False, self._tell(question.id))
            case AskHealth():
                self._send(self._healths(question.id))
            case Watch():
                id_ = question.id
                self._unwatch.append(self._service.watch(lambda seen: self._send(self._healths(id_))))
                self._unwatch.append(self._units.watch(lambda seen: self._send(self._healths(id_))))
                self._send(self._healths(id_))
            case Test():
                device, asked = question.device, question.id
                self._test(
                    device,
                    asked,
                    lambda result: self._send(Tested(id=asked, device=device, result=result[:400])),
                )

    def _healths(self, id_: str) -> Healths:
        seen = {**self._service.health(), **self._units.health()}
        return healths(id_, seen, self._units.kinds, self._service.spares)

    def _tell(self, id_: str) -> Callable[[str, Outcome], None]:
        def tell(job: str, outcome: Outcome) -> None:
            said = Printed(
                id=id_, job=job, outcome=outcome.result, reason=outcome.reason, printer=outcome.printer
            )
            self._send(said)

        return tell

    def _send(self, message: Message) -> None:
        """A client that does not read within two seconds is dropped."""
        with self._writing:
            try:
                _send_within(self._client, line(message), _SEND_WITHIN_SECONDS)
            except OSError:
                with suppress(OSError):
                    self._client.shutdown(socket.SHUT_RDWR)


def healths(
    id_: str,
    seen: Mapping[str, AnyHealth],
    kinds: Mapping[str, str] | None = None,
    spares: Mapping[str, str] | None = None,
) -> Healths:
    """The protocol's words for everything that is known of the devices; what has no kind is a printer."""
    return Healths(
        id=id_,
        devices=tuple(
            DeviceHealth.model_validate(
                {
                    "device": device,
                    "kind": (kinds or {}).get(device, "printer"),
                    "state": health.state,
                    "can_print": health.can_print,
                    "health": health.words(),
                    "spare": (spares or {}).get(device, ""),
                }
            )
            for device, health in seen.items()
        ),
    )


def _send_within(client: socket.socket, data: bytes, seconds: int) -> None:
    """A time limit on sending only: the reader of the same socket may wait for ever."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", seconds, 0))
    client.sendall(data)


def _somebody_listens(path: Path) -> bool:
    if not path.exists():
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as trial:
        try:
            trial.connect(str(path))
        except OSError:
            return False
    return True
