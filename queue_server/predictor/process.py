"""The estimator's own process: snapshots in on standard input, estimates out on standard output."""

import os
import signal
import sys
from typing import BinaryIO

from queue_server.predictor.answer import Estimator
from queue_server.predictor.frames import HEAD, framed, length, opened

NICER = 15
"""The writer comes first when the machine is busy."""


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer questions until the other side closes."""
    estimator = Estimator()
    while len(head := asked.read(HEAD)) == HEAD:
        answers.write(framed(estimator.answer(opened(asked.read(length(head))))))
        answers.flush()


def main() -> None:
    """Ctrl-C is the server's business; when the server is gone, so is its end of the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICER)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing printed may get between the frames
    try:
        serve(sys.stdin.buffer, answers)
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
