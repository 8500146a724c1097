"""The handle on the estimator's process: asks it, and is never held up longer than it wants."""

import os
import selectors
import subprocess
import sys
import threading
from collections.abc import Sequence
from time import monotonic

from queue_server.predictor.frames import HEAD, framed, length, opened
from queue_server.predictor.question import Question
from queue_server.waits.snapshot import Estimate

COMMAND = (sys.executable, "-m", "queue_server.predictor.process")
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class WorkerFailed(Exception):
    """The estimator's process has died, hangs or does not answer as it should; start another."""


class Worker:
    """One process. `ask` from one thread at a time; `kill` from any, which ends an `ask` under way."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, **_ONE_THREAD},
                bufsize=0,
                start_new_session=True,
            )
        except OSError as problem:
            raise WorkerFailed(f"the estimator cannot be started: {problem}") from problem
        assert self._process.stdin is not None and self._process.stdout is not None
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._to, False)
        os.set_blocking(self._from, False)
        self._closing = threading.Lock()
        self._answered = False

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, question: Question, within_s: float) -> Estimate:
        """Raises WorkerFailed, also when there is no answer within `within_s` seconds.

        The first answer may take four times as long: the process has to start first.
        """
        until = monotonic() + (within_s if self._answered else 4 * within_s)
        try:
            self._send(framed(question), until)
            answer = opened(self._receive(length(self._receive(HEAD, until)), until))
        except (OSError, ValueError) as problem:
            raise WorkerFailed(f"the estimator is gone: {problem}") from problem
        if not isinstance(answer, Estimate):
            raise WorkerFailed("the estimator answered something else")
        self._answered = True
        return answer

    def _send(self, data: bytes, until: float) -> None:
        left = memoryview(data)
        while left:
            _ready(self._to, selectors.EVENT_WRITE, until)
            left = left[os.write(self._to, left) :]

    def _receive(self, size: int, until: float) -> bytes:
        found = bytearray()
        while len(found) < size:
            _ready(self._from, selectors.EVENT_READ, until)
            piece = os.read(self._from, size - len(found))
            if not piece:
                raise WorkerFailed("the estimator has ended")
            found += piece
        return bytes(found)

    def kill(self) -> None:
        """End the process at once; safe to call again."""
        self._process.kill()
        self._process.wait(5)

    def close(self) -> None:
        """Kill it and give the pipes back, when nobody asks any more."""
        self.kill()
        with self._closing:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None and not pipe.closed:
                    pipe.close()


def _ready(pipe: int, event: int, until: float) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, event)
        if not selector.select(max(until - monotonic(), 0.0)):
            raise WorkerFailed("the estimator does not answer")
