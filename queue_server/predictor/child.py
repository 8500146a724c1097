"""A child process of the predictor: questions in on standard input, answers out on standard output."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from queue_server.predictor.frames import HEAD, framed, length, opened

NICER = 15
"""The writer comes first when the machine is busy."""


def serve(answer: Callable[[Any], object]) -> None:
    """Answer until the other side closes. Ctrl-C is the server's business; when the server is gone,
    so is its end of the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICER)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing printed may get between the frames
    asked = sys.stdin.buffer
    try:
        while len(head := asked.read(HEAD)) == HEAD:
            answers.write(framed(answer(opened(asked.read(length(head))))))
            answers.flush()
    except BrokenPipeError:
        os._exit(0)
