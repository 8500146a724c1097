"""A kiosk's side of the agent's socket: ask for a print and get its one outcome."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import TracebackType

from devices.agent.protocol import (
    MAX_LINE,
    AskHealth,
    Healths,
    NotUnderstood,
    Print,
    Printed,
    Test,
    Tested,
    Watch,
    line,
    read_answer,
)
from devices.clock import nonce
from queue_server.contract.states import PrintJob
from queue_server.contract.values import Message


class AgentAway(Exception):
    """The agent does not answer on its socket: ask again under the same job id, it prints once only."""


class AgentClient:
    """One connection to the agent, for one question at a time. Not shared between threads."""

    def __init__(self, path: Path, answer_within: timedelta = timedelta(seconds=20)) -> None:
        """Raises AgentAway when nobody listens at `path`."""
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(answer_within.total_seconds())
        try:
            self._socket.connect(str(path))
        except OSError as error:
            self._socket.close()
            raise AgentAway(str(error)) from error
        self._file = self._socket.makefile("rb")

    def print_slip(self, job: PrintJob) -> Printed:
        """Prints and waits for the outcome. Raises AgentAway: then ask again with the same job."""
        self._send(Print(id=job.id, job=job))
        while True:
            answer = self._receive()
            if isinstance(answer, Printed) and answer.job == job.id:
                return answer
            if isinstance(answer, NotUnderstood):
                raise ValueError(answer.sentence)

    def health(self) -> Healths:
        """The health of every device now. Raises AgentAway."""
        self._send(AskHealth(id="health"))
        while True:
            answer = self._receive()
            if isinstance(answer, Healths):
                return answer

    def test(self, device: str) -> str:
        """Tests one device; `ok`, an outcome, or why not. Raises AgentAway."""
        self._send(Test(id=nonce(), device=device))
        while True:
            answer = self._receive()
            if isinstance(answer, Tested):
                return answer.result
            if isinstance(answer, NotUnderstood):
                return answer.sentence

    def watch(self) -> Iterator[Healths]:
        """The health now and after every change, for ever; a silence longer than `answer_within` is no error.

        Raises AgentAway when the agent goes.
        """
        self._send(Watch(id="watch"))
        self._socket.settimeout(None)
        while True:
            answer = self._receive()
            if isinstance(answer, Healths):
                yield answer

    def close(self) -> None:
        """Also ends a `watch` in another thread."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def __enter__(self) -> "AgentClient":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _send(self, question: Message) -> None:
        try:
            self._socket.sendall(line(question))
        except OSError as error:
            raise AgentAway(str(error)) from error

    def _receive(self) -> Printed | Healths | Tested | NotUnderstood:
        try:
            raw = self._file.readline(MAX_LINE)
        except (OSError, ValueError) as error:
            raise AgentAway(str(error)) from error
        if not raw.endswith(b"\n"):
            raise AgentAway("the agent closed the connection")
        return read_answer(raw)
